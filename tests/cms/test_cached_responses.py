"""Cached responses in front of Django: never older than the content, never another caller's."""

import gzip
import json
import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any
from urllib.parse import quote

import brotli
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import InterfaceError, close_old_connections
from django.http import HttpResponse
from django.utils import timezone

from cms.graphql.protocol.responses import ResponseCache
from cms.graphql.serving import cached
from cms.publishing.version import advance, present_version
from cms.running import counting
from tests.cms import toy_graph

pytestmark = [pytest.mark.urls("tests.cms.toy_graph"), pytest.mark.django_db]

Ask = Callable[..., tuple[str, dict[str, str], bytes]]


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """Leave the connection of the test open at the end of a request, as Django's own client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def ask(settings: Any) -> Ask:
    """Sends a query through the server's entry."""
    settings.CMS_GRAPHQL_SCHEMA = "tests.cms.toy_graph.schema"
    toy_graph.calls.clear()
    application = cached.CachedResponses(
        WSGIHandler(), present_version, cached.response_cache, path="/graphql/", longest_body=10_000
    )

    def send(query: str, method: str = "POST", /, **environ: str) -> tuple[str, dict[str, str], bytes]:
        body = json.dumps({"query": query}).encode() if method == "POST" else b""
        request: dict[str, Any] = {
            "REQUEST_METHOD": method, "PATH_INFO": "/graphql/", "wsgi.url_scheme": "http", "HTTP_HOST": "testserver",
            "QUERY_STRING": "" if body else f"query={quote(query)}", "SERVER_NAME": "testserver", "SERVER_PORT": "80",
            "CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body),
        }  # fmt: skip
        started: list[Any] = []
        response = application(request | environ, lambda *sent: started.extend(sent))
        content = b"".join(response)
        if hasattr(response, "close"):
            response.close()
        return started[0], dict(started[1]), content

    return send


@pytest.mark.parametrize("method", ["POST", "GET"])
def test_a_hit_is_what_the_first_caller_got(ask: Ask, method: str, django_assert_num_queries: Any) -> None:
    status, headers, body = ask("{ hello }", method)
    with django_assert_num_queries(1):
        again = ask("{ hello }", method, HTTP_X_REQUEST_ID="the-second-one")
    assert (again[0], again[2]) == (status, body)
    assert again[1] == headers | {"X-Request-ID": "the-second-one"}
    assert len(toy_graph.calls) == 1


def test_a_hit_is_logged_and_counted_with_the_operation_of_the_first(
    ask: Ask, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "cms.access")
    for _time in range(3):
        ask("query Greeting { hello }")
    logged = [vars(record)["fields"] for record in caplog.records if record.name == "cms.access"]
    assert [one["cached"] for one in logged] == [False, True, True]
    assert {one["operation"].split()[1] for one in logged} == {"Greeting"}
    assert counting.operations.labels("Greeting", 200, "yes")._value.get() == 2


def test_a_change_of_the_content_ends_it(ask: Ask) -> None:
    ask("{ hello }")
    advance()
    ask("{ hello }")
    assert len(toy_graph.calls) == 2


@pytest.mark.parametrize(
    "other",
    [
        {"HTTP_COOKIE": "sessionid=x"}, {"HTTP_AUTHORIZATION": "Bearer x"}, {"HTTP_ORIGIN": "https://front.example"},
        {"HTTP_HOST": "evil.example"}, {"HTTP_ACCEPT": "text/plain"}, {"wsgi.url_scheme": "https"},
        {"CONTENT_TYPE": "text/plain"}, {"HTTP_CONTENT_ENCODING": "br"}, {"QUERY_STRING": "query=%7Becho%7D"},
        {"HTTP_ACCEPT": "application/graphql-response+json"},
    ],
)  # fmt: skip
def test_another_request_is_answered_by_itself(ask: Ask, other: dict[str, str]) -> None:
    alone = ask("{ hello }", **other)
    ask("{ hello }")
    status, headers, body = ask("{ hello }", **other)
    ours = {"X-Request-ID"}
    assert (status, body) == (alone[0], alone[2]) or alone[0].startswith("4")
    assert {name: text for name, text in headers.items() if name not in ours} == {
        name: text for name, text in alone[1].items() if name not in ours
    }


@pytest.mark.parametrize("query", ["{ hello boom }", "{ hello private }", "{ nothing }"])
def test_errors_and_private_answers_are_not_kept(ask: Ask, query: str) -> None:
    first = ask(query)
    calls = len(toy_graph.calls)
    assert ask(query)[0] == first[0]
    assert len(toy_graph.calls) == 2 * calls


def test_a_condition_is_met_before_and_after_the_answer_is_kept(ask: Ask) -> None:
    tag = ask("{ hello }", "GET")[1]["ETag"]
    advance()
    for _ in range(2):
        status, headers, body = ask("{ hello }", "GET", HTTP_IF_NONE_MATCH=f'"other", W/{tag}')
        assert (status, body, headers["ETag"]) == ("304 Not Modified", b"", tag)
        assert "Content-Type" not in headers
    assert ask("{ hello }", "GET", HTTP_IF_NONE_MATCH='"other"')[0] == "200 OK"
    assert ask("{ hello }", "POST", HTTP_IF_NONE_MATCH=tag)[0] == "200 OK"


