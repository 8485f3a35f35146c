"""Books and the awards that they got."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from centres.graphql.editions import visible_editions
from centres.graphql.graph import graph
from centres.models import AwardEdition, AwardResult, Book, Contributor
from cms.graphql.loading.batching import batched, related
from cms.graphql.loading.connections import Connection, Order, connect
from cms.graphql.loading.context import Context
from cms.graphql.loading.localised import chain_for, chain_of, mark
from cms.graphql.loading.pages import visible
from cms.languages.locales import LocaleChain
from cms.languages.sorting import fold


@dataclass
class BookAward:
    """An award that a book got."""

    edition: AwardEdition
    category: Any


@graph.query("books(filter: BookFilter, first: Int = 20, after: String): BookConnection!")
def books(
    _root: Any,
    info: Any,
    filter: dict[str, Any] | None = None,
    first: int | None = 20,
    after: str | None = None,
) -> Connection:
    """The books that awards and programmes speak of, by title."""
    chain = chain_for(None)
    rows = visible(info.context, Book)
    for name, value in (filter or {}).items():
        if value is None:
            continue
        if name == "year":
            rows = rows.filter(year=value)
        elif name == "awarded":
            given = Exists(_results(info.context, chain).filter(books=OuterRef("pk")))
            rows = rows.filter(given if value else ~given)
    if filter and (filter.get("contributor") is not None or filter.get("role") is not None):
        rows = rows.filter(Exists(_contributors(filter)))
    return mark(connect(info.context, rows, Order("TITLE_ASC", "sort_key"), first, after), chain)


def _contributors(wanted: dict[str, Any]) -> Any:
    people = Contributor.objects.filter(book=OuterRef("pk"))
    if (name := wanted.get("contributor")) is not None:
        people = people.filter(folded_name__contains=fold(name).replace("\0", ""))
    if (role := wanted.get("role")) is not None:
        people = people.filter(role=role)
    return people


def _results(context: Context, chain: LocaleChain) -> Any:
    editions = visible_editions(context, chain, AwardEdition)
    return AwardResult.objects.filter(edition__in=editions.values("pk"), outcome="AWARDED")


@graph.field("Book.contributors")
def contributors(book: Book, _info: Any, role: str | None = None) -> list[Any]:
    return [person for person in related(book, "contributors") if role is None or person.role == role]


@graph.field("Book.awards")
def awards(book: Book, info: Any) -> list[BookAward]:
    chain = chain_of(book)

    def load(group: list[Any]) -> dict[Any, list[BookAward]]:
        given = AwardResult.books.through.objects.filter(
            book__in=[row.pk for row in group], awardresult__in=_results(info.context, chain).values("pk")
        ).values_list("book_id", "awardresult_id")
        pairs = list(given)
        results = visible(info.context, AwardResult).filter(pk__in={result for _book, result in pairs})
        by_pk = {result.pk: result for result in results.order_by("-edition__year", "sort_order", "pk")}
        found: dict[Any, list[BookAward]] = defaultdict(list)
        for pk, result in by_pk.items():
            for book_id, result_id in pairs:
                if result_id == pk:
                    found[book_id].append(BookAward(result.edition, result.category))
        return found

    return list(batched(book, ("awards", chain.codes), load))
