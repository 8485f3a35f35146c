"""Whoever follows the log of changes while others publish hears everything once, in one order."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from pytest_django.plugin import DjangoDbBlocker

from centres.models import ProgrammePage
from tests import factories as make
from tests.graph import ask

CHANGES = "query ($after: String) { changes(after: $after, first: 3) { cursor hasMore nodes { id kind changedAt } } }"
WRITERS, ROUNDS = 4, 5

type Connect = Callable[[], BaseDatabaseWrapper]

# Databases are made for a run only if a test of it says that it reads one.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="session")
def connect(django_db_setup: None, django_db_blocker: DjangoDbBlocker, own_files: Path) -> Iterator[Connect]:
    """Return what connects to a copy of the test database; there, transactions really end."""
    usual = connections["default"]
    copy = usual.copy()
    with django_db_blocker.unblock():
        if usual.vendor == "sqlite":
            copy.settings_dict["NAME"] = str(own_files / "changes.sqlite3")
            with usual.cursor() as cursor:
                cursor.execute(f"VACUUM INTO '{copy.settings_dict['NAME']}'")
        else:
            usual.creation.clone_test_db(suffix="changes", verbosity=0)
            copy.settings_dict["NAME"] = usual.creation.get_test_db_clone_settings("changes")["NAME"]
        yield copy.copy
        if usual.vendor == "postgresql":
            usual.creation.destroy_test_db(suffix="changes", verbosity=0)


@contextmanager
def connected(connect: Connect) -> Iterator[None]:
    """Have this thread read and write over a connection of its own."""
    usual = connections["default"]
    connections["default"] = own = connect()
    own.inc_thread_sharing()
    try:
        yield
    finally:
        own.close()
        connections["default"] = usual


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
    assert {node["id"] for node in heard} >= {str(page) for page in pages}
    for page in pages:
        assert [node["kind"] for node in heard if node["id"] == str(page)] == ["UPDATED"] * ROUNDS


def follow(cursor: str | None) -> tuple[list[Any], str]:
    """Return all that is new behind the cursor, and the cursor behind that."""
    nodes: list[Any] = []
    while True:
        part = ask(CHANGES, after=cursor)["changes"]
        nodes, cursor = nodes + part["nodes"], part["cursor"]
        if not part["hasMore"]:
            return nodes, part["cursor"]
