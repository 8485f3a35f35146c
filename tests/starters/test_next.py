"""examples/next: built from an empty folder, walked through, told of changes by a webhook, and shown with drafts."""

import http.client
import json
import re
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from cms.delivery.messages import sign
from tests.browser.barriers import barriers
from tests.browser.conftest import Visitor
from tests.starters.conftest import GONE, SHIFT, WEBHOOK_KEY, Built, Cms, running
from tests.starters.walk import NEW, OLD, PAGES, SEARCH, has_no_barrier, search, status, walk

pytestmark = pytest.mark.django_db

type Visit = Callable[..., Visitor]
PAGE = "/sl/o-strani/pravno-obvestilo/"


@pytest.fixture(scope="module")
def site(cms: Cms, built: dict[str, Built]) -> Iterator[str]:
    with running(built["next"].folder, ["npm", "start"], cms.environment("next")) as address:
        yield address


def test_a_visitor_walks_through_it(site: str, visit: Visit) -> None:
    walk(visit(site))


def test_a_facet_narrows_a_search(site: str, visit: Visit) -> None:
    search(visit(site))


def test_facets_narrow_a_search_without_a_script(site: str, visit: Visit) -> None:
    page = visit(site, "phone", java_script_enabled=False).page
    page.goto(f"{site}{SEARCH}?q=branje")
    page.get_by_text("Zožite zadetke").click()
    page.get_by_role("group", name="Vrsta").get_by_label("Centri").check()
    page.get_by_role("button", name="Poišči").click()
    page.wait_for_url("**types=CENTRE*")
    expect(page.locator(".hits li")).not_to_have_count(0)


def test_old_addresses_redirect_and_withdrawn_pages_are_gone(site: str) -> None:
    assert status(site, OLD) == (301, NEW)
    assert status(site, GONE)[0] == 410
    assert status(site, "/sl/nikjer/")[0] == 404


@pytest.mark.parametrize("path", [*PAGES, GONE])
def test_axe_finds_no_barrier(site: str, visit: Visit, path: str) -> None:
    has_no_barrier(visit(site), path)


def test_a_signed_webhook_shows_what_was_published(cms: Cms, site: str, visit: Visit) -> None:
    page = visit(site).open(PAGE)
    expect(page.locator("h1")).to_have_text("Pravno obvestilo in zasebnost")
    cms.edit("publish", PAGE, "Pravno obvestilo po novem")
    page.reload()
    expect(page.locator("h1")).to_have_text("Pravno obvestilo in zasebnost")
    assert send(site, f"{WEBHOOK_KEY[:-4]}AAA=") == 401
    page.reload()
    expect(page.locator("h1")).to_have_text("Pravno obvestilo in zasebnost")
    assert send(site, WEBHOOK_KEY) == 204
    page.reload()
    expect(page.locator("h1")).to_have_text("Pravno obvestilo po novem")


def send(site: str, key: str) -> int:
    """Send the message of a change, signed with a key, and return the status of the answer."""
    body = json.dumps({"type": "content.changed", "data": {"changes": [{"tags": ["InfoPage:54"]}]}}).encode()
    now = str(round(time.time()) + SHIFT)
    headers = {
        "Content-Type": "application/json",
        "webhook-id": "msg_1",
        "webhook-timestamp": now,
        "webhook-signature": sign(key, "msg_1", now, body),
    }
    connection = http.client.HTTPConnection(urlsplit(site).netloc)
    connection.request("POST", "/api/changes/", body, headers)
    answer = connection.getresponse().status
    connection.close()
    return answer


def test_draft_mode_shows_drafts_until_the_editor_leaves_it_or_signs_out(
    cms: Cms, site: str, visit: Visit
) -> None:
    path, title, draft = "/sl/o-strani/izjava-o-dostopnosti/", "Izjava o dostopnosti", "Izjava v osnutku"
    cms.edit("draft", path, draft)
    editor = visit(cms.address)
    editor.sign_in()
    page = editor.page
    enter = f"{cms.address}/admin/preview/site/?page={cms.number_of(path)}"
    page.goto(enter)
    page.wait_for_url(f"{site}{path}")
    expect(page.locator("h1")).to_have_text(draft)
    assert barriers(page) == []
    expect(page.get_by_role("link", name="Uredi to stran")).to_have_attribute(
        "href", re.compile("/admin/pages/")
    )
    expect(visit(site).open(path).locator("h1")).to_have_text(title)
    page.get_by_role("link", name="O strani", exact=True).first.click()
    expect(page.locator("main").get_by_role("link", name=draft)).to_be_visible()
    page.get_by_role("link", name="Skrij osnutke").click()
    page.wait_for_url(f"{site}/sl/")
    expect(page.get_by_text("Osnutki so vidni")).to_have_count(0)
    page.goto(site + path)
    expect(page.locator("h1")).to_have_text(title)

    page.goto(enter)
    expect(page.locator("h1")).to_have_text(draft)
    sign_out(editor)
    page.goto(site + path)
    page.wait_for_url(f"{site}/sl/")
    page.goto(site + path)
    expect(page.locator("h1")).to_have_text(title)
    expect(page.get_by_text("Osnutki so vidni")).to_have_count(0)


def sign_out(editor: Visitor) -> None:
    """Sign out of the admin, as its menu does."""
    token = next(
        one["value"] for one in editor.context.cookies(editor.address) if "csrf" in one.get("name", "")
    )
    address = f"{editor.address}/admin/logout/"
    headers = {"X-CSRFToken": token, "Referer": address}
    assert editor.context.request.post(address, headers=headers).ok


def test_a_code_that_opens_nothing_is_refused(site: str) -> None:
    assert status(site, "/api/draft/?code=wrong")[0] == 401
