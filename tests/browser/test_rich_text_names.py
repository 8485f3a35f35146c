"""Whoever hears the admin hears what each field with formatted text is."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from config.settings.dev import CMS_DEMO_PASSWORD
from tests.browser.barriers import barriers
from tests.browser.conftest import Visitor

pytestmark = pytest.mark.django_db

NAMES = ["aria-input-field-name", "aria-valid-attr-value", "label", "button-name"]


@pytest.mark.parametrize(
    ("language", "name"), [("sl", "Povzetek v lahkem branju"), ("en", "Easy-to-read summary")]
)
def test_fields_with_formatted_text_have_the_names_of_their_labels(
    visit: Callable[..., Visitor], language: str, name: str
) -> None:
    visitor = visit()
    visitor.sign_in("admin", CMS_DEMO_PASSWORD)
    if language == "en":
        page = visitor.open("/admin/account/")
        page.locator("select[name=locale-preferred_language]").select_option("en")
        page.locator("form button[type=submit]").last.click()
        page.wait_for_load_state()
    listed = visitor.open("/admin/centres/").locator("main td a[href*='/edit/']").first
    page = visitor.open(listed.get_attribute("href") or "")
    areas = page.locator("[data-draftail-editor-wrapper] [role=textbox]")
    expect(areas.first).to_be_attached()
    found = areas.evaluate_all(
        "all => all.map(one => one.getAttribute('aria-label') || "
        "document.getElementById(one.getAttribute('aria-labelledby'))?.textContent.trim())"
    )
    assert all(found)
    expect(page.get_by_role("textbox", name=re.compile(name)).first).to_be_attached()
    assert barriers(page, rules=NAMES) == []
