"""Values of columns as they stand in an archive, and back.

What points at another row is written by its name (`cms.archive.keys`); all else is plain YAML.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import RichTextField, StreamField

from cms.archive.bodies import listed, read_body, read_html, write_html, written_body
from cms.archive.problems import Code, Wrong
from cms.fields import LocalisedTextField


class Names(Protocol):
    """Gives a row its name, and finds the row that a name means. Raises `Wrong`."""

    codes: list[str]

    def name_of(self, model: Any, pk: Any) -> str: ...
    def named(self, model: Any, name: str) -> Any: ...


def usual(column: Any) -> Any:
    """Return the value that is not written, since a new row has it anyway."""
    if isinstance(column, ParentalManyToManyField | StreamField):
        return []
    return written_plain(column.get_default()) if not column.is_relation else None


def write_value(column: Any, thing: Any, names: Names) -> Any:
    """Return what an archive has of a column of ``thing``."""
    if isinstance(column, ParentalManyToManyField):
        model = column.related_model
        return sorted(names.name_of(model, row.pk) for row in getattr(thing, column.name).all())
    if isinstance(column, models.ForeignKey):
        pk = getattr(thing, column.attname)
        return None if pk is None else names.name_of(column.related_model, pk) or None
    value = getattr(thing, column.name)
    if isinstance(column, StreamField):
        return written_body(value, names)
    if isinstance(column, RichTextField):
        return write_html(value, names)
    if isinstance(column, LocalisedTextField):
        return {code: value[code] for code in [*names.codes, *sorted(value)] if code in value}
    return written_plain(value)


def written_plain(value: Any) -> Any:
    """Return a value of Python as YAML has it; mappings in one order, whatever the database does."""
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(sep=" ")
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, Mapping):
        return {str(name): written_plain(value[name]) for name in sorted(value)}
    if isinstance(value, list | tuple):
        return [written_plain(one) for one in value]
    if isinstance(value, models.fields.files.FieldFile):
        return str(value.name or "").rpartition("/")[2]
    return value if value is None or isinstance(value, bool | int | float | date) else str(value)


def read_value(column: Any, value: Any, names: Names) -> Any:
    """Return what a value of an archive is in Python: of a relation, the key or keys in the database.

    Raises `Wrong`.
    """
    if isinstance(column, ParentalManyToManyField):
        return [names.named(column.related_model, _text(name)) for name in listed(value)]
    if isinstance(column, models.ForeignKey):
        return None if value is None else names.named(column.related_model, _text(value))
    if isinstance(column, StreamField):
        return read_body(column, listed(value), names)
    return _read_plain(column, value, names)


def _read_plain(column: Any, value: Any, names: Names) -> Any:
    if value is None:
        if not column.null:
            raise Wrong(Code.WRONG_VALUE, "This is empty and must not be. Write a value, or delete the line.")
        return None
    if isinstance(column, RichTextField):
        return read_html(_text(value), names)
    if isinstance(column, LocalisedTextField):
        return _words(value, names.codes)
    try:
        return column.to_python(_fitting(column, value))
    except ValidationError as error:
        raise Wrong(Code.WRONG_VALUE, " ".join(error.messages)) from None


def _fitting(column: Any, value: Any) -> Any:
    """Return ``value`` if it is of the type that a column takes."""
    for kinds, fits, words in _TYPES:
        if isinstance(column, kinds):
            if not fits(value):
                raise Wrong(Code.WRONG_VALUE, f"“{str(value)[:60]}” is no {words}")
            break
    if isinstance(column, models.CharField | models.TextField) and len(value) > (
        column.max_length or len(value)
    ):
        raise Wrong(Code.WRONG_VALUE, f"This has more than {column.max_length} signs. Shorten it.")
    if isinstance(column, models.DateTimeField):
        moment = value if isinstance(value, datetime) else parse_datetime(value)
        if moment is None:
            raise Wrong(Code.WRONG_VALUE, f"“{value[:60]}” is no time. Write it as 2027-04-07 10:00.")
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
    return str(value) if isinstance(column, models.DecimalField) else value


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_TYPES: list[tuple[tuple[Any, ...], Callable[[Any], bool], str]] = [
    (
        (models.BooleanField,),
        lambda value: isinstance(value, bool),
        "yes or no. Write true or false, without quotation marks.",
    ),
    (
        (models.IntegerField,),
        lambda value: _is_number(value) and not isinstance(value, float),
        "whole number. Write it without quotation marks.",
    ),
    ((models.FloatField,), _is_number, "number. Write it without quotation marks."),
    (
        (models.DecimalField,),
        lambda value: _is_number(value) or isinstance(value, str),
        "number. Write it as '60.00'.",
    ),
    (
        (models.DateTimeField,),
        lambda value: isinstance(value, datetime | str),
        "time. Write it as 2027-04-07 10:00.",
    ),
    (
        (models.DateField,),
        lambda value: isinstance(value, date | str) and not isinstance(value, datetime),
        "day. Write it as 2027-04-07.",
    ),
    (
        (models.CharField, models.TextField, models.UUIDField, models.FileField),
        lambda value: isinstance(value, str),
        "text. Put it into quotation marks.",
    ),
]


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Wrong(Code.WRONG_VALUE, f"“{str(value)[:60]}” is no text. Put it into quotation marks.")
    return value


def _words(value: Any, codes: list[str]) -> dict[str, str]:
    if not isinstance(value, dict):
        raise Wrong(Code.WRONG_VALUE, f"Write the text once for each language: {', '.join(codes)}.")
    if unknown := value.keys() - set(codes):
        words = f"“{min(unknown)[:20]}” is no language of this site. There are: {', '.join(codes)}."
        raise Wrong(Code.UNKNOWN_LANGUAGE, words)
    return {code: _text(text) for code, text in value.items()}
