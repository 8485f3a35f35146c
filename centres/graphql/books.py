"""Books and the awards that they got."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from centres.graphql.filters import awarded_results
from centres.graphql.graph import graph
from centres.models import AwardEdition, AwardResult, Book
from cms.graphql.loading.batching import batched, related
from cms.graphql.loading.context import Info
from cms.graphql.loading.localised import chain_of
from cms.graphql.loading.pages import visible


@dataclass
class BookAward:
    """An award that a book got."""

    edition: AwardEdition
    category: Any


@graph.field("Book.contributors")
def contributors(book: Book, _info: Info, role: str | None = None) -> list[Any]:
    return [person for person in related(book, "contributors") if role is None or person.role == role]


@graph.field("Book.awards")
def awards(book: Book, info: Info) -> list[BookAward]:
    chain = chain_of(book)

    def load(group: list[Any]) -> dict[Any, list[BookAward]]:
        given = AwardResult.books.through.objects.filter(
            book__in=[row.pk for row in group],
            awardresult__in=awarded_results(info.context, chain).values("pk"),
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


# Lengths of lists.
graph.price(2, "AwardResult.books", "Book.awards")
graph.price(3, "Book.contributors")
