"""Librarians at work in the admin: an editor writes, the lead publishes, the secretary records a decision.

Screenshots of each step lie in the folder that SCREENSHOTS names, if it is set.
"""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import TimeoutError as WaitedInVain

from tests.browser.barriers import WAGTAIL, barriers
from tests.browser.conftest import served

pytestmark = pytest.mark.django_db

PASSWORD = "knjiga-je-okno"  # of the demo's users, in config/settings/dev.py
PROGRAMME = "Pravljične minute za knjižničarje"
SUMMARY = (
    "Kako pripoveduje knjižničar, ki za pravljico nima več kot pet minut: vaje, glas, premor in dober konec."
)


NEW_NAME = "Kompetenčni center za učenje odraslih v knjižnicah"
ENGLISH_SUMMARY = (
    "How to write posts and mails so that people who use screen readers get all of what they say."
)


class Librarian:
    """Somebody signed in to the admin."""

    def __init__(self, page: Page, address: str, name: str) -> None:
        self.page, self.address, self.name = page, address, name
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.open("/admin/login/")
        page.fill("input[name=username]", name)
        page.fill("input[name=password]", PASSWORD)
        page.get_by_role("button", name="Prijava").click()
        page.wait_for_url(f"{address}/admin/")

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page

    def choose(self, field: str, words: str, search: str = "") -> None:
        """Choose what is called ``words`` in the window that the button of ``field`` opens."""
        page = self.page
        page.locator(f"#{field}-chooser").get_by_role("button", name=re.compile("Izberi")).click()
        window = page.locator(".modal-body")
        # A link of the list that stands there before the answer comes leads nowhere once it is replaced.
        with page.expect_response(re.compile(r"[?&]q=")):
            window.locator("input[name=q]").fill(search or words)
        page.wait_for_timeout(500)
        window.get_by_role("link", name=words, exact=True).click()
        window.wait_for(state="detached")

    def choose_first(self, field: str) -> None:
        """Tick the first row of the window in which several are chosen for ``field``."""
        page = self.page
        page.locator(f"#{field}").click()
        window = page.locator(".modal-body")
        window.locator("[data-multiple-choice-select]").first.check()
        window.locator("[data-multiple-choice-submit]").click()
        window.wait_for(state="detached")
        expect(page.locator("[data-choose-many] li").first).to_be_visible()

    def press(self, words: str) -> None:
        """Press a button of the bar at the foot of a form, which may stand behind the arrow."""
        button = self.page.locator("footer").get_by_role("button", name=words).first
        if not button.is_visible():
            self.page.locator("footer [data-w-dropdown-target=toggle]").click()
        with self.page.expect_navigation():
            button.click()

    def kept(self) -> None:
        """Wait until the form of something new has kept itself as a draft; who waits in vain presses the button.

        Not before: while Wagtail keeps a new page, it takes a pressed button for a second new page.
        """
        try:
            self.page.wait_for_url(re.compile("/edit/"))
        except WaitedInVain:
            self.press("Shrani osnutek")
        self.page.wait_for_timeout(2_000)

    def says(self, words: str) -> None:
        """Expect a message to the signed-in person."""
        expect(self.page.locator(".messages")).to_contain_text(words)

    def picture(self, name: str) -> None:
        if folder := os.environ.get("SCREENSHOTS"):
            self.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.fixture(scope="module")