def test_the_oldest_go_when_there_are_too_many() -> None:
    asked: list[str] = []
    responses = ResponseCache(100_000, seconds=60)

    def application(environ: dict[str, Any], start: Any) -> Any:
        asked.append(environ["QUERY_STRING"])
        cached.offer(environ, 1, timezone.now() + timedelta(hours=1))
        start("200 OK", [("ETag", '"x"')])
        return HttpResponse(b"x" * 1000)

    front = cached.CachedResponses(application, lambda: 1, lambda: responses, path="/", longest_body=0)
    for number in [*range(100), 99, 0]:
        front({"PATH_INFO": "/", "REQUEST_METHOD": "GET", "QUERY_STRING": str(number)}, lambda *_sent: None)
    assert asked == [str(number) for number in [*range(100), 0]]


def test_a_long_answer_is_compressed_for_those_who_take_it(ask: Ask) -> None:
    query = f'{{ hello(name: "{"a" * 1900}") }}'
    plain = ask(query)
    for _ in range(2):
        for accepted, encoding, decompress in (
            ("br, gzip;q=0.5", "br", brotli.decompress),
            ("gzip, deflate, br", "br", brotli.decompress),
            ("gzip, br;q=0", "gzip", gzip.decompress),
            ("x-gzip", "gzip", gzip.decompress),
        ):
            _status, headers, body = ask(query, HTTP_ACCEPT_ENCODING=accepted)
            assert headers["Content-Encoding"] == encoding
            assert headers["ETag"] == f"W/{plain[1]['ETag']}"
            assert headers["Content-Length"] == str(len(body))
            assert json.loads(decompress(body))["data"] == json.loads(plain[2])["data"]
    assert "Content-Encoding" not in ask(query, HTTP_ACCEPT_ENCODING="gzip;q=0, br; q=0.0, zstd")[1]


def test_a_304_describes_no_content(ask: Ask) -> None:
    """Node's fetch waits for as many bytes as a length says, and keeps the connection and the process."""
    query = f'{{ hello(name: "{"a" * 1900}") }}'
    for accepted in ("", "gzip", "br"):
        tag = ask(query, "GET", HTTP_ACCEPT_ENCODING=accepted)[1]["ETag"]
        advance()
        for cookie in ({}, {}, {"HTTP_COOKIE": "theme=dark"}):
            sent = {"HTTP_ACCEPT_ENCODING": accepted, "HTTP_IF_NONE_MATCH": tag, **cookie}
            status, headers, body = ask(query, "GET", **sent)
            assert (status, body) == ("304 Not Modified", b"")
            assert {name for name in headers if name.startswith("Content-")} <= {"Content-Security-Policy"}
            assert {"ETag", "Cache-Control", "Vary"} <= headers.keys()


class Body(list[bytes]):
    def close(self) -> None:
        """As every response of Django has it."""


def test_what_is_kept_counts_with_its_headers_and_those_of_the_request() -> None:
    asked: list[str] = []

    def application(environ: dict[str, Any], start_response: Any) -> Body:
        asked.append(environ["HTTP_ACCEPT"])
        cached.offer(environ, 1, timezone.now() + timedelta(hours=1))
        start_response("200 OK", [("ETag", '"a"'), ("Cache-Tag", "t" * 5_000)])
        return Body([b"{}"])

    responses = ResponseCache(100_000, seconds=60)
    front = cached.CachedResponses(
        application, lambda: 1, lambda: responses, path="/graphql/", longest_body=10_000
    )

    def send(accept: str) -> None:
        request = {"REQUEST_METHOD": "GET", "PATH_INFO": "/graphql/", "HTTP_ACCEPT": accept}
        b"".join(front(request, lambda *_sent: None))

    send("a")
    for number in range(5):
        send(f"{number:010000}")
    send("a")
    assert asked.count("a") == 1  # six of them have room
    for number in range(5, 12):
        send(f"{number:010000}")
    send("a")
    assert asked.count("a") == 2
    for _again in range(2):
        send("b" * 30_000)
    assert asked.count("b" * 30_000) == 2  # too long to be kept at all


def test_a_database_that_is_away_gives_the_error_of_the_application(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask("{ hello }")

    def gone(*_arguments: Any, **_named: Any) -> int:
        raise InterfaceError("connection already closed")

    monkeypatch.setattr("cms.graphql.loading.context.present_version", gone)
    monkeypatch.setattr("cms.publishing.version.content_version", gone)
    monkeypatch.setattr("cms.publishing.version.connection", Closed())
    _status, headers, body = ask("{ hello }")
    assert json.loads(body)["errors"][0]["extensions"]["code"] == "INTERNAL_SERVER_ERROR"
    assert headers["X-Request-ID"]


class Closed:
    """A connection that is lost, outside of any transaction."""

    in_atomic_block = False
    vendor = "sqlite"

    def ensure_connection(self) -> None:
        raise InterfaceError("connection already closed")
