"""From what models declare to graphene's types: grapple's words and written signatures, completed by the columns.

wagtail-grapple generates a type for every model from its ``graphql_fields``. A word of grapple says which column is
shown; type, nullability and description follow from the column (`cms.graphql.schema.columns`). All other types
(values, inputs, interfaces) are in the files of folders named ``types``; graphene sees those only as names
(`named`). The schema that is served is built from both by `cms.graphql.schema.build`.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from inspect import getclosurevars, isfunction
from keyword import iskeyword
from typing import Any

import graphene
from django.apps import apps
from django.db import models
from django.utils.module_loading import import_string
from graphene.types.structures import Structure
from graphene.types.unmountedtype import UnmountedType
from graphene.utils.str_converters import to_camel_case
from graphene_django import DjangoObjectType
from graphql import (
    FieldDefinitionNode,
    GraphQLError,
    ListTypeNode,
    NamedTypeNode,
    NonNullTypeNode,
    TypeNode,
    parse,
)
from graphql.pyutils import camel_to_snake
from grapple.actions import get_field_type
from grapple.helpers import streamfield_types
from grapple.models import GraphQLField
from grapple.registry import registry
from wagtail.blocks import Block

from cms.graphql.schema.columns import Shape, column_of, description_of, named, shape_of
from cms.graphql.schema.refusals import NoDescription
from cms.graphql_fields import ExposedField
from cms.publishing.registry import entry_of

__all__ = [
    "Declaration", "declarations", "declared_twice", "field_definition", "get_field_type", "grapple_field",
    "model_types", "named", "no_blocks", "set_aside_unreadable", "unreadable", "unreadable_in",
]  # fmt: skip

# grapple's types by the names that they have in the served schema.
_SERVED = {"StreamFieldInterface": "BlockInterface", "TagObjectType": "Tag", "Time": "String"}


@dataclass(frozen=True, slots=True)
class Declaration:
    """One field of a model's type.

    ``source`` is the attribute behind it and ``keys`` what is taken of the rows there; ``word`` is the named type that
    was declared and ``required`` whether it was declared never to be null, before the column was asked. ``always``: the
    column may be null, and never is where the public sees it.
    ``signature`` is the written one, None for grapple's words.
    """

    name: str
    source: str
    keys: tuple[str, ...] = ()
    word: str = ""
    listed: bool = False
    required: bool = False
    always: bool = False
    signature: FieldDefinitionNode | None = None


def field_definition(signature: str) -> FieldDefinitionNode:
    """Parse one field definition of the schema language. Raises GraphQLError where it is none, or more than one."""
    document = parse("type Signature { " + signature + " }")
    fields: Any = getattr(document.definitions[0], "fields", ())
    if len(document.definitions) != 1 or len(fields) != 1:
        raise GraphQLError("A signature is one field.")
    if fields[0].directives:
        raise GraphQLError("A signature has no directives.")
    found: FieldDefinitionNode = fields[0]
    return found


def grapple_field(exposed: ExposedField) -> tuple[GraphQLField, Callable[[Any], graphene.Field]]:
    """Return what wagtail-grapple expects in ``graphql_fields``: its own field and a wrapper for its type."""
    definition = field_definition(exposed.signature)
    name = camel_to_snake(definition.name.value)
    if iskeyword(name):
        name += "_"  # graphene makes a dataclass of the fields; the graph shows the signature's name
    structure = _structure(definition.type)

    def wrap(_field_type: Any) -> graphene.Field:
        return graphene.Field(structure, name=definition.name.value, description=exposed.description)

    return GraphQLField(name, graphene.String, source=exposed.source or name), wrap


def _structure(node: TypeNode) -> Any:
    if isinstance(node, NonNullTypeNode):
        return graphene.NonNull(_structure(node.type))
    if isinstance(node, ListTypeNode):
        return graphene.List(_structure(node.type))
    assert isinstance(node, NamedTypeNode)
    return _by_name(node.name.value)


def _by_name(name: str) -> Any:
    return lambda: model_types().get(name) or named(name)


def model_types() -> dict[str, Any]:
    """Return the types that wagtail-grapple generated, by name, of models that declare ``graphql_fields``."""
    return {
        model.__name__: node
        for model, node in registry.models.items()
        if isinstance(model, type)
        and issubclass(model, models.Model)
        and hasattr(model, "graphql_fields")
        and not hasattr(model, "graphql_type")
    }


@lru_cache
def declarations(model: type[models.Model]) -> dict[str, Declaration]:
    """Return the declared fields of ``model`` by name, and complete grapple's type of it by the columns."""
    node = registry.models[model]
    found: dict[str, Declaration] = {}
    _twice[model] = []
    wrong = list(_set_aside.get(model, ()))
    for entry in model.graphql_fields:  # type: ignore[attr-defined]
        try:
            declared = _declared(model, node, entry)
        except Exception as error:  # noqa: BLE001  # whatever it is, the system check says it
            wrong.append((entry, error))
        else:
            if declared.name in found:
                _twice[model].append(declared.name)
            found[declared.name] = declared
    _unreadable[model] = wrong
    return found


