"""What `manage.py check` says of the built schema: defaults, lengths, descriptions, and types that no query reaches."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Advice
from graphql import (
    GraphQLArgument,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    Undefined,
    value_from_ast,
)

from cms.graphql.loading.connections import MAX_PAGE_SIZE
from cms.graphql.schema.declarations import model_types
from cms.graphql.schema.evolution import undescribed


def problems_of_schema(schema: GraphQLSchema) -> Iterator[CheckMessage]:
    """Yield what is wrong with a schema that could be built."""
    yield from _values(schema)
    yield from _lost(schema)
    for coordinate in undescribed(schema):
        if "(" not in coordinate:
            yield Error(
                f"{_place(coordinate)}: it has no description.",
                hint="Write what it is: a docstring, a help_text, a label, or description=….",
                id="cms.E119",
            )


def _values(schema: GraphQLSchema) -> Iterator[CheckMessage]:
    for place, argument in _inputs(schema):
        node = argument.ast_node
        written = node.default_value if node is not None else None
        if written is not None and value_from_ast(written, argument.type) is Undefined:
            yield Error(
                f"{place}: the default value does not fit the type {argument.type}.",
                hint="Write a value of the type, or leave the default out.",
                id="cms.E115",
            )
        size = argument.default_value
        is_size = place.rpartition(".")[2].partition("(")[2].rstrip(":)") in ("first", "last")
        if is_size and isinstance(size, int) and not 1 <= size <= MAX_PAGE_SIZE:
            yield Error(
                f"{place}: {int(size)} is no length of a part of a list.",
                hint=f"Take a number from 1 to {MAX_PAGE_SIZE}.",
                id="cms.E116",
            )


def _lost(schema: GraphQLSchema) -> Iterator[CheckMessage]:
    """Yield types of models that no query reaches."""
    for name, node in model_types().items():
        if name not in schema.type_map:
            yield Advice(
                f"{node._meta.model._meta.label}.graphql_fields: no query reaches the type.",
                hint="Declare a List on the model, or a field that gives it.",
                id="cms.W115",
            )


def _inputs(schema: GraphQLSchema) -> Iterator[tuple[str, GraphQLArgument | GraphQLInputField]]:
    for type_ in schema.type_map.values():
        if type_.name.startswith("__"):
            continue
        if isinstance(type_, GraphQLInputObjectType):
            for name, entry in type_.fields.items():
                yield f"{type_.name}.{name}", entry
        elif isinstance(type_, (GraphQLObjectType, GraphQLInterfaceType)):
            for name, field in type_.fields.items():
                for argument, given in field.args.items():
                    yield _place(f"{type_.name}.{name}({argument}:)"), given


def _place(coordinate: str) -> str:
    """Return a coordinate of the schema with the model's label in the place of its type."""
    owner, dot, rest = coordinate.partition(".")
    models: dict[str, Any] = model_types()
    return f"{models[owner]._meta.model._meta.label if owner in models else owner}{dot}{rest}"
