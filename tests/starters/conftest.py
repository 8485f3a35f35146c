"""Builds both starters from empty folders against the served demo, side by side, and serves what came out."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from playwright.sync_api import Browser

from benchmarks.servers import free_port
from tests.browser import NOW, number_of
from tests.browser.conftest import WIDTHS, Visitor, browser, served

__all__ = ["browser"]

EXAMPLES = settings.BASE_DIR / "examples"
CLOCK = Path(__file__).parent / "clock.mjs"
# How many seconds the clock of the demo is ahead of ours.
SHIFT = round(NOW.timestamp() - time.time())
# What a newcomer does not have; git does not keep it either.
UNPACKED = shutil.ignore_patterns("node_modules", "dist", ".*cache", ".astro", ".cms", ".next", "graphql.ts")
WEBHOOK_KEY = "whsec_dGhlIGtleSBvZiB0aGUgd2ViaG9vayBvZiB0aGUgdGVzdHM="
GONE = "/sl/kompetencni-centri/pionirska/knjigometer/"


class Cms(NamedTuple):
    """The served demo: its address, its folder, and the ports that are kept for the two sites."""

    address: str
    folder: Path
    ports: dict[str, int]

    def edit(self, *words: str) -> None:
        """Do one of the things of edit.py."""
        command = [sys.executable, "-W", "ignore", "-m", "tests.starters.edit", str(self.folder), *words]
        subprocess.run(command, check=True, cwd=settings.BASE_DIR, capture_output=True)

    def number_of(self, path: str) -> str:
        """Return the number by which the admin knows the page at a path."""
        query = urlencode({"query": f'{{ page(path: "{path}") {{ id }} }}'})
        with urlopen(f"{self.address}/graphql/?{query}") as answer:  # noqa: S310 - our own server
            return number_of(json.load(answer)["data"]["page"]["id"])

    def environment(self, name: str) -> dict[str, str]:
        return os.environ | {
            "CMS_URL": self.address,
            "CMS_WEBHOOK_KEY": WEBHOOK_KEY,
            "PORT": str(self.ports[name]),
            "SHIFT": str(SHIFT),
            "NODE_OPTIONS": f"--import={CLOCK.as_uri()}",
            "NO_COLOR": "1",
        }


@pytest.fixture(scope="session")
def cms(demo_database: BaseDatabaseWrapper, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cms]:
    """Serve the demo, with one page that was withdrawn, for two sites on other origins."""
    folder = tmp_path_factory.mktemp("cms")
    ports = {"astro": free_port(), "next": free_port()}
    origins = ",".join(f"http://localhost:{port}" for port in ports.values())
    site = f"http://localhost:{ports['next']}"
    with served(
        demo_database,
        folder,
        CORS_ALLOWED_ORIGINS=origins,
        FRONTEND_URL=site,
        DRAFT_MODE_URL=f"{site}/api/draft/",
    ) as address:
        found = Cms(address, folder, ports)
        found.edit("withdraw", GONE)
        yield found


# The fixture `browser` comes after it: once the browser's loop runs, Django takes its thread for asynchronous.
@pytest.fixture(scope="session")
def demo_server(cms: Cms) -> str:
    return cms.address


class Built(NamedTuple):
    """A starter after `npm ci && npm run build`, and how many seconds that took."""

    folder: Path
    seconds: float


@pytest.fixture(scope="session")
def built(cms: Cms, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Built]:
    """Build both starters from copies of their folders; nothing but the registry and the CMS is asked."""
    examples = tmp_path_factory.mktemp("starters") / "examples"
    shutil.copytree(EXAMPLES, examples, ignore=UNPACKED)

    def build(name: str) -> Built:
        begun = time.monotonic()
        for command in (["npm", "ci", "--no-audit", "--no-fund"], ["npm", "run", "build"]):
            run(examples / name, command, cms.environment(name))
        seconds = time.monotonic() - begun
        print(f"{name}: npm ci && npm run build took {seconds:.0f} s", file=sys.__stdout__)
        return Built(examples / name, seconds)

    names = [path.name for path in examples.iterdir() if (path / "package.json").exists()]
    with ThreadPoolExecutor() as pool:
        return dict(zip(names, pool.map(build, names), strict=True))


def run(folder: Path, command: list[str], environment: dict[str, str]) -> str:
    """Run a command of a starter and return what it says; fails with that where the command fails."""
    ended = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        check=False,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert ended.returncode == 0, f"{' '.join(command)} in {folder.name}:\n{ended.stdout[-5000:]}"
    return ended.stdout


@pytest.fixture(scope="session")
def astro(cms: Cms, built: dict[str, Built]) -> Iterator[str]:
    """Serve the built pages as a host of files does, and return the address."""
    with running(built["astro"].folder, ["node", "serve.mjs"], cms.environment("astro")) as address:
        yield address


@contextmanager
def running(folder: Path, command: list[str], environment: dict[str, str]) -> Iterator[str]:
    """Run a server until the block ends; yields its address once the port is open."""
    port = int(environment["PORT"])
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as server:
        assert server.stdout
        said: list[str] = []
        reader = threading.Thread(target=lambda: said.extend(server.stdout or ()), daemon=True)
        reader.start()
        try:
            while not is_open(port):
                assert server.poll() is None, f"the server did not start: {''.join(said)}"
                time.sleep(0.1)
            yield f"http://localhost:{port}"
        finally:
            # npm has children of its own.
            os.killpg(server.pid, signal.SIGTERM)
            server.wait()
            reader.join()


def is_open(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """Return a function that sends a visitor to a site, by default on a desktop."""
    contexts = []

    def come(address: str, width: str = "desktop", **options: Any) -> Visitor:
        context = browser.new_context(**{"viewport": WIDTHS[width], "reduced_motion": "reduce"} | options)
        context.set_default_timeout(30_000)
        contexts.append(context)
        return Visitor(context, address)

    yield come
    for context in contexts:
        context.close()
