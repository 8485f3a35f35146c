"""Cached responses in front of Django: a hit reads the content version and nothing else.

`CachedResponses` wraps a WSGI application (PEP 3333). A view says which of its responses are public and for which
content version they are right (`offer`): the GraphQL endpoint, and a frontend whose pages are made from its answers.
Such a response is cached as it leaves, with the headers of all middleware. A request with a cookie or a token is never
answered from the cache, and its response is never cached.
"""

import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.signals import setting_changed

from cms.graphql.protocol.caching import matches
from cms.graphql.protocol.responses import Cached, Key, ResponseCache
from cms.graphql.serving.last_version import LastVersion
from cms.running.counting import Operation
from cms.running.logs import REQUEST_ID_HEADER, SAFE_ID, note_request, operation, request_id
from cms.running.not_modified import without_content

Environ = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]
Headers = list[tuple[str, str]]

_OFFER = "cms.graphql.serving.cached"
# The cache key: everything in a request, beside its body, that can change a public response.
_KEY = (
    "REQUEST_METHOD", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING", "CONTENT_TYPE", "wsgi.url_scheme", "HTTP_HOST",
    "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT", "HTTP_X_FORWARDED_PROTO", "HTTP_ACCEPT",
    "HTTP_ACCEPT_ENCODING", "HTTP_CONTENT_ENCODING", "HTTP_ORIGIN",
)  # fmt: skip
_PERSONAL = ("HTTP_COOKIE", "HTTP_AUTHORIZATION")
_OVERHEAD = 1_400
# Beside the body; requests of browsers and servers have some hundred bytes.
_LONGEST_KEY = 20_000


@cache
def response_cache() -> ResponseCache:
    """Return the one cache of responses of this process."""
    return ResponseCache(settings.CMS_GRAPHQL_ANSWER_CACHE_BYTES, settings.CMS_GRAPHQL_ANSWER_CACHE_SECONDS)


def _forget(*, setting: str, **_: Any) -> None:
    if setting.startswith("CMS_GRAPHQL_"):
        response_cache.cache_clear()


setting_changed.connect(_forget)  # tests change settings


@dataclass(frozen=True, slots=True)
class Offer:
    """What the view says of its response: it is right for a content version, until a time. What made it, for logs."""

    version: int
    until: float
    operation: Operation | None


@dataclass(frozen=True, slots=True)
class _Response:
    headers: Headers
    unchanged: Headers
    etag: str
    body: bytes
    operation: Operation | None


def offer(environ: Environ, version: int, end: datetime) -> None:
    """Say that the response to the request of ``environ`` is public and right for ``version``, until ``end``."""
    environ[_OFFER] = Offer(version, end.timestamp(), operation.get())


