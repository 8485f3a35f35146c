"""What this project adds to the admin, as each role sees it: no barrier that axe finds, on a desktop and on a phone."""

import re
import sqlite3
from base64 import b32decode
from collections.abc import Callable
from contextlib import closing
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from django_otp.oath import TOTP
from playwright.sync_api import Browser, Page, expect

from config.settings.dev import CMS_DEMO_PASSWORD
from tests.browser.barriers import WAGTAIL, barriers
from tests.browser.conftest import WIDTHS, Visitor, served

pytestmark = pytest.mark.django_db

# What each role works with; names in braces are keys, see ROWS. The pages of the first line are made by templates of
# ours and are searched on a phone too: of the others one sees there what Wagtail makes of them.
SCREENS = {
    "vodja.pionirska": (
        ["", "reviews/", "reports/month/?month=2027-04"],
        [
            "reports/closed-editions/",
            "snippets/centres/eventedition/?year=2027",
            "snippets/centres/eventedition/copy/{event}/",
        ],
    ),
    "tajnica": (
        ["", "reviews/{planned}/"],
        ["reports/ending-terms/", "reports/reviews-due/", "snippets/centres/appointment/"],
    ),
    "prevajalka": ([""], ["reports/translation-gaps/", "translation/submit/page/{untranslated}/"]),
    "glavna.urednica": (
        [],
        [
            "centres/",
            "reports/missing-words/",
            "reports/missing-alt-texts/",
            "reports/search-queries/",
            "search_synonyms/",
            "snippets/centres/organisation/delete/{organisation}/",
            "snippets/centres/organisation/usage/{organisation}/",
        ],
    ),
    # Who may do everything has all roles, and the help for all of them.
    "admin": (
        ["desk/help/", "centres/{centre}/set-up/"],
        [
            "snippets/cms/trusteddocument/",
            "snippets/cms/trusteddocument/inspect/{document}/",
            "api-tokens/",
            "api-tokens/new/",
            "groups/edit/{group}/",
        ],
    ),
}
ROWS = {
    "event": "SELECT min(edition_ptr_id) FROM centres_eventedition",
    "planned": "SELECT min(id) FROM centres_review WHERE state = 'PLANNED'",
    "organisation": "SELECT host_id FROM centres_centrepage LIMIT 1",
    "centre": "SELECT min(page_ptr_id) FROM centres_centrepage",
    "untranslated": "SELECT min(id) FROM wagtailcore_page WHERE slug = 'dostopne-objave'",
    "document": "SELECT min(id) FROM cms_trusteddocument",
    "group": "SELECT min(id) FROM auth_group WHERE name LIKE 'Pionirska%'",
}


def walls(page: Page, *, on_a_phone: bool = True) -> list[str]:
    """Return what axe finds on the page, ``on_a_phone`` too, and whether it is wider than that."""
    found = barriers(page, WAGTAIL)
    page.set_viewport_size(WIDTHS["phone"])
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("wider than a phone")
    if on_a_phone:
        found += [f"phone: {line}" for line in barriers(page, WAGTAIL)]
    page.set_viewport_size(WIDTHS["desktop"])
    return found


@pytest.fixture(scope="module")
def keys(demo_database: BaseDatabaseWrapper) -> dict[str, int]:
    """Return the keys of the rows that the screens are of."""
    with closing(sqlite3.connect(demo_database.settings_dict["NAME"])) as demo:
        return {name: demo.execute(query).fetchone()[0] for name, query in ROWS.items()}


@pytest.mark.parametrize("name", SCREENS)
def test_axe_finds_no_barrier_of_ours(visit: Callable[..., Visitor], keys: dict[str, int], name: str) -> None:
    visitor = visit()
    visitor.sign_in(name, CMS_DEMO_PASSWORD)
    found = {}
    ours, wagtails = SCREENS[name]
    for screen in (*ours, *wagtails):
        path = f"/admin/{screen.format(**keys)}"
        answer = visitor.page.goto(visitor.address + path)
        assert answer
        assert answer.status == 200, path
        found[path] = walls(visitor.page, on_a_phone=screen in ours)
    assert {path: lines for path, lines in found.items() if lines} == {}
    assert visitor.complaints == []


def test_a_new_token_is_shown_without_a_barrier(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    visitor.sign_in()
    page = visitor.page
    page.goto(f"{visitor.address}/admin/api-tokens/new/")
    page.fill("[name=name]", "spletišče")
    page.select_option("[name=user]", index=1)
    page.locator("form button[type=submit]").last.click()
    expect(page.locator("#api-token-value")).not_to_have_value("")
    assert walls(page) == []
    page.goto(f"{visitor.address}/admin/api-tokens/")
    key = page.locator("a[href*='/api-tokens/edit/']").first.get_attribute("href")
    page.goto(f"{visitor.address}{key}".replace("/edit/", "/delete/"))
    assert walls(page) == []


def test_the_second_step_of_the_sign_in_has_no_barrier(
    browser: Browser, demo_database: BaseDatabaseWrapper, tmp_path: Path
) -> None:
    with served(demo_database, tmp_path, TWO_FACTOR="true") as address:
        visitor = Visitor(browser.new_context(reduced_motion="reduce"), address)
        page = visitor.page
        visitor.sign_in("tajnica", CMS_DEMO_PASSWORD, "**/second-factor/**")
        assert walls(page) == []
        answer = page.reload()
        assert answer
        secret = re.search(r"secret=(\w+)", page.locator("main code").inner_text())
        assert secret
        app = TOTP(b32decode(secret[1] + "=" * (-len(secret[1]) % 8)))
        # The server lives in the time of the demo.
        app.time = parsedate_to_datetime(answer.headers["date"]).timestamp()
        page.fill("[name=code]", f"{app.token():06}")
        page.fill("[name=password]", CMS_DEMO_PASSWORD)
        page.keyboard.press("Enter")
        expect(page.locator("li code")).to_have_count(10)
        assert walls(page) == []
        visitor.context.clear_cookies()
        visitor.sign_in("tajnica", CMS_DEMO_PASSWORD, "**/second-factor/**")
        assert walls(page) == []
        visitor.context.close()
