"""Dates in a browser: what is typed stays as it is typed, and a plan to publish never becomes »at once«."""

import re
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import number_of
from tests.browser.librarians import Librarian, come, own_site

__all__ = ["come", "own_site"]

pytestmark = pytest.mark.django_db

UNREADABLE = "enkrat spomladi"


@pytest.fixture
def lead(come: Callable[[str], Librarian]) -> Librarian:
    return come("vodja.pionirska")


@pytest.mark.parametrize("written", [UNREADABLE, "12. 1. 2027 10.00", "12.1.2027 10:00"])
def test_leaving_a_field_changes_nothing_that_was_typed(lead: Librarian, written: str) -> None:
    page = lead.open("/admin/snippets/centres/eventedition/add/")
    field = page.locator("input[name=sessions-0-start]")
    field.click()
    field.press_sequentially(written)
    field.press("Tab")
    page.locator("body").click(position={"x": 5, "y": 5})
    expect(field).to_have_value(written)
    expect(page.locator(".xdsoft_datetimepicker:visible")).to_have_count(0)
    assert lead.complaints == []


def test_a_plan_that_cannot_be_read_stays_in_its_dialog_and_nothing_is_published(lead: Librarian) -> None:
    page = opened_plan(lead)
    field = page.locator("input[name=go_live_at]")
    field.click()
    field.press("ControlOrMeta+a")
    field.press_sequentially(UNREADABLE)
    with page.expect_navigation():
        page.get_by_role("button", name="Shrani urnik").click()  # nothing lies over it
    expect(page.locator("input[name=go_live_at]")).to_have_value(UNREADABLE)
    expect(page.get_by_text("na primer 12. 1. 2027 10:00").first).to_be_attached()
    assert lead.complaints == []


def test_a_plan_is_kept_as_it_is_written_and_the_public_waits_for_it(lead: Librarian) -> None:
    page = opened_plan(lead)
    field = page.locator("input[name=go_live_at]")
    field.click()
    field.press("Escape")  # closes the calendar, and not the dialog
    expect(field).to_be_visible()
    field.press("ControlOrMeta+a")
    field.press_sequentially("12. 1. 2080 10.00")
    with page.expect_navigation():
        page.get_by_role("button", name="Shrani urnik").click()
    expect(page.locator("input[name=go_live_at]")).to_have_value("12. 1. 2080 10:00")
    assert lead.complaints == []


def test_a_plan_is_made_with_keys_alone(lead: Librarian) -> None:
    page = opened_programme(lead)
    by_keys(page, page.get_by_role("button", name="Preklopi stanje").first, "Enter")
    by_keys(page, page.get_by_role("button", name=re.compile("urnik", re.IGNORECASE)).first, "Enter")
    field = page.locator("input[name=expire_at]")
    by_keys(page, field, "ControlOrMeta+a")
    page.keyboard.type("12. 1. 2081 10.00")
    with page.expect_navigation():
        by_keys(page, page.get_by_role("button", name="Shrani urnik"), "Enter")
    expect(page.locator("input[name=expire_at]")).to_have_value("12. 1. 2081 10:00")
    assert lead.complaints == []


def by_keys(page: Page, wanted: Locator, key: str) -> None:
    """Go to an element with the tabulator and press a key there."""
    for _ in range(150):
        if wanted.evaluate("one => one === document.activeElement"):
            page.keyboard.press(key)
            return
        page.keyboard.press("Tab")
    pytest.fail(f"The keyboard does not get to {wanted}.")


def opened_plan(lead: Librarian) -> Page:
    """Return the page with the dialog in which the publishing of a programme is planned."""
    page = opened_programme(lead)
    page.get_by_role("button", name="Preklopi stanje").first.click()
    page.get_by_role("button", name=re.compile("urnik", re.IGNORECASE)).first.click()
    return page


def opened_programme(lead: Librarian) -> Page:
    """Return the form of a programme of the lead's centre."""
    query = urlencode({"query": '{ centre(slug: "pionirska") { programmes { nodes { id } } } }'})
    answer = lead.page.request.get(f"{lead.address}/graphql/?{query}").json()
    number = number_of(answer["data"]["centre"]["programmes"]["nodes"][0]["id"])
    return lead.open(f"/admin/pages/{number}/edit/")
