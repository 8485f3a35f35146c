"""Which columns a list can be filtered and ordered by, and below which key its rows are found."""

from typing import Any

from django.db import models
from wagtail.fields import RichTextField, StreamField

from cms.fields import LocalisedTextField, MultiChoiceField
from cms.graphql.schema.columns import column_of, many
from cms.graphql_fields import Where

_FILTERED = (models.CharField, models.TextField, models.DateField, models.BooleanField, models.IntegerField)
_ORDERED = (models.CharField, models.DateField, models.IntegerField)
_BODIES = (StreamField, RichTextField, LocalisedTextField)


def cannot_filter(model: Any, name: str, where: Where) -> str:
    """Return why no condition asks for the column at the end of a path, an empty text if one does."""
    first, *keys = where.column.split("__")
    column = column_of(model, first, keys)
    if column.is_relation:
        if column_of(column.related_model, "code") is None:
            return f"rows of {column.related_model._meta.label} have no code."
    elif isinstance(column, (*_BODIES, models.FileField)) or not isinstance(
        column, (*_FILTERED, MultiChoiceField)
    ):
        return f"a {type(column).__name__} is not compared with values."
    if where.between and not isinstance(column, models.IntegerField):
        return "only numbers have a range of numbers."
    words = isinstance(column, (models.CharField, models.TextField)) and not column.choices
    if name.endswith("Contains") and not words:
        return "only words contain words."
    return ""


def cannot_order(model: Any, column: Any) -> str:
    """Return why a list cannot be ordered by a column, an empty text if it can."""
    if (
        column.is_relation
        or isinstance(column, (*_BODIES, models.FileField))
        or not isinstance(column, _ORDERED)
    ):
        return f"a {type(column).__name__} gives no order, or another one in each locale."
    if column.null and isinstance(column, models.BigIntegerField):
        return "a big number that may be null gives no order."
    # A column that the model inherits is in the table of a parent, which may be another package's.
    if column.model is model and not _has_index(column):
        return "the column has no index."
    return ""


def _has_index(column: Any) -> bool:
    meta = column.model._meta
    ways = [index.fields for index in meta.indexes]
    ways += [getattr(constraint, "fields", ()) for constraint in meta.constraints]
    ways += meta.unique_together
    firsts = {way[0].removeprefix("-") for way in ways if way}
    return bool(column.db_index or column.unique or column.name in firsts)


def same_kind(column: Any, key: Any) -> bool:
    """Return whether ``column`` can hold the values of ``key``, which is None where it is no column."""
    if key is None or not hasattr(key, "get_internal_type"):
        return True
    return many(key) or _kind(column) == _kind(key)


def _kind(column: Any) -> str:
    if column.is_relation:
        column = column.target_field
    kind: str = column.get_internal_type()
    if kind.endswith("OneToOneField"):
        return _kind(column.target_field)
    return "number" if "Integer" in kind or "Auto" in kind else kind.replace("Slug", "Char")
