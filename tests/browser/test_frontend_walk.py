"""A visitor walks through the site: by mouse and keyboard, without a network, and over pages that are no more."""

import re
from collections.abc import Callable
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor

# The demo is a copy of the test database, which is made for tests with this mark only.
pytestmark = pytest.mark.django_db

CENTRES = "/sl/kompetencni-centri/"
TRAINING = f"{CENTRES}ucni-center/zahteven-pogovor/"
AWARD = f"{CENTRES}pionirska/priznanje-zlata-hruska/"
WORDS = {
    "sl": {
        "path": "/sl/", "centres": "Kompetenčni centri", "centre": "Pionirska", "programme": "Strokovne srede",
        "official": "Pionirska – Center za mladinsko književnost in knjižničarstvo",
        "apply": "Prijavite se", "other": "EN", "other_path": "/en/",
    },
    "en": {
        "path": "/en/", "centres": "Competence centres", "centre": "Pionirska", "programme": "Professional Wednesdays",
        "official": "Pionirska – Centre for Youth Literature and Librarianship",
        "apply": "Apply", "other": "SL", "other_path": "/sl/",
    },
}  # fmt: skip


def heading(page: Page) -> str:
    return page.locator("h1").inner_text()


@pytest.mark.parametrize("width", ["phone", "desktop"])
@pytest.mark.parametrize("locale", WORDS)
def test_from_the_first_page_to_an_application(
    visit: Callable[..., Visitor], locale: str, width: str
) -> None:
    words = WORDS[locale]
    visitor = visit(width)
    page = visitor.open(words["path"])
    if width == "phone":
        page.locator(".menu-button").click()
    page.locator("#menu-list").get_by_role("link", name=words["centres"], exact=True).click()
    expect(page.locator("h1")).to_have_text(words["centres"])
    page.locator(".card").get_by_role("link", name=words["centre"]).click()
    expect(page.locator("h1")).to_have_text(words["centre"])
    expect(page.locator("#facts .facts")).to_contain_text(words["official"])
    page.locator(".card").get_by_role("link", name=words["programme"]).first.click()
    expect(page.locator("h1")).to_have_text(words["programme"])
    apply = page.locator(".edition").get_by_role("link", name=words["apply"])
    assert re.match(r"https://prijave\.knjiznica\.example/", apply.first.get_attribute("href") or "")
    page.get_by_role("link", name=words["other"], exact=True).click()
    page.wait_for_url(f"**{words['other_path']}**")
    visitor.settled()
    expect(page.locator("html")).to_have_attribute("lang", words["other_path"].strip("/"))
    assert visitor.complaints == []


