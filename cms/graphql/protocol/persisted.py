"""Documents that a request names by hash: trusted ones from the database, automatic ones from the cache.

Two protocols lead here: ``documentId`` of the draft "Persisted Documents" of GraphQL over HTTP, and
``extensions.persistedQuery`` of Apollo ("Automatic persisted queries"). Both use SHA-256 of the source.
"""

import re
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Protocol

from cms.graphql.protocol.documents import hash_of
from cms.graphql.protocol.errors import ErrorCode, Refusal
from cms.graphql.protocol.http import Parameters

_SHA256 = re.compile(r"[0-9a-f]{64}")
_DOCUMENT_ID = re.compile(r"sha256:([0-9a-f]{64})")
# Presence of this many trusted documents is remembered; a frontend has some hundreds.
_REMEMBERED = 10_000


class SourceCache(Protocol):
    """As much of Django's cache as is needed here."""

    def get(self, key: str) -> Any: ...

    def set(self, key: str, value: Any, timeout: int) -> None: ...


def hash_in(parameters: Parameters) -> str | None:
    """Return the hash that a request names, if any. Raises `Refusal` BAD_REQUEST for a malformed one."""
    named = {found for found in (_document_id(parameters), _apollo_hash(parameters)) if found}
    if len(named) > 1:
        raise Refusal(
            ErrorCode.BAD_REQUEST, "documentId and persistedQuery name different documents. Send only one."
        )
    return named.pop() if named else None


def identify(parameters: Parameters) -> str:
    """Return the hash of the document that a request means, in full or by its hash. Raises `Refusal`."""
    named = hash_in(parameters)
    if parameters.query is None:
        if named is None:
            raise Refusal(ErrorCode.BAD_REQUEST, "Send the document in query or its hash in documentId.")
        return named
    actual = hash_of(parameters.query)
    if named not in (None, actual):
        raise Refusal(ErrorCode.BAD_REQUEST, "The hash does not match query. Send the SHA-256 of query.")
    return actual


def _document_id(parameters: Parameters) -> str | None:
    if parameters.document_id is None:
        return None
    match = _DOCUMENT_ID.fullmatch(parameters.document_id)
    if match is None:
        message = "documentId must be sha256: followed by 64 lower-case hexadecimal digits."
        raise Refusal(ErrorCode.BAD_REQUEST, message)
    return match[1]


def _apollo_hash(parameters: Parameters) -> str | None:
    extension = parameters.extensions.get("persistedQuery")
    if extension is None:
        return None
    found = extension.get("sha256Hash") if isinstance(extension, dict) else None
    if not isinstance(found, str) or not _SHA256.fullmatch(found) or extension.get("version") != 1:
        message = (
            "persistedQuery is an object with version 1 and sha256Hash, 64 lower-case hexadecimal digits."
        )
        raise Refusal(ErrorCode.BAD_REQUEST, message)
    return found


class TrustedDocuments:
    """The registered documents; ``find`` reads one source by its hash.

    That one is registered is remembered for ``seconds``: so long may it still be served when it was deleted.
    """

    def __init__(self, find: Callable[[str], str | None], seconds: float) -> None:
        self._find = find
        self._seconds = seconds
        self._seen: OrderedDict[str, float] = OrderedDict()

    def source(self, sha256: str) -> str | None:
        """Return the source of a registered document."""
        source = self._find(sha256)
        if source is None:
            self._seen.pop(sha256, None)
        else:
            self._seen[sha256] = time.monotonic() + self._seconds
            while len(self._seen) > _REMEMBERED:
                self._seen.popitem(last=False)
        return source

    def __contains__(self, sha256: str) -> bool:
        """Return whether a document is registered."""
        return self._seen.get(sha256, 0) > time.monotonic() or self.source(sha256) is not None


class AutomaticQueries:
    """Documents that clients registered by sending them once, in a cache that all processes share."""

    def __init__(self, cache: SourceCache, seconds: int, max_length: int) -> None:
        self._cache = cache
        self._seconds = seconds
        self._max_length = max_length

    def source(self, sha256: str) -> str | None:
        """Return a source, unless the cache holds something else under its hash."""
        source = self._cache.get(_cache_key(sha256))
        return source if isinstance(source, str) and hash_of(source) == sha256 else None

    def keep(self, sha256: str, source: str) -> None:
        """Keep a valid document. One that is too long is forgotten: its client goes on sending it in full."""
        if len(source) <= self._max_length:
            self._cache.set(_cache_key(sha256), source, self._seconds)


def _cache_key(sha256: str) -> str:
    return f"graphql-document-{sha256}"
