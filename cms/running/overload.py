"""Lets as many requests work at once as there are connections to the database, and sends the others away soon.

A request that finds no free place waits for a moment, and is then answered with 503 and Retry-After. Without that, a
server with too much to do lets all callers wait in a queue that nobody sees, until they give up, and answers them then.

Health is answered without such a place, so an overloaded server is not taken for a dead one.
"""

import secrets
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from queue import Empty, SimpleQueue
from typing import Any

from django.db import connections
from django.http import FileResponse

from cms.running.logs import REQUEST_ID_HEADER, note_request

WAIT_SECONDS = 0.75
RETRY_AFTER = "1"
# Threads beside those that work and those that wait: they answer health and send requests away.
SPARE = 4
_HEALTH = "/-/"
_BODY = b"The server has too much to do. Try again in a second.\n"

type Environ = dict[str, Any]
type Start = Callable[..., Any]
type Application = Callable[[Environ, Start], Iterable[bytes]]


def threads(places: int, waiting: int) -> int:
    """Return how many threads a server needs for a `ConcurrencyLimit`."""
    return places + waiting + SPARE


class ConcurrencyLimit:
    """A WSGI application that lets `places` requests into another one at once, and `waiting` more wait."""

    def __init__(self, application: Application, *, places: int, waiting: int) -> None:
        self._application = application
        self._places = _Places(places, waiting)
        self._health = _Places(1, SPARE - 1)

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        begun = time.perf_counter()
        places = self._health if environ["PATH_INFO"].startswith(_HEALTH) else self._places
        if not places.enter():
            return _send_away(environ, start_response, begun)
        held = False
        try:
            answer = self._application(environ, start_response)
            # A slow reader of a file needs no connection, and most answers are whole already.
            held = getattr(answer, "streaming", False) and not isinstance(answer, FileResponse)
            return _Held(answer, places) if held else answer
        finally:
            if not held:
                places.leave()


class _Places:
    """Places to work in. Each has a connection to the database, which goes from thread to thread.

    Otherwise every thread would keep a connection of its own, of which the database has few.
    """

    def __init__(self, count: int, waiting: int) -> None:
        self._free: SimpleQueue[Any] = SimpleQueue()
        for _number in range(count):
            self._free.put(None)
        self._may_wait = threading.Semaphore(waiting)

    def enter(self) -> bool:
        """Take a place, after a short wait at most; return whether there was one."""
        try:
            connection = self._free.get_nowait()
        except Empty:
            if not self._may_wait.acquire(blocking=False):
                return False
            try:
                connection = self._free.get(timeout=WAIT_SECONDS)
            except Empty:
                return False
            finally:
                self._may_wait.release()
        if connection is not None:
            connections["default"] = connection
        return True

    def leave(self) -> None:
        """Give the place back, with what is the connection of this thread now."""
        connection = next(iter(connections.all(initialized_only=True)), None)
        try:
            if connection is not None:
                connection.close_if_unusable_or_obsolete()
                if not connection.allow_thread_sharing:
                    connection.inc_thread_sharing()
                del connections["default"]
        finally:  # a place that is not given back would be lost until the server ends
            self._free.put(connection)


class _Held:
    """An answer that reads the database while it is sent; its place is free once it was."""

    def __init__(self, answer: Any, places: _Places) -> None:
        self._answer, self._places = answer, places
        self._left = False

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer

    def close(self) -> None:
        """End the answer. The server calls it also where the caller has gone."""
        if self._left:
            return
        self._left = True
        try:
            self._answer.close()
        finally:
            self._places.leave()


def _send_away(environ: Environ, start_response: Start, begun: float) -> Iterable[bytes]:
    start_response(
        "503 Service Unavailable",
        [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", str(len(_BODY))),
            ("Retry-After", RETRY_AFTER),
            ("Cache-Control", "no-store"),
            (REQUEST_ID_HEADER, secrets.token_hex(8)),
        ],
    )
    note_request(environ["REQUEST_METHOD"], environ["PATH_INFO"], 503, begun, len(_BODY))
    return [_BODY]
