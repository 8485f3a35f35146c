"""The pages that a visitor may find, as a set of ids: the gate's own condition, asked in SQL."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Exists, Min, OuterRef
from pyroaring import BitMap
from wagtail.models import Page

from cms.locales import LocaleChain
from cms.visibility import Gate


@dataclass(frozen=True, slots=True)
class VisiblePages:
    """The pages to look among, by locale; the same from ``since`` until ``until``, unless something is
    edited.

    A page that has a visible translation in a locale earlier in the chain is not among those of its own
    locale.
    """

    by_locale: dict[str, BitMap]
    since: datetime
    until: datetime | None

    def holds_at(self, now: datetime) -> bool:
        """Return whether this is still right at ``now``."""
        return self.since <= now and (self.until is None or now < self.until)


_MOST = 16
_kept: dict[tuple[int, tuple[str, ...]], VisiblePages] = {}


def visible_pages(gate: Gate, chain: LocaleChain, version: int) -> VisiblePages:
    """Return the pages that ``gate`` lets through along ``chain``.

    What everybody may see is read once per content version, or when the clock passes the next expiry;
    anything else with one statement per locale and one for the clock. Inside a transaction nothing is kept,
    since a version that is rolled back comes again with other content.
    """
    if not gate.viewer.is_public or connection.in_atomic_block:
        return _read(gate, chain)
    pages = _kept.get((version, chain.codes))
    if pages is None or not pages.holds_at(gate.now):
        pages = _read(gate, chain)
        if len(_kept) >= _MOST:
            _kept.clear()
        _kept[version, chain.codes] = pages
    return pages


def forget() -> None:
    """Drop what is kept; for tests that set the database back."""
    _kept.clear()


def _read(gate: Gate, chain: LocaleChain) -> VisiblePages:
    ids = {code: pk for pk, code in gate.boundaries.locales.items()}
    # An alias repeats the words of its source in another locale, so it is not a text of that locale.
    pages = Page.objects.filter(gate.q(Page), alias_of__isnull=True)
    by_locale, earlier = {}, []
    for code in chain.codes:
        found = pages.filter(locale_id=ids.get(code, 0))
        if earlier:
            twins = pages.filter(translation_key=OuterRef("translation_key"), locale_id__in=earlier)
            found = found.exclude(Exists(twins))
        by_locale[code] = BitMap(found.order_by().values_list("pk", flat=True))
        earlier.append(ids.get(code, 0))
    until = pages.filter(expire_at__gt=gate.now).aggregate(until=Min("expire_at"))["until"]
    return VisiblePages(by_locale, gate.now, until)
