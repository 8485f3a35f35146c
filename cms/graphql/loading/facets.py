"""Facets of lists: how many rows each further choice would leave, counted by the database."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Count

from cms.graphql.loading.batching import batched
from cms.graphql.loading.context import Context
from cms.graphql.loading.totals import groups as counted_once
from cms.languages.locales import LocaleChain
from cms.languages.sorting import sort_key

type Rows = models.QuerySet[Any]

ROWS_PRICE = 8_000  # of all facets of a list in the estimate: they read few rows, and count all of them


@dataclass(frozen=True, slots=True)
class Label:
    """What a value is for people: the code to filter by, and its name in the requested locale."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Counted:
    """How a facet is counted: by ``value`` of ``rows``, of which each has a value once.

    ``key``: where rows stand for others, the path to the key of these; each counts once for a value. ``parent`` is the
    path to the parent's key.
    """

    rows: Rows
    value: Any
    key: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """A property by which the rows of a list are counted.

    ``counted`` takes the context and the rows of a list. ``describe`` takes the context, the locale chain and values,
    and names those that the visitor may see, in one statement at most.
    """

    name: str
    counted: Callable[[Context, Rows], Counted]
    describe: Callable[[Context, LocaleChain, Collection[Any]], Mapping[Any, Label]]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value with its count."""

    code: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class FacetResult:
    """A facet with the values that occur, the most frequent first."""

    name: str
    values: list[FacetValue] = field(default_factory=list)


def facets_of(
    context: Context, chain: LocaleChain, known: Iterable[Facet], names: Sequence[str] | None, rows: Rows
) -> list[FacetResult]:
    """Return the facets of ``rows``, those of ``names`` or all; of one that the list has not, no values."""
    found: dict[str, FacetResult] = {}
    for facet in _chosen(known, names):
        counts = {value: count for _parent, value, count in _count(context, facet, rows, "")}
        found[facet.name] = _result(facet, counts, facet.describe(context, chain, counts), chain)
    return [found.get(name) or FacetResult(name) for name in (names if names is not None else found)]


def facets_below(
    parent: Any,
    key: Any,
    context: Context,
    chain: LocaleChain,
    known: Iterable[Facet],
    names: Sequence[str] | None,
    rows: Rows,
    column: str,
    parent_key: Callable[[Any], Any],
) -> list[FacetResult]:
    """Return the facets of the rows below ``parent``, counted for all its peers in the same statements."""
    found: dict[str, FacetResult] = {}
    for facet in _chosen(known, names):

        def load(group: list[Any], facet: Facet = facet) -> dict[Any, FacetResult]:
            below = rows.filter(**{f"{column}__in": {parent_key(row) for row in group}})
            counts: dict[Any, dict[Any, int]] = defaultdict(dict)
            for owner, value, count in _count(context, facet, below, column):
                counts[owner][value] = count
            labels = facet.describe(context, chain, {value for some in counts.values() for value in some})
            return {row.pk: _result(facet, counts[parent_key(row)], labels, chain) for row in group}

        found[facet.name] = batched(parent, (key, "facet", facet.name), load)
    return [found.get(name) or FacetResult(name) for name in (names if names is not None else found)]


def _chosen(known: Iterable[Facet], names: Sequence[str] | None) -> list[Facet]:
    return [facet for facet in known if names is None or facet.name in names]


def _count(context: Context, facet: Facet, rows: Rows, column: str) -> Iterable[tuple[Any, Any, int]]:
    context.check_deadline()
    how = facet.counted(context, rows)
    groups = {"facet_value": how.value}
    if column:
        groups["facet_parent"] = models.F(how.parent or column)
    # Without DISTINCT the database counts while it reads; with it, it has to sort.
    number = Count(how.key, distinct=True) if how.key else Count("*")
    counted = how.rows.order_by().values(**groups).annotate(facet_count=number)
    # Below objects it depends on the rows beside them whether the same was counted before.
    for row in counted if column else counted_once(context, counted):
        if row["facet_value"] not in (None, ""):
            yield row.get("facet_parent"), row["facet_value"], row["facet_count"]


def _result(
    facet: Facet, counts: Mapping[Any, int], labels: Mapping[Any, Label], chain: LocaleChain
) -> FacetResult:
    values = [
        FacetValue(labels[value].code, labels[value].name, count)
        for value, count in counts.items()
        if value in labels
    ]
    values.sort(key=lambda one: (-one.count, sort_key(one.label, chain.requested), one.code))
    return FacetResult(facet.name, values)
