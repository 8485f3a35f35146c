"""Random queries that fit a schema, with values that mean something, values that mean nothing, and variables."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_composite_type,
    is_required_argument,
    is_required_input_field,
)
from hypothesis import strategies as st

MAX_DEPTH = 5
MAX_FIELDS = 4

_NONSENSE = st.text(max_size=12) | st.sampled_from(
    ["", " ", "\0", '"', "%", "č" * 300, "-1", "null", "../", "🍐"]
)


@dataclass(frozen=True)
class Vocabulary:
    """What to say in place of a String or ID, by the name of the argument; nonsense comes besides."""

    words: dict[str, list[str]]

    def text(self, name: str) -> st.SearchStrategy[str]:
        known = st.sampled_from(self.words[name]) if name in self.words else st.sampled_from(["knjiga"])
        return st.one_of(*[known] * 7, _NONSENSE)


_SCALARS: dict[str, st.SearchStrategy[Any]] = {
    "Boolean": st.booleans(),
    "Date": st.one_of(*[st.dates().map(str)] * 5, st.sampled_from(["2027-02-30", "0", ""])),
    "DateTime": st.sampled_from(
        [
            "2027-03-01T00:00:00+01:00",
            "2020-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z",
            "2027-03-01",
            "0001-01-01T00:00Z",
        ]
    ),
    "Decimal": st.sampled_from(["45.00", "0", "NaN", "-1e9"]),
    "Float": st.floats(allow_nan=False, allow_infinity=False),
    "Int": st.sampled_from([1, 2, 3, 2025, 2027, 0, -1, 101, 2**31 - 1]),
}


@dataclass
class Writer:
    """Writes one operation; what it draws decides what is asked."""

    schema: GraphQLSchema
    vocabulary: Vocabulary
    draw: Any
    variables: dict[str, Any] = field(default_factory=dict)
    declared: list[str] = field(default_factory=list)
    names: int = 0

    def operation(self) -> tuple[str, dict[str, Any]]:
        """Return a query and its variables."""
        assert self.schema.query_type
        body = self._selection(self.schema.query_type, 0)
        head = f"query Random({', '.join(self.declared)})" if self.declared else "query Random"
        return f"{head} {body}", self.variables

    def _name(self) -> str:
        self.names += 1
        return f"n{self.names}"

    def _selection(self, type_: GraphQLNamedType, depth: int, *, named_apart: bool = False) -> str:
        if is_abstract_type(type_):
            # Two types may have a field in two meanings, so each gets names of its own.
            parts = [
                f"... on {one.name} {self._selection(one, depth, named_apart=True)}"
                for one in self.draw(_some(self.schema.get_possible_types(type_), 3))
            ]
            return f"{{ __typename {' '.join(parts)} }}"
        usable = [
            name
            for name, one in type_.fields.items()  # type: ignore[attr-defined]
            if depth < MAX_DEPTH or not is_composite_type(get_named_type(one.type))
        ]
        if not usable:
            return "{ __typename }"
        fields = [
            self._field(name, type_.fields[name], depth, named_apart=named_apart)  # type: ignore[attr-defined]
            for name in self.draw(_some(usable, MAX_FIELDS))
        ]
        return f"{{ {' '.join(fields)} }}"

    def _field(self, name: str, one: GraphQLField, depth: int, *, named_apart: bool) -> str:
        # A list goes one way: both are refused.
        unused = {"first", "after"} if "last" in one.args and self._seldom() else {"last", "before"}
        arguments = [
            f"{given}: {self._argument(given, argument)}"
            for given, argument in one.args.items()
            if given not in unused
            if is_required_argument(argument) or given in {"first", "last"} or self._seldom()
        ]
        given = f"({', '.join(arguments)})" if arguments else ""
        named = get_named_type(one.type)
        below = self._selection(named, depth + 1) if is_composite_type(named) else ""
        alias = f"{self._name()}: " if named_apart or self._seldom() else ""
        return f"{alias}{name}{given} {below}"

    def _argument(self, name: str, argument: GraphQLArgument) -> str:
        value = self._first() if name in {"first", "last"} else self._value(name, argument.type)
        if self.draw(st.booleans()):
            variable = self._name()
            self.declared.append(f"${variable}: {argument.type}")
            self.variables[variable] = value
            return f"${variable}"
        return _literal(value, argument.type)

    def _first(self) -> int | None:
        # Mostly few rows, so that not every second query is refused for its cost.
        chosen: int | None = self.draw(st.sampled_from([1, 2, 3, 4, 5] * 4 + [0, 101]))
        return chosen

    def _value(self, name: str, type_: GraphQLInputType) -> Any:
        if isinstance(type_, GraphQLNonNull):
            return self._value(name, type_.of_type)
        if isinstance(type_, GraphQLList):
            length = self.draw(st.integers(0, 3))
            return [self._value(name, type_.of_type) for _ in range(length)]
        if isinstance(type_, GraphQLEnumType):
            return self.draw(st.sampled_from(list(type_.values)))
        if isinstance(type_, GraphQLInputObjectType):
            return {
                key: self._value(key, one.type)
                for key, one in type_.fields.items()
                if is_required_input_field(one) or self._seldom()
            }
        if type_.name in _SCALARS:  # type: ignore[union-attr]
            return self.draw(_SCALARS[type_.name])  # type: ignore[union-attr]
        return self.draw(self.vocabulary.text(name))

    def _seldom(self) -> bool:
        return bool(self.draw(st.integers(0, 3)) == 0)


def _some(values: Sequence[Any], most: int) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=most, unique=True)


def _literal(value: Any, type_: GraphQLInputType) -> str:
    """Return a value in the schema language; an enum has no quotes there."""
    if isinstance(type_, GraphQLNonNull):
        return _literal(value, type_.of_type)
    if value is None:
        return "null"
    if isinstance(type_, GraphQLList):
        return f"[{', '.join(_literal(item, type_.of_type) for item in value)}]"
    if isinstance(type_, GraphQLInputObjectType):
        parts = [f"{key}: {_literal(item, type_.fields[key].type)}" for key, item in value.items()]
        return f"{{{', '.join(parts)}}}"
    return str(value) if isinstance(type_, GraphQLEnumType) else json.dumps(value)


def queries(schema: GraphQLSchema, vocabulary: Vocabulary) -> st.SearchStrategy[tuple[str, dict[str, Any]]]:
    """Return a strategy of queries with their variables."""

    @st.composite
    def strategy(draw: Any) -> tuple[str, dict[str, Any]]:
        return Writer(schema, vocabulary, draw).operation()

    return strategy()
