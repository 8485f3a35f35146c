"""Queries that cover every field of a schema, made from its types and from nothing else.

Every field gets its coordinate as its alias (``CentrePage__shortName``), so an answer says by itself which fields
of which types gave something.
"""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
    is_required_argument,
)

LONGEST_LIST = 100
MOST_LEVELS = 14


def coordinate(type_: GraphQLNamedType, name: str) -> str:
    return f"{type_.name}__{name}"


@dataclass
class Selection:
    """The fields that are selected of an object, by the concrete type that it may have."""

    type_: GraphQLNamedType
    level: int
    fields: dict[str, list[tuple[str, str, "Selection | None"]]] = field(default_factory=dict)

    def __str__(self) -> str:
        groups = [
            f"... on {name} {{ {' '.join(_field(name, *one) for one in fields)} }}"
            for name, fields in self.fields.items()
        ]
        return f"{{ __typename {' '.join(groups)} }}"


def _field(type_name: str, name: str, arguments: str, below: Selection | None) -> str:
    return f"{type_name}__{name}: {name}{arguments} {below or ''}"


@dataclass
class Walk:
    """Makes selections in which every field that leads to objects is followed ``times`` times, the nearest first."""

    schema: GraphQLSchema
    times: int = 1

    def below(self, type_: GraphQLNamedType) -> Selection:
        followed: Counter[str] = Counter()
        root = Selection(type_, 1)
        pending = deque([root])
        while pending:
            selection = pending.popleft()
            for concrete in self.concrete(selection.type_):
                rows = selection.fields.setdefault(concrete.name, [])
                for name, of_type in concrete.fields.items():
                    below = None
                    named = get_named_type(of_type.type)
                    if not is_leaf_type(named):
                        place = coordinate(concrete, name)
                        if followed[place] >= self.times or selection.level >= MOST_LEVELS:
                            continue
                        followed[place] += 1
                        below = Selection(named, selection.level + 1)
                        pending.append(below)
                    rows.append((name, arguments(of_type), below))
        return root

    def concrete(self, type_: GraphQLNamedType) -> list[GraphQLObjectType]:
        if is_abstract_type(type_):
            return sorted(self.schema.get_possible_types(type_), key=lambda one: one.name)
        assert isinstance(type_, GraphQLObjectType)
        return [type_]

    def root(self, name: str) -> str:
        """Return an operation that asks a root field for all that can be reached from it, with its arguments
        as variables."""
        query = self.schema.query_type
        assert query is not None
        of_type = query.fields[name]
        named = get_named_type(of_type.type)
        declared = ", ".join(f"${key}: {argument.type}" for key, argument in of_type.args.items())
        passed = ", ".join(f"{key}: ${key}" for key in of_type.args)
        below = "" if is_leaf_type(named) else str(self.below(named))
        return (
            f"query {f'({declared})' if declared else ''} {{ "
            f"Query__{name}: {name}{f'({passed})' if passed else ''} {below} }}"
        )


def arguments(of_type: GraphQLField) -> str:
    given = [
        f"{name}: {value}" for name, one in of_type.args.items() if (value := _literal(name, one)) is not None
    ]
    return f"({', '.join(given)})" if given else ""


def _literal(name: str, argument: GraphQLArgument) -> str | None:
    if name == "first":
        return str(LONGEST_LIST)
    if not is_required_argument(argument):
        return None
    named = get_named_type(argument.type)
    if isinstance(named, GraphQLEnumType):
        value = next(iter(named.values))
    elif isinstance(named, GraphQLInputObjectType):
        value = "{}"
    else:
        value = {"Int": "1", "Boolean": "true"}.get(named.name, '"librarians"')
    return f"[{value}]" if is_list_type(get_nullable_type(argument.type)) else value


def fields_with_values(value: Any) -> Iterator[str]:
    """Return the coordinates of the fields of an answer that are neither null nor empty."""
    if isinstance(value, dict):
        for key, below in value.items():
            if "__" in key.strip("_") and below not in (None, "", []):
                yield key
            yield from fields_with_values(below)
    elif isinstance(value, list):
        for below in value:
            yield from fields_with_values(below)


def coordinates(schema: GraphQLSchema) -> set[str]:
    """Return the coordinates of all fields of all object types."""
    return {
        coordinate(type_, name)
        for type_ in schema.type_map.values()
        if isinstance(type_, GraphQLObjectType) and not type_.name.startswith("__")
        for name in type_.fields
    }
