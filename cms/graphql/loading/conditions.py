"""Conditions of lists: what a Filter says, as one condition on the rows.

Each condition is a `Q` that stands by itself, so that ``and``, ``or`` and ``not`` combine them in one statement. An
unknown code finds nothing and is no error.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.db import models
from django.db.models import Q

from cms.fields import MultiChoiceField
from cms.graphql.loading.context import Context
from cms.graphql.protocol.errors import ErrorCode, UserError
from cms.languages.locales import LocaleChain
from cms.languages.sorting import fold

MOST = 50  # conditions of one list, each of which may read a table
DEEPEST = 8  # levels of and, or, not and of lists in lists: the parser of SQLite takes no more than so many

type Resolve = Callable[..., Q]


class Conditions:
    """The conditions of one list, by the names of its Filter."""

    def __init__(self, model: type[models.Model], known: Mapping[str, Resolve]) -> None:
        self._model = model
        self._known = {_snake(name): resolve for name, resolve in known.items()}

    def of(self, context: Context, chain: LocaleChain, wanted: Mapping[str, Any] | None) -> Q:
        """Return the condition that a Filter says.

        Raises `UserError` BAD_USER_INPUT for more conditions than `MOST`, or deeper ones than `DEEPEST`.
        """
        wanted = wanted or {}
        if sum(1 for _condition in _each(wanted)) > MOST:
            raise UserError(
                ErrorCode.BAD_USER_INPUT,
                f"A filter may have at most {MOST} conditions. Split it into several queries.",
            )
        if _levels(wanted) > DEEPEST:
            raise UserError(
                ErrorCode.BAD_USER_INPUT,
                f"A filter may be nested at most {DEEPEST} levels deep. Write it with fewer and, or and not.",
            )
        return self._all(context, chain, wanted)

    def _all(
        self, context: Context, chain: LocaleChain, wanted: Mapping[str, Any], *, held: bool = True
    ) -> Q:
        """Return the condition that all of ``wanted`` hold, or that not all of them do.

        A ``not`` goes down to the conditions themselves (De Morgan's laws), so that statements do not nest as deep as
        filters may.
        """
        own, parts = Q(), []
        for name, value in wanted.items():
            if value is None:
                continue
            match name:
                case "and":
                    parts += [self._all(context, chain, part, held=held) for part in value]
                case "or":
                    alternatives = [self._all(context, chain, part, held=held) for part in value]
                    parts.append(_any(alternatives) if held else _each_of(alternatives))
                case "not":
                    parts.append(self._all(context, chain, value, held=not held))
                case _:
                    resolve = self._known[name]
                    beside = {one: wanted.get(one) for one in getattr(resolve, "beside", ())}
                    own &= resolve(context, chain, value, **beside)
        return _each_of([own, *parts]) if held else _any([self._negated(own), *parts])

    def _negated(self, condition: Q) -> Q:
        if not condition:
            return Q(pk__in=())
        # By key, so that a row without a value counts as one for which the condition does not hold.
        return ~Q(pk__in=self._model._default_manager.filter(condition).order_by().values("pk"))


def _each_of(conditions: Iterable[Q]) -> Q:
    found = Q()
    for condition in conditions:
        found &= condition
    return found


def _any(alternatives: Iterable[Q]) -> Q:
    found = Q(pk__in=())
    for one in alternatives:
        if not one:  # no condition holds for every row
            return Q()
        found |= one
    return found


def _levels(wanted: Mapping[str, Any]) -> int:
    """Return how deep a Filter is nested: 0 where all its conditions are its own."""
    inner = [
        part
        for value in wanted.values()
        for part in (value if isinstance(value, list) else (value,))
        if isinstance(part, Mapping) and not part.keys() <= {"from", "to"}
    ]
    return max((1 + _levels(part) for part in inner), default=0)


def _each(wanted: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of all conditions in a Filter, at whatever depth."""
    for name, value in wanted.items():
        yield name
        for part in value if isinstance(value, list) else (value,):
            if isinstance(part, Mapping):
                yield from _each(part)


def on_column(model: type[models.Model], path: str, *, contains: bool = False) -> Resolve:
    """Return the condition on a column of ``model``, or of rows behind it, that its kind calls for.

    Rows are found by their code, dates and numbers within a range or by value, words by one of several values, or by
    a part where it ``contains``.
    """
    first, *_keys = path.split("__")
    relation: Any = model._meta.get_field(first)
    column: Any = _last(model, path)
    lookup = f"{path}__code" if column.related_model is not None else path
    matching = _matching(column, lookup, contains)
    if not (relation.one_to_many or relation.many_to_many):
        return lambda _context, _chain, value: matching(value)

    def among_rows(_context: Context, _chain: LocaleChain, value: Any) -> Q:
        return Q(pk__in=model._default_manager.filter(matching(value)).order_by().values("pk"))

    return among_rows


def _last(model: Any, path: str) -> Any:
    column: Any = None
    for name in path.split("__"):
        column = model._meta.get_field(name)
        model = column.related_model
    return column


def _matching(column: Any, lookup: str, contains: bool) -> Callable[[Any], Q]:
    if contains:
        return lambda value: Q(**{f"{lookup}__contains": plain(value)})
    if isinstance(column, MultiChoiceField):
        return lambda value: any_of(lookup, value)

    def matches(value: Any) -> Q:
        if isinstance(value, Mapping):
            return within(lookup, value)
        return Q(**{f"{lookup}__in" if isinstance(value, list) else lookup: value})

    return matches


def within(column: str, between: Mapping[str, Any]) -> Q:
    """Return the condition for a range, of which either end may be left out."""
    condition = Q()
    if (first := between.get("from")) is not None:
        condition &= Q(**{f"{column}__gte": first})
    if (last := between.get("to")) is not None:
        condition &= Q(**{f"{column}__lte": last})
    return condition


def any_of(column: str, values: list[str]) -> Q:
    """Return the condition for a `MultiChoiceField` that has one of ``values``."""
    # A JSON list of upper-case names, none of which is a part of another: text search is the same on both databases.
    condition = Q(pk__in=())
    for value in values:
        condition |= Q(**{f"{column}__icontains": f'"{value}"'})
    return condition


def plain(text: str) -> str:
    """Return ``text`` as columns for searching have it: without case and accents."""
    return fold(text).replace("\0", "")


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
