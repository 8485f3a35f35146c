"""The image's own server under more requests than it can work on."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from django.db import connection

from benchmarks.servers import Server, production
from tests import factories as make
from tests.processes.test_stale import address_of_database

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="production runs on PostgreSQL"),
    pytest.mark.usefixtures("real_transactions"),
]

CLIENTS = 60


def ask(port: int, path: str, body: bytes | None = None) -> tuple[int, float]:
    """Return status and seconds."""
    request = Request(f"http://127.0.0.1:{port}{path}", body, {"Content-Type": "application/json"})
    begun = time.monotonic()
    try:
        with urlopen(request, timeout=60) as response:  # noqa: S310  # of this machine
            status = response.status
            response.read()
    except HTTPError as error:
        status = error.code
    return status, time.monotonic() - begun


def test_too_many_requests_are_sent_away_and_health_is_answered(tmp_path: Path) -> None:
    for number in range(30):
        make.centre(f"Center {number}")
    environment = production(tmp_path) | {
        "DATABASE_URL": address_of_database(), "LOG_LEVEL": "WARNING", "WEB_THREADS": "2", "WEB_WAITING": "4",
    }  # fmt: skip
    server = Server.ours(environment, tmp_path / "log", workers=1)
    try:
        server.wait("/-/ready")

        def uncached(number: int) -> tuple[int, float]:
            query = (
                f"{{ a{number}: centres(first: 100) {{ nodes {{ title jsonLd body {{ __typename }} }} }} }}"
            )
            return ask(server.port, "/graphql/", json.dumps({"query": query}).encode())

        with ThreadPoolExecutor(CLIENTS + 1) as clients:
            asked = [clients.submit(uncached, number) for number in range(3 * CLIENTS)]
            health = [ask(server.port, path) for path in ("/-/live", "/-/ready") * 5]
            answers = [one.result() for one in asked]
        assert {status for status, _seconds in health} == {200}
        assert {status for status, _seconds in answers} == {200, 503}
        print(
            f"{sum(status == 200 for status, _ in answers)} answered, "
            f"{sum(status == 503 for status, _ in answers)} sent away, the slowest after "
            f"{max(seconds for status, seconds in answers if status == 503):.2f} s; "
            f"health after {max(seconds for _, seconds in health):.2f} s at most"
        )
        assert uncached(0)[0] == 200
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            # One for each place, and one for health.
            assert cursor.fetchone()[0] <= 2 + 1
    finally:
        server.stop()