# Entries of `graphql_fields` that nobody can read, with what was wrong: before grapple built its types, and after.
_set_aside: dict[Any, list[tuple[Any, Exception]]] = defaultdict(list)
_unreadable: dict[Any, list[tuple[Any, Exception]]] = {}
_twice: dict[Any, list[str]] = {}


def set_aside_unreadable() -> None:
    """Take out what grapple would stop at with a traceback: entries of ``graphql_fields``, interfaces and registered
    blocks that are none. `unreadable` tells them.
    """
    registered = [one["cls"] for one in streamfield_types]
    for owner in (*apps.get_models(), *registered):
        _set_aside_interfaces(owner)
        entries: Any = getattr(owner, "graphql_fields", ())
        if not isinstance(entries, (list, tuple)):
            _set_aside[owner].append((entries, TypeError("graphql_fields is no list.")))
            owner.graphql_fields = []
            continue
        wrong = [(entry, error) for entry in entries if (error := _error_of(entry)) is not None]
        if wrong:
            _set_aside[owner] += wrong
            bad = [entry for entry, _error in wrong]
            owner.graphql_fields = [entry for entry in entries if entry not in bad]
    for cls in registered:
        if not issubclass(cls, Block):
            _set_aside[cls].append((cls, TypeError("it is no block.")))
    streamfield_types[:] = [one for one in streamfield_types if issubclass(one["cls"], Block)]
    for one in streamfield_types:
        one["interfaces"] = tuple(found for found in one["interfaces"] if _error_of_interface(found) is None)


def _set_aside_interfaces(owner: Any) -> None:
    names: Any = getattr(owner, "graphql_interfaces", ())
    if not isinstance(names, (list, tuple)):
        names = (names,)
    read = [(name, _error_of_interface(name)) for name in names]
    wrong = [("graphql_interfaces", error) for _name, error in read if error is not None]
    if wrong:
        _set_aside[owner] += wrong
        owner.graphql_interfaces = tuple(name for name, error in read if error is None)


def _error_of_interface(name: Any) -> Exception | None:
    try:
        found = import_string(name) if isinstance(name, str) else name
    except ImportError as error:
        return TypeError(error)
    known = isinstance(found, type) and issubclass(found, graphene.Interface)
    return None if known else TypeError(f"{name!r} is no interface of graphene.")


def unreadable_in(cls: Any) -> list[tuple[str, Exception]]:
    """Return name and error of the entries of a class of blocks that cannot be read."""
    now = [(entry, _error_of(entry)) for entry in getattr(cls, "graphql_fields", ())]
    wrong = [*_set_aside.get(cls, ()), *((entry, error) for entry, error in now if error is not None)]
    return [(_name_of(entry), error) for entry, error in wrong]


def no_blocks() -> list[type]:
    """Return the registered classes that are no blocks."""
    return [owner for owner in _set_aside if not issubclass(owner, (models.Model, Block))]


def declared_twice(model: type[models.Model]) -> list[str]:
    """Return the names of fields that ``model`` declares more than once."""
    declarations(model)
    return _twice[model]


def _error_of(entry: Any) -> Exception | None:
    if isfunction(entry) and getclosurevars(entry).nonlocals.get("is_paginated_queryset"):
        return None  # grapple makes its list of pages from the type of the rows, which is not built yet
    try:
        if isinstance(entry, ExposedField):
            _written(entry)
        else:
            built_by(entry)
    except Exception as error:  # noqa: BLE001  # whatever it is, the system check says it
        return error
    return None


def unreadable(model: type[models.Model]) -> list[tuple[str, Exception]]:
    """Return name and error of the entries of ``model`` that cannot be read."""
    declarations(model)
    return [(_name_of(entry), error) for entry, error in _unreadable[model]]


