"""Kept responses in front of everything: a hit is one read of the content version, and nothing of Django.

`KeptResponses` wraps a WSGI application (PEP 3333). The GraphQL view says which of its responses everybody gets and
under which content version they hold (`offer`); what passes by on its way out is kept as it is, with all that the
middleware added. Nothing is kept, and nothing kept is given, where a request carries a cookie or a token.
"""

import logging
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from threading import Lock
from typing import Any

from django.db import DatabaseError, InterfaceError

from cms.graphql.protocol.caching import matches
from cms.running.logs import REQUEST_ID_HEADER, SAFE_ID, access, request_id

Environ = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]
Headers = list[tuple[str, str]]

_OFFER = "cms.graphql.serving.kept"
# All of a request that may change what everybody gets: middleware reads nothing else of it.
_MATTERS = (
    "REQUEST_METHOD", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING", "CONTENT_TYPE", "wsgi.url_scheme", "HTTP_HOST",
    "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT", "HTTP_X_FORWARDED_PROTO", "HTTP_ACCEPT",
    "HTTP_ACCEPT_ENCODING", "HTTP_CONTENT_ENCODING", "HTTP_ORIGIN",
)  # fmt: skip
_PERSONAL = ("HTTP_COOKIE", "HTTP_AUTHORIZATION")
_OVERHEAD = 2_000
# What a request says beside its body; browsers and servers say some hundred bytes.
_LONGEST_KEY = 20_000


@dataclass(frozen=True, slots=True)
class Offer:
    """What the view says of its response: it holds for a content version, until a moment."""

    version: int
    until: float


@dataclass(frozen=True, slots=True)
class _Kept:
    version: int
    until: float
    headers: Headers
    unchanged: Headers
    etag: str
    body: bytes


def offer(environ: Environ, version: int, end: datetime) -> None:
    """Say that everybody gets the response to the request of ``environ`` while ``version`` lasts, until ``end``."""
    environ[_OFFER] = Offer(version, end.timestamp())


class KeptResponses:
    """A WSGI application that answers from memory what it may, up to ``kept_bytes``; those used last stay.

    ``version`` reads the present content version. It is read after the request came in and before anything of the
    response leaves, so a response is never older than the last commit before its request.
    """

    def __init__(
        self,
        application: Application,
        version: Callable[[], int],
        *,
        path: str,
        kept_bytes: int,
        longest_body: int,
    ) -> None:
        self._application = application
        self._version = version
        self._path = path
        self._kept_bytes = kept_bytes
        self._longest_body = longest_body
        self._bytes = 0
        self._kept: OrderedDict[tuple[Any, ...], _Kept] = OrderedDict()
        self._lock = Lock()

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        if environ["PATH_INFO"] != self._path or any(name in environ for name in _PERSONAL):
            return self._application(environ, start_response)
        begun = time.perf_counter()
        key = self._key(environ)
        if key is None:
            return self._application(environ, start_response)
        kept = self._kept.get(key)
        if kept is None or not self._holds(kept):
            return self._pass(key, environ, start_response)
        self._touch(key)
        return _answer(kept, environ, start_response, begun)

    def _key(self, environ: Environ) -> tuple[Any, ...] | None:
        """Return what tells requests apart that may get different answers; None for one that is never kept."""
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
        said = [environ.get(name) for name in _MATTERS]
        if sum(len(part) for part in said if part) > _LONGEST_KEY:
            return None
        return (body, *said)

    def _holds(self, kept: _Kept) -> bool:
        try:
            return kept.until > time.time() and kept.version == self._version()
        except (DatabaseError, InterfaceError):  # the application says it, with a code
            return False

    def _touch(self, key: tuple[Any, ...]) -> None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)

    def _pass(self, key: tuple[Any, ...], environ: Environ, start_response: Start) -> Iterable[bytes]:
        """Let the application answer, and keep its response if it may be."""
        started: list[Any] = []

        def start(*arguments: Any) -> None:
            started[:] = arguments

        # To a condition the application would answer without the body that is to be kept.
        condition = environ.pop("HTTP_IF_NONE_MATCH", None)
        response = self._application(environ, start)
        offered = environ.get(_OFFER)
        if offered is None or not started[0].startswith("200"):
            start_response(*started)
            return response
        body = b"".join(response)
        response.close()  # type: ignore[attr-defined]  # Django's have it
        kept = _kept(offered, started[1], body)
        self._keep(key, kept)
        if condition is None or environ["REQUEST_METHOD"] != "GET" or not matches(condition, kept.etag):
            start_response(*started)
            return [body]
        start_response("304 Not Modified", [entry for entry in started[1] if entry[0] != "Content-Type"])
        return []

    def _keep(self, key: tuple[Any, ...], kept: _Kept) -> None:
        if not kept.etag or kept.until <= time.time():
            return
        with self._lock:
            self._drop(key)
            self._kept[key] = kept
            self._bytes += _size(key, kept)
            while self._bytes > self._kept_bytes:
                self._drop(next(iter(self._kept)))

    def _drop(self, key: tuple[Any, ...]) -> None:
        if (kept := self._kept.pop(key, None)) is not None:
            self._bytes -= _size(key, kept)


def _kept(offered: Offer, headers: Headers, body: bytes) -> _Kept:
    shared = [(name, value) for name, value in headers if name != REQUEST_ID_HEADER]
    names = {name for name, _value in shared}
    etag = "" if "Set-Cookie" in names else dict(shared).get("ETag", "")
    unchanged = [(name, value) for name, value in shared if name != "Content-Type"]
    return _Kept(offered.version, offered.until, shared, unchanged, etag, body)


def _answer(kept: _Kept, environ: Environ, start_response: Start, begun: float) -> Iterable[bytes]:
    sent = environ.get("HTTP_X_REQUEST_ID", "")
    identity = (REQUEST_ID_HEADER, sent if SAFE_ID.fullmatch(sent) else secrets.token_hex(8))
    condition = environ.get("HTTP_IF_NONE_MATCH")
    if condition is not None and environ["REQUEST_METHOD"] == "GET" and matches(condition, kept.etag):
        status, headers, body = "304 Not Modified", kept.unchanged, b""
    else:
        status, headers, body = "200 OK", kept.headers, kept.body
    start_response(status, [*headers, identity])
    if access.isEnabledFor(logging.INFO):
        token = request_id.set(identity[1])
        milliseconds = (time.perf_counter() - begun) * 1000
        access.info(
            "%s %s %s %.1f ms", environ["REQUEST_METHOD"], environ["PATH_INFO"], status[:3], milliseconds
        )
        request_id.reset(token)
    return [body] if body else []


def _size(key: tuple[Any, ...], kept: _Kept) -> int:
    headers = sum(len(name) + len(value) for name, value in kept.headers)
    return len(kept.body) + sum(len(part) for part in key if part) + headers + _OVERHEAD
