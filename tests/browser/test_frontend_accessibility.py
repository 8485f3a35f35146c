"""Every type of page, at four widths, light and dark: no barrier that axe finds, and more of WCAG."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PAGES
from tests.browser.barriers import LAYOUT, RULES, barriers
from tests.browser.conftest import WIDTHS, Visitor

# The demo is a copy of the test database, which is made for tests with this mark only.
pytestmark = pytest.mark.django_db

EACH = [(name, path) for name, paths in PAGES.items() for path in paths]
NAMES = [f"{name}-{path[1:3]}" for name, path in EACH]


@pytest.mark.parametrize(("name", "path"), EACH, ids=NAMES)
def test_axe_finds_no_barrier(visit: Callable[..., Visitor], name: str, path: str) -> None:
    visitor = visit()
    page = visitor.open(path)
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("html")).to_have_attribute("lang", path[1:3])
    for width in (320, 390, 768, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        # The menu and the lists change their form between the narrowest and the widest page.
        assert barriers(page, rules=RULES if width in (320, 1440) else LAYOUT) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.emulate_media(color_scheme="dark")
    assert barriers(page, rules=LAYOUT) == []
    # Letters of twice the size on half a desktop's width: nothing may run out of its box.
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.set_viewport_size({"width": 640, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert visitor.complaints == []
    assert all(url.startswith((visitor.address, "data:")) for url in visitor.asked)


@pytest.mark.parametrize("path", [PAGES["dates"][0], PAGES["programmes"][1], PAGES["search"][0]])
def test_axe_finds_no_barrier_where_the_script_never_came(visit: Callable[..., Visitor], path: str) -> None:
    visitor = visit()
    visitor.page.route("**/*.js", lambda script: script.abort())
    page = visitor.open(path)
    for width in (320, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert barriers(page) == []
    page.emulate_media(color_scheme="dark")
    assert barriers(page) == []


def test_axe_would_find_a_barrier(visit: Callable[..., Visitor]) -> None:
    page = visit().open("/sl/nikjer/")
    page.evaluate("document.querySelector('h1').insertAdjacentHTML('afterend', '<img src=\"/x.png\">')")
    assert [line.partition(":")[0] for line in barriers(page)] == ["image-alt"]


@pytest.mark.parametrize("width", WIDTHS)
def test_targets_are_large_enough(visit: Callable[..., Visitor], width: str) -> None:
    page = visit(width).open(PAGES["training"][0])
    small = page.evaluate("""() => [...document.querySelectorAll("a, button, summary, input")]
        .filter(e => e.checkVisibility() && !e.closest("p, .prose, dd, h3, li li") && !e.matches(".skip"))
        .map(e => [e.textContent.trim(), e.getBoundingClientRect()])
        .filter(([, box]) => box.width && (box.width < 24 || box.height < 24)).map(([text]) => text)""")
    assert small == []


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))


@pytest.mark.parametrize(("path", "first", "second"), [
    ("/sl/", "Na vsebino", "Na glavni meni"),
    ("/en/", "Skip to content", "Skip to main menu"),
])  # fmt: skip
def test_the_skip_links_come_first_and_lead_where_they_say(
    visit: Callable[..., Visitor], path: str, first: str, second: str
) -> None:
    page = visit().open(path)
    page.keyboard.press("Tab")
    assert focused(page) == first
    expect(page.locator(".skip").first).to_be_in_viewport()
    page.keyboard.press("Tab")
    assert focused(page) == second
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('nav')?.id") == "menu-list"
    page.keyboard.press("Shift+Tab")
    page.locator(".skip").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(visit: Callable[..., Visitor]) -> None:
    page = visit("phone").open("/sl/")
    menu = page.locator("#menu-list")
    expect(menu).to_be_hidden()
    page.get_by_role("button", name="Meni").focus()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    assert barriers(page) == []
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    assert focused(page) == "Meni"


def test_text_that_stands_in_for_a_translation_says_its_language(visit: Callable[..., Visitor]) -> None:
    page = visit().open("/en/competence-centres/training-centre/")
    card = page.locator(".card", has_text="Dostopne objave na spletu")
    expect(card.get_by_role("link")).to_have_attribute("lang", "sl")
    expect(card.get_by_role("link")).to_have_attribute("hreflang", "sl")
    expect(card.locator("p[lang=sl]")).not_to_be_empty()
    expect(card.get_by_text("Slovenian")).to_be_visible()
    expect(page.locator(".file a", has_text="Predstavitev Učnega centra").first).to_have_attribute(
        "lang", "sl"
    )
    page = visit().open(PAGES["award"][1])
    expect(page.locator("cite", has_text="Pasje poletje")).to_have_attribute("lang", "sl")


def test_motion_stops_for_those_who_do_not_want_it(visit: Callable[..., Visitor]) -> None:
    page = visit(reduced_motion="reduce").open("/sl/")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    assert page.evaluate("getComputedStyle(document.querySelector('.card')).transitionDuration") in (
        "0s",
        "1e-05s",
    )


def test_paper_gets_the_content_alone(visit: Callable[..., Visitor]) -> None:
    page = visit().open(PAGES["training"][0])
    page.emulate_media(media="print")
    for hidden in (".site-header nav", ".crumbs", ".site-footer nav"):
        expect(page.locator(hidden).first).to_be_hidden()
    apply = page.get_by_role("link", name="Prijavite se").first
    expect(apply).to_be_visible()
    assert "https://" in apply.evaluate("link => getComputedStyle(link, '::after').content")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".facts").first).to_be_visible()


def test_colours_of_the_system_are_left_to_it(visit: Callable[..., Visitor]) -> None:
    page = visit(forced_colors="active").open("/sl/")
    expect(page.locator(".badge").first).to_be_visible()
    assert barriers(page) == []