def test_a_move_puts_title_menu_and_languages_right(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    page = visitor.open("/sl/")
    page.locator("#menu-list").get_by_role("link", name="Kompetenčni centri", exact=True).click()
    expect(page.locator("h1")).to_have_text("Kompetenčni centri")
    assert page.title() == "Kompetenčni centri – Kompetenčni centri"
    expect(page.locator("#menu-list [aria-current=page]")).to_have_text("Kompetenčni centri")
    assert page.locator("link[rel=canonical]").get_attribute("href") == f"{visitor.address}{CENTRES}"
    assert page.locator(".languages a[lang=en]").get_attribute("href") == "/en/competence-centres/"
    assert page.locator("script[type='application/ld+json']").count() == 1
    page.locator(".card a").first.click()
    expect(page.locator("html")).to_have_attribute("data-hue", re.compile(r"\d"))
    page.go_back()
    expect(page.locator("h1")).to_have_text("Kompetenčni centri")
    assert visitor.complaints == []


def test_moving_loads_no_document_and_back_is_where_one_was(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    page = visitor.open("/sl/")
    page.evaluate("window.same = true")
    link = page.locator(".site-footer").get_by_role("link", name="Pionirska")
    link.scroll_into_view_if_needed()
    place = page.evaluate("scrollY")
    assert place > 0
    link.click()
    expect(page.locator("h1")).to_have_text("Pionirska")
    expect(page.locator("h1")).to_be_focused()
    expect(page).to_have_title("Pionirska – Kompetenčni centri")
    page.locator("#dates h3 a", has_text="Strokovne srede").first.click()
    expect(page.locator("h1")).to_have_text("Strokovne srede")
    expect(page.locator(".edition").first).to_be_focused()
    assert page.evaluate("window.same")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Pionirska")
    page.go_back()
    expect(page.locator("h1")).to_contain_text("slovenskih splošnih knjižnic")
    page.wait_for_function("place => Math.abs(scrollY - place) < 50", arg=place)
    # The search works on a page that one has moved to.
    page.locator("#menu-list").get_by_role("link", name="Iskanje", exact=True).click()
    expect(page.locator("h1")).to_have_text("Iskanje")
    page.get_by_role("searchbox").press_sequentially("hruško", delay=30)
    expect(page.locator(".hits mark").first).to_be_visible()
    assert page.evaluate("window.same")
    assert visitor.complaints == []


@pytest.mark.parametrize("path", ["/sl/", CENTRES, f"{CENTRES}pionirska/", TRAINING, AWARD, "/sl/koledar/"])
def test_a_page_asks_the_api_for_nothing(visit: Callable[..., Visitor], path: str) -> None:
    visitor = visit()
    visitor.open(path)
    visitor.page.wait_for_timeout(300)
    assert visitor.api_requests == []


def test_facts_of_an_edition_are_plain(visit: Callable[..., Visitor]) -> None:
    page = visit().open(TRAINING)
    edition = page.locator(".edition").first
    expect(edition.locator("h3")).to_have_text("sreda, 7. april 2027")
    expect(edition.locator(".badge")).to_have_text("prijave odprte")
    text = edition.inner_text().replace("\xa0", " ")
    assert "še 8 prostih mest od 20" in text
    assert "brezplačno (študenti, študenti bibliotekarstva)" in text
    assert "60 €" in text
    button = edition.get_by_role(
        "link", name="Prijavite se: Zahteven pogovor ob izposoji, sreda, 7. april 2027"
    )
    expect(button).to_be_visible()


def test_a_telephone_number_is_written_as_one_reads_it(visit: Callable[..., Visitor]) -> None:
    page = visit().open(f"{CENTRES}pionirska/")
    number = page.locator("aside a[href='tel:+38610000102']")
    expect(number).to_have_text("+386 1 000 01 02")


def test_what_stands_in_for_a_missing_translation_says_in_which_language_it_is(
    visit: Callable[..., Visitor],
) -> None:
    visitor = visit()
    page = visitor.open("/en/competence-centres/pionirska/manual/")
    expect(page.get_by_role("heading", name="O črtah in luknjah")).to_have_attribute("lang", "sl")
    page = visitor.open(f"{CENTRES}pionirska/prirocnik/")
    assert page.locator(".issue h3[lang]").count() == 0


def test_older_years_of_an_award_come_on_demand(visit: Callable[..., Visitor]) -> None:
    page = visit().open(AWARD)
    years = page.locator(".year h3")
    expect(years).to_have_text(["2025", "2024", "2023", "2022"])
    expect(page.locator("#content").get_by_text("V tem letu ni bilo podeljeno.").first).to_be_visible()
    page.get_by_role("link", name="Pokaži starejše").click()
    expect(years.nth(4)).to_be_focused()
    expect(years.nth(4)).to_have_text("2021")


def test_search_answers_while_one_types(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    page = visitor.open("/sl/iskanje/")
    field = page.get_by_role("searchbox", name="Kaj iščete?")
    field.press_sequentially("hruško", delay=30)
    expect(page.locator(".hits mark").first).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("zadet")
    assert unquote(page.url).endswith("/sl/iskanje/?q=hruško")
    # One question for a word that is typed at once, not one for each letter.
    assert len([url for url in visitor.asked if "/sl/iskanje/?q=" in url]) <= 3
    all_hits = page.locator(".hits li").count()
    kinds = page.get_by_role("navigation", name=re.compile("Vrsta"))
    kinds.get_by_role("link", name=re.compile("Programi")).click()
    expect(kinds.get_by_role("link", name=re.compile("Programi"))).to_have_attribute("aria-current", "true")
    expect(page.locator(".hits li")).not_to_have_count(0)
    assert page.locator(".hits li").count() <= all_hits
    field.fill("qwxyz")
    expect(page.get_by_role("status")).to_have_text("Za »qwxyz« ni zadetkov. Poskusite z drugo besedo.")
    field.fill("")
    expect(page.get_by_role("status")).to_have_text("")
    assert visitor.complaints == []


def test_no_filter_is_called_in_the_gender_of_what_it_filters(visit: Callable[..., Visitor]) -> None:
    page = visit().open("/sl/iskanje/?q=knjižnica")
    for filtered, every in (("Vrsta", "vse"), ("Center", "vsi")):
        group = page.get_by_role("navigation", name=re.compile(filtered))
        expect(group.get_by_role("link", name=every, exact=True)).to_be_visible()


def test_search_takes_whatever_is_typed(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    page = visitor.open(f"/sl/iskanje/?q={'hruška' * 500}")
    expect(page.get_by_role("status")).to_contain_text("ni zadetkov")
    field = page.get_by_role("searchbox")
    for text in ("<b>hruška", '"', "%", "🙂", "'; --"):
        field.fill(text)
        expect(page.get_by_role("status")).to_contain_text(re.compile(r"zadet"))
    # With the first letter nothing is sought yet.
    field.fill("h")
    expect(page.get_by_role("status")).to_have_text("Vpišite vsaj dve črki.")
    assert visitor.complaints == []


def test_search_works_from_its_address(visit: Callable[..., Visitor]) -> None:
    page = visit().open("/en/search/?q=reading&type=PROGRAMME")
    expect(page.locator(".hits a").first).to_be_visible()
    expect(page.get_by_role("searchbox")).to_have_value("reading")
    page.locator(".hits a").first.click()
    expect(page.locator("h1")).not_to_have_text("Search")
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("reading")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_calendar_turns_months_and_is_filtered(visit: Callable[..., Visitor], scripts: bool) -> None:
    visitor = visit(java_script_enabled=scripts) if not scripts else visit()
    page = visitor.page
    page.goto(f"{visitor.address}/sl/koledar/")
    page.locator(".choices").get_by_role("link", name="Mesec", exact=True).click()
    expect(page.locator("#month")).to_contain_text("Marec 2027")
    page.get_by_role("link", name="Naslednji mesec").click()
    expect(page.locator("#month")).to_contain_text("April 2027")
    event = page.locator(".day li", has_text="Zahteven pogovor ob izposoji")
    expect(event.first).to_be_visible()
    page.get_by_label("Center", exact=True).select_option(label="Pionirska")
    if not scripts:
        page.get_by_role("button", name="Pokaži").click()
    expect(event).to_have_count(0)
    expect(page.locator("#month")).to_contain_text("April 2027")
    feed = page.get_by_role("link", name="Naročite se na te termine").get_attribute("href")
    assert page.request.get(f"{visitor.address}{feed}").headers["content-type"].startswith("text/calendar")
    page.locator(".day li a").first.click()
    expect(page.locator("article.edition, .past li").first).to_be_attached()
    assert "#edition-" in page.url
    assert visitor.complaints == []


@pytest.mark.parametrize(("path", "status"), [("/sl/nikjer/", 404), ("/en/nowhere/at/all/", 404)])
def test_what_is_not_there_says_so_and_shows_a_way_on(
    visit: Callable[..., Visitor], path: str, status: int
) -> None:
    visitor = visit()
    answer = visitor.page.goto(visitor.address + path)
    assert answer
    assert answer.status == status
    expect(visitor.page.get_by_role("searchbox")).to_have_value(path.strip("/").rpartition("/")[2])
    visitor.page.locator(".doors a").first.click()
    expect(visitor.page.locator(".card").first).to_be_visible()


def test_a_page_that_the_browser_has_kept_is_shown_again(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    visitor.open(CENTRES)
    visitor.page.reload()
    visitor.settled()
    expect(visitor.page.locator(".card").first).to_be_visible()
    assert visitor.complaints == []


def test_a_phone_has_room_for_what_the_commission_says(visit: Callable[..., Visitor]) -> None:
    page = visit("phone").open("/sl/komisija/")
    summary = page.locator(".reviews .summary p").first
    assert summary.evaluate("text => text.getBoundingClientRect().width") > 150


def wait_until_kept(page: Page, url: str) -> None:
    """Wait until the service worker is in charge and has put an answer by."""
    kept = "async url => Boolean(navigator.serviceWorker.controller && await caches.match(url, { ignoreVary: true }))"
    for _ in range(150):
        if page.evaluate(kept, url):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"{url} was never kept")


def test_what_was_read_is_there_without_a_network(visit: Callable[..., Visitor]) -> None:
    visitor = visit(service_workers="allow")
    page = visitor.open("/sl/")
    wait_until_kept(page, page.url)
    page.locator("#menu-list").get_by_role("link", name="Kompetenčni centri", exact=True).click()
    expect(page.locator("h1")).to_have_text("Kompetenčni centri")
    wait_until_kept(page, page.url)

    visitor.context.set_offline(True)
    page.reload()
    expect(page.locator("h1")).to_have_text("Kompetenčni centri")
    expect(page.locator(".card").first).to_be_visible()
    page.goto(f"{visitor.address}/sl/")
    expect(page.locator(".row").first).to_be_visible()
    page.locator("#menu-list").get_by_role("link", name="O strani", exact=True).click()
    expect(page.locator("h1")).to_contain_text("Brez povezave ste.")

    visitor.context.set_offline(False)
    page.reload()
    expect(page.locator("h1")).to_have_text("O strani")


def test_without_a_script_one_goes_from_the_first_page_to_an_application(
    visit: Callable[..., Visitor],
) -> None:
    visitor = visit(java_script_enabled=False)
    page = visitor.page
    page.goto(f"{visitor.address}/sl/")
    page.get_by_role("searchbox").fill("zahteven pogovor")
    page.get_by_role("button", name="Poišči").click()
    page.locator(".hits").get_by_role("link", name="Zahteven pogovor ob izposoji", exact=True).first.click()
    expect(page.locator("h1")).to_have_text("Zahteven pogovor ob izposoji")
    edition = page.locator(".edition").first
    expect(edition).to_contain_text("60 €")
    expect(edition.get_by_role("link", name=re.compile("Prijavite se"))).to_be_visible()


def test_a_filter_works_at_once_and_the_address_says_so(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    page = visitor.open("/sl/programi/")
    every = page.locator(".card").count()
    page.get_by_label("Vrsta", exact=True).select_option(label="priznanje")
    expect(page).to_have_url(re.compile("kind=AWARD"))
    expect(page.locator(".card")).not_to_have_count(every)
    page.reload()
    expect(page.get_by_label("Vrsta", exact=True)).to_have_value("AWARD")
    assert visitor.complaints == []


def test_a_preview_that_is_no_more_says_so(visit: Callable[..., Visitor]) -> None:
    page = visit().open("/-/preview/?token=forged")
    expect(page.locator("h1")).to_have_text("Tega predogleda ni mogoče pokazati")
