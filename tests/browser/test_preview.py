"""An editor types in the admin and sees the draft in the frontend beside it."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import time_machine
from django.core import signing
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.browser import NOW, SECRET_KEY, number_of
from tests.browser.barriers import barriers
from tests.browser.conftest import Visitor

# The demo is a copy of the test database, which is made for tests with this mark only.
pytestmark = pytest.mark.django_db

# Wagtail takes what stands in a form two seconds after it came for what it was: faster hands have changed nothing.
WATCHED = "addEventListener('w-unsaved:watch-edits', () => document.documentElement.setAttribute('data-watched', ''))"
WIDE = {"width": 1500, "height": 950}
PROGRAMME = """query ($slug: String!) {
    programme(centre: "ucni-center", slug: $slug) { id title editions(first: 1) { nodes { id } } }
}"""
READ = "zahteven-pogovor"
# Wagtail saves what is typed without being asked, so who types does so where no other test reads.
TYPED = "umetna-inteligenca"


@pytest.fixture(scope="module")
def signed_in(browser: Browser, demo_server: str) -> Any:
    """Return the cookies of an editor who signed in once for all tests."""
    with browser.new_context() as context:
        Visitor(context, demo_server).sign_in()
        return context.storage_state()


@pytest.fixture
def editor(visit: Callable[..., Visitor], signed_in: Any) -> Visitor:
    visitor = visit(own_clock=True, viewport=WIDE, storage_state=signed_in)
    visitor.context.add_init_script(WATCHED)
    return visitor


def the_programme(editor: Visitor, slug: str) -> dict[str, Any]:
    asked = {"query": PROGRAMME, "variables": json.dumps({"slug": slug})}
    answer = editor.page.request.get(f"{editor.address}/graphql/?{urlencode(asked)}")
    return dict(json.loads(answer.text())["data"]["programme"])


def open_panel(page: Page) -> FrameLocator:
    page.locator("[data-side-panel-toggle=preview]").click()
    frame = page.frame_locator("#w-preview-iframe")
    expect(frame.locator(".preview-note")).to_be_visible()
    page.locator("html[data-watched]").wait_for()
    return frame


def edit_the_page(editor: Visitor, slug: str = READ) -> Page:
    editor.page.goto(f"{editor.address}/admin/pages/{number_of(the_programme(editor, slug)['id'])}/edit/")
    return editor.page


def draft_in_a_tab(page: Page) -> Page:
    with page.expect_popup() as opened:
        page.locator("[data-w-preview-target=newTab]").click()
    expect(opened.value.locator(".preview-note")).to_be_visible()
    return opened.value


def test_the_panel_follows_the_typing_and_its_checks_find_the_frontend(editor: Visitor) -> None:
    title = the_programme(editor, TYPED)["title"]
    page = edit_the_page(editor, TYPED)
    frame = open_panel(page)
    expect(frame.locator("h1")).to_have_text(title)
    field = page.get_by_role("textbox", name="Naslov").first
    field.press("End")
    field.press_sequentially(" danes", delay=20)
    expect(frame.locator("h1")).to_have_text(f"{title} danes")
    expect(frame.locator(".edition").first).to_be_visible()
    page.locator("[data-side-panel-toggle=checks]").click()
    words = page.locator("[data-content-word-count]")
    expect(words).not_to_have_text("0")
    expect(words).not_to_have_text("-")
    assert editor.complaints == []


def test_what_the_public_reads_is_not_the_draft(editor: Visitor) -> None:
    page = edit_the_page(editor)
    open_panel(page)
    tab = draft_in_a_tab(page)
    expect(tab.locator("h1")).to_contain_text("Zahteven pogovor ob izposoji")
    tab.goto(f"{editor.address}/sl/kompetencni-centri/ucni-center/zahteven-pogovor/")
    expect(tab.locator("h1")).to_have_text("Zahteven pogovor ob izposoji")


def test_a_draft_of_an_edition_is_shown_where_it_stands(editor: Visitor) -> None:
    edition = number_of(the_programme(editor, "dostopne-objave")["editions"]["nodes"][0]["id"])
    page = editor.page
    page.goto(f"{editor.address}/admin/snippets/centres/eventedition/edit/{edition}/")
    frame = open_panel(page)
    shown = frame.locator(f"#edition-{edition}")
    expect(shown).to_be_in_viewport()
    page.locator("[name=label_0], [name='label_sl'], [name^=label]").first.fill("Poskusna izvedba")
    expect(shown).to_contain_text("Poskusna izvedba")
    expect(shown).to_be_in_viewport()


def test_a_preview_in_a_tab_of_its_own_leads_back_to_the_editor(editor: Visitor) -> None:
    page = edit_the_page(editor)
    open_panel(page)
    tab = draft_in_a_tab(page)
    tab.locator("#wagtail-userbar-trigger").click()
    edit = tab.locator("#wagtail-userbar-items a[href*='/edit/']")
    expect(edit).to_be_visible()
    # Wagtail's own user bar.
    assert barriers(tab, {"landmark-complementary-is-top-level": "aside.w-theme-system"}) == []
    edit.click()
    tab.wait_for_url("**/edit/")


def test_a_preview_that_has_ended_says_so_and_is_renewed(editor: Visitor) -> None:
    page = edit_the_page(editor)
    open_panel(page)
    tab = draft_in_a_tab(page)
    (token,) = parse_qs(urlsplit(tab.url).query)["token"]
    named = signing.loads(token, key=SECRET_KEY, salt="cms.publishing.preview")
    with time_machine.travel(NOW - timedelta(days=1), tick=False):
        old = signing.dumps(named, key=SECRET_KEY, salt="cms.publishing.preview")
    tab.goto(f"{editor.address}/-/preview/?{urlencode({'token': old})}")
    expect(tab.locator("h1")).to_have_text("Predogled je potekel")
    assert barriers(tab) == []
    tab.get_by_role("link", name="Podaljšaj predogled").click()
    expect(tab.locator("h1")).to_contain_text("Zahteven pogovor ob izposoji")


def test_a_click_on_a_part_of_the_draft_leads_to_its_place_in_the_form(editor: Visitor) -> None:
    page = edit_the_page(editor)
    frame = open_panel(page)
    part = frame.locator(".body [data-edit]").first
    address = part.get_attribute("data-edit") or ""
    part.hover()
    link = frame.get_by_role("link", name="Uredi", exact=True)
    expect(link).to_be_visible()
    field = page.get_by_role("textbox", name="Naslov").first
    field.press("End")
    field.press_sequentially(" x", delay=20)
    part.hover()
    link.click()
    page.wait_for_url(f"**#{urlsplit(address).fragment}")
    expect(page.locator(f"[id='{urlsplit(address).fragment}']")).to_be_in_viewport()
    expect(field).to_have_value("Zahteven pogovor ob izposoji x")
    frame.locator("h1").hover()
    expect(link).to_have_attribute("href", address.partition("#")[0])
    assert editor.complaints == []
