"""The first rows of many lists in one statement."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import EmptyResultSet, FieldDoesNotExist
from django.db import connection, models
from django.db.models import F, Window
from django.db.models.expressions import RawSQL
from django.db.models.functions import RowNumber

from cms.graphql.loading.fetching import FETCH_PEERS


def top_rows(
    queryset: models.QuerySet[Any], column: str, keys: Collection[Any], order: list[Any], limit: int
) -> list[Any]:
    """Return the first ``limit`` rows of ``queryset`` for each of ``keys`` in ``column``, in ``order`` for each key."""
    rows = queryset.fetch_mode(FETCH_PEERS)
    if len(keys) == 1:
        return list(rows.filter(**{column: next(iter(keys))}).order_by(*order)[:limit])
    if connection.vendor == "postgresql" and _is_column(queryset.model, column):
        try:
            wanted = _lateral(queryset, column, keys, order, limit)
        except EmptyResultSet:  # Django sees that nothing can fit, such as a year below zero
            return []
        return list(rows.filter(pk__in=wanted).order_by(*order))
    number = Window(RowNumber(), partition_by=[F(column)], order_by=order)
    rows = rows.filter(**{f"{column}__in": keys}).annotate(_number=number)
    return list(rows.filter(_number__lte=limit).order_by(column, "_number"))


def _is_column(model: type[models.Model], name: str) -> bool:
    try:
        return bool(model._meta.get_field(name).concrete)
    except FieldDoesNotExist:
        return False


def _lateral(
    queryset: models.QuerySet[Any], column: str, keys: Collection[Any], order: list[Any], limit: int
) -> RawSQL:
    """Return the primary keys of the first rows of each list.

    Each list is read by itself, along an index if there is one; a window numbers all rows of all lists first
    (PostgreSQL, 7.2.1.5, LATERAL Subqueries).
    """
    one = queryset.filter(**{column: RawSQL('"wanted"."key"', ())}).order_by(*order)
    sql, parameters = one.values_list("pk")[:limit].query.sql_with_params()
    lists = f'SELECT "found".* FROM unnest(%s) AS "wanted" ("key") CROSS JOIN LATERAL ({sql}) AS "found"'  # noqa: S608
    return RawSQL(lists, (list(keys), *parameters))  # noqa: S611  # SQL that Django wrote, values as parameters
