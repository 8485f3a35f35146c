"""A server on this machine that plays the hosts whose calendars are read, and calendars for it."""

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import time_machine

from centres.models import CalendarProvider

FILES = Path(__file__).parent / "calendars_of_others"


@dataclass
class Page:
    """What the server answers at a path."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    drip: bool = False  # one byte now and then
    length: int | None = None  # a length that is not that of the body


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages: dict[str, Page] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []

    def address(self, path: str = "/calendar") -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"

    def give(self, body: bytes | str, path: str = "/calendar", **others: Any) -> str:
        """Answer at ``path`` with ``body``; return the address."""
        self.pages[path] = Page(body.encode() if isinstance(body, str) else body, **others)
        return self.address(path)


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.requests.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
        page = self.server.pages.get(self.path, Page(b"?", 404))
        etag = page.headers.get("ETag")
        if etag and self.headers.get("If-None-Match") == etag:
            page = Page(status=304, headers=page.headers)
        self.send_response(page.status)
        for name, value in page.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(page.body) if page.length is None else page.length))
        self.end_headers()
        if page.drip:
            for number in range(200):
                self.wfile.write(page.body[number : number + 1])
                time.sleep(0.05)
            return
        self.wfile.write(page.body)

    def log_message(self, *_arguments: Any) -> None:
        pass

    def handle(self) -> None:
        with suppress(OSError):  # the reader has gone
            super().handle()


@pytest.fixture
def now() -> Iterator[None]:
    """Let it be the last of November 2026, for which the calendars of the folder were written."""
    with time_machine.travel(datetime(2026, 11, 30, 12, tzinfo=UTC), tick=True):
        yield


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    """Serve from this machine, as a host that the operator allows."""
    settings.CMS_DELIVERY_PRIVATE_HOSTS = ["127.0.0.1"]
    settings.EXTERNAL_CALENDAR_HOSTS = ["127.0.0.1"]
    with Server() as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server
        server.shutdown()


def provider(address: str, code: str = "nuk", kind: str = "ICALENDAR", **facts: Any) -> CalendarProvider:
    """Return a provider whose calendar is at ``address``."""
    defaults = {"name": {"sl": code.upper()}, "url": f"https://{code}.example/"}
    return CalendarProvider.objects.create(code=code, address=address, kind=kind, **defaults | facts)


def calendar(*events: str) -> str:
    """Return a calendar with these events; `one` writes them."""
    blocks = (f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{''.join(blocks)}END:VCALENDAR\n"


def one(uid: str = "1@x", title: str = "Tečaj", start: str = "20261210T090000Z", more: str = "") -> str:
    """Return the lines of an event."""
    return f"UID:{uid}\nSUMMARY:{title}\nDTSTART:{start}{more}"
