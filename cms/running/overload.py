"""Lets as many requests work at once as there are connections to the database, and sends the others away soon.

A request that finds no free place waits for a moment, and is then answered with 503 and Retry-After. Without that, a
server with too much to do lets all callers wait in a queue that nobody sees, until they give up, and answers them then.

Health is answered without such a place, so an overloaded server is not taken for a dead one. Callers that send or read
slowly keep none, see `cms.running.transfers`.
"""

import secrets
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from queue import Empty, SimpleQueue
from typing import Any

from django.db import connections
from django.http import FileResponse

from cms.running import transfers
from cms.running.logs import REQUEST_ID_HEADER, note_request

WAIT_SECONDS = 0.75
RETRY_AFTER = "1"
_TRY_AGAIN = 503
# Threads beside those that work and those that wait: they answer health and send requests away.
SPARE = 4
_HEALTH = "/-/"
_TOO_MUCH = "The server has too much to do. Try again in a second."

type Environ = dict[str, Any]
type Start = Callable[..., Any]
type Application = Callable[[Environ, Start], Iterable[bytes]]


def threads(places: int, waiting: int) -> int:
    """Return how many threads a server needs for a `ConcurrencyLimit`."""
    return places + waiting + SPARE + 2 * transfers.MOST


class ConcurrencyLimit:
    """A WSGI application that lets `places` requests into another one at once, and `waiting` more wait."""

    def __init__(self, application: Application, *, places: int, waiting: int) -> None:
        self._application = application
        self._places = _Places(places, waiting)
        self._health = _Places(1, SPARE - 1)
        self._bodies = transfers.Bodies()
        self._may_read_files = threading.Semaphore(transfers.MOST)

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        begun = time.perf_counter()
        try:
            with self._bodies.taken(environ):
                return self._work(environ, start_response)
        except transfers.TooMuchError:
            return _refuse(environ, start_response, begun, "503 Service Unavailable", _TOO_MUCH)
        except transfers.BodyError as error:
            return _refuse(environ, start_response, begun, error.status, str(error))

    def _work(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        places = self._health if environ["PATH_INFO"].startswith(_HEALTH) else self._places
        if not places.enter():
            raise transfers.TooMuchError
        answer: Any = None
        try:
            answer = self._application(environ, start_response)
        finally:
            # Most answers are whole already, and a slow reader of a file needs no connection.
            reads = getattr(answer, "streaming", False) and not isinstance(answer, FileResponse)
            if not reads:
                places.leave()
        if reads:
            return _Held(answer, places.leave)
        return self._file(answer) if isinstance(answer, FileResponse) else answer

    def _file(self, answer: Any) -> Iterable[bytes]:
        if not self._may_read_files.acquire(blocking=False):
            answer.close()
            raise transfers.TooMuchError
        return _Held(answer, self._may_read_files.release)


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
    """An answer that keeps something while it is sent, its place or one of those who read files; then it leaves it."""

    def __init__(self, answer: Any, leave: Callable[[], object]) -> None:
        self._answer, self._leave = answer, leave
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
            self._leave()


def _refuse(environ: Environ, start_response: Start, begun: float, status: str, text: str) -> Iterable[bytes]:
    body = f"{text}\n".encode()
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        (REQUEST_ID_HEADER, secrets.token_hex(8)),
    ]
    code = int(status[:3])
    if code == _TRY_AGAIN:
        headers.append(("Retry-After", RETRY_AFTER))
    start_response(status, headers)
    note_request(environ["REQUEST_METHOD"], environ["PATH_INFO"], code, begun, len(body))
    return [body]
