"""Totals and facets of lists: counted once for a content version, however many parts of a list are requested.

A statement that reads the clock has the time among its parameters, so no other request finds its total.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from threading import Lock
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import models

from cms.graphql.loading.context import Context
from cms.running.rows_read import uncounted

_MOST = 500  # each with its statement, one or two thousand characters


class _Counts:
    """What was counted in one content version, by statement."""

    def __init__(self) -> None:
        self._found: dict[Any, Any] = {}
        self._lock = Lock()

    def of(self, statement: Any, count: Callable[[], Any]) -> Any:
        if (found := self._found.get(statement)) is not None:
            return found
        with uncounted():
            found = count()
        with self._lock:
            if len(self._found) >= _MOST:
                self._found.clear()
            self._found[statement] = found
        return found


_of_version = lru_cache(maxsize=2)(lambda _version: _Counts())


def total(context: Context, queryset: models.QuerySet[Any]) -> int:
    """Return how many rows ``queryset`` has; for public responses as of the content version of ``context``."""
    unordered = queryset.order_by()
    found: int = _once(context, unordered.values("pk"), unordered.count, 0)
    return found


def groups(context: Context, queryset: models.QuerySet[Any]) -> Sequence[Any]:
    """Return the rows of ``queryset``, which counts groups; as of the same version."""
    found: Sequence[Any] = _once(context, queryset, lambda: list(queryset), ())
    return found


def _once(context: Context, queryset: models.QuerySet[Any], count: Callable[[], Any], none: Any) -> Any:
    if not (context.public and context.version):
        return count()
    try:
        statement = queryset.query.sql_with_params()
    except EmptyResultSet:
        return none
    return _of_version(context.version).of(statement, count)
