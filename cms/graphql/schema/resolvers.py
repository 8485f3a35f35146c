"""The function behind each field, chosen once at start from what the model is made of."""

from collections import defaultdict
from collections.abc import Callable
from inspect import isfunction
from typing import Any

from django.db import models
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLString,
    get_named_type,
)
from graphql.pyutils import camel_to_snake
from taggit.managers import TaggableManager
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from cms.body.block_refs import references
from cms.fields import LocalisedText, LocalisedTextField
from cms.graphql.fields.blocks import body_blocks
from cms.graphql.fields.media import images
from cms.graphql.fields.partial_date import PartialDate
from cms.graphql.fields.rich_text import rich_text
from cms.graphql.graph import Graph, Resolver
from cms.graphql.loading.batching import batched, is_draft, related, related_through
from cms.graphql.loading.context import Info
from cms.graphql.loading.localised import chain_of, words
from cms.graphql.loading.pages import specific_by_key
from cms.graphql.schema import blocks
from cms.graphql.schema.columns import column_of, many
from cms.graphql.schema.declarations import Declaration, declarations, model_types
from cms.models import Image

_WORDS = (models.CharField, models.TextField, models.UUIDField)


class Resolvers:
    """All resolvers of the schema: those that apps registered, and the defaults by the kind of column."""

    def __init__(self, graphs: tuple[Graph, ...]) -> None:
        self._registered: dict[str, Resolver] = {}
        self._queries: dict[str, Resolver] = {}
        for graph in graphs:
            self._registered.update(graph.resolvers)
            for signature, resolve in graph.queries.items():
                self._queries[signature.partition("(")[0].partition(":")[0].strip()] = resolve
        self._blocks = blocks.resolvers()
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
        if (follows := self._blocks.get(f"{type_.name}.{name}")) is not None:
            return follows
        model = self._models.get(type_.name)
        declared = declarations(model).get(name) if model is not None else None
        if model is None or declared is None:
            return _by_column(None, Declaration(name, camel_to_snake(name)), field)
        if column_of(model, declared.source) is None and not hasattr(model, declared.source):
            raise TypeError(f"{type_.name}.{name} has neither a resolver nor an attribute of the model.")
        return _by_column(model, declared, field)

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


def _by_column(model: Any, declared: Declaration, field: GraphQLField) -> Resolver:
    source = declared.source
    column: Any = column_of(model, source) if model else None
    if declared.keys:
        return _along(source, declared.keys, column)
    if get_named_type(field.type).name == "PartialDate":
        return _partial_date(source)
    for fits, make in _KINDS:
        if column is not None and fits(column):
            return make(source)
    if column is None:
        return _method(source) if isfunction(getattr(model, source, None)) else _attribute(source, field)
    if declared.signature is None and _scalar(field) is GraphQLString and not isinstance(column, _WORDS):
        return _as_text(source)
    return _attribute(source, field)


def _scalar(field: GraphQLField) -> Any:
    return field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type


def _attribute(source: str, field: GraphQLField) -> Resolver:
    # Columns hold an empty string where nothing was written; in the graph that is null where null may be.
    nullable = field.type is GraphQLString or isinstance(field.type, GraphQLEnumType)

    def resolve(instance: Any, _info: Info) -> Any:
        value = _in_words(getattr(instance, source), instance)
        return value or None if nullable else value

    return resolve


def _in_words(value: Any, owner: Any) -> Any:
    """Return a text in the requested locale of ``owner``: by itself it would speak the language of the process."""
    return words(value, owner) if isinstance(value, LocalisedText) else value


def _as_text(source: str) -> Resolver:
    def resolve(instance: Any, _info: Info) -> str | None:
        value = _in_words(getattr(instance, source), instance)
        return None if value is None else str(value)

    return resolve


def _method(source: str) -> Resolver:
    # As grapple calls it: with the info and the arguments of the field.
    def resolve(instance: Any, info: Info, **arguments: Any) -> Any:
        value = _in_words(getattr(instance, source)(info, **arguments), instance)
        return list(value.all()) if hasattr(value, "all") else value

    return resolve


def _along(source: str, keys: tuple[str, ...], column: Any) -> Resolver:
    """Return what reads something of the row or the rows behind a relation, for all peers at once."""

    def resolve_one(instance: Any, _info: Info) -> Any:
        value = getattr(instance, source)
        for key in keys:
            value = None if value is None else getattr(value, key)
        return _in_words(value, instance)

    def resolve_many(instance: Any, info: Info) -> list[Any]:
        info.context.check_deadline()
        return related_through(instance, source, *keys)

    return resolve_many if column is not None and many(column) else resolve_one


def _localised(source: str) -> Resolver:
    def resolve(instance: Any, _info: Info) -> str:
        return words(getattr(instance, source), instance)

    return resolve


def _partial_date(source: str) -> Resolver:
    def resolve(instance: Any, _info: Info) -> PartialDate | None:
        value = getattr(instance, source)
        if value is None or isinstance(value, PartialDate):
            return value
        return PartialDate(value, getattr(instance, f"{source}_precision"))

    return resolve


def _forward(source: str) -> Resolver:
    # The fetch mode loads the other side for all peers at the first call.
    def resolve(instance: Any, info: Info) -> Any:
        info.context.check_deadline()
        return getattr(instance, source)

    return resolve


def _image(source: str) -> Resolver:
    # Together with those of the bodies, if these are selected too: the same statement reads both.
    def resolve(instance: Any, info: Info) -> Any:
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
    def resolve(instance: Any, info: Info) -> list[Any]:
        info.context.check_deadline()
        return related(instance, source)

    return resolve


def _tags(source: str) -> Resolver:
    def resolve(instance: Any, _info: Info) -> list[Any]:
        manager = getattr(type(instance), source)

        def load(group: list[Any]) -> dict[Any, list[Any]]:
            found: dict[Any, list[Any]] = defaultdict(list)
            given = manager.through._default_manager.filter(content_object__in=[row.pk for row in group])
            for row in given.select_related("tag").order_by("pk"):
                found[row.content_object_id].append(row.tag)
            return found

        return list(
            getattr(instance, source).all() if is_draft(instance) else batched(instance, source, load)
        )

    return resolve


def _page(source: str) -> Resolver:
    # In the requested language, whichever version was chosen.
    def resolve(instance: Any, info: Info) -> Any:
        context, chain = info.context, chain_of(instance)

        def load(group: list[Any]) -> dict[Any, Any]:
            chosen = {row.pk: getattr(row, f"{source}_id") for row in group}
            keys = dict(Page.objects.filter(pk__in=chosen.values()).values_list("pk", "translation_key"))
            pages = specific_by_key(context, keys.values(), chain)
            return {pk: pages.get(keys.get(page)) for pk, page in chosen.items()}

        return batched(instance, ("page", source, chain.codes), load, lambda: None)

    return resolve


# The first that fits a column says how it is read.
_KINDS: tuple[tuple[Callable[[Any], bool], Callable[[str], Resolver]], ...] = (
    (lambda column: isinstance(column, StreamField), body_blocks),
    (lambda column: isinstance(column, RichTextField), rich_text),
    (lambda column: isinstance(column, LocalisedTextField), _localised),
    (lambda column: isinstance(column, TaggableManager), _tags),
    (lambda column: bool(column.one_to_many or column.many_to_many), _related),
    (lambda column: column.related_model is Image, _image),
    (lambda column: bool(column.is_relation) and issubclass(column.related_model, Page), _page),
    (lambda column: bool(column.is_relation), _forward),
)
