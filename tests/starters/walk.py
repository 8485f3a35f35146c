"""What holds for both sites: the same pages, at the same paths."""

import http.client
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser.barriers import LAYOUT, RULES, barriers
from tests.browser.conftest import Visitor

HOME, CENTRES = "/sl/", "/sl/kompetencni-centri/"
CENTRE = "/sl/kompetencni-centri/pionirska/"
PROGRAMME = "/sl/kompetencni-centri/pionirska/strokovne-srede/"
TRAINING = "/sl/kompetencni-centri/ucni-center/zahteven-pogovor/"
AWARD = "/sl/kompetencni-centri/pionirska/priznanje-zlata-hruska/"
CALENDAR, SEARCH = "/sl/koledar/", "/sl/iskanje/"
PAGES = (
    HOME, "/en/", CENTRES, CENTRE, PROGRAMME, TRAINING, AWARD, "/sl/kompetencni-centri/pionirska/prirocnik/",
    "/sl/komisija/", "/sl/o-strani/", "/en/about-this-site/accessibility-statement/", CALENDAR, SEARCH, "/sl/nikjer/",
)  # fmt: skip
OLD, NEW = "/sl/zlata-hruska/", AWARD


def status(address: str, path: str) -> tuple[int, str | None]:
    """Return the status of a path and where it leads, without following."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, answer.getheader("Location")


def walk(visitor: Visitor) -> None:
    """Go from the home page to a centre, a programme, an award, the calendar and the English pages, by links."""
    page = visitor.open(HOME)
    expect(page).to_have_title("Kompetenčni centri slovenskih splošnih knjižnic")
    follow(page, "Pionirska", CENTRE)
    expect(page.locator("aside")).to_contain_text("mladinsko knjižničarstvo")
    follow(page, "Strokovne srede", PROGRAMME)
    expect(page.locator(".dates li").first).to_contain_text("Knjižnica Otona Župančiča")
    assert page.locator("script[type='application/ld+json']").text_content().startswith("{")  # type: ignore[union-attr]
    visitor.open(CENTRE)
    follow(page, "Priznanje zlata hruška", AWARD)
    expect(page.locator(".award", has_text="2023").get_by_text("Tik je šel v gozd po drva")).to_be_visible()
    follow(page, "Koledar", CALENDAR)
    expect(page.locator(".dates li").first).to_be_visible()
    follow(page, "English", "/en/calendar/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    follow(page, "Competence centres", "/en/competence-centres/")
    follow(page, "Training Centre", "/en/competence-centres/training-centre/")
    stand_in = page.locator(".card", has_text="Dostopne objave na spletu")
    expect(stand_in.get_by_role("link")).to_have_attribute("lang", "sl")
    follow(page, "Slovenščina", "/sl/kompetencni-centri/ucni-center/")
    assert visitor.complaints == []


def follow(page: Page, name: str, path: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()
    page.wait_for_url(f"**{path}")


def search(visitor: Visitor) -> None:
    """Search for a word, choose a facet, and find fewer pages."""
    page = visitor.open(HOME)
    page.get_by_label("Kaj iščete?").fill("knjižničarjem")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{SEARCH}?q=*")
    expect(page.locator(".hits mark").first).to_be_visible()
    before = page.locator(".count").inner_text()
    page.get_by_role("group", name="Vrsta").get_by_label("Centri").check()
    expect(page.locator(".count")).not_to_have_text(before)
    assert "types=CENTRE" in page.url
    assert visitor.complaints == []


def has_no_barrier(visitor: Visitor, path: str) -> None:
    """Look at a page at two widths, light and dark: axe finds nothing, and nothing runs out at the side."""
    page = visitor.open(path)
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("html")).to_have_attribute("lang", path[1:3])
    for width in (320, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert barriers(page, rules=RULES if width == 320 else LAYOUT) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.emulate_media(color_scheme="dark")
    assert barriers(page, rules=LAYOUT) == []
    assert visitor.complaints == []
