"""What a column is in the graph: its type, whether it may be null, and its description.

Scalars are those of graphene-django's conversion; this module adds those of Wagtail and of this platform.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import graphene
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import override
from graphene_django.converter import convert_django_field
from graphql import GraphQLError, assert_name
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument
from wagtail.fields import RichTextField, StreamField
from wagtail.images.models import AbstractImage
from wagtail.models import CollectionMember, DraftStateMixin, Page

from cms.body.field import BodyField
from cms.fields import LocalisedTextField, MultiChoiceField
from cms.publishing.registry import entry_of

# An address that was not written is none; other words that were not written are an empty text.
_NULL_WHERE_EMPTY = (models.URLField, models.EmailField, models.FileField)
_STANDARD: dict[str, Any] = {
    "String": graphene.String,
    "Int": graphene.Int,
    "Float": graphene.Float,
    "Boolean": graphene.Boolean,
    "ID": graphene.ID,
}
# Words of grapple that leave the type to the column, and scalars that travel as strings.
_OPEN_WORDS = frozenset({"PageInterface", "SnippetInterface", "BlockInterface"})
_STRINGS = frozenset({"Date", "DateTime", "Decimal", "ID", "PartialDate", "RichText"})


@cache
def named(name: str) -> Any:
    """Return a stand-in of graphene's for a type of the schema that is defined elsewhere."""
    return _STANDARD.get(name) or type(name, (graphene.Scalar,), {"__doc__": "Defined in a file of types."})


@dataclass(frozen=True, slots=True)
class Shape:
    """A type of the graph: a name, perhaps a list of it, perhaps never null. ``enum`` is graphene's, if one is made."""

    name: str
    listed: bool = False
    required: bool = False
    enum: Any = None

    def structure(self, by_name: Callable[[str], Any]) -> Any:
        """Return it as graphene writes it; items of lists are never null."""
        base = self.enum or by_name(self.name)
        inner = graphene.List(graphene.NonNull(base)) if self.listed else base
        return graphene.NonNull(inner) if self.required else inner


def column_of(model: type[models.Model], source: str, keys: Iterable[str] = ()) -> Any:
    """Return the column or relation at the end of a path from ``model``, None where there is none."""
    found: Any = None
    for name in (source, *keys):
        try:
            found = model._meta.get_field(name)
        except (FieldDoesNotExist, AttributeError):  # a column of words has no model behind it
            return None
        model = found.related_model
    return found


def shape_of(model: type[models.Model], source: str, keys: tuple[str, ...], word: Shape) -> Shape:
    """Return the type of a field that was declared as ``word``, completed by the column behind it."""
    column = column_of(model, source, keys)
    if column is None:
        return word
    own = shape_of_column(column)
    exact = word.name in _OPEN_WORDS or (word.name == "String" and (own.enum or own.name in _STRINGS))
    name, enum = (own.name, own.enum) if exact else (word.name, None)
    first = column_of(model, source)
    if many(first):
        return Shape(name, True, True, enum)
    required = word.required or (own.required and not (keys and first.null))
    return Shape(name, own.listed, required, enum)


def many(column: Any) -> bool:
    """Return whether a column is a relation to any number of rows."""
    return bool(column.one_to_many or column.many_to_many) or isinstance(column, TaggableManager)


def shape_of_column(column: Any) -> Shape:
    """Return the type that follows from a column alone."""
    for kind, shape in _KINDS:
        if isinstance(column, kind):
            return shape(column)
    if column.is_relation:
        return _shape_of_relation(column)
    enum = enum_of(column)
    if isinstance(column, MultiChoiceField):
        return Shape(enum.__name__ if enum else "String", True, True, graphene_enum(enum) if enum else None)
    if enum is not None:
        return Shape(enum.__name__, False, not (column.null or column.blank), graphene_enum(enum))
    never_null = not column.null and not (column.blank and isinstance(column, _NULL_WHERE_EMPTY))
    return Shape(_scalar(column), required=never_null)


