"""A visitor turns back too soon, presses twice, loses the network or follows a broken link: the page stays whole."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser import PAGES
from tests.browser.conftest import Visitor

# The demo is a copy of the test database, which is made for tests with this mark only.
pytestmark = pytest.mark.django_db

AWARD = PAGES["award"][0]
SLOW = """() => {
    const { fetch } = window;
    window.fetch = async (...all) => {
        const answer = await fetch(...all);
        await new Promise((done) => setTimeout(done, 1_000));
        return answer;
    };
}"""


def test_half_a_letter_behind_the_hash_breaks_nothing(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    page = visitor.open("/sl/#%E0%A4%A")
    expect(page.locator(".card").first).to_be_visible()
    assert visitor.complaints == []


def test_who_goes_back_from_what_failed_sees_the_page_before(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    page = visitor.open("/sl/")
    page.route("**/graphql/**", lambda request: request.abort())
    page.locator("#menu-list").get_by_role("link", name="O strani", exact=True).click()
    expect(page.locator("h1")).to_have_text("Vsebine ni bilo mogoče naložiti")
    page.unroute("**/graphql/**")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Kompetenčni centri slovenskih splošnih knjižnic")


def test_who_goes_back_before_the_next_page_came_stays(visit: Callable[..., Visitor]) -> None:
    page = visit(own_clock=True).open("/sl/")
    page.evaluate(SLOW)
    page.locator("#menu-list").get_by_role("link", name="O strani", exact=True).click()
    page.evaluate("history.back()")
    page.wait_for_timeout(2_500)
    assert page.url.endswith("/sl/")
    expect(page.locator("h1")).to_have_text("Kompetenčni centri slovenskih splošnih knjižnic")


def test_a_link_to_where_one_is_takes_no_second_step_back(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    page = visitor.open("/sl/")
    link = page.locator("#menu-list").get_by_role("link", name="O strani", exact=True)
    for _ in range(3):
        link.click()
        visitor.settled()
    page.go_back()
    expect(page.locator("h1")).to_have_text("Kompetenčni centri slovenskih splošnih knjižnic")


def test_the_keyboard_goes_on_from_the_edition_that_a_link_named(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    page = visitor.open("/sl/koledar/?month=2027-04")
    page.locator(".row h3 a", has_text="Zahteven pogovor").click()
    expect(page.locator(".edition h3").first).to_be_focused()
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
    expect(page.locator(".row").first).to_be_visible()
    expect(page.locator(".choices [aria-current]")).to_have_text("Vsi centri")


def test_more_of_an_award_is_asked_for_again_after_a_failure(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    page = visitor.open(AWARD)
    page.route("**/graphql/**", lambda request: request.abort())
    button = page.get_by_role("button", name="Pokaži starejše")
    button.click()
    expect(page.get_by_role("alert")).to_have_text("Vsebine ni bilo mogoče naložiti")
    page.unroute("**/graphql/**")
    button.click()
    expect(page.locator(".year h3").nth(4)).to_have_text("2021")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_who_presses_twice_gets_each_hit_once(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    page = visitor.open("/sl/iskanje/?q=knjižnica")
    page.get_by_role("button", name="Pokaži več").dblclick()
    page.get_by_role("button", name="Pokaži več").wait_for(state="hidden")
    found = page.locator(".hits h2 a").evaluate_all("links => links.map(link => link.pathname)")
    assert len(found) == len(set(found))
    expect(page.get_by_role("status")).to_contain_text(str(len(found)))
    assert visitor.complaints == []


def test_what_was_typed_before_the_script_came_is_sought(visit: Callable[..., Visitor]) -> None:
    visitor = visit(own_clock=True)
    page = visitor.page
    page.add_init_script(f"({SLOW})()")
    page.goto(f"{visitor.address}/sl/iskanje/?q=znak", wait_until="commit")
    field = page.locator("#q:not([aria-describedby])")
    field.fill("hruška")
    field.focus()
    visitor.settled()
    field = page.locator("#q[aria-describedby]")
    expect(field).to_have_value("hruška")
    expect(field).to_be_focused()
    expect(page.locator(".hits mark").first).to_be_visible()