def own_site(
    browser: Browser, demo_database: BaseDatabaseWrapper, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Serve a demo that other tests do not read: what is published here would change what they find."""
    with served(demo_database, tmp_path_factory.mktemp("edited")) as address:
        yield address


@pytest.fixture
def sign_in(browser: Browser, own_site: str) -> Iterator[Callable[[str], Librarian]]:
    contexts = []

    def come(name: str) -> Librarian:
        context = browser.new_context(viewport={"width": 1280, "height": 1000}, reduced_motion="reduce")
        context.set_default_timeout(20_000)
        contexts.append(context)
        return Librarian(context.new_page(), own_site, name)

    yield come
    for context in contexts:
        context.close()


def test_a_programme_goes_from_the_editor_to_the_public(sign_in: Callable[[str], Librarian]) -> None:
    editor = sign_in("urednik.pionirska")
    editor.picture("1-editor-home")
    number = add_programme(editor)
    add_edition(editor)

    lead = sign_in("vodja.pionirska")
    page = lead.page
    expect(page.get_by_role("link", name=PROGRAMME, exact=True)).to_be_visible()
    lead.picture("5-lead-home")
    lead.open(f"/admin/pages/{number}/edit/")
    lead.press("Potrdi")
    lead.says("posodobljen")
    lead.picture("6-lead-approved")
    page = lead.open("/admin/snippets/centres/eventedition/?q=minute")
    page.get_by_role("row", name=re.compile(PROGRAMME)).get_by_role("link", name=PROGRAMME).first.click()
    lead.press("Potrdi")
    lead.says("posodobljen")
    public = lead.open("/sl/kompetencni-centri/pionirska/")
    expect(public.get_by_role("link", name=PROGRAMME).first).to_be_visible()
    assert editor.complaints == lead.complaints == []


def add_programme(editor: Librarian) -> str:
    """Have the editor add a programme and send it to the lead; return the number of its page."""
    page = editor.open("/admin/centres/")
    page.get_by_role("row", name=re.compile("slovenščina")).get_by_role("link", name="Pionirska").click()
    centre = re.search(r"/pages/(\d+)/", page.url)
    assert centre
    editor.open(f"/admin/pages/add/centres/programmepage/{centre[1]}/")
    page.fill("input[name=title]", PROGRAMME)
    page.fill("textarea[name=summary]", SUMMARY)
    page.get_by_role("tab", name="Profil").click()
    page.select_option("select[name=kind]", "TRAINING")
    page.select_option("select[name=cadence]", "ONE_OFF")
    editor.choose_first("id_topics")
    editor.choose("id_format", "delavnica")
    editor.choose("id_programme_audiences-0-audience", "knjižničarji")
    editor.picture("2-editor-programme")
    editor.kept()
    editor.press("Pošlji na Pionirska")
    editor.says(PROGRAMME)
    found = page.locator(f"a[href*='/edit/']:has-text('{PROGRAMME}')").first.get_attribute("href")
    return re.search(r"/pages/(\d+)/", found or page.url)[1]  # type: ignore[index]


def add_edition(editor: Librarian) -> None:
    """Have the editor add an edition of the programme."""
    page = editor.open("/admin/snippets/centres/eventedition/add/")
    editor.choose("id_programme", PROGRAMME, "minute")
    editor.picture("3-editor-edition")
    page.fill("input[name=sessions-0-start]", "2027-05-12 10:00")
    page.fill("input[name=sessions-0-end]", "2027-05-12 12:00")
    page.select_option("select[name=mode]", "ONLINE")
    page.check("input[name=languages][value=sl]")
    page.get_by_role("tab", name="Prijave in kotizacije").click()
    page.check("input[name=free]")
    page.check("input[name=unlimited]")
    editor.kept()
    editor.press("Shrani osnutek")
    editor.says("Dogodek")
    editor.picture("4-editor-edition-saved")
    editor.press("Pošlji na Pionirska")
    expect(page).to_have_url(re.compile("/eventedition/$"))


def test_the_secretary_leads_a_review_to_its_decision(sign_in: Callable[[str], Librarian]) -> None:
    secretary, lead = sign_in("tajnica"), sign_in("vodja.pionirska")
    page = secretary.open("/admin/snippets/centres/review/?state=PLANNED&q=Pionirska")
    row = page.get_by_role("row", name=re.compile("načrtovano"))
    row.locator("[data-w-dropdown-target=toggle]").click()
    secretary.picture("7-secretary-reviews")
    page.get_by_role("link", name="Naslednji korak").click()
    review = page.url.removeprefix(secretary.address)
    page.get_by_role("button", name="Pozovi center k samoporočilu").click()
    secretary.says("Center lahko zdaj napiše samoporočilo")

    lead.open("/admin/")
    lead.page.get_by_role("link", name="Samoporočila").click()
    lead.page.get_by_role("link", name="Pionirska: do 31. 12. 2027").click()
    lead.page.get_by_label("Cilji in pričakovani učinki").fill("Usposobili smo 212 knjižničarjev.")
    assert barriers(lead.page, WAGTAIL) == []
    lead.picture("8-lead-self-report")
    lead.page.get_by_role("button", name="Oddaj komisiji").click()
    lead.says("Samoporočilo je oddano")
    lead.open(review)
    lead.says("nimate")

    secretary.open(review)
    expect(page.get_by_text("Usposobili smo 212 knjižničarjev.")).to_be_visible()
    assert barriers(page, WAGTAIL) == []
    secretary.picture("9-secretary-review")
    page.get_by_role("link", name="Ocena in izid").click()
    page.get_by_role("tab", name="Odločitev").click()
    page.select_option("select[name=adequacy]", "ADEQUATE")
    page.select_option("select[name=outcome]", "RENEW")
    page.fill("input[name=decided_on]", "2027-02-22")
    page.fill("textarea[name=public_summary_sl]", "Center dosega cilje in pričakovane učinke.")
    secretary.picture("10-secretary-outcome")
    secretary.press("Shrani osnutek")
    secretary.open(review)
    page.get_by_role("button", name="Zapiši odločitev").click()
    secretary.says("Odločitev je zapisana")
    secretary.picture("11-secretary-decided")
    secretary.open("/admin/snippets/centres/appointment/?q=Pionirska")
    expect(
        page.get_by_role("row", name=re.compile("podaljšan.*31. december 2030", re.DOTALL))
    ).to_be_visible()
    secretary.picture("12-secretary-appointments")
    assert secretary.complaints == lead.complaints == []


def test_a_translator_fills_the_english_page(sign_in: Callable[[str], Librarian]) -> None:
    translator = sign_in("prevajalka")
    page = translator.page
    page.get_by_role("link", name="Dostopne objave na spletu").click()
    page.get_by_label("angleščina").check()
    page.get_by_role("button", name="Pošlji").click()
    translator.says("angleščina")
    page.fill("input[name=title]", "Accessible posts on the web")
    page.fill("textarea[name=summary]", ENGLISH_SUMMARY)
    translator.picture("13-translator-english-page")
    translator.press("Shrani osnutek")
    translator.says("posodobljena")

    chief = sign_in("glavna.urednica")
    chief.open("/admin/reports/translation-gaps/?state=DRAFT")
    chief.picture("14-chief-translations")
    chief.page.get_by_role("link", name="Dostopne objave na spletu").click()
    chief.press("Objavi")
    chief.says("objavljen")
    chief.open("/admin/reports/translation-gaps/")
    expect(chief.page.get_by_role("link", name="Dostopne objave na spletu")).to_have_count(0)
    page = chief.open("/en/competence-centres/")
    page.get_by_role("link", name="Easy reading").first.click()
    expect(page.get_by_role("link", name="Accessible posts on the web").first).to_be_visible()
    chief.picture("15-public-english")
    assert translator.complaints == chief.complaints == []


def test_a_new_name_of_a_centre_needs_the_commissions_word_too(sign_in: Callable[[str], Librarian]) -> None:
    lead, secretary = sign_in("vodja.ucni"), sign_in("tajnica")
    page = lead.open("/admin/centres/")
    page.get_by_role("row", name=re.compile("slovenščina")).get_by_role("link", name="Učni center").click()
    address = page.url.removeprefix(lead.address)
    page.fill("input[name=official_name]", NEW_NAME)
    lead.press("Pošlji na")
    lead.open(address)
    lead.press("Potrdi")
    lead.says("posodobljen")
    assert public_name(secretary) != NEW_NAME

    secretary.open("/admin/")
    secretary.picture("16-secretary-home")
    secretary.page.locator(f"a[href$='{address}']").first.click()
    secretary.press("Potrdi")
    secretary.says("posodobljen")
    assert public_name(secretary) == NEW_NAME
    assert lead.complaints == secretary.complaints == []


def public_name(anybody: Librarian) -> str:
    """Return the official name of the centre as the public has it."""
    query = urlencode({"query": '{ centre(slug: "ucni-center") { officialName } }'})
    answer = anybody.page.request.get(f"{anybody.address}/graphql/?{query}").json()
    return str(answer["data"]["centre"]["officialName"])
