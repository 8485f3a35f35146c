"""Full-text search in the graph."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from wagtail.models import Page

from centres.graphql.graph import graph
from cms.graphql.loading.batching import adopt
from cms.graphql.loading.connections import Edge, PageInfo, Part, invalid_cursor
from cms.graphql.loading.context import Context, Info
from cms.graphql.loading.localised import chain_for, mark
from cms.graphql.loading.pages import specific, visible
from cms.languages.locales import LocaleChain
from cms.publishing.tags import EVERY
from cms.search.query import search as find
from cms.search.results import FacetResult, Hit, InvalidCursorError, SearchResult


@dataclass
class SearchHit:
    """One page that was found."""

    hit: Hit
    page: Any

    @property
    def rank(self) -> int:
        return self.hit.rank

    @property
    def snippet(self) -> list[Any]:
        return self.hit.snippet


class SearchConnection:
    """A part of what was found. Pages, facets, snippets and the suggestion are read when they are selected."""

    def __init__(self, context: Context, chain: LocaleChain, result: SearchResult) -> None:
        self._context, self._chain, self._result = context, chain, result

    @property
    def total_count(self) -> int:
        return self._result.total

    @cached_property
    def nodes(self) -> list[SearchHit]:
        rows = visible(self._context, Page).filter(pk__in=[hit.page_id for hit in self._result.hits])
        pages = specific(self._context, rows)
        adopt(pages.values())
        return [
            SearchHit(hit, mark(pages[hit.page_id], self._chain))
            for hit in self._result.hits
            if hit.page_id in pages
        ]

    @property
    def edges(self) -> list[Edge]:
        return [Edge(node.hit.cursor, node) for node in self.nodes]

    @property
    def page_info(self) -> PageInfo:
        result = self._result
        return PageInfo(result.has_next, result.has_previous, result.start_cursor, result.end_cursor)

    @property
    def facets(self) -> list[FacetResult]:
        return self._result.facets

    @property
    def suggestion(self) -> str | None:
        return self._result.suggestion


# What a search does beside reading its hits: it reads and joins the postings of its words.
graph.price(8_000, "Query.search")

_FILTERS = {"types": "TYPE", "centre": "CENTRE", "topic": "TOPIC", "audience": "AUDIENCE"}


@graph.query(
    'search("Words to search for, in any form, with or without diacritics. Empty: all pages, for browsing by facets." '
    "query: String!, "
    '"Kinds of content to search. Omit it for all kinds." types: [SearchType!], '
    '"Slugs of centres. Omit it to search all centres." centre: [String!], '
    '"Codes of topics. Omit it for all topics." topic: [String!], '
    '"Codes of audiences. Omit it for all audiences." audience: [String!], '
    "first: Int = 20, after: String, last: Int, before: String, locale: String): SearchConnection!"
)
def search(
    _root: Any,
    info: Info,
    query: str,
    locale: str | None = None,
    first: int | None = 20,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
    **chosen: list[str] | None,
) -> SearchConnection:
    """Full-text search that matches all word forms of the locale. A query of signs finds nothing, an empty one all."""
    context, chain, part = info.context, chain_for(locale), Part.of(first, after, last, before)
    context.tags.add(EVERY)  # pages are found by words of much that is not on them
    filters = {_FILTERS[name]: codes for name, codes in chosen.items() if codes is not None}
    try:
        result = find(
            query,
            gate=context.gate,
            chain=chain,
            first=part.size,
            after=part.after,
            before=part.before,
            backwards=part.backwards,
            filters=filters,
            version=context.version,
            afterwards=context.after_answer,
        )
    except InvalidCursorError as error:
        raise invalid_cursor("after" if after is not None else "before", "this search") from error
    context.valid_until(result.valid_until)
    return mark(SearchConnection(context, chain, result), chain)
