"""Finding pages in the admin as the public finds them: by any form of a word, wherever it stands.

Beside what is published, titles and the drafts that the reader works on are searched; nobody is shown a page for a word
of somebody else's draft.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.admin.views.pages import search as page_search
from wagtail.admin.views.pages.bulk_actions import page_bulk_action
from wagtail.admin.views.pages.listing import IndexView
from wagtail.models import Page, Revision
from wagtail.permissions import page_permission_policy
from wagtail.search.query import MATCH_ALL
from wagtail.search.utils import parse_query_string

from cms.languages.locales import LocaleChain
from cms.publishing.visibility import Gate
from cms.search import keys
from cms.search.query import search

# Drafts are read word by word; older ones are found by their titles.
MOST_DRAFTS = 500
_ALL = 100_000
_TAG = re.compile(r"<[^>]*>")
_READER: ContextVar[Any] = ContextVar("reader", default=None)


def connect() -> None:
    """Have Wagtail's search of pages, its explorer and its bulk actions find what this module finds."""
    page_search.page_filter_search = page_bulk_action.page_filter_search = _filter_search
    page_search.SearchView.get_queryset = _for_its_reader(page_search.SearchView.get_queryset)
    action = page_bulk_action.PageBulkAction
    action.get_all_objects_in_listing_query = _for_its_reader(action.get_all_objects_in_listing_query)
    IndexView.search_queryset = _search_queryset


class Findable(QuerySet[Any]):
    """A queryset of pages that Wagtail's views may search; ``reader`` is for whom."""

    supports_facet = True
    reader: Any = None

    def autocomplete(self, query: Any, *_args: Any, **_kwargs: Any) -> QuerySet[Any]:
        """Return the pages that have all words of ``query``, those with all of them in the title first."""
        return found(self, query if isinstance(query, str) else _text_of(query), self.reader)

    def facet(self, column: str) -> dict[Any, int]:
        """Return how many pages there are of each value of ``column``."""
        rows = self.order_by().values_list(column).annotate(Count("pk"))
        return dict(rows)

    def results(self) -> QuerySet[Any]:
        """Return the pages; results of Wagtail's own search are asked so."""
        return self


def findable(pages: QuerySet[Any], reader: Any) -> Any:
    """Return ``pages`` so that searching them finds what `found` does for ``reader``."""
    kind = type("Findable", (Findable, type(pages)), {"reader": reader})
    copy: Any = pages.all()
    copy.__class__ = kind
    return copy


def found(pages: QuerySet[Any], query: str, reader: Any) -> QuerySet[Any]:
    """Return those of ``pages`` that have every word of ``query`` in any form, in what ``reader`` may know.

    Those that have them in the title come first, unless ``pages`` have an order. Without words, all are returned.
    """
    wanted = _words_of(query)
    if not wanted:
        return pages
    own = (
        set(page_permission_policy.explorable_instances(reader).values_list("pk", flat=True))
        if reader
        else set()
    )
    titled: set[int] = set()
    locales: dict[int, str] = {}
    rows = Page.objects.filter(pk__in=pages.order_by().values("pk"))
    for pk, locale, public, draft in rows.values_list("pk", "locale__language_code", "title", "draft_title"):
        locales[pk] = locale
        if any(_has(title, wanted, locale) for title in (public, draft if pk in own else "")):
            titled.add(pk)
    others = {*_published(query), *_drafts(wanted, own, locales)} - titled
    hits = pages.filter(pk__in=titled | others)
    if hits.query.order_by:
        return hits
    place = Case(When(pk__in=titled, then=Value(0)), default=Value(1), output_field=IntegerField())
    return hits.order_by(place, "title", "pk")


def has_words(texts: Iterable[str], query: str, locales: Iterable[str]) -> bool:
    """Return whether ``texts``, in any of ``locales``, have all words of ``query`` in some form."""
    wanted = _words_of(query)
    text = " ".join(texts)
    return bool(wanted) and any(_has(text, wanted, locale) for locale in locales)


def _words_of(query: str) -> list[str]:
    return [token.text for token in keys.tokens(keys.clean(query))]


def _has(text: str, wanted: list[str], locale: str) -> bool:
    words = keys.words(keys.clean(text))
    stems = {stem for word in words for stem in keys.text_stems(word, locale)}
    folded = [keys.fold(word) for word in words]
    return all(
        not stems.isdisjoint(keys.query_stems(word, locale))
        or any(one.startswith(keys.fold(word)) for one in folded)
        for word in wanted
    )


def _published(query: str) -> Iterator[int]:
    gate = Gate(now=timezone.now())
    for locale in (code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES):
        chain = LocaleChain.of(locale)
        # What editors look for is not counted among what the public looks for.
        result = search(query, gate=gate, chain=chain, first=_ALL, afterwards=lambda _count: None)
        yield from (hit.page_id for hit in result.hits)


def _drafts(wanted: list[str], own: set[int], locales: dict[int, str]) -> Iterator[int]:
    rows = Page.objects.filter(Q(has_unpublished_changes=True) | Q(live=False), pk__in=own & locales.keys())
    newest = rows.order_by("-latest_revision_created_at").values_list("latest_revision_id", flat=True)
    drafts = Revision.page_revisions.filter(pk__in=list(newest[:MOST_DRAFTS]))
    for key, content in drafts.values_list("object_id", "content"):
        if _has(" ".join(_texts(content)), wanted, locales[int(key)]):
            yield int(key)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield strip_tags(_TAG.sub(" ", value))
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def _search_queryset(view: Any, queryset: QuerySet[Any]) -> QuerySet[Any]:
    if not view.is_searching:
        return queryset
    return found(queryset, view.search_query, view.request.user)


def _filter_search(q: str, pages: Any, all_pages: Any = None, _ordering: Any = None) -> tuple[Any, Any]:
    filters, query = parse_query_string(q, operator="and", zero_terms=MATCH_ALL)
    live = (filters.get("live") or filters.get("published") or "").lower()
    for answer, words in ((True, ("yes", "true")), (False, ("no", "false"))):
        if live in words:
            pages = pages.filter(live=answer)
            all_pages = None if all_pages is None else all_pages.filter(live=answer)
    text, reader = _text_of(query), _READER.get()
    both = (pages, all_pages)
    return tuple(None if one is None else findable(one, reader).autocomplete(text) for one in both)  # type: ignore[return-value]


def _text_of(query: Any) -> str:
    parts = getattr(query, "subqueries", ())
    return " ".join(map(_text_of, parts)) if parts else str(getattr(query, "query_string", ""))


def _for_its_reader(plain: Callable[..., Any]) -> Callable[..., Any]:
    def asked(view: Any, *args: Any, **kwargs: Any) -> Any:
        token = _READER.set(view.request.user)
        try:
            return plain(view, *args, **kwargs)
        finally:
            _READER.reset(token)

    return asked
