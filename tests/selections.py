"""Selections of everything below a field, for tests that leave nothing out."""

from collections.abc import Iterator, Mapping

from graphql import (
    GraphQLField,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_composite_type,
    is_required_argument,
)

# What a field needs or takes, by the name of the argument.
ARGUMENTS = {"first": "100", "preset": "CARD", "audience": '"librarians"'}
# Pages of any type stand below everything; what is asked of them there has to be told apart from the page itself.
PAGE = "{ __typename id path title jsonLd }"


def everything(schema: GraphQLSchema, arguments: Mapping[str, str], depth: int) -> Iterator[tuple[str, str]]:
    """Yield name and query of each root field in ``arguments``, which holds what stands behind the name.

    Objects are followed ``depth`` levels down; a connection and its rows are one.
    """
    assert schema.query_type
    for name, given in arguments.items():
        selection = _selection(schema, schema.query_type.fields[name].type, depth, at_root=True)
        yield name, f"{{ {name}{given} {selection} }}"


def _selection(schema: GraphQLSchema, type_: GraphQLOutputType, depth: int, *, at_root: bool = False) -> str:
    named = get_named_type(type_)
    if not is_composite_type(named):
        return ""
    if named.name == "PageInterface" and not at_root:
        return PAGE
    if is_abstract_type(named):
        parts = [
            f"... on {possible.name} {{ {_fields(schema, possible, depth)} }}"
            for possible in schema.get_possible_types(named)
        ]
        return f"{{ __typename {' '.join(parts)} }}"
    return f"{{ __typename {_fields(schema, named, depth)} }}"


def _fields(schema: GraphQLSchema, type_: GraphQLObjectType, depth: int) -> str:
    """Return all fields of a type under names of their own: two types may have a field in two meanings."""
    return " ".join(
        f"{type_.name}_{name}: {name}{_arguments(field)} {_selection(schema, field.type, below)}"
        for name, field in type_.fields.items()
        if (below := _depth_below(type_, field, depth)) >= 0
    )


def _depth_below(type_: GraphQLObjectType, field: GraphQLField, depth: int) -> int:
    named = get_named_type(field.type)
    if not is_composite_type(named) or type_.name.endswith("Connection"):
        return depth
    return depth - 1


def _arguments(field: GraphQLField) -> str:
    taken = [
        f"{name}: {ARGUMENTS[name]}"
        for name, argument in field.args.items()
        if is_required_argument(argument) or name == "first"
    ]
    return f"({', '.join(taken)})" if taken else ""
