"""Relay connections with keyset cursors: the next part starts behind a row, not at a number.

Sources: GraphQL Cursor Connections Specification (Relay); "totalCount" and "nodes" as most public APIs add them.
"""

import base64
import binascii
import json
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import models
from django.db.models import F, Q

from cms.graphql.loading.batching import batched
from cms.graphql.loading.context import Context
from cms.graphql.loading.elsewhere import Elsewhere
from cms.graphql.loading.fetching import FETCH_PEERS
from cms.graphql.loading.top_rows import top_rows
from cms.graphql.loading.totals import total
from cms.graphql.protocol.errors import ErrorCode, UserError

MAX_PAGE_SIZE = 100


@dataclass(frozen=True, slots=True)
class Order:
    """A total order: a column or annotation that is never null, then the primary key.

    ``kind`` is the Python type of the column, for reading it back from a cursor. ``elsewhere`` says where the values
    are found sooner than by computing the column.
    """

    name: str
    column: str
    kind: Any = str
    descending: bool = False
    elsewhere: Elsewhere | None = None

    def terms(self) -> list[Any]:
        """Return what ``order_by`` takes."""
        terms = [F(self.column), F("pk")]
        return [term.desc() if self.descending else term.asc() for term in terms]

    @property
    def reversed(self) -> "Order":
        """The same order from the end."""
        return replace(self, descending=not self.descending)

    def after(self, cursor: str, argument: str = "after") -> Q:
        """Return the condition for rows behind ``cursor``. Raises `UserError` INVALID_CURSOR."""
        value, pk = _decode(self, cursor, argument)
        side = "lt" if self.descending else "gt"
        return Q(**{f"{self.column}__{side}": value}) | Q(**{self.column: value, f"pk__{side}": pk})

    def cursor(self, row: Any) -> str:
        """Return the cursor of a row."""
        value = getattr(row, self.column)
        text = value.isoformat() if isinstance(value, (date, datetime)) else value
        return base64.urlsafe_b64encode(json.dumps([self.name, text, row.pk]).encode()).decode().rstrip("=")


def _decode(order: Order, cursor: str, argument: str) -> tuple[Any, int]:
    try:
        name, text, pk = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        value = _of_kind(order.kind, text)
        if name != order.name or not isinstance(pk, int) or abs(pk) >= 2**63:
            raise ValueError
    except (ValueError, TypeError, OverflowError, binascii.Error, RecursionError, AttributeError) as error:
        raise invalid_cursor(argument, "this list and order") from error
    return value, pk


def invalid_cursor(argument: str, to: str, use: str = "") -> UserError:
    """Return the error for the cursor in ``argument``, which does not belong ``to`` what is asked for."""
    use = use or ("endCursor" if argument == "after" else "startCursor")
    message = f"The cursor in {argument} does not belong to {to}. Use {use} of the previous response."
    return UserError(ErrorCode.INVALID_CURSOR, message)


def _of_kind(kind: Any, text: Any) -> Any:
    """Return what a cursor says, as a database takes it. Raises ValueError, TypeError or OverflowError."""
    if issubclass(kind, datetime):
        moment = kind.fromisoformat(text)
        if moment.tzinfo is None:
            raise ValueError(text)
        return moment.astimezone(UTC)  # a time without a year in UTC overflows here
    value = kind.fromisoformat(text) if issubclass(kind, date) else kind(text)
    if isinstance(value, int) and abs(value) >= 2**63:
        raise ValueError(text)
    if b"\0" in str(value).encode():  # half of a surrogate pair has no bytes
        raise ValueError(text)
    return value


@dataclass
class Edge:
    """A row and its cursor."""

    cursor: str
    node: Any


