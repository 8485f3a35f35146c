"""What every query needs and what stays the same from one public change to the next."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef
from pyroaring import BitMap
from wagtail.models import Page

from cms.languages.locales import LocaleChain
from cms.publishing.visibility import Gate
from cms.running.rows_read import uncounted
from cms.search.index import serving
from cms.search.models import SearchDocument
from cms.search.synonyms import Thesaurus, thesaurus


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The generation that serves, the synonyms, and the pages that a visitor may find, by locale.

    A page that has a visible translation in a locale earlier in the chain is not among those of its own
    locale. Of the pages in ``stale`` something has expired that lent them words, and they were not indexed
    since. All this is right from ``since`` until ``until``, unless something is edited.
    """

    generation_id: int | None
    synonyms: dict[str, Thesaurus]
    pages: dict[str, BitMap]
    stale: BitMap
    since: datetime
    until: datetime | None

    def holds_at(self, now: datetime) -> bool:
        """Return whether this is still right at ``now``."""
        return self.since <= now and (self.until is None or now < self.until)


_MOST = 16
_kept: dict[tuple[int, tuple[str, ...]], Snapshot] = {}


def snapshot(gate: Gate, chain: LocaleChain, version: int) -> Snapshot:
    """Return what holds for the visitor of ``gate`` along ``chain``.

    What holds for everybody is read once per content version, or when the clock passes the next expiry: two
    statements, and two more for each locale. For a visitor who is signed in it is read for every query.
    """
    if not gate.viewer.is_public:
        return _read(gate, chain)
    kept = _kept.get((version, chain.codes))
    if kept is None or not kept.holds_at(gate.now):
        with uncounted():
            kept = _read(gate, chain)
        if len(_kept) >= _MOST:
            _kept.clear()
        _kept[version, chain.codes] = kept
    return kept


def _read(gate: Gate, chain: LocaleChain) -> Snapshot:
    generation = serving()
    documents = SearchDocument.objects.filter(generation=generation, stale_at__lte=gate.now)
    return Snapshot(
        generation_id=generation.pk if generation else None,
        synonyms={code: thesaurus(code) for code in chain.codes},
        pages=_pages(gate, chain),
        stale=BitMap(documents.values_list("page_id", flat=True)),
        since=gate.now,
        until=gate.next_time(),
    )


def _pages(gate: Gate, chain: LocaleChain) -> dict[str, BitMap]:
    ids = {code: pk for pk, code in gate.boundaries.locales.items()}
    # An alias repeats the words of its source in another locale, so it is not a text of that locale.
    pages = Page.objects.filter(gate.q(Page), alias_of__isnull=True)
    found: dict[str, BitMap] = {}
    earlier: list[int] = []
    for code in chain.codes:
        in_locale = pages.filter(locale_id=ids.get(code, 0))
        if earlier:
            twins = pages.filter(translation_key=OuterRef("translation_key"), locale_id__in=earlier)
            in_locale = in_locale.exclude(Exists(twins))
        found[code] = BitMap(in_locale.order_by().values_list("pk", flat=True))
        earlier.append(ids.get(code, 0))
    return found
