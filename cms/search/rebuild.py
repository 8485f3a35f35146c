"""Makes a new index beside the one that serves, then changes over.

Pages that change meanwhile are noted by the index and read again before the change-over. A rebuild that was
killed leaves the old index serving; the next one throws its half-made generation away, at once where it knows by
`only_turn` that the other is dead, else two minutes after its last sign.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import batched

from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone
from pyroaring import BitMap
from wagtail.models import Page

from cms.publishing.version import lock_version
from cms.search.entries import FACET, Entry, entries_of, head
from cms.search.index import document_of, engine, searchable_pages, write_into
from cms.search.models import SearchDocument, SearchGeneration, SearchPosting, TouchedPage
from cms.search.only_one import only_turn
from cms.search.postings import Levels, levels_of, pack

_PAGES_AT_ONCE = 200
_ROWS_AT_ONCE = 2_000
_SILENT = timedelta(minutes=2)
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_GRACE_SECONDS = 2

type Progress = Callable[[str, int, int], None]


class RebuildRunningError(RuntimeError):
    """Another rebuild is at work."""


class _Postings:
    """The postings of a whole index while they are gathered."""

    def __init__(self) -> None:
        self.levels: dict[tuple[str, str], Levels] = defaultdict(dict)
        self.words: dict[tuple[str, str], str] = {}

    def add(self, entry: Entry) -> None:
        for key, bits in entry.keys.items():
            place = ("" if key.startswith(FACET) else entry.locale, key)
            for level in levels_of(bits):
                self.levels[place].setdefault(level, BitMap()).add(entry.page_id)
            if word := entry.words.get(key):
                self.words[place] = max(self.words.get(place, ""), word)

    def rows(self, generation: SearchGeneration) -> Iterator[SearchPosting]:
        for (locale, key), levels in sorted(self.levels.items()):
            yield SearchPosting(
                generation=generation,
                locale=locale,
                key=key,
                head=head(key),
                word=self.words.get((locale, key), ""),
                packed=pack(levels),
            )


def rebuild(progress: Progress) -> int:
    """Build a new index and return the number of its pages.

    ``progress`` is called with what is being done, how much of it is done, and of how much. Raises
    `RebuildRunningError`.
    """
    with only_turn() as alone:
        if not alone and _is_running():
            raise RebuildRunningError
        _throw_away(progress, timezone.now() if alone else _last_sign())
        return _build(_begin(alone), progress)


def _build(generation: SearchGeneration, progress: Progress) -> int:
    page_ids = list(Page.objects.filter(live=True, depth__gt=1).order_by("pk").values_list("pk", flat=True))
    postings = _Postings()
    read = indexed = written = 0
    for some in batched(page_ids, _PAGES_AT_ONCE, strict=False):
        indexed += _index(generation, some, postings)
        read += len(some)
        progress("Pages read", read, len(page_ids))
    for rows in batched(postings.rows(generation), _ROWS_AT_ONCE, strict=False):
        SearchPosting.objects.bulk_create(rows)
        _still_at_work(generation)
        written += len(rows)
        progress("Words written", written, len(postings.levels))
    if _change_over(generation):
        # Queries under way may still read the old generation.
        time.sleep(_GRACE_SECONDS)
        _throw_away(progress, _last_sign())
    return indexed


def _is_running() -> bool:
    return SearchGeneration.objects.filter(serves=False, seen_at__gt=_last_sign()).exists()


def _last_sign() -> datetime:
    """Return since when a rebuild that is at work must have given a sign."""
    return timezone.now() - _SILENT


@transaction.atomic
def _begin(alone: bool) -> SearchGeneration:
    # In turn: every transaction that changes a page from now on sees that a rebuild is under way.
    lock_version()
    if not alone and _is_running():
        raise RebuildRunningError
    TouchedPage.objects.all().delete()
    return SearchGeneration.objects.create(engine=engine(), serves=False)


def _index(generation: SearchGeneration, page_ids: tuple[int, ...], postings: _Postings) -> int:
    entries = entries_of(searchable_pages(page_ids))
    SearchDocument.objects.bulk_create([document_of(generation, entry) for entry in entries])
    for entry in entries:
        postings.add(entry)
    _still_at_work(generation)
    return len(entries)


def _still_at_work(generation: SearchGeneration) -> None:
    generation.save(update_fields=["seen_at"])


@transaction.atomic
def _change_over(generation: SearchGeneration) -> bool:
    """Let ``generation`` serve; return whether another did before."""
    lock_version()
    touched = set(TouchedPage.objects.values_list("page_id", flat=True))
    write_into(generation, entries_of(searchable_pages(touched)), touched)
    replaced = SearchGeneration.objects.filter(serves=True).update(serves=False, seen_at=_LONG_AGO)
    SearchGeneration.objects.filter(pk=generation.pk).update(serves=True)
    TouchedPage.objects.all().delete()
    return bool(replaced)


def _throw_away(progress: Progress, last_sign: datetime) -> None:
    """Delete what does not serve, a few rows at a time so that nobody waits for it.

    What was seen after ``last_sign`` is left: another rebuild may have begun since this one looked.
    """
    for old in SearchGeneration.objects.filter(serves=False, seen_at__lte=last_sign):
        for model in (SearchPosting, SearchDocument):
            rows = model.objects.filter(generation=old)
            last = rows.aggregate(last=Max("pk"))["last"] or 0
            first = rows.aggregate(first=Min("pk"))["first"] or 0
            for upper in range(first, last + _ROWS_AT_ONCE, _ROWS_AT_ONCE):
                # Nothing listens to these rows, so they need not be loaded to be deleted.
                rows.filter(pk__lte=upper)._raw_delete(rows.db)
                progress("Old rows deleted", min(upper, last) - first, last - first)
        old.delete()
