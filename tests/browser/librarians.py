"""Librarians at work in the admin of a site of their own, and what the public gets from there."""

import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from playwright.sync_api import Browser, Page, expect

from tests.browser import SLOW
from tests.browser.conftest import served

PASSWORD = "knjiga-je-okno"  # of the demo's users, in config/settings/dev.py
DESKTOP = {"width": 1280, "height": 1000}
# What a reader can see, or hear from a screen reader: one piece of text, or one attribute, a line.
_VISIBLE = """() => {
    const seen = new Set();
    const shown = (place) => place.checkVisibility({ visibilityProperty: true });
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT);
    while (walker.nextNode()) {
        const place = walker.currentNode;
        if (place.matches("script, style, template, [data-draftail-editor-wrapper] [data-text]")) continue;
        if (!shown(place)) continue;
        for (const one of place.childNodes) {
            if (one.nodeType === Node.TEXT_NODE) seen.add(one.data);
        }
        for (const name of ["aria-label", "title", "placeholder", "alt"]) {
            if (place.hasAttribute(name)) seen.add(place.getAttribute(name));
        }
        if (place.matches("input[type=submit], input[type=button]")) seen.add(place.value);
    }
    seen.add(document.title);
    return [...seen].map((text) => text.trim().replace(/\\s+/g, " ")).filter((text) => /\\p{L}{2}/u.test(text));
}"""
# What a person does with a hand: presses of a pointer, and fields that were filled or chosen from.
_COUNT = """(() => {
    const tell = (event) => { if (event.isTrusted || event.type === "change") window.pressed?.(); };
    const typed = "textarea, select, input:not([type=checkbox], [type=radio], [type=file])";
    addEventListener("pointerdown", tell, true);
    addEventListener("change", (event) => { if (event.target.matches(typed)) tell(event); }, true);
})()"""


class Librarian:
    """Somebody signed in to the admin: ``pressed`` counts clicks and fields, ``complaints`` are errors of scripts.

    ``read`` leads from each text that was seen to the address at which it was.
    """

    def __init__(self, page: Page, address: str, name: str) -> None:
        self.page, self.address, self.name = page, address, name
        self.complaints: list[str] = []
        self.pressed = 0
        self.read: dict[str, str] = {}
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.open("/admin/login/")
        page.fill("input[name=username]", name)
        page.fill("input[name=password]", PASSWORD)
        page.locator("form button[type=submit]").click()
        page.wait_for_url(f"{address}/admin/")
        page.expose_function("pressed", self._press_noted)
        page.add_init_script(_COUNT)
        page.evaluate(_COUNT)

    def on_a_slow_line(self, seconds: float) -> None:
        """Have each page of the admin, and each response to what is sent, come so much later from now on."""
        self.page.context.add_cookies([{"name": SLOW, "value": str(seconds), "url": self.address}])

    def _press_noted(self) -> None:
        self.pressed += 1

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path)
        self.look()
        return self.page

    def look(self) -> None:
        """Read all that is visible now."""
        address = self.page.url.removeprefix(self.address)
        if address.startswith("/admin/"):
            self.read = dict.fromkeys(self.page.evaluate(_VISIBLE), address) | self.read

    def tab(self, words: str) -> None:
        """Open a tab of the form."""
        self.page.get_by_role("tab", name=words).click()
        self.look()

    def choose(self, field: str, words: str, search: str = "") -> None:
        """Choose what is called ``words`` in the window that the button of ``field`` opens."""
        page = self.page
        page.locator(f"#{field}-chooser").get_by_role("button", name=re.compile("Izberi")).click()
        window = page.locator(".modal-body")
        # A link of the list that stands there before the answer comes leads nowhere once it is replaced.
        with page.expect_response(re.compile(r"[?&]q=")):
            window.locator("input[name=q]").fill(search or words)
        page.wait_for_timeout(500)
        self.look()
        window.get_by_role("link", name=words, exact=True).click()
        window.wait_for(state="detached")

    def choose_first(self, field: str) -> None:
        """Tick the first row of the window in which several are chosen for ``field``."""
        page = self.page
        page.locator(f"#{field}").click()
        window = page.locator(".modal-body")
        window.locator("[data-multiple-choice-select]").first.check()
        window.locator("[data-multiple-choice-submit]").click()
        window.wait_for(state="detached")
        expect(page.locator("[data-choose-many] li").first).to_be_visible()

    def press(self, words: str) -> None:
        """Press a button of the bar at the foot of a form, which may stand behind the arrow."""
        self.look()
        button = self.page.locator("footer").get_by_role("button", name=words).first
        if not button.is_visible():
            self.page.locator("footer [data-w-dropdown-target=toggle]").click()
            self.look()
        with self.page.expect_navigation():
            button.click()
        self.look()

    def says(self, words: str) -> None:
        """Expect a message to the signed-in person."""
        expect(self.page.locator(".messages")).to_contain_text(words)

    def picture(self, name: str) -> None:
        """Keep a screenshot in the folder that SCREENSHOTS names, if it is set."""
        if folder := os.environ.get("SCREENSHOTS"):
            self.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


class Public:
    """Whoever reads the site, with an empty cache: its graph by HTTP, and its pages."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.address = address
        self.page = browser.new_context(reduced_motion="reduce", service_workers="block").new_page()
        browser_of_it = self.page.context.new_cdp_session(self.page)
        browser_of_it.send("Network.enable")
        browser_of_it.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def ask(self, query: str, **variables: Any) -> dict[str, Any]:
        asked = urlencode({"query": query, "variables": json.dumps(variables)})
        answer = self.page.request.get(f"{self.address}/graphql/?{asked}").json()
        assert "errors" not in answer, answer
        return dict(answer["data"])

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page


@pytest.fixture(scope="module")
def own_site(
    browser: Browser, demo_database: BaseDatabaseWrapper, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Serve a demo that other tests do not read: what is published here would change what they find."""
    with served(demo_database, tmp_path_factory.mktemp("edited")) as address:
        yield address


@pytest.fixture
def come(browser: Browser, own_site: str) -> Iterator[Callable[..., Librarian]]:
    """Return a function that has somebody sign in to that site with a browser of their own."""
    with coming(browser, own_site) as come:
        yield come


@pytest.fixture
def public(browser: Browser, own_site: str) -> Iterator[Public]:
    """Return whoever reads that site."""
    public = Public(browser, own_site)
    yield public
    public.page.context.close()


@contextmanager
def coming(browser: Browser, address: str) -> Iterator[Callable[..., Librarian]]:
    """Yield a function that has somebody sign in with a browser of their own, until the block ends."""
    contexts = []

    def come(name: str, **options: Any) -> Librarian:
        context = browser.new_context(**{"viewport": DESKTOP, "reduced_motion": "reduce"} | options)
        context.set_default_timeout(20_000)
        contexts.append(context)
        return Librarian(context.new_page(), address, name)

    yield come
    for context in contexts:
        context.close()
