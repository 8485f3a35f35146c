"""Whoever follows the log of changes while others publish hears everything once, in one order."""

from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any

import pytest
from wagtail.models import Page

from centres.models import ProgrammePage
from cms.publishing.identity import GlobalId
from tests import factories as make
from tests.graph import ask
from tests.own_connections import Connect, connected

CHANGES = "query ($after: String) { changes(after: $after, first: 3) { cursor hasMore nodes { id kind changedAt } } }"
WRITERS, ROUNDS = 4, 5

# Databases are made for a run only if a test of it says that it reads one.
pytestmark = pytest.mark.django_db


def test_a_follower_misses_nothing_and_hears_nothing_twice(connect: Connect) -> None:
    with connected(connect):
        centre = make.centre()
        pages = [make.programme(centre, f"Program {number}").pk for number in range(WRITERS)]
        begin = follow(None)[1]

    def publish(page: int) -> None:
        with connected(connect):
            for _ in range(ROUNDS):
                make.publish(ProgrammePage.objects.get(pk=page))

    def listen() -> list[Any]:
        heard, cursor = [], begin
        with connected(connect):
            while wait(writing, timeout=0).not_done:
                part, cursor = follow(cursor)
                heard += part
            return heard + follow(cursor)[0]

    with ThreadPoolExecutor(WRITERS + 1) as threads:
        writing = [threads.submit(publish, page) for page in pages]
        heard = threads.submit(listen).result()
        assert [ended.result() for ended in writing] == [None] * WRITERS
    with connected(connect):
        assert heard == follow(begin)[0]
    assert {node["id"] for node in heard} >= {named(page) for page in pages}
    for page in pages:
        assert [node["kind"] for node in heard if node["id"] == named(page)] == ["UPDATED"] * ROUNDS


def named(page: int) -> str:
    return str(GlobalId(Page, str(page)))


def follow(cursor: str | None) -> tuple[list[Any], str]:
    """Return all that is new behind the cursor, and the cursor behind that."""
    nodes: list[Any] = []
    while True:
        part = ask(CHANGES, after=cursor)["changes"]
        nodes, cursor = nodes + part["nodes"], part["cursor"]
        if not part["hasMore"]:
            return nodes, part["cursor"]