def _name_of(entry: Any) -> str:
    if isinstance(entry, ExposedField):
        signature: Any = entry.signature  # which may be anything, whatever its type says
        return entry.name or signature if isinstance(signature, str) else repr(signature)
    if isinstance(entry, str):
        return entry if entry == "graphql_interfaces" else repr(entry)
    name = getclosurevars(entry).nonlocals.get("field_name") if isfunction(entry) else None
    return to_camel_case(str(name)) if name else getattr(entry, "__name__", repr(entry))


def _written(entry: ExposedField) -> Declaration:
    text: Any = entry.signature
    said: Any = entry.description
    if not isinstance(text, str):
        raise TypeError("a signature is a text.")
    signature = field_definition(text)
    if not isinstance(said, str) or not said.strip():
        raise NoDescription("it has no description.")
    inner: TypeNode = signature.type
    required = isinstance(inner, NonNullTypeNode)
    if isinstance(inner, NonNullTypeNode):
        inner = inner.type
    listed = isinstance(inner, ListTypeNode)
    while isinstance(inner, (ListTypeNode, NonNullTypeNode)):
        inner = inner.type
    assert isinstance(inner, NamedTypeNode)
    source, *keys = (entry.source or camel_to_snake(entry.name)).split(".")
    return Declaration(
        entry.name, source, tuple(keys), inner.name.value, listed, required, entry.always, signature
    )


def _declared(model: type[models.Model], node: Any, entry: Any) -> Declaration:
    if isinstance(entry, ExposedField):
        return _written(entry)
    made, built = built_by(entry)
    word = built_shape(built.type)
    source, *keys = made.field_source.split(".")
    keys += [key for part in made.extract_key or () for key in part.split(".")]
    name = to_camel_case(made.field_name.rstrip("_"))
    declared = Declaration(name, source, tuple(keys), word.name, word.listed, word.required)
    shape = shape_of(model, declared.source, declared.keys, word)
    node._meta.fields[made.field_name] = graphene.Field(
        shape.structure(_by_name),
        name=name,
        description=built.description
        or _said_of_collection(entry)
        or description_of(model, declared.source, name),
        deprecation_reason=built.deprecation_reason,
    )
    return declared


def _said_of_collection(entry: Any) -> str | None:
    """Return the description of a `GraphQLCollection`, which grapple (0.31) takes and does not hand on."""
    return getclosurevars(entry).nonlocals.get("description") if isfunction(entry) else None


def made_field(entry: Any) -> Any:
    """Return grapple's field behind an entry of ``graphql_fields``, which may be wrapped as a list."""
    made = entry() if callable(entry) else entry
    if isinstance(made, tuple):
        made = made[0]() if callable(made[0]) else made[0]
    return made


def built_by(entry: Any) -> tuple[Any, graphene.Field]:
    """Return grapple's field behind an entry of ``graphql_fields``, and the field of graphene that it built."""
    made, built = get_field_type(entry() if callable(entry) else entry)
    name = made.field_name
    if name.startswith("_"):
        raise TypeError("a name begins with a letter.")
    if not name.isidentifier() or iskeyword(name):  # graphene makes a class with an attribute of each name
        raise TypeError(f"{name!r} is no name of an attribute; source= says where the value is.")
    return made, built.mount_as(graphene.Field) if isinstance(built, UnmountedType) else built


def built_shape(type_: Any) -> Shape:
    """Return what a type of graphene that grapple built is in the served schema."""
    required = isinstance(type_, graphene.NonNull)
    if required:
        type_ = type_.of_type
    listed = isinstance(type_, graphene.List)
    type_ = _named_type(type_)
    if type_ is None:
        raise LookupError("it names a model that the graph does not show.")
    if "items" in (fields := getattr(type_._meta, "fields", {})) and "pagination" in fields:
        # grapple's paginated list; the graph has `List` for that.
        type_, listed = _named_type(fields["items"].type), True
    if issubclass(type_, DjangoObjectType):
        model = type_._meta.model
        return Shape(entry_of(model).type, listed, required)
    return Shape(_SERVED.get(type_._meta.name, type_._meta.name), listed, required)


def _named_type(type_: Any) -> Any:
    while isinstance(type_, Structure):
        type_ = type_.of_type
    return type_


def column(model: type[models.Model], declared: Declaration) -> Any:
    """Return the column or relation behind a declared field, None if it is a property."""
    return column_of(model, declared.source, declared.keys)
