"""A visitor turns back too soon, presses twice, loses the network or follows a broken link: the page stays whole."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.browser import PAGES
from tests.browser.conftest import Visitor

# The demo is a copy of the test database, which is made for tests with this mark only.
pytestmark = pytest.mark.django_db

AWARD = PAGES["award"][0]


def test_half_a_letter_behind_the_hash_breaks_nothing(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    page = visitor.open("/sl/#%E0%A4%A")
    expect(page.locator("h1")).to_be_visible()
    assert visitor.complaints == []


def test_the_keyboard_goes_on_from_the_edition_that_a_link_named(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    page = visitor.open("/sl/koledar/")
    page.locator(".row h3 a", has_text="Zahteven pogovor").first.click()
    expect(page.locator(".edition").first).to_be_in_viewport()
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('.edition'))")
    visitor.open("/sl/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_calendar_leads_to_itself_in_the_other_language(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    page = visitor.open("/sl/")
    page.locator("#menu-list").get_by_role("link", name="Koledar", exact=True).click()
    expect(page.locator("h1")).to_have_text("Koledar")
    assert page.locator("meta[name=description]").count() == 1
    page.get_by_role("link", name="EN", exact=True).click()
    page.wait_for_url("**/en/calendar/")
    expect(page.locator("h1")).to_have_text("Calendar")


def test_a_centre_that_is_not_there_leaves_the_calendar_of_all(visit: Callable[..., Visitor]) -> None:
    page = visit().open("/sl/koledar/?month=2027-04&centre=nikjer")
    expect(page.locator(".day li").first).to_be_visible()
    expect(page.get_by_label("Center", exact=True)).to_have_value("")


def test_more_of_an_award_is_a_page_of_its_own_after_a_failure(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    page = visitor.open(AWARD)
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('no network')); }")
    page.get_by_role("link", name="Pokaži starejše").click()
    expect(page.locator(".year h3").first).to_have_text("2021")
    assert "years=" in page.url


def test_who_presses_twice_gets_each_hit_once(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    page = visitor.open("/sl/iskanje/?q=knjižnica")
    page.get_by_role("link", name="Pokaži več").dblclick()
    expect(page.locator(".hits > li")).not_to_have_count(20)
    found = page.locator(".hits h2 a").evaluate_all("links => links.map(link => link.pathname)")
    assert len(found) == len(set(found))
    assert len(found) > 20
    assert visitor.complaints == []


def test_what_was_typed_before_the_script_came_is_sought(visit: Callable[..., Visitor]) -> None:
    visitor = visit(own_clock=True)
    page = visitor.page
    waiting: list[Route] = []

    def hold(script: Route) -> None:
        waiting.append(script)

    page.route("**/*.js", hold)
    page.goto(f"{visitor.address}/sl/iskanje/?q=znak", wait_until="commit")
    field = page.locator("#q")
    field.fill("hruška")
    field.focus()
    for script in waiting:
        script.continue_()
    expect(page).to_have_url(re.compile(r"q=hru"))
    expect(field).to_have_value("hruška")
    expect(field).to_be_focused()
    expect(page.locator(".hits mark").first).to_be_visible()
