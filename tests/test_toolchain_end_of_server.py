"""SIGTERM ends the server within its limit, at any time, and loses no request."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from benchmarks.servers import free_port

pytestmark = pytest.mark.one_database

ROOT = Path(__file__).resolve().parent.parent
SERVE = """
import sys, time
from pathlib import Path
from cms.running import draining
from cms.running.server import serve

def application(environ, start_response):
    if environ["PATH_INFO"] == "/slow":
        time.sleep(float(environ["QUERY_STRING"]))
    ending = draining.is_ending()
    start_response("503 Service Unavailable" if ending else "200 OK", [("Content-Type", "text/plain")])
    return [b"whole"]

def load():
    Path(sys.argv[2]).touch()
    time.sleep(float(sys.argv[3]))
    return application

serve(
    load, "127.0.0.1", int(sys.argv[1]), workers=1, threads=4, drain_seconds=1, stop_seconds=3,
    log_config=Path("docker/granian-logging.json"),
)
"""


@contextmanager
def server(folder: Path, load_seconds: float) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """The server with an application of its own, as docker/entrypoint starts it, and its address."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(port), str(folder / "loading"), str(load_seconds)],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings.test"},
        stdout=subprocess.DEVNULL,
    )
    try:
        yield process, f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def until(done: Callable[[], bool]) -> None:
    for _ in range(600):
        try:
            if done():
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise AssertionError("It took too long.")


def ask(url: str) -> tuple[int, bytes]:
    try:
        with urlopen(url, timeout=20) as answer:  # noqa: S310
            return answer.status, answer.read()
    except HTTPError as error:
        return error.code, error.read()


def test_a_server_whose_worker_still_starts_ends_at_once(tmp_path: Path) -> None:
    with server(tmp_path, load_seconds=600) as (process, _url):
        until((tmp_path / "loading").exists)
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


def test_the_server_says_that_it_ends_before_it_ends_and_finishes_what_it_has(tmp_path: Path) -> None:
    with server(tmp_path, load_seconds=0) as (process, url):
        until(lambda: ask(url)[0] == 200)
        answers: list[tuple[int, bytes]] = []
        slow = threading.Thread(target=lambda: answers.append(ask(f"{url}/slow?2")))
        slow.start()
        time.sleep(0.3)
        process.send_signal(signal.SIGTERM)
        until(lambda: ask(url)[0] == 503)  # it still answers
        assert process.wait(10) == 0
        slow.join()
        assert answers == [(503, b"whole")]


def test_a_request_that_never_ends_is_cut_off_at_the_limit(tmp_path: Path) -> None:
    with server(tmp_path, load_seconds=0) as (process, url):
        until(lambda: ask(url)[0] == 200)

        def hang() -> None:
            with pytest.raises(OSError):  # noqa: PT011  # of whatever kind a lost connection is
                ask(f"{url}/slow?600")

        slow = threading.Thread(target=hang)
        slow.start()
        time.sleep(0.3)
        process.send_signal(signal.SIGTERM)
        process.wait(10)
        slow.join(10)
        assert not slow.is_alive()
