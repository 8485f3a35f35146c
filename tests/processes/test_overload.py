"""The image's own server under more requests than it can work on."""

import json
import shutil
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from django.core.files.base import ContentFile
from django.db import connection

from benchmarks.servers import Server, production
from cms.models import Document
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


def slow_upload(port: int) -> socket.socket:
    """Begin to send a form and send no more."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=60)
    head = (
        "POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=x\r\n"
    )
    connection.sendall(f"{head}Content-Length: 1000000\r\n\r\n--x\r\n".encode())
    return connection


def slow_download(port: int, path: str) -> socket.socket:
    """Ask for a file and read no more than its first line."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.settimeout(60)
    connection.connect(("127.0.0.1", port))
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    assert connection.recv(12) == b"HTTP/1.1 200"
    return connection


def test_slow_callers_keep_nobody_waiting(tmp_path: Path) -> None:
    """Forty callers send a form slowly and forty read a file slowly; there are two places and four who may wait."""
    make.centre("Center")
    content = ContentFile(b"%PDF-1.7" + b"x" * 20_000_000, "velika.pdf")
    document = Document.objects.create(title="Velika", file=content, language="sl")
    of_the_server = tmp_path / "media" / document.file.name
    of_the_server.parent.mkdir(parents=True)
    shutil.copy(document.file.path, of_the_server)
    environment = production(tmp_path) | {
        "DATABASE_URL": address_of_database(), "LOG_LEVEL": "WARNING", "WEB_THREADS": "2", "WEB_WAITING": "4",
    }  # fmt: skip
    server = Server.ours(environment, tmp_path / "log", workers=1)
    slow: list[socket.socket] = []
    try:
        server.wait("/-/ready")
        slow = [slow_upload(server.port) for _ in range(40)]
        slow += [slow_download(server.port, document.url) for _ in range(40)]
        body = json.dumps({"query": "{ centres { nodes { title } } }"}).encode()
        asked = [("/-/ready", None), ("/graphql/", body), ("/sl/", None), ("/admin/login/", None)] * 3
        answers = {(path, ask(server.port, path, sent)[0]) for path, sent in asked}
        assert {status for _path, status in answers} == {200}, answers
    finally:
        for connection in slow:
            connection.close()
        server.stop()
