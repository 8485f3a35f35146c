"""How a mistake in a declaration is said, and which names of types a signature may use."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from graphql import (
    EnumTypeDefinitionNode,
    GraphQLError,
    InputObjectTypeDefinitionNode,
    ListTypeNode,
    NonNullTypeNode,
    ScalarTypeDefinitionNode,
    assert_name,
    specified_scalar_types,
)


class SchemaRefused(ImproperlyConfigured):
    """The schema can't be built; ``problems`` says why."""

    def __init__(self, found: list[CheckMessage]) -> None:
        self.problems = found
        super().__init__("\n".join(f"{problem.id}: {problem.msg} {problem.hint}" for problem in found))


def refuse(found: Iterable[CheckMessage]) -> None:
    """Raise `SchemaRefused` where there are problems."""
    if listed := list(found):
        raise SchemaRefused(listed)


def problem(number: int, owner: Any, field: str, text: str, hint: str) -> CheckMessage:
    """Return what is wrong with a ``field`` of a model or of a class of blocks."""
    place = owner._meta.label if hasattr(owner, "_meta") else f"{owner.__module__}.{owner.__name__}"
    return Error(
        f"{place}.{field}: {text}" if field else f"{place}: {text}", hint=hint, obj=owner, id=f"cms.E{number}"
    )


class NoDescription(ValueError):
    """A field that says nothing of itself."""


def unreadable_entries(owner: Any, entries: Iterable[tuple[str, Exception]]) -> Iterator[CheckMessage]:
    """Yield the entries of ``graphql_fields`` that could not be read, each with its error."""
    for name, error in entries:
        if isinstance(error, NoDescription):
            yield problem(119, owner, name, str(error), 'Write field("name: Type", "What it is.").')
        elif isinstance(error, LookupError):
            yield problem(
                106, owner, name, f"the graph has no such model: {error}",
                "Correct the name, or add the model's app to GRAPPLE[\"APPS\"].",
            )  # fmt: skip
        else:
            yield problem(
                114, owner, name, f"the declaration cannot be read: {str(error).partition(chr(10))[0]}",
                "Write a word of grapple, or field(\"name: Type\", \"What it is.\").",
            )  # fmt: skip


def is_name(text: Any) -> bool:
    """Return whether ``text`` can be a name in the schema. Source: GraphQL specification, 2.1.9 Names."""
    try:
        assert_name(text)
    except (GraphQLError, TypeError):
        return False
    return not text.startswith("__")


@dataclass(frozen=True, slots=True)
class Names:
    """The names of the types that fields give and of those that arguments take."""

    outputs: frozenset[str]
    inputs: frozenset[str]

    @classmethod
    def of(cls, written: Iterable[Any], others: Iterable[str]) -> "Names":
        """Return the names of ``written`` definitions and of ``others``, which are types of models and blocks."""
        nodes = list(written)
        both = {*specified_scalar_types, *_enums()}
        both |= {
            one.name.value
            for one in nodes
            if isinstance(one, (EnumTypeDefinitionNode, ScalarTypeDefinitionNode))
        }
        inputs = {one.name.value for one in nodes if isinstance(one, InputObjectTypeDefinitionNode)}
        outputs = {one.name.value for one in nodes} - inputs
        return cls(frozenset(both | outputs | {*others}), frozenset(both | inputs))

    def missing(self, definition: Any) -> str:
        """Return what is wrong with the types that a field definition names, an empty text where nothing is."""
        asked = {(type_name(definition), self.outputs)} | {
            (type_name(argument), self.inputs) for argument in definition.arguments
        }
        wrong = sorted({name for name, allowed in asked if name not in allowed})
        if unknown := [name for name in wrong if name not in self.outputs | self.inputs]:
            return f"the schema has no type {', '.join(unknown)}."
        return (
            f"{', '.join(wrong)}: a field gives no input, and an argument takes only inputs." if wrong else ""
        )


def type_name(holder: Any) -> str:
    """Return the name of the type of a field definition or of an argument."""
    type_ = holder.type
    while isinstance(type_, (ListTypeNode, NonNullTypeNode)):
        type_ = type_.type
    return str(type_.name.value)


def _enums() -> set[str]:
    return {enum.__name__ for enum in _below(models.TextChoices)}


def _below(base: Any) -> Iterator[Any]:
    for child in base.__subclasses__():
        yield child
        yield from _below(child)
