"""Queries that cover every field of a schema, made from its types and from nothing else.

Every field gets its coordinate as its alias (``CentrePage__shortName``), so an answer says by itself which fields
of which types gave something.
"""

from collections import deque
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
LONGEST_PLACE = 3


def coordinate(type_: GraphQLNamedType, name: str) -> str:
    return f"{type_.name}__{name}"


@dataclass
class Selection:
    """The fields that are selected of an object, by the concrete type that it may have.

    ``place`` leads to a value, which has no id of its own, from the object that it belongs to.
    """

    type_: GraphQLNamedType
    place: tuple[str, ...] = ()
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
    """Makes operations in which every field that leads to objects is followed once, the nearest first.

    A value, such as a page of a list or what search engines are told, is followed wherever an object has it.
    """

    schema: GraphQLSchema
    followed: set[tuple[str, ...]] = field(default_factory=set)

    def operation(self, *roots: str) -> str:
        """Return an operation that asks root fields for all that can be reached from them.

        Each argument is a variable with the name of its field before its own: ``$page_id``.
        """
        query = self.schema.query_type
        assert query is not None
        declared, asked, pending = [], [], deque[Selection]()
        for name in roots:
            of_type = query.fields[name]
            named = get_named_type(of_type.type)
            declared += [f"${name}_{key}: {one.type}" for key, one in of_type.args.items()]
            passed = ", ".join(f"{key}: ${name}_{key}" for key in of_type.args)
            below = None if is_leaf_type(named) else Selection(named)
            pending.extend([below] if below else [])
            asked.append((name, f"({passed})" if passed else "", below))
        self._follow(pending)
        fields = " ".join(_field("Query", *one) for one in asked)
        return f"query {f'({", ".join(declared)})' if declared else ''} {{ {fields} }}"

    def _follow(self, pending: deque[Selection]) -> None:
        while pending:
            selection = pending.popleft()
            for concrete in self._concrete(selection.type_):
                rows = selection.fields.setdefault(concrete.name, [])
                for name, of_type in concrete.fields.items():
                    below = None
                    named = get_named_type(of_type.type)
                    if not is_leaf_type(named):
                        place = (*selection.place, coordinate(concrete, name))
                        if place in self.followed or len(place) > LONGEST_PLACE:
                            continue
                        self.followed.add(place)
                        below = Selection(named, () if self._has_id(named) else place)
                        pending.append(below)
                    rows.append((name, arguments(of_type), below))

    def _has_id(self, type_: GraphQLNamedType) -> bool:
        return any("id" in concrete.fields for concrete in self._concrete(type_))

    def _concrete(self, type_: GraphQLNamedType) -> list[GraphQLObjectType]:
        if is_abstract_type(type_):
            return sorted(self.schema.get_possible_types(type_), key=lambda one: one.name)
        assert isinstance(type_, GraphQLObjectType)
        return [type_]


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
