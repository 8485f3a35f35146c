"""Whoever hears the admin hears what each field with formatted text is."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from playwright.sync_api import Browser, expect

from config.settings.dev import CMS_DEMO_PASSWORD
from tests.browser.barriers import barriers
from tests.browser.conftest import Visitor, served

pytestmark = pytest.mark.django_db

NAMES = ["aria-input-field-name", "aria-valid-attr-value", "label", "button-name"]


@pytest.fixture
def visitor(browser: Browser, demo_database: BaseDatabaseWrapper, tmp_path: Path) -> Iterator[Visitor]:
    """Return somebody who is signed in on a site of their own, because a setting of theirs is changed."""
    with served(demo_database, tmp_path) as address:
        visitor = Visitor(browser.new_context(reduced_motion="reduce"), address)
        visitor.sign_in("admin", CMS_DEMO_PASSWORD)
        yield visitor
        visitor.context.close()


def test_fields_with_formatted_text_have_the_names_of_their_labels(visitor: Visitor) -> None:
    names_of_a_programme_are(visitor, "Povzetek v lahkem branju")
    page = visitor.open("/admin/account/")
    page.locator("select[name=locale-preferred_language]").select_option("en")
    page.locator("form button[type=submit]").last.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    names_of_a_programme_are(visitor, "Easy-to-read summary")


def names_of_a_programme_are(visitor: Visitor, name: str) -> None:
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
