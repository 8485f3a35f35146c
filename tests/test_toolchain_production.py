"""What the image runs, run without Docker: the same script, production settings, a PostgreSQL of its own."""

import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest
from django.conf import settings

from benchmarks.servers import free_port
from tests.databases import own_database

ENTRYPOINT = Path(__file__).resolve().parent.parent / "docker" / "entrypoint"

pytestmark = pytest.mark.skipif(
    not settings.DATABASES["default"]["ENGINE"].endswith("postgresql"), reason="production runs on PostgreSQL"
)


def entrypoint(*arguments: str, environment: dict[str, str]) -> None:
    result = subprocess.run(
        [ENTRYPOINT, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr


def migrate_twice_at_once(environment: dict[str, str]) -> None:
    both = [
        subprocess.Popen([ENTRYPOINT, "migrate"], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [process.communicate()[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert sum("Applying" in one for one in said) == 1
    assert sum("Waiting for another process" in one for one in said) == 1


def ask(url: str, body: Any = None, **headers: str) -> tuple[int, Any]:
    """Status and JSON (or text) of the answer."""
    data = None if body is None else json.dumps(body).encode()
    request = Request(url, data, {"Content-Type": "application/json"} | headers)  # noqa: S310
    try:
        with urlopen(request, timeout=20) as answer:  # noqa: S310
            status, text = answer.status, answer.read().decode()
    except HTTPError as error:
        status, text = error.code, error.read().decode()
    return status, json.loads(text) if text.startswith("{") else text


@contextmanager
def served(environment: dict[str, str], log: Path) -> Iterator[str]:
    """The root of a site that answers, until the block ends; its output goes to `log`."""
    root = f"http://127.0.0.1:{environment['PORT']}"
    with log.open("w") as output:
        process = subprocess.Popen(
            [ENTRYPOINT, "serve"],
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_until_ready(root, process, log)
            yield root
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(20) == 0


def wait_until_ready(root: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        assert process.poll() is None, log.read_text()
        try:
            if ask(f"{root}/-/ready")[0] == 200:
                return
        except (URLError, ConnectionError):
            pass  # not listening yet
        time.sleep(0.2)
    raise AssertionError(log.read_text())


def test_the_entrypoint_migrates_and_serves_with_production_settings(tmp_path: Path) -> None:
    with own_database(tmp_path) as database:
        environment = {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "DATABASE_URL": database,
            "DATABASE_POOL": "true",
            "DATA_DIR": str(tmp_path / "data"),
            "STATIC_ROOT": str(tmp_path / "static"),
            "SECRET_KEY": secrets.token_urlsafe(50),
            "ALLOWED_HOSTS": "cms.example",
            "BASE_URL": "https://cms.example",
            "EMAIL_URL": "smtp://localhost",
            "BEHIND_PROXY": "true",
            "HOST": "127.0.0.1",
            "PORT": str(free_port()),
            "WEB_WORKERS": "1",
        }
        entrypoint("collectstatic", environment=environment)
        # The explorer's files come from a package, without the source maps that they name.
        assert list((tmp_path / "static" / "cms" / "graphiql").glob("graphiql.min.*.js.gz"))
        migrate_twice_at_once(environment)
        with served(environment, tmp_path / "log") as root:
            inside = {"Host": "cms.example", "X-Forwarded-Proto": "https"}
            assert ask(f"{root}/-/live") == (200, {"status": "ok"})
            status, answer = ask(f"{root}/graphql/", {"query": "{ __typename }"}, **inside)
            assert (status, answer["data"]) == (200, {"__typename": "Query"})
            status, page = ask(f"{root}/admin/login/", **inside)
            assert status == 200
            assert "/static/wagtailadmin/" in page
            assert ask(f"{root}/graphql/", {"query": "{ __typename }"}, Host="other.example")[0] == 400
        lines = (tmp_path / "log").read_text().splitlines()
        assert lines
        assert all(json.loads(line)["message"] for line in lines)
