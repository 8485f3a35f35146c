"""Look-ups by many keys, in statements that are written once.

Django takes longer to write such a statement than the database to answer it. The text depends on the columns that are
read and on what the gate says; the keys are sent as one value, so their number does not change it.
"""

import json
from collections.abc import Callable, Collection, Iterable
from threading import Lock
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from cms.graphql.loading.context import Context
from cms.graphql.loading.plain_rows import instances, is_plain, plain

_MOST = 500  # statements of one or two thousand characters
_KEYS: Any = object()  # stands for the keys among the parameters
_UNNESTED = {"postgresql": "SELECT unnest(%s)", "sqlite": "SELECT value FROM json_each(%s)"}


class Statement:
    """A statement with the place of the keys, and how its rows become objects."""

    def __init__(self, queryset: models.QuerySet[Any]) -> None:
        self.compiler: Any = queryset.query.get_compiler(using=queryset.db)
        self._sql, parameters = self.compiler.as_sql()
        self._parameters = list(parameters)
        self._place = next(place for place, value in enumerate(parameters) if value is _KEYS)
        expressions = [selected[0] for selected in self.compiler.select]
        self._converters = list(self.compiler.get_converters(expressions).items())
        self._db = queryset.db

    def rows(self, keys: Iterable[Any]) -> list[Any]:
        """Return the objects with these keys."""
        parameters = self._parameters.copy()
        parameters[self._place] = _sent(keys)
        with connection.cursor() as cursor:
            cursor.execute(self._sql, parameters)
            return self.made_of(cursor.fetchall())

    def made_of(self, found: list[Any]) -> list[Any]:
        """Return the objects of what the database returned."""
        rows = [self._converted(row) for row in found] if self._converters else found
        return instances(self.compiler, self.compiler.klass_info, {}, rows, self._db)

    def _converted(self, row: Any) -> list[Any]:
        values = list(row)
        for place, (converters, expression) in self._converters:
            for convert in converters:
                values[place] = convert(values[place], expression, connection)
        return values


_statements: dict[Any, Statement] = {}
_lock = Lock()


def looked_up(
    context: Context,
    model: type[models.Model],
    column: str,
    keys: Collection[Any],
    *,
    gated: bool,
    locales: tuple[int, ...] = (),
) -> list[Any]:
    """Return the rows of ``model`` whose ``column`` is one of ``keys``, in no order.

    ``gated``: those that the visitor may see. Of pages, only those in ``locales`` where some are given.
    """
    context.check_deadline()
    if not keys:
        return []

    def queryset(among: Any) -> models.QuerySet[Any]:
        rows = model._default_manager.filter(
            context.gate.q(model) if gated else Q(), **{f"{column}__in": among}
        )
        rows = rows.filter(locale__in=locales) if locales else rows
        return plain(rows.order_by(), context.selected)

    says = context.gate.says if gated else ()
    if says is None or not is_plain(model):
        return list(queryset(keys))
    key = (model, column, says, locales, context.selected)
    try:
        return (_statements.get(key) or _written(key, queryset)).rows(keys)
    except EmptyResultSet:
        return []


def _written(key: Any, queryset: Callable[[Any], models.QuerySet[Any]]) -> Statement:
    statement = Statement(queryset(keys_sent()))
    with _lock:
        if len(_statements) >= _MOST:
            _statements.clear()
        _statements[key] = statement
    return statement


def keys_sent() -> RawSQL:
    """Return what stands for the keys in a statement."""
    return RawSQL(_UNNESTED[connection.vendor], (_KEYS,))  # noqa: S611  # of this file


def _sent(keys: Iterable[Any]) -> Any:
    if connection.vendor == "postgresql":
        return list(keys)
    return json.dumps([key.hex if isinstance(key, UUID) else key for key in keys])