@dataclass(frozen=True, slots=True)
class PageInfo:
    """Where a part of a list stands."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


class DefaultSize(int):
    """The value of ``first`` where nobody wrote it, which does not count where ``last`` is given."""


@dataclass(frozen=True, slots=True)
class Part:
    """Which rows of a list are requested: ``size`` rows behind ``after`` and before ``before``.

    ``backwards``: the last of these, not the first.
    """

    size: int
    after: str | None = None
    before: str | None = None
    backwards: bool = False

    @classmethod
    def of(
        cls,
        first: int | None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> "Part":
        """Return the part that the arguments of a connection ask for. Raises `UserError` PAGE_SIZE."""
        if last is None:
            return cls(page_size(first), after, before)
        if first is not None and not isinstance(first, DefaultSize):
            raise UserError(
                ErrorCode.PAGE_SIZE,
                "Use either first or last, not both.",
            )
        return cls(page_size(last, "last", "before"), after, before, backwards=True)

    def of_rows(self, queryset: models.QuerySet[Any], order: Order) -> models.QuerySet[Any]:
        """Return the rows between the cursors. Raises `UserError` INVALID_CURSOR."""
        if self.after is not None:
            queryset = queryset.filter(order.after(self.after))
        if self.before is not None:
            queryset = queryset.filter(order.reversed.after(self.before, "before"))
        return queryset

    def order(self, order: Order) -> Order:
        """Return the order in which the rows are read."""
        return order.reversed if self.backwards else order

    def first_rows(self, queryset: models.QuerySet[Any], order: Order) -> models.QuerySet[Any]:
        """Return the rows of the part, and one more. Raises `UserError` INVALID_CURSOR."""
        size, reading = self.size + 1, self.order(order)
        if order.elsewhere is None:
            return self.of_rows(queryset, order).order_by(*reading.terms())[:size]
        given = ((">", "after", self.after), ("<", "before", self.before))
        bounds = [(side, *_decode(order, cursor, name)) for side, name, cursor in given if cursor is not None]
        try:
            keys = order.elsewhere.first(queryset, bounds, size, descending=reading.descending)
        except EmptyResultSet:
            return queryset.none()
        return queryset.filter(pk__in=keys).order_by(*reading.terms())[:size]


class Connection:
    """A part of a list. Nothing is read before a field asks for it.

    ``rows`` gives one row more than the part has, where there is one; a part that is read backwards comes so.
    ``count_facets`` takes names and counts facets of the whole list, where it has some.
    """

    count_facets: Callable[[Sequence[str] | None], list[Any]]

    def __init__(
        self, order: Order, part: Part, rows: Callable[[], Sequence[Any]], count: Callable[[], int]
    ) -> None:
        self._order, self._part, self._rows, self._count = order, part, rows, count

    @cached_property
    def _fetched(self) -> Sequence[Any]:
        return self._rows()

    @cached_property
    def nodes(self) -> list[Any]:
        nodes = list(self._fetched[: self._part.size])
        return nodes[::-1] if self._part.backwards else nodes

    @property
    def edges(self) -> list[Edge]:
        return [Edge(self._order.cursor(row), row) for row in self.nodes]

    @cached_property
    def total_count(self) -> int:
        return self._count()

    @property
    def page_info(self) -> PageInfo:
        nodes, part = self.nodes, self._part
        more = len(self._fetched) > part.size
        return PageInfo(
            has_next_page=part.before is not None if part.backwards else more,
            has_previous_page=more if part.backwards else part.after is not None,
            start_cursor=self._order.cursor(nodes[0]) if nodes else None,
            end_cursor=self._order.cursor(nodes[-1]) if nodes else None,
        )


Finish = Callable[[list[Any]], list[Any]]


def connect(
    context: Context, queryset: models.QuerySet[Any], order: Order, part: Part, finish: Finish = list
) -> Connection:
    """Return a part of ``queryset``. Raises `UserError` INVALID_CURSOR.

    ``finish`` may put other objects in the place of the rows that were read, as long as they carry the order's column.
    """
    first = part.first_rows(queryset.fetch_mode(FETCH_PEERS), order)

    def rows() -> Sequence[Any]:
        return finish(list(first))

    return Connection(order, part, rows, lambda: total(context, queryset))


def connect_listed(rows: Sequence[Any], order: Order, part: Part) -> Connection:
    """Return a part of ``rows``, which are in memory and in ``order``. Raises `UserError` INVALID_CURSOR."""
    start, end = 0, len(rows)

    def key(row: Any) -> tuple[Any, int]:
        return getattr(row, order.column), row.pk

    if part.after is not None:
        start = bisect_right(rows, _decode(order, part.after, "after"), key=key)
    if part.before is not None:
        end = bisect_left(rows, _decode(order, part.before, "before"), key=key)
    between = rows[start:end][::-1] if part.backwards else rows[start:end]
    return Connection(order, part, lambda: between[: part.size + 1], lambda: len(rows))


def connect_below(
    parent: models.Model,
    key: Hashable,
    queryset: models.QuerySet[Any],
    *,
    parent_key: Callable[[Any], Any],
    column: str,
    order: Order,
    part: Part,
    finish: Finish = list,
) -> Connection:
    """Return the part of a list below ``parent``, read for all its peers in one statement (and one for the totals).

    ``column`` of ``queryset`` holds ``parent_key(parent)``; ``key`` names the list with its arguments.
    """
    between = part.of_rows(queryset, order)

    def load_rows(group: list[Any]) -> dict[Any, list[Any]]:
        keys = {parent_key(row) for row in group}
        found: dict[Any, list[Any]] = defaultdict(list)
        for row in finish(top_rows(between, column, keys, part.order(order).terms(), part.size + 1)):
            found[getattr(row, column)].append(row)
        return {row.pk: found.get(parent_key(row), []) for row in group}

    def load_counts(group: list[Any]) -> dict[Any, int]:
        keys = {parent_key(row) for row in group}
        counted = (
            queryset.filter(**{f"{column}__in": keys})
            .order_by()
            .values(column)
            .annotate(n=models.Count("pk"))
        )
        found = {row[column]: row["n"] for row in counted}
        return {row.pk: found.get(parent_key(row), 0) for row in group}

    return Connection(
        order,
        part,
        lambda: batched(parent, (key, part), load_rows),
        lambda: batched(parent, (key, "count"), load_counts, int),
    )


def page_size(size: int | None, argument: str = "first", other: str = "after") -> int:
    """Return ``size`` if a list may be that long. Raises `UserError` PAGE_SIZE."""
    if size is None or not 1 <= size <= MAX_PAGE_SIZE:
        raise UserError(
            ErrorCode.PAGE_SIZE,
            f"Set {argument} to a number from 1 to {MAX_PAGE_SIZE}. Use {other} to read more.",
        )
    return size
