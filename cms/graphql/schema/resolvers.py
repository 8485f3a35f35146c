"""The function behind each field, chosen once at start from what the model is made of."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from graphql import GraphQLField, GraphQLObjectType, GraphQLSchema, GraphQLString, get_named_type
from graphql.pyutils import camel_to_snake
from wagtail.fields import RichTextField, StreamField

from cms.body.block_refs import references
from cms.fields import LocalisedText, LocalisedTextField
from cms.graphql.fields.blocks import body_blocks
from cms.graphql.fields.media import images
from cms.graphql.fields.partial_date import PartialDate
from cms.graphql.fields.rich_text import rich_text
from cms.graphql.loading.batching import batched, is_draft, related
from cms.graphql.loading.localised import chain_of, words
from cms.graphql.schema.graph import Graph, Resolver
from cms.graphql.schema.sdl import model_types
from cms.models import Image


class Resolvers:
    """All resolvers of the schema: those that apps registered, and the defaults by the kind of column."""

    def __init__(self, graphs: tuple[Graph, ...]) -> None:
        self._registered: dict[str, Resolver] = {}
        self._queries: dict[str, Resolver] = {}
        for graph in graphs:
            self._registered.update(graph.resolvers)
            for signature, resolve in graph.queries.items():
                self._queries[signature.partition("(")[0].partition(":")[0].strip()] = resolve
        self._models = {name: node._meta.model for name, node in model_types().items()}
        self._used: set[str] = set()

    def for_field(self, type_: GraphQLObjectType, name: str, field: GraphQLField) -> Resolver:
        """Return the resolver of one field."""
        if type_.name == "Query":
            return self._queries[name]
        for owner in (type_.name, *(interface.name for interface in type_.interfaces)):
            if (coordinate := f"{owner}.{name}") in self._registered:
                self._used.add(coordinate)
                return self._registered[coordinate]
        model = self._models.get(type_.name)
        if model is not None and not hasattr(model, _source(model, name)) and not _is_relation(model, name):
            raise TypeError(f"{type_.name}.{name} has neither a resolver nor an attribute of the model.")
        return _by_column(model, _source(model, name), field)

    def refuse_unknown(self, schema: GraphQLSchema) -> None:
        """Raise TypeError for a registered resolver whose field does not exist: a slip of the pen."""
        known = {
            f"{type_.name}.{name}"
            for type_ in schema.type_map.values()
            if hasattr(type_, "fields")
            for name in type_.fields
        }
        if unknown := sorted(set(self._registered) - known):
            raise TypeError(f"Resolvers for fields that the schema does not have: {', '.join(unknown)}")


def _is_relation(model: type[models.Model], name: str) -> bool:
    return any(relation.name == _source(model, name) for relation in model._meta.get_fields())


def _source(model: type[models.Model] | None, name: str) -> str:
    for exposed in getattr(model, "graphql_fields", ()):
        if exposed.name == name and exposed.source:
            return str(exposed.source)
    return camel_to_snake(name)


def _by_column(model: type[models.Model] | None, source: str, field: GraphQLField) -> Resolver:
    if get_named_type(field.type).name == "PartialDate":
        return _partial_date(source)
    try:
        column: Any = model._meta.get_field(source) if model else None
    except FieldDoesNotExist:
        column = None
    for fits, make in _KINDS:
        if column is not None and fits(column):
            return make(source)
    return _optional_text(source) if field.type is GraphQLString else _attribute(source)


def _optional_text(source: str) -> Resolver:
    # Columns hold an empty string where nothing was written; in the graph that is null where null may be.
    def resolve(instance: Any, _info: Any) -> str | None:
        return getattr(instance, source) or None

    return resolve


def _attribute(source: str) -> Resolver:
    def resolve(instance: Any, _info: Any) -> Any:
        value = getattr(instance, source)
        return words(value, instance) if isinstance(value, LocalisedText) else value

    return resolve


def _localised(source: str) -> Resolver:
    def resolve(instance: Any, _info: Any) -> str:
        return words(getattr(instance, source), instance)

    return resolve


def _partial_date(source: str) -> Resolver:
    def resolve(instance: Any, _info: Any) -> PartialDate | None:
        value = getattr(instance, source)
        if value is None or isinstance(value, PartialDate):
            return value
        return PartialDate(value, getattr(instance, f"{source}_precision"))

    return resolve


def _forward(source: str) -> Resolver:
    # The fetch mode loads the other side for all peers at the first call.
    def resolve(instance: Any, info: Any) -> Any:
        info.context.check_deadline()
        return getattr(instance, source)

    return resolve


def _image(source: str) -> Resolver:
    # Together with those of the bodies, if these are asked for too: the same statement reads both.
    def resolve(instance: Any, info: Any) -> Any:
        if is_draft(instance) or getattr(instance, f"{source}_id") is None:
            return getattr(instance, source)
        context, chain = info.context, chain_of(instance)

        def load(group: list[Any]) -> dict[Any, Any]:
            ids = {getattr(row, f"{source}_id") for row in group}
            if "body" in (context.selected or ()):
                ids |= references([row.body for row in group if "body" in row.__dict__]).images
            found = images(context, ids, chain)
            return {row.pk: found.get(getattr(row, f"{source}_id")) for row in group}

        return batched(instance, ("image", source, chain.codes), load, lambda: None)

    return resolve


def _related(source: str) -> Resolver:
    def resolve(instance: Any, info: Any) -> list[Any]:
        info.context.check_deadline()
        return related(instance, source)

    return resolve


# The first that fits a column says how it is read.
_KINDS: tuple[tuple[Callable[[Any], bool], Callable[[str], Resolver]], ...] = (
    (lambda column: isinstance(column, StreamField), body_blocks),
    (lambda column: isinstance(column, RichTextField), rich_text),
    (lambda column: isinstance(column, LocalisedTextField), _localised),
    (lambda column: bool(column.one_to_many or column.many_to_many), _related),
    (lambda column: column.related_model is Image, _image),
    (lambda column: bool(column.is_relation), _forward),
)
