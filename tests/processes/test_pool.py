"""Every connection of the pool goes back, also where a response comes from the cache before Django's request begins."""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from django.db import connection

from benchmarks.servers import Server, free_port, production
from tests import factories as make
from tests.processes.test_stale import address_of_database

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no pool"),
    pytest.mark.usefixtures("real_transactions"),
]

THREADS = 8  # the pool has four connections
CLIENTS = 10
QUERY = json.dumps({"query": '{ centre(slug: "pionirska") { title } }'}).encode()


def test_more_threads_than_connections_answer_a_cached_query(tmp_path: Path) -> None:
    make.centre("Pionirska")
    port = free_port()
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "1", "--blocking-threads", str(THREADS), "config.wsgi:application",
    ]  # fmt: skip
    environment = production(tmp_path) | {
        "DATABASE_URL": address_of_database(), "DATABASE_POOL": "true", "LOG_LEVEL": "WARNING",
    }  # fmt: skip
    server = Server(command, port, environment, tmp_path / "log")
    try:
        server.wait("/graphql/")
        for _round in range(6):
            with ThreadPoolExecutor(CLIENTS) as clients:
                statuses = list(clients.map(lambda _client: status(port), range(2 * CLIENTS)))
            assert statuses == [200] * 2 * CLIENTS
    finally:
        server.stop()


def status(port: int) -> int:
    request = Request(f"http://127.0.0.1:{port}/graphql/", QUERY, {"Content-Type": "application/json"})
    with urlopen(request, timeout=20) as response:  # noqa: S310  # of this machine
        return int(response.status)
