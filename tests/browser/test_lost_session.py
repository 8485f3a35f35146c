"""A librarian whose session ends while they write signs in above the form and goes on."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Error, expect

from tests.browser import EDITOR
from tests.browser.conftest import Visitor

pytestmark = pytest.mark.django_db

WORDS = "Center svetuje knjižnicam pri delu z mladimi in nobena črka tega stavka se ne izgubi."


QUERY = "{ centres { nodes { title summary } } }"


def public_summaries(reader: Visitor) -> dict[str, str]:
    answer = reader.page.request.get(f"{reader.address}/graphql/", params={"query": QUERY}).json()
    return {centre["title"]: centre["summary"] for centre in answer["data"]["centres"]["nodes"]}


def test_what_is_typed_is_saved_after_signing_in_above_the_form_and_is_no_more_public_than_before(
    visit: Callable[..., Visitor],
) -> None:
    reader = visit(own_clock=True)
    published = public_summaries(reader)
    editor = visit(own_clock=True)
    editor.sign_in()
    listed = editor.open("/admin/centres/").locator("main td a[href*='/edit/']").first
    page = editor.open(listed.get_attribute("href") or "")
    title = page.locator("[name=title]").input_value()
    assert page.locator("textarea[name=summary]").input_value() == published[title]
    editor.context.clear_cookies(name="sessionid")
    summary, dialog = page.locator("textarea[name=summary]"), page.get_by_role("dialog", name="Prijavite se")
    for tries in range(10):  # Wagtail takes what is typed in the first seconds for what was there
        summary.fill(WORDS + "." * tries)
        try:
            dialog.wait_for(timeout=3000)
            break
        except Error:
            continue
    written = summary.input_value()
    frame = dialog.frame_locator("iframe")
    frame.locator("[name=username]").fill(EDITOR)
    frame.locator("[name=password]").fill(EDITOR)
    frame.locator("[name=password]").press("Enter")
    expect(dialog).to_have_count(0)
    expect(page.locator(".w-autosave-indicator__state--saved")).to_be_visible()
    summary.press("End")
    summary.press_sequentially(" Niti ta.")
    expect(page.locator(".w-autosave-indicator__state--saving")).to_be_visible()
    expect(page.locator(".w-autosave-indicator__state--saved")).to_be_visible()
    page.reload()
    expect(page.locator("textarea[name=summary]")).to_have_value(f"{written} Niti ta.")
    assert public_summaries(reader) == published
    shown = reader.open("/sl/kompetencni-centri/").locator("main").inner_text()
    assert published[title] in shown
    assert WORDS not in shown
