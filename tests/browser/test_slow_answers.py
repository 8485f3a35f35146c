"""A librarian on a slow line: every response takes three seconds, and one click is one step."""

import re
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from playwright.sync_api import Browser, expect

from tests.browser import number_of
from tests.browser.conftest import served
from tests.browser.test_editors_walk import Librarian

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def own_site(
    browser: Browser, demo_database: BaseDatabaseWrapper, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    with served(demo_database, tmp_path_factory.mktemp("slow")) as address:
        yield address


def come(browser: Browser, address: str, name: str) -> Librarian:
    context = browser.new_context(viewport={"width": 1280, "height": 1000}, reduced_motion="reduce")
    context.set_default_timeout(30_000)
    return Librarian(context.new_page(), address, name)


def slow(route: Any) -> None:
    time.sleep(3)
    route.continue_()


def title(anybody: Librarian, number: str) -> str:
    query = urlencode({"query": '{ page(id: "%s") { title } }' % number})  # noqa: UP031  # braces of GraphQL
    answer = anybody.page.request.get(f"{anybody.address}/graphql/?{query}").json()
    return str(answer["data"]["page"]["title"])


def test_clicks_on_approve_while_the_answer_is_slow_publish_once(browser: Browser, own_site: str) -> None:
    editor = come(browser, own_site, "urednik.pionirska")
    query = urlencode({"query": '{ centre(slug: "pionirska") { programmes { nodes { id } } } }'})
    found = editor.page.request.get(f"{own_site}/graphql/?{query}").json()
    number = number_of(found["data"]["centre"]["programmes"]["nodes"][0]["id"])
    page = editor.open(f"/admin/pages/{number}/edit/")
    page.fill("input[name=title]", "Potrjeno na počasni zvezi")
    editor.press("Pošlji na")
    page = editor.open(f"/admin/pages/{number}/edit/")
    expect(page.locator("footer").get_by_role("button", name="Umakni in uredi")).to_be_visible()
    assert page.locator("input[name=title]").evaluate("field => Boolean(field.closest('[inert]'))")
    assert title(editor, number) != "Potrjeno na počasni zvezi"

    lead = come(browser, own_site, "vodja.pionirska")
    page = lead.open(f"/admin/pages/{number}/edit/")
    sent: list[str] = []
    page.on(
        "request", lambda request: sent.append(request.post_data or "") if request.method == "POST" else None
    )
    page.fill("textarea[name=summary]", page.input_value("textarea[name=summary]") + " In še to.")
    page.route(re.compile("/edit/"), slow)
    button = page.locator("footer").get_by_role("button", name="Potrdi", exact=True)
    with page.expect_navigation(timeout=30_000):
        button.dblclick()
    forms = [data for data in sent if "csrfmiddlewaretoken" in data and "workflow-action-name" in data]
    assert len(forms) == 1
    assert title(lead, number) == "Potrjeno na počasni zvezi"
    page.unroute(re.compile("/edit/"))
    lead.open(f"/admin/pages/{number}/edit/")
    expect(page.locator("footer").get_by_role("button", name="Potrdi", exact=True)).to_have_count(0)
    assert editor.complaints == lead.complaints == []
    for librarian in (editor, lead):
        librarian.page.context.close()
