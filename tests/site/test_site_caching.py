"""Pages in the cache in front of Django: never older than the content, never of a signed-in editor or a preview."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from django.utils import timezone

from cms.graphql.serving.cached import CachedResponses, response_cache
from cms.publishing.version import present_version
from tests import factories as make

pytestmark = pytest.mark.django_db
CENTRE = "/sl/kompetencni-centri/pionirska/"
Ask = Callable[..., tuple[str, dict[str, str], str]]


@pytest.fixture
def ask() -> Iterator[Ask]:
    """Asks for a page through the server's entry; the connection of the test stays open."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    response_cache.cache_clear()
    application = CachedResponses(
        WSGIHandler(),
        present_version,
        response_cache,
        path="/graphql/",
        longest_body=10_000,
        pages=("/sl/", "/en/"),
    )

    def send(path: str, **environ: str) -> tuple[str, dict[str, str], str]:
        path, _mark, query = path.partition("?")
        request: dict[str, Any] = {
            "REQUEST_METHOD": "GET", "PATH_INFO": path, "wsgi.url_scheme": "http", "HTTP_HOST": "testserver",
            "QUERY_STRING": query, "SERVER_NAME": "testserver", "SERVER_PORT": "80", "wsgi.input": BytesIO(),
        }  # fmt: skip
        started: list[Any] = []
        response = application(request | environ, lambda *sent: started.extend(sent))
        content = b"".join(response)
        if hasattr(response, "close"):
            response.close()
        return started[0], dict(started[1]), content.decode()

    yield send
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("path", [CENTRE, "/sl/", "/sl/koledar/", "/sl/programi/", "/en/search/?q=library"])
def test_a_page_is_answered_from_memory_by_one_small_read(
    ask: Ask, path: str, django_assert_num_queries: Any
) -> None:
    make.centre()
    first = ask(path)
    assert first[0] == "200 OK"
    with django_assert_num_queries(1):
        again = ask(path)
    assert again[2] == first[2]
    with django_assert_num_queries(1):
        status, headers, body = ask(path, HTTP_IF_NONE_MATCH=first[1]["ETag"])
    assert (status, body) == ("304 Not Modified", "")
    assert headers["ETag"] == first[1]["ETag"]


def test_a_page_is_never_older_than_its_content(ask: Ask) -> None:
    centre = make.centre()
    before = ask(CENTRE)
    centre.title = "Nova Pionirska"
    make.publish(centre)
    status, headers, body = ask(CENTRE, HTTP_IF_NONE_MATCH=before[1]["ETag"])
    assert status == "200 OK"
    assert "Nova Pionirska</h1>" in body
    assert headers["ETag"] != before[1]["ETag"]


def test_what_begins_today_is_no_longer_to_come_tomorrow(ask: Ask) -> None:
    programme = make.programme(make.centre(), "Nocoj")
    make.event(programme, make.moment(2027, 4, 7, 20))
    with time_machine.travel(make.moment(2027, 4, 7, 12), tick=False):
        assert "Nocoj" in ask("/sl/koledar/")[2]
        assert "Nocoj" in ask("/sl/koledar/")[2]
    with time_machine.travel(make.moment(2027, 4, 8, 0) + timedelta(seconds=1), tick=False):
        assert "Nocoj" not in ask("/sl/koledar/")[2]


def test_shared_caches_keep_no_page_past_midnight(client: Client) -> None:
    with time_machine.travel(make.moment(2027, 4, 7, 23) + timedelta(minutes=59, seconds=50), tick=False):
        kept = client.get("/sl/koledar/")["Cache-Control"]
    seconds = [int(part.partition("=")[2]) for part in kept.split(", ")[1:]]
    assert sum(seconds) <= 10
    assert kept.startswith("public, ")


def test_a_page_has_the_tags_of_all_answers_in_it(client: Client) -> None:
    make.centre()
    tags = client.get(CENTRE)["Cache-Tag"]
    query = "query ($path: String!) { route(path: $path) { ... on PageRoute { page { title } } } }"
    graph = client.get("/graphql/", {"query": query, "variables": json.dumps({"path": CENTRE})})
    assert set(graph["Cache-Tag"].split(",")) <= set(tags.split(","))


def test_a_signed_in_editor_is_not_answered_from_memory_and_puts_nothing_there(ask: Ask) -> None:
    make.centre()
    editor = Client()
    editor.force_login(User.objects.create_superuser("urednica"))
    cookie = "; ".join(f"{name}={value.value}" for name, value in editor.cookies.items())
    assert ask(CENTRE, HTTP_COOKIE=cookie)[0] == "200 OK"
    assert list(response_cache()._entries) == []


def test_a_preview_and_an_error_are_not_kept(ask: Ask) -> None:
    assert ask("/-/preview/?token=x")[1]["Cache-Control"] == "private, no-store"
    assert ask("/sl/nikjer/")[0] == "404 Not Found"
    keys = [key for key in response_cache()._entries if {"/-/preview/", "/sl/nikjer/"} & set(key)]
    assert keys == []


def test_feeds_below_the_same_address_still_hear_that_nothing_changed(ask: Ask) -> None:
    first = ask("/sl/koledar.ics")
    assert ask("/sl/koledar.ics", HTTP_IF_NONE_MATCH=first[1]["ETag"])[0] == "304 Not Modified"


def test_the_last_seconds_of_a_day_are_confirmed_though_they_are_not_kept(ask: Ask) -> None:
    with time_machine.travel(make.moment(2027, 4, 7, 23) + timedelta(minutes=59, seconds=58), tick=False):
        first = ask("/sl/koledar/")
        assert ask("/sl/koledar/", HTTP_IF_NONE_MATCH=first[1]["ETag"])[0] == "304 Not Modified"
        assert timezone.localtime().day == 7
