"""An overloaded server sends requests away soon, answers health meanwhile, and keeps few connections."""

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections
from django.http import FileResponse, HttpResponse, StreamingHttpResponse

from cms.publishing.version import content_version, present_version
from cms.running import overload, transfers
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


# ---------------------------------------------------------------- slow callers
class Body:
    """What a caller sends: `parts`, and between them it is slow until it may go on."""

    def __init__(self, *parts: bytes) -> None:
        self.parts, self.may_go_on, self.is_read = list(parts), threading.Event(), threading.Event()
        self._left = b""

    def read(self, size: int) -> bytes:
        """Wait until there are `size` bytes or no more, as Granian does."""
        while len(self._left) < size and self.parts:
            self._left += self.parts.pop(0)
            self.is_read.set()
            assert self.may_go_on.wait(60)
        found, self._left = self._left[:size], self._left[size:]
        return found


def send(gate: Callable[..., Any], body: Body, length: int | None) -> tuple[str, bytes]:
    environ = {
        "PATH_INFO": "/form", "REQUEST_METHOD": "POST", "wsgi.input": body, "wsgi.input_terminated": True,
    } | ({} if length is None else {"CONTENT_LENGTH": str(length)})  # fmt: skip
    started: list[Any] = []
    answer = b"".join(gate(environ, lambda *arguments: started.append(arguments)))
    return started[-1][0], answer


def echo(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
    start("200 OK", [])
    return [environ["wsgi.input"].read() if "wsgi.input" in environ else b"whole"]


def at_once(*parts: bytes) -> Body:
    body = Body(*parts)
    body.may_go_on.set()
    return body


@pytest.mark.parametrize("length", [3, 3_000_000, None], ids=["short", "long", "in chunks"])
def test_who_sends_slowly_keeps_no_place(length: int | None) -> None:
    gate = ConcurrencyLimit(echo, places=1, waiting=0)
    content = b"abc" * ((length or 300_000) // 3)
    slow = [Body(content[:1], content[1:]) for _ in range(5)]
    with ThreadPoolExecutor(len(slow)) as threads:
        sent = [threads.submit(send, gate, body, length) for body in slow]
        for body in slow:
            assert body.is_read.wait(60)
        assert ask(gate, "/quick") == ("200 OK", {}, b"whole")
        assert send(gate, at_once(b"quick"), 5) == ("200 OK", b"quick")
        for body in slow:
            body.may_go_on.set()
            assert sent.pop(0).result() == ("200 OK", content)


def test_more_callers_that_send_than_may_are_sent_away_and_others_are_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(transfers.Bodies.__init__, "__defaults__", (2, 1_000_000))
    gate = ConcurrencyLimit(echo, places=1, waiting=0)
    slow = [Body(b"a", b"b") for _ in range(2)]
    with ThreadPoolExecutor(len(slow)) as threads:
        sent = [threads.submit(send, gate, body, 2) for body in slow]
        for body in slow:
            assert body.is_read.wait(60)
        assert send(gate, at_once(b"quick"), 5)[0].startswith("503")
        assert ask(gate, "/quick")[0] == "200 OK"
        for body in slow:
            body.may_go_on.set()
        assert {one.result()[0] for one in sent} == {"200 OK"}
    assert send(gate, at_once(b"quick"), 5)[0] == "200 OK"
    # So many bytes are kept at once; they are free again afterwards.
    for _time in range(3):
        assert send(gate, at_once(b"x" * 900_000), 900_000)[0] == "200 OK"
        assert send(gate, at_once(b"x" * 1_100_000), 1_100_000)[0].startswith("503")


def test_a_body_that_is_too_long_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transfers, "LONGEST_BODY", 1024 * 1024)
    gate = ConcurrencyLimit(echo, places=1, waiting=0)
    unread = at_once(b"x")
    assert send(gate, unread, 2 * 1024 * 1024) == ("413 Content Too Large", b"A request may have 1 MB.\n")
    assert unread.parts
    endless = at_once(*[b"x" * 100_000] * 1000)
    assert send(gate, endless, None)[0].startswith("413")
    assert len(endless.parts) > 900


@pytest.mark.parametrize("length", [10, 1_000_000])
def test_a_form_whose_end_is_missing_is_not_worked_on(length: int) -> None:
    gate = ConcurrencyLimit(echo, places=1, waiting=0)
    assert send(gate, at_once(b"title=a"), length) == ("400 Bad Request", b"The request ended early.\n")


def test_more_readers_of_files_than_may_are_sent_away_until_one_has_read(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transfers, "MOST", 1)
    (tmp_path / "file").write_bytes(b"content")

    def files(environ: dict[str, Any], start: Any) -> Any:
        start("200 OK", [])
        return FileResponse((tmp_path / "file").open("rb"))

    gate = ConcurrencyLimit(files, places=1, waiting=0)
    slow: Any = gate({"PATH_INFO": "/file", "REQUEST_METHOD": "GET"}, lambda *_: None)
    assert ask_last(gate) == "503 Service Unavailable"
    assert b"".join(slow) == b"content"
    slow.close()
    assert ask_last(gate) == "200 OK"


def ask_last(gate: Callable[..., Any]) -> str:
    """Return the status that a server sends: the one that it was told last."""
    started: list[str] = []
    answer = gate(
        {"PATH_INFO": "/file", "REQUEST_METHOD": "GET"}, lambda status, _headers: started.append(status)
    )
    if hasattr(answer, "close"):
        answer.close()
    return started[-1]
