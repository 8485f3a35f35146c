"""While the database is away, memory answers for a time that a setting bounds, and never for longer."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import InterfaceError
from django.utils import timezone

from cms.graphql.protocol.responses import ResponseCache
from cms.graphql.serving import cached, last_version


class Body(list[bytes]):
    def close(self) -> None:
        """As every response of Django has it."""


class Site:
    """A front with one page, a clock and a database that a test moves and takes away."""

    def __init__(self, seconds: float) -> None:
        self.now = 1_000.0
        self.version = 1
        self.away = False
        self.read = 0
        self.executed = 0
        responses = ResponseCache(100_000, seconds=3_600)
        self._front = cached.CachedResponses(
            self._application,
            self._version,
            lambda: responses,
            path="/",
            longest_body=0,
            seconds_away=seconds,
        )

    def monotonic(self) -> float:
        return self.now

    def _version(self) -> int:
        self.read += 1
        if self.away:
            raise InterfaceError("connection already closed")
        return self.version

    def _application(self, environ: dict[str, Any], start: Any) -> Any:
        self.executed += 1
        if self.away:
            start("503 Service Unavailable", [("Retry-After", "5")])
            return Body([b"away"])
        cached.offer(environ, self.version, timezone.now() + timedelta(hours=1))
        start("200 OK", [("ETag", '"x"'), ("Cache-Control", "public, s-maxage=30"), ("Cache-Tag", "a")])
        return Body([b"page"])

    def get(self, query: str = "") -> tuple[int, dict[str, str]]:
        started: list[Any] = []
        request = {"PATH_INFO": "/", "REQUEST_METHOD": "GET", "QUERY_STRING": query}
        b"".join(self._front(request, lambda *sent: started.extend(sent)))
        return int(started[0][:3]), dict(started[1])


@pytest.fixture
def site_for(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], Site]:
    """Return what makes a site whose memory answers for a number of seconds."""

    def made(seconds: float) -> Site:
        site = Site(seconds)
        monkeypatch.setattr(last_version, "time", site)
        assert [site.get()[0], site.get()[0]] == [200, 200]
        assert site.executed == 1
        return site

    return made


def test_memory_answers_until_its_time_is_over(site_for: Callable[[float], Site]) -> None:
    site = site_for(60)
    site.away = True
    for _ in range(5):
        site.now += 10
        status, headers = site.get()
        assert (status, headers["Cache-Control"], headers["Cache-Tag"]) == (200, "no-store", "a")
    site.now += 10
    assert site.get() == (503, {"Retry-After": "5"})


def test_without_the_setting_it_never_answers(site_for: Callable[[float], Site]) -> None:
    site = site_for(0)
    site.away = True
    assert site.get()[0] == 503
    assert site.get()[0] == 503


def test_what_is_not_in_memory_or_of_an_earlier_version_is_refused(site_for: Callable[[float], Site]) -> None:
    site = site_for(60)
    site.get("other")
    site.version = 2
    site.get("other")  # now the first page is known to be old
    site.away = True
    assert site.get("other")[0] == 200
    assert site.get()[0] == 503
    assert site.get("unknown")[0] == 503


def test_while_it_is_away_a_request_a_second_asks_for_it(site_for: Callable[[float], Site]) -> None:
    site = site_for(60)
    site.away, site.read = True, 0
    for _ in range(50):
        site.now += 0.1
        assert site.get()[0] == 200
    assert site.read <= 6


def test_when_it_is_back_memory_is_as_new_as_ever(site_for: Callable[[float], Site]) -> None:
    site = site_for(60)
    site.away = True
    assert site.get()[0] == 200
    site.away, site.version = False, 2
    site.now += 1.1
    executed = site.executed
    status, headers = site.get()
    assert (status, headers["Cache-Control"]) == (200, "public, s-maxage=30")
    assert site.executed == executed + 1