class CachedResponses:
    """A WSGI application that answers what it can from a cache: at ``path``, and at pages below ``pages``.

    ``version`` reads the present content version. It is read after the request has arrived and before anything of the
    response leaves, so a response is never older than the last commit before its request. While the database is away, a
    response may be as old as ``seconds_away``; other caches are told not to keep it.
    """

    def __init__(
        self,
        application: Application,
        version: Callable[[], int],
        responses: Callable[[], ResponseCache],
        *,
        path: str,
        longest_body: int,
        pages: tuple[str, ...] = (),
        seconds_away: float = 0,
    ) -> None:
        self._application = application
        self._version = LastVersion(version, seconds_away)
        self._responses = responses
        self._path = path
        self._pages = pages
        self._longest_body = longest_body

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        if not self._covers(environ["PATH_INFO"]) or any(name in environ for name in _PERSONAL):
            return self._application(environ, start_response)
        begun = time.perf_counter()
        key = self._key(environ)
        if key is None:
            return self._application(environ, start_response)
        entry = self._responses().find(key, time.time())
        if entry is None:
            return self._pass(key, environ, start_response)
        if self._version.is_present(entry.version):
            return _answer(entry.value, environ, start_response, begun)
        if self._version.may_be_present(entry.version):
            return _answer(_for_one(entry.value), environ, start_response, begun)
        return self._pass(key, environ, start_response)

    def _covers(self, path: str) -> bool:
        """Return whether a view at ``path`` offers responses; files and feeds end without a slash."""
        return path == self._path or (path.endswith("/") and path.startswith(self._pages))

    def _key(self, environ: Environ) -> Key | None:
        """Return the cache key of a request; None for one whose response is never cached."""
        method = environ["REQUEST_METHOD"]
        body = b""
        if method == "POST":
            length = environ.get("CONTENT_LENGTH") or ""
            if not length.isdecimal() or len(length) > 7 or int(length) > self._longest_body:
                return None
            try:
                body = environ["wsgi.input"].read(int(length))
            except OSError:  # the caller is gone; the application notes it
                environ["wsgi.input"] = BytesIO()
                return None
            environ["wsgi.input"] = BytesIO(body)
        elif method != "GET":
            return None
        parts = [environ.get(name) for name in _KEY]
        if sum(len(part) for part in parts if part) > _LONGEST_KEY:
            return None
        return (body, *parts)

    def _pass(self, key: Key, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """Let the application answer, and cache its response if it is public."""
        started: list[Any] = []

        def start(*arguments: Any) -> None:
            started[:] = arguments

        # To a condition the application would answer without the body that is to be cached.
        condition = environ.pop("HTTP_IF_NONE_MATCH", None)
        chunks = self._application(environ, start)
        offered = environ.get(_OFFER)
        if offered is None or not started[0].startswith("200"):
            return _uncached(chunks, started, condition, start_response)
        body = b"".join(chunks)
        chunks.close()  # type: ignore[attr-defined]  # Django's have it
        response = _response(started[1], body, offered.operation)
        if response.etag:
            entry = Cached(response, offered.version, offered.until, _size(response))
            self._responses().put(key, entry, time.time())
        if condition is None or environ["REQUEST_METHOD"] != "GET" or not matches(condition, response.etag):
            start_response(*started)
            return [body]
        start_response("304 Not Modified", without_content(started[1]))
        return []


def _uncached(
    chunks: Iterable[bytes], started: list[Any], condition: str | None, start_response: Start
) -> Iterable[bytes]:
    """Pass a response on; one that the caller has already is answered with 304, as the application would have."""
    etag = dict(started[1]).get("ETag", "")
    if condition is None or not etag or not started[0].startswith("200") or not matches(condition, etag):
        start_response(*started)
        return chunks
    chunks.close()  # type: ignore[attr-defined]  # Django's have it
    start_response("304 Not Modified", without_content(started[1]))
    return []


def _response(headers: Headers, body: bytes, made_by: Operation | None) -> _Response:
    """Return a response without what belongs to its first request; one that sets a cookie gets no entity tag."""
    shared = [(name, value) for name, value in headers if name != REQUEST_ID_HEADER]
    named = dict(shared)
    etag = "" if "Set-Cookie" in named else named.get("ETag", "")
    return _Response(shared, without_content(shared), etag, body, made_by)


def _for_one(response: _Response) -> _Response:
    """Return a response that no cache may give to others: what it would be kept for is over already."""
    headers = [(name, "no-store" if name == "Cache-Control" else value) for name, value in response.headers]
    return replace(response, headers=headers, unchanged=without_content(headers))


def _answer(response: _Response, environ: Environ, start_response: Start, begun: float) -> Iterable[bytes]:
    sent = environ.get("HTTP_X_REQUEST_ID", "")
    identity = (REQUEST_ID_HEADER, sent if SAFE_ID.fullmatch(sent) else secrets.token_hex(8))
    condition = environ.get("HTTP_IF_NONE_MATCH")
    if condition is not None and environ["REQUEST_METHOD"] == "GET" and matches(condition, response.etag):
        status, headers, body = "304 Not Modified", response.unchanged, b""
    else:
        status, headers, body = "200 OK", response.headers, response.body
    start_response(status, [*headers, identity])
    token, named = request_id.set(identity[1]), operation.set(response.operation)
    note_request(
        environ["REQUEST_METHOD"], environ["PATH_INFO"], int(status[:3]), begun, len(body), cached=True
    )
    operation.reset(named)
    request_id.reset(token)
    return [body] if body else []


def _size(response: _Response) -> int:
    return len(response.body) + sum(len(name) + len(value) for name, value in response.headers) + _OVERHEAD
