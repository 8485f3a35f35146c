"""What one process publishes, the very next request to another process has, also while the server is busy."""

import json
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.db import connection
from wagtail.models import Page

from benchmarks.load import Connection, Request, measure
from benchmarks.servers import Server, free_port, production
from tests import factories as make

pytestmark = [
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="two processes write at once"),
    # The database is this test's alone, and emptied after it.
    pytest.mark.usefixtures("real_transactions"),
]

# The gate takes fewer; make test-processes takes all.
PUBLISHED = int(os.environ.get("PUBLISHED", "500"))
CALLERS = 4
QUERY = json.dumps({"query": '{ centre(slug: "pionirska") { title programmes { nodes { title } } } }'})


def address_of_database() -> str:
    """Return DATABASE_URL of the database of this test."""
    parameters = connection.get_connection_params()
    place = f"host={parameters.get('host', '')}&port={parameters.get('port', 5432)}"
    return f"postgres://{parameters['user']}:{parameters.get('password', '')}@/{parameters['dbname']}?{place}"


@contextmanager
def serving(application: str, folder: Path) -> Iterator[Server]:
    environment = production(folder) | {"DATABASE_URL": address_of_database(), "LOG_LEVEL": "WARNING"}
    port = free_port()
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "2", "--blocking-threads", "4", application,
    ]  # fmt: skip
    server = Server(command, port, environment, folder / "log")
    try:
        server.wait("/graphql/")
        yield server
    finally:
        server.stop()


@contextmanager
def load(port: int) -> Iterator[None]:
    """Keep the server busy with kept and other answers."""
    requests = [Request(port, "/graphql/", QUERY), Request(port, "/graphql/", QUERY, fresh=True)]
    done = threading.Event()

    def work() -> None:
        while not done.is_set():
            measure(requests, 2, 0.2)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def more(caller: Connection) -> bytes:
    """Return what comes next. Raises OSError where the server closed the connection."""
    part = caller.socket.recv(65_536)
    if not part:
        raise OSError("The server closed the connection.")
    return part


def asked(caller: Connection) -> str:
    """Return the title that the server gives."""
    caller.send()
    received = b""
    while not received.endswith(b"}}}") or b"\r\n\r\n" not in received:
        received += more(caller)
    title: str = json.loads(received.partition(b"\r\n\r\n")[2])["data"]["centre"]["title"]
    return title


def publish(page: Page) -> None:
    page.save_revision().publish()


def update(page: Page) -> None:
    Page.objects.filter(pk=page.pk).update(title=page.title)


def sql(page: Page) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE wagtailcore_page SET title = %s WHERE id = %s", [page.title, page.pk])


WAYS = (publish, update, sql)


def stale(page: Page, port: int, times: int) -> int:
    """Change the title ``times`` times, by each way in turn; return how often the next answer had another title."""
    callers = [Connection(Request(port, "/graphql/", QUERY)) for _ in range(CALLERS)]
    found = 0
    for number in range(times):
        page.title = f"Pionirska {number}"
        WAYS[number % len(WAYS)](page)
        found += asked(callers[number % CALLERS]) != page.title
        found += asked(callers[number % CALLERS]) != page.title
    for caller in callers:
        with closing(caller.socket):
            pass
    return found


def test_no_answer_is_stale_and_a_broken_cache_would_be_found_out(tmp_path: Path) -> None:
    centre = make.centre("Pionirska")
    with serving("tests.processes.broken:application", tmp_path) as server:
        assert stale(centre, server.port, 10) > 0
    with serving("config.wsgi:application", tmp_path) as server, load(server.port):
        assert stale(centre, server.port, PUBLISHED) == 0
