"""An overloaded server sends requests away soon, answers health meanwhile, and keeps few connections."""

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections
from django.http import FileResponse, HttpResponse, StreamingHttpResponse

from cms.publishing.version import content_version, present_version
from cms.running import overload
from cms.running.overload import ConcurrencyLimit
from tests.own_connections import Connect

pytestmark = pytest.mark.one_database

PLACES, WAITING = 2, 3


class Busy:
    """An application whose requests to /slow end when they are told to."""

    def __init__(self) -> None:
        self.entered = threading.Semaphore(0)
        self.end = threading.Event()

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/slow":
            self.entered.release()
            assert self.end.wait(60)
        start("200 OK", [])
        return [b"whole"]


@pytest.fixture(autouse=True)
def no_connection_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Take the connection of earlier tests from this thread, which would become the one of a place."""
    if "db" in request.fixturenames:
        yield
        return
    usual = connections["default"]
    del connections["default"]
    yield
    connections["default"] = usual


@pytest.fixture
def busy() -> Busy:
    return Busy()


@pytest.fixture
def gate(busy: Busy) -> ConcurrencyLimit:
    return ConcurrencyLimit(busy, places=PLACES, waiting=WAITING)


def ask(gate: Callable[..., Any], path: str) -> tuple[str, dict[str, str], bytes]:
    started: list[Any] = []
    answer = gate({"PATH_INFO": path, "REQUEST_METHOD": "GET"}, lambda *arguments: started.extend(arguments))
    body = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    return started[0], dict(started[1]), body


def test_what_finds_no_place_is_sent_away_while_the_others_still_work(
    busy: Busy, gate: ConcurrencyLimit
) -> None:
    with ThreadPoolExecutor(PLACES) as threads:
        working = [threads.submit(ask, gate, "/slow") for _ in range(PLACES)]
        for _ in working:
            assert busy.entered.acquire(timeout=60)
        with ThreadPoolExecutor(20) as others:
            refused = [others.submit(ask, gate, "/quick").result() for _ in range(20)]
        assert not any(one.done() for one in working)
        for status, headers, _body in refused:
            assert status.startswith("503")
            assert headers["Retry-After"] == "1"
            assert headers["Cache-Control"] == "no-store"
            assert headers["X-Request-ID"]
        busy.end.set()
        assert {one.result()[2] for one in working} == {b"whole"}
    assert ask(gate, "/quick")[0] == "200 OK"


def test_health_is_answered_while_every_place_is_taken(busy: Busy, gate: ConcurrencyLimit) -> None:
    with ThreadPoolExecutor(PLACES) as threads:
        working = [threads.submit(ask, gate, "/slow") for _ in range(PLACES)]
        for _ in working:
            assert busy.entered.acquire(timeout=60)
        assert ask(gate, "/-/live")[0] == "200 OK"
        assert ask(gate, "/-/ready")[0] == "200 OK"
        busy.end.set()
        assert all(one.result()[0] == "200 OK" for one in working)


def test_what_gets_a_place_while_it_waits_is_answered(
    busy: Busy, gate: ConcurrencyLimit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overload, "WAIT_SECONDS", 60)
    with ThreadPoolExecutor(PLACES + WAITING) as threads:
        working = [threads.submit(ask, gate, "/slow") for _ in range(PLACES)]
        for _ in working:
            assert busy.entered.acquire(timeout=60)
        waiting: list[Future[Any]] = [threads.submit(ask, gate, "/quick") for _ in range(WAITING)]
        while gate._places._may_wait._value:  # until all of them wait
            pass
        # One more than may wait is sent away at once.
        assert ask(gate, "/quick")[0].startswith("503")
        busy.end.set()
        assert {one.result()[0] for one in (*working, *waiting)} == {"200 OK"}


def test_a_request_that_fails_gives_its_place_back() -> None:
    def broken(environ: Any, start: Any) -> Any:
        raise RuntimeError("broken")

    gate = ConcurrencyLimit(broken, places=1, waiting=0)
    for _ in range(3):
        with pytest.raises(RuntimeError):
            ask(gate, "/")


def test_a_slow_reader_of_a_file_keeps_no_place_and_one_of_rows_keeps_it(tmp_path: Any) -> None:
    (tmp_path / "file").write_bytes(b"content")
    answers: dict[str, Callable[[], Any]] = {
        "/file": lambda: FileResponse((tmp_path / "file").open("rb")),
        "/rows": lambda: StreamingHttpResponse(iter([b"a", b"b"])),
        "/page": lambda: HttpResponse(b"page"),
    }
    gate = ConcurrencyLimit(lambda environ, start: answers[environ["PATH_INFO"]](), places=1, waiting=0)
    environ = {"REQUEST_METHOD": "GET"}
    file = gate(environ | {"PATH_INFO": "/file"}, lambda *_: None)
    page = gate(environ | {"PATH_INFO": "/page"}, lambda *_: None)
    rows: Any = gate(environ | {"PATH_INFO": "/rows"}, lambda *_: None)
    statuses: list[str] = []
    assert gate(environ | {"PATH_INFO": "/page"}, lambda status, _headers: statuses.append(status))
    assert statuses == ["503 Service Unavailable"]
    assert b"".join(rows) == b"ab"
    rows.close()
    rows.close()
    assert b"".join(gate(environ | {"PATH_INFO": "/page"}, lambda *_: None)) == b"page"
    for answer in (file, page):
        answer.close()  # type: ignore[attr-defined]


def test_threads_share_as_many_connections_as_there_are_places(connect: Connect, db: None) -> None:
    made: list[Any] = []
    expected = content_version()
    seen: set[int] = set()

    def application(environ: Any, start: Any) -> Any:
        if not connections.all(initialized_only=True):
            connections["default"] = connect()
            made.append(connections["default"])
        assert present_version() == content_version()
        assert connection.in_atomic_block is False
        seen.add(threading.get_ident())
        start("200 OK", [])
        return []

    gate = ConcurrencyLimit(application, places=PLACES, waiting=100)

    def several(_number: int) -> None:
        for _ in range(5):
            assert ask(gate, "/")[0] == "200 OK"
            assert not connections.all(initialized_only=True)

    try:
        with ThreadPoolExecutor(12) as threads:
            list(threads.map(several, range(12)))
        assert len(seen) > PLACES
        assert len(made) <= PLACES
    finally:
        for one in made:
            one.close()
    assert content_version() == expected
