"""How a schema may change: what breaks frontends is announced, what goes is dated, and everything is described.

Source: GraphQL specification (September 2025), 3.13 (deprecated); what breaks is what graphql-core's
`find_breaking_changes` finds.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    find_breaking_changes,
    is_specified_directive,
    is_specified_scalar_type,
)

_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_SECTION = re.compile(r"^### Schema$(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)


def breaking_changes(before: str, after: str) -> list[str]:
    """Return, one sentence each, what breaks between two schemas in the schema language."""
    found = find_breaking_changes(build_schema(before), build_schema(after))
    return sorted({change.description for change in found})


def unannounced(changes: Iterable[str], changelog: str) -> list[str]:
    """Return those of ``changes`` whose sentence is in no section "Schema" of the changelog.

    Code marks and line breaks in the changelog make no difference.
    """
    told = _plain(" ".join(_SECTION.findall(changelog)))
    return [change for change in changes if _plain(change).removesuffix(".") not in told]


def _plain(text: str) -> str:
    return " ".join(text.replace("`", "").split())


def undescribed(schema: GraphQLSchema) -> list[str]:
    """Return the coordinates of all types, fields, arguments, values and directives without a description."""
    return [
        coordinate for coordinate, element in _elements(schema) if not (element.description or "").strip()
    ]


def undated(schema: GraphQLSchema) -> list[str]:
    """Return the coordinates of what is deprecated without a date from which it may be gone (YYYY-MM-DD)."""
    return [
        coordinate
        for coordinate, element in _elements(schema)
        if (reason := getattr(element, "deprecation_reason", None)) is not None and not _DATE.search(reason)
    ]


def _elements(schema: GraphQLSchema) -> Iterator[tuple[str, Any]]:
    for type_ in schema.type_map.values():
        if type_.name.startswith("__") or is_specified_scalar_type(type_):
            continue
        yield type_.name, type_
        if isinstance(type_, GraphQLEnumType):
            yield from ((f"{type_.name}.{name}", value) for name, value in type_.values.items())
        elif isinstance(type_, GraphQLInputObjectType):
            yield from ((f"{type_.name}.{name}", field) for name, field in type_.fields.items())
        elif isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
            for name, field in type_.fields.items():
                yield f"{type_.name}.{name}", field
                for argument in field.args:
                    yield f"{type_.name}.{name}({argument}:)", field.args[argument]
    for directive in schema.directives:
        if not is_specified_directive(directive):
            yield f"@{directive.name}", directive