_KINDS: tuple[tuple[type, Callable[[Any], Shape]], ...] = (
    (TaggableManager, lambda _column: Shape("Tag", True, True)),
    (BodyField, lambda _column: Shape("BodyBlock", True, True)),
    (StreamField, lambda _column: Shape("BlockInterface", True, True)),
    (RichTextField, lambda column: Shape("RichText", required=not (column.blank or column.null))),
    (LocalisedTextField, lambda _column: Shape("String", required=True)),
)


def _scalar(column: Any) -> str:
    if f"{column.name}_precision" in {other.name for other in column.model._meta.concrete_fields}:
        return "PartialDate"
    try:
        scalar = type(convert_django_field(column))._meta.name
    except Exception:  # noqa: BLE001  # graphene-django's word for a column that it does not know
        return "String"
    return {"UUID": "ID", "Time": "String", "BigInt": "Float", "JSONString": "String"}.get(scalar, scalar)


def _shape_of_relation(column: Any) -> Shape:
    target = column.related_model
    if issubclass(target, AbstractImage):
        name = "Image"
    elif issubclass(target, AbstractDocument):
        name = "Document"
    elif target is Page:
        name = "PageInterface"
    else:
        name = entry_of(target).type
    if many(column):
        return Shape(name, True, True)
    hidden = issubclass(target, (Page, DraftStateMixin, CollectionMember))  # the gate may answer with null
    optional = getattr(column, "null", True) or (column.one_to_one and column.auto_created)
    return Shape(name, required=not (optional or hidden))


def enum_of(column: Any) -> Any:
    """Return the class of choices of a column, if its values are names; None where it has none.

    Django keeps the choices of a column and forgets their class: it is found among all classes by what it lists.
    """
    if not all(_is_name(value) for value, _label in _choices(column) if value):
        return None
    return choices_of(column)


def _choices(column: Any) -> list[Any]:
    return list(getattr(column, "options", None) or getattr(column, "choices", None) or ())


def choices_of(column: Any) -> Any:
    """Return the class of choices of a column, whatever its values; None where it has none."""
    choices = _choices(column)
    values = [value for value, _label in choices]
    fitting = [one for one in _subclasses(models.TextChoices) if one.values == values]
    own = [one for one in fitting if one.__module__ == column.model.__module__]
    same = [one for one in own or fitting if [str(one.label) for one in one] == [str(x) for _v, x in choices]]
    return next(iter(same or own or fitting), None)


def _subclasses(base: Any) -> Iterable[Any]:
    for child in base.__subclasses__():
        yield child
        yield from _subclasses(child)


def _is_name(value: Any) -> bool:
    try:
        assert_name(value)
    except (GraphQLError, TypeError):
        return False
    return not value.startswith("__") and value not in ("true", "false", "null")


@cache
def graphene_enum(choices: Any) -> Any:
    """Return the enum of a class of choices, with the English words of its members."""
    with override("en"):
        said = {member.value: f"{capfirst(str(member.label))}." for member in choices}
    own = (choices.__doc__ or "").strip().partition("\n")[0] or f"{choices.__name__}."
    values = [(value, value) for value in choices.values]
    return graphene.Enum(
        choices.__name__, values, description=lambda member: said[member.value] if member else own
    )


def description_of(model: type[models.Model], source: str, name: str) -> str:
    """Return what the schema says of a field that says nothing itself: the English help text of its column."""
    column = column_of(model, source)
    with override("en"):
        if text := getattr(column, "help_text", ""):
            return str(text)
        if isinstance(column, StreamField):
            return "Blocks of the page in order."
        if getattr(column, "related_model", None) and many(column):
            return f"{capfirst(str(column.related_model._meta.verbose_name_plural))}."
        words = getattr(column, "verbose_name", None) or (getattr(model, source, None).__doc__ or name)
        return f"{capfirst(str(words).partition(chr(10))[0].rstrip('.'))}."
