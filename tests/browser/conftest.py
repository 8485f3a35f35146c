"""A real browser, Debian's Chromium, that talks to nobody but the served site."""

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser import EDITOR, NOW

# Debian also builds Chromium without the windows around the pages; it takes two thirds of the time.
SHELL = "/usr/bin/chromium-headless-shell"
CHROMIUM = Path(os.environ.get("CHROMIUM") or (SHELL if Path(SHELL).exists() else "/usr/bin/chromium"))
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# 320 pixels are also what a zoom of 400 % leaves of a desktop (WCAG 2.2, 1.4.10).
WIDTHS = {"phone": {"width": 320, "height": 640}, "desktop": {"width": 1280, "height": 900}}


# A machine with other work to do is slow, not wrong.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def demo_server(
    demo_database: BaseDatabaseWrapper, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Serve the demo at noon of its first day and return the address; no test publishes anything there."""
    with served(demo_database, tmp_path_factory.mktemp("served")) as address:
        yield address


@contextmanager
def served(demo_database: BaseDatabaseWrapper, folder: Path, **environment: str) -> Iterator[str]:
    """Serve a copy of the demo from an empty ``folder``, until the block ends; yields its address."""
    with closing(sqlite3.connect(demo_database.settings_dict["NAME"])) as filled:
        filled.execute("VACUUM INTO ?", [str(folder / "db.sqlite3")])
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "tests.browser.serve", str(folder)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env=os.environ | environment,
    ) as server:  # fmt: skip
        assert server.stdin
        assert server.stdout
        said: list[str] = []
        address = ""
        for line in server.stdout:
            said.append(line)
            if line.startswith("http"):
                address = line
                break
        assert address, f"the server did not start: {''.join(said)}"
        threading.Thread(target=server.stdout.read, daemon=True).start()
        try:
            yield address.strip()
        finally:
            server.stdin.close()


@pytest.fixture(scope="session")
def browser(demo_server: str) -> Iterator[Browser]:
    """Start Chromium once for all tests; without it they fail in CI and are skipped elsewhere.

    The demo comes first: once the browser's loop runs in this thread, Django takes its code for asynchronous.
    """
    if not CHROMIUM.exists():
        missing = f"No browser at {CHROMIUM}: install Debian's package chromium, or name another in CHROMIUM."
        (pytest.fail if os.environ.get("CI") else pytest.skip)(missing)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


class Visitor:
    """A person with a browser of their own: ``complaints`` are errors that it noted, ``asked`` all addresses."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.context = context
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))

    def _hear(self, message: Any) -> None:
        if message.type == "error" and "the server responded with a status of 4" not in message.text:
            self.complaints.append(message.text)

    def open(self, path: str) -> Page:
        """Go to a path and wait until all of it is there."""
        self.page.goto(self.address + path)
        return self.settled()

    def settled(self) -> Page:
        """Wait until the page is loaded and nothing in it is being fetched."""
        self.page.wait_for_load_state("load")
        self.page.locator("main [aria-busy]").wait_for(state="detached")
        return self.page

    def sign_in(self, name: str = EDITOR, password: str = EDITOR, to: str = "**/admin/") -> None:
        """Sign in, by default as somebody who may edit everything, and wait for the page that this leads ``to``."""
        self.page.goto(f"{self.address}/admin/login/")
        self.page.locator("[name=username]").fill(name)
        self.page.locator("[name=password]").fill(password)
        self.page.locator("[name=password]").press("Enter")
        self.page.wait_for_url(to)

    @property
    def api_requests(self) -> list[str]:
        return [url for url in self.asked if "/graphql/" in url]


@pytest.fixture
def visit(browser: Browser, demo_server: str) -> Iterator[Callable[..., Visitor]]:
    """Return a function that sends in a visitor, by default on a desktop and without a service worker.

    Their clock starts with the server's. ``own_clock`` leaves the browser its own one, which also measures.
    """
    contexts: list[BrowserContext] = []

    def come(width: str = "desktop", *, own_clock: bool = False, **options: Any) -> Visitor:
        defaults = {"viewport": WIDTHS[width], "service_workers": "block", "reduced_motion": "reduce"}
        context = browser.new_context(**defaults | options)
        if not own_clock:
            context.clock.install(time=NOW)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return Visitor(context, demo_server)

    yield come
    for context in contexts:
        context.close()
