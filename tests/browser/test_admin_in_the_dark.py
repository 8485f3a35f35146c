"""Who works in the dark reads our colours as well as who works in the light; on a phone titles stay words."""

from collections.abc import Callable

import pytest

from config.settings.dev import CMS_DEMO_PASSWORD
from tests.browser.barriers import WAGTAIL, barriers
from tests.browser.conftest import Visitor

# The demo is a copy of the test database, which is made for tests with this mark only.
pytestmark = pytest.mark.django_db

SCREENS = (
    "",
    "desk/help/",
    "reports/translation-gaps/",
    "snippets/centres/person/",
    "snippets/centres/person/add/",
    "snippets/centres/organisation/delete/1/",
)


def test_axe_finds_no_barrier_in_the_dark(visit: Callable[..., Visitor]) -> None:
    visitor = visit(color_scheme="dark")
    page = visitor.page
    page.goto(f"{visitor.address}/admin/login/")
    found = {"login": barriers(page, WAGTAIL)}
    visitor.sign_in("glavna.urednica", CMS_DEMO_PASSWORD)
    for screen in SCREENS:
        page.goto(f"{visitor.address}/admin/{screen}")
        found[screen] = barriers(page, WAGTAIL)
    assert {screen: lines for screen, lines in found.items() if lines} == {}


def test_a_title_in_a_list_keeps_room_on_a_phone(visit: Callable[..., Visitor]) -> None:
    visitor = visit("phone")
    visitor.sign_in("glavna.urednica", CMS_DEMO_PASSWORD)
    page = visitor.page
    beside = page.locator("#desk-centres-content, #desk-centres").last.locator("table")
    assert beside.evaluate("table => table.getBoundingClientRect().right <= innerWidth")
    page.goto(f"{visitor.address}/admin/snippets/centres/eventedition/")
    title = page.locator("td.title").first
    assert title.evaluate("cell => cell.getBoundingClientRect().width") >= 150
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
