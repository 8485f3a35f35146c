"""The manifests in which a frontend's build lists its documents."""

import re
from collections.abc import Mapping
from typing import Any

from graphql import NamedTypeNode, NonNullTypeNode, OperationDefinitionNode
from graphql.utilities import value_from_ast_untyped

from cms.graphql.protocol.documents import hash_of

APOLLO_FORMAT = "apollo-persisted-query-manifest"
_KEY = re.compile(r"(?:sha256:)?([0-9a-f]{64})")


class ManifestError(ValueError):
    """A manifest that is of no known kind."""


def documents_in(manifest: Any) -> dict[str, str]:
    """Return the documents of a decoded manifest by the key that it gives them. Raises `ManifestError`.

    Known are ``{hash: source}`` (graphql-codegen's persisted-documents.json, plain files) and the manifest of
    Apollo's ``generate-persisted-query-manifest``.
    """
    if not isinstance(manifest, Mapping):
        raise ManifestError("A manifest is a JSON object.")
    entries = _apollo(manifest) if manifest.get("format") == APOLLO_FORMAT else dict(manifest)
    if not all(isinstance(key, str) and isinstance(source, str) for key, source in entries.items()):
        raise ManifestError("A manifest maps the hash of each document to its source.")
    return entries


def _apollo(manifest: Mapping[str, Any]) -> dict[str, str]:
    operations = manifest.get("operations")
    if manifest.get("version") != 1 or not isinstance(operations, list):
        raise ManifestError("Of Apollo's manifests, version 1 is known.")
    try:
        return {operation["id"]: operation["body"] for operation in operations}
    except (KeyError, TypeError):
        raise ManifestError("Each operation of Apollo's manifest has an id and a body.") from None


def problem_with_key(key: str, source: str) -> str | None:
    """Return what is wrong with the key of a document: it must be the SHA-256 of the source."""
    match = _KEY.fullmatch(key)
    if match is None:
        return "the key is no SHA-256 (graphql-codegen: persistedDocuments: {hashAlgorithm: 'sha256'})"
    try:
        found = hash_of(source)
    except UnicodeEncodeError:  # JSON can write half of a surrogate pair; no text has one
        return "the source contains an unpaired surrogate"
    if match[1] != found:
        return "the key is not the SHA-256 of this source"
    return None


def cheapest_variables(operation: OperationDefinitionNode) -> dict[str, Any]:
    """Return variables with which ``operation`` costs least: its own defaults, and 1 for numbers that have none."""
    found: dict[str, Any] = {}
    for definition in operation.variable_definitions or ():
        name, kind = definition.variable.name.value, definition.type
        named = kind.type if isinstance(kind, NonNullTypeNode) else kind
        if definition.default_value is not None:
            found[name] = value_from_ast_untyped(definition.default_value)
        elif isinstance(named, NamedTypeNode) and named.name.value == "Int":
            found[name] = 1
    return found
