"""Keeps the index in step with pages, in the transaction that changes them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import batched

from django.db import transaction
from django.db.models import prefetch_related_objects
from pyroaring import BitMap
from wagtail.models import Page

from cms.languages.locales import locale_codes
from cms.publishing.version import lock_version
from cms.search import keys
from cms.search.catalogue import catalogue
from cms.search.entries import FACET, Entry, entries_of, head
from cms.search.models import SearchDocument, SearchGeneration, SearchPosting, TouchedPage
from cms.search.postings import levels_of, pack, unpack

# SQLite takes at most 32,766 values in a statement.
_KEYS_AT_ONCE = 2_000
# The engine of an index that was never built as a whole: it has the pages that changed since, and no others.
GROWN = ""
_ENTRY_COLUMNS = ("locale", "title", "text", "borrowed", "stale_at")
_PAGES_AT_ONCE = 100

_postponed: ContextVar[set[int] | None] = ContextVar("postponed", default=None)


@contextmanager
def indexed_once() -> Iterator[set[int]]:
    """Index the pages that change in the block when it ends, each once; for loading many of them.

    Yields their ids, to which more may be added. Until then the index does not know of the changes: whoever is
    cut off in the block has to name the pages the next time. Inside another such block, the outer one indexes.
    """
    if (later := _postponed.get()) is not None:
        yield later
        return
    page_ids: set[int] = set()
    token = _postponed.set(page_ids)
    try:
        yield page_ids
    finally:
        _postponed.reset(token)
    for some in batched(sorted(page_ids), _PAGES_AT_ONCE, strict=False):
        index_pages(some)


def engine() -> str:
    """Return the signature of the engine that this process indexes and asks with."""
    return keys.engine(locale_codes())


def serving() -> SearchGeneration | None:
    """Return the generation that queries read, or None where nothing was ever indexed."""
    return SearchGeneration.objects.filter(serves=True).first()


@transaction.atomic
def index_page(page: Page) -> None:
    """Index a specific page as it is in memory. A page that is not live is removed from the index."""
    if (later := _postponed.get()) is not None:
        later.add(page.pk)
        return
    lock_version()
    write(entries_of([page]) if is_searchable(page) else [], [page.pk])


@transaction.atomic
def index_pages(page_ids: Iterable[int]) -> None:
    """Reindex pages from the database. Pages that are deleted or not live are removed from the index."""
    wanted = set(page_ids)
    if (later := _postponed.get()) is not None:
        later |= wanted
    elif wanted:
        lock_version()
        write(entries_of(searchable_pages(wanted)), wanted)


def searchable_pages(page_ids: Collection[int]) -> list[Page]:
    """Return those of the pages that have words to be found by, with what their entries are made of."""
    pages = [page for page in Page.objects.filter(pk__in=page_ids).specific() if is_searchable(page)]
    for model, lookups in catalogue().prefetch.items():
        if of_model := [page for page in pages if isinstance(page, model)]:
            prefetch_related_objects(of_model, *lookups)
    return pages


@transaction.atomic
def remove_pages(page_ids: Collection[int]) -> None:
    """Take pages out of the index with all their words."""
    lock_version()
    write([], page_ids)


def is_searchable(page: Page) -> bool:
    """Return whether a page has words of its own to be found by. Who may see it is the gate's to say, at
    each query."""
    return bool(page.live and page.depth > 1 and page.alias_of_id is None)


def write(entries: Collection[Entry], page_ids: Iterable[int]) -> None:
    """Write ``entries`` and take the others of ``page_ids`` out; inside a transaction that holds `lock_version`.

    That goes into the generation that serves, and a note to a rebuild that is under way.
    """
    touched = set(page_ids) | {entry.page_id for entry in entries}
    generation = serving() or SearchGeneration.objects.create(engine=GROWN, serves=True)
    write_into(generation, entries, touched)
    if SearchGeneration.objects.filter(serves=False).exists():
        TouchedPage.objects.bulk_create([TouchedPage(page_id) for page_id in touched], ignore_conflicts=True)


def write_into(generation: SearchGeneration, entries: Iterable[Entry], page_ids: Collection[int]) -> None:
    """Write ``entries`` into ``generation`` and take the others of ``page_ids`` out; no change, no write."""
    new = {entry.page_id: entry for entry in entries}
    documents = SearchDocument.objects.filter(generation=generation, page_id__in=page_ids)
    old = {document.page_id: document for document in documents}
    changes: dict[str, dict[str, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    for page_id in page_ids:
        for locale, key, levels in _difference(old.get(page_id), new.get(page_id)):
            changes[locale][key].append((page_id, levels))
    words = {key: word for entry in new.values() for key, word in entry.words.items()}
    for locale, by_key in changes.items():
        for some in batched(sorted(by_key), _KEYS_AT_ONCE, strict=False):
            _write_postings(generation, locale, {key: by_key[key] for key in some}, words)
    _write_documents(generation, old, new)


def _difference(old: SearchDocument | None, new: Entry | None) -> Iterator[tuple[str, str, int]]:
    before = old.keys if old else {}
    after = new.keys if new else {}
    if old and new and old.locale != new.locale:
        yield from _difference(old, None)
        before = {}
    for key in before.keys() | after.keys():
        if before.get(key) != after.get(key):
            locale = new.locale if new else old.locale if old else ""
            yield "" if key.startswith(FACET) else locale, key, after.get(key, 0)


def _write_postings(
    generation: SearchGeneration,
    locale: str,
    changes: dict[str, list[tuple[int, int]]],
    words: dict[str, str],
) -> None:
    rows = SearchPosting.objects.filter(generation=generation, locale=locale, key__in=changes)
    known = {row.key: row for row in rows}
    written, emptied = [], []
    for key, pages in changes.items():
        row = known.get(key) or SearchPosting(
            generation=generation, locale=locale, key=key, head=head(key), packed=b""
        )
        levels = unpack(row.packed)
        for page_id, bits in pages:
            for ids in levels.values():
                ids.discard(page_id)
            for level in levels_of(bits):
                levels.setdefault(level, BitMap()).add(page_id)
        row.packed = pack(levels)
        # The spelling with more signs (č after c) is the right one where authors differ.
        row.word = max(row.word, words.get(key, ""))
        if row.packed:
            written.append(row)
        elif row.pk:
            emptied.append(row.pk)
    SearchPosting.objects.filter(pk__in=emptied).delete()
    SearchPosting.objects.bulk_create(
        written,
        update_conflicts=True,
        unique_fields=["generation", "locale", "key"],
        update_fields=["packed", "word"],
        batch_size=500,
    )


def _write_documents(
    generation: SearchGeneration, old: dict[int, SearchDocument], new: dict[int, Entry]
) -> None:
    gone = [document.pk for page_id, document in old.items() if page_id not in new]
    SearchDocument.objects.filter(pk__in=gone).delete()
    written = [
        document_of(generation, entry)
        for page_id, entry in new.items()
        if not _is_same(old.get(page_id), entry)
    ]
    SearchDocument.objects.bulk_create(
        written,
        update_conflicts=True,
        unique_fields=["generation", "page_id"],
        update_fields=[*_ENTRY_COLUMNS, "packed_keys"],
    )


def document_of(generation: SearchGeneration, entry: Entry) -> SearchDocument:
    """Return the row that keeps an entry."""
    document = SearchDocument(generation=generation, page_id=entry.page_id)
    for name in _ENTRY_COLUMNS:
        setattr(document, name, getattr(entry, name))
    document.keys = entry.keys
    return document


def _is_same(document: SearchDocument | None, entry: Entry) -> bool:
    if document is None or document.keys != entry.keys:
        return False
    return all(getattr(document, name) == getattr(entry, name) for name in _ENTRY_COLUMNS)
