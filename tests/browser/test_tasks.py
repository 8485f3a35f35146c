"""Eight tasks of librarians, from the first click to what the public gets; on a usual line and on a slow one.

How many clicks and seconds each task took is printed at the end, or written to the file that TASKS names.
Screenshots of the steps lie in the folder that SCREENSHOTS names.
"""

import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from playwright.sync_api import Browser, expect

from tests.browser import number_of
from tests.browser.barriers import WAGTAIL, barriers
from tests.browser.conftest import served
from tests.browser.languages import english_in
from tests.browser.librarians import Librarian, Public, coming
from tests.browser.pictures import photograph

pytestmark = pytest.mark.django_db

# Seconds by which each page of the admin, and each response to what is sent, comes later.
LINES = {"usual": 0.0, "slow": 3.0}
PROGRAMME = "Pravljične minute za knjižničarje"
SUMMARY = (
    "Kako pripoveduje knjižničar, ki za pravljico nima več kot pet minut: vaje, glas, premor in dober konec."
)
ENGLISH_SUMMARY = (
    "How to write posts and mails so that people who use screen readers get all of what they say."
)
PROGRAMMES = """query ($centre: String!, $title: String!) {
    programmes(filter: { centre: [$centre], titleContains: $title }) { nodes {
        id title path leadImage { alt responsive(preset: CARD) { src } }
        editions(orderBy: START_ASC) { nodes {
            id status ... on EventEdition { start cancelReason rescheduled previousStarts }
        } }
    } }
}"""
ENGLISH = """query ($title: String!) {
    programmes(locale: "en", filter: { titleContains: $title }) { nodes { path } }
}"""
ALT = "Otroci poslušajo pravljico v polkrogu."


class Desk:
    """Where the tasks are done: people ``come`` to the admin, the ``public`` reads, and tasks are counted."""

    def __init__(self, come: Callable[..., Librarian], public: Public, line: str) -> None:
        self.public, self.line = public, line
        self._come = come
        self.people: list[Librarian] = []
        self.counted: list[tuple[str, int, float]] = []

    def come(self, name: str) -> Librarian:
        """Sign somebody in; from then on their line is as this desk's."""
        person = self._come(name)
        if LINES[self.line]:
            person.on_a_slow_line(LINES[self.line])
        self.people.append(person)
        return person

    @contextmanager
    def task(self, name: str) -> Iterator[None]:
        """Count what the people press and how long they take, until the block ends."""
        pressed, began = self._pressed(), time.monotonic()
        yield
        self.counted.append((name, self._pressed() - pressed, time.monotonic() - began))
        assert [one for person in self.people for one in person.complaints] == []
        read = {text: place for person in self.people for text, place in person.read.items()}
        assert {text: read[text] for text in english_in(read)} == {}

    def _pressed(self) -> int:
        return sum(person.pressed for person in self.people)

    def programme(self, title: str, centre: str = "pionirska") -> dict[str, Any]:
        """Return what the public gets of the programme with this title."""
        (found,) = self.public.ask(PROGRAMMES, centre=centre, title=title)["programmes"]["nodes"]
        return dict(found)


@pytest.fixture(scope="module", params=LINES)
def line(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def site(
    browser: Browser, demo_database: BaseDatabaseWrapper, tmp_path_factory: pytest.TempPathFactory, line: str
) -> Iterator[str]:
    with served(demo_database, tmp_path_factory.mktemp("tasks")) as address:
        yield address


@pytest.fixture(scope="module")
def counts(line: str, request: pytest.FixtureRequest) -> Iterator[list[tuple[str, int, float]]]:
    """Gather the tasks that were counted, and show them at the end."""
    counted: list[tuple[str, int, float]] = []
    yield counted
    lines = [f"| {name} | {line} | {pressed} | {seconds:.0f} |" for name, pressed, seconds in counted]
    if where := os.environ.get("TASKS"):
        with Path(where).open("a", encoding="utf-8") as table:
            table.write("\n".join(lines) + "\n")
    else:
        print("\n".join(lines))


@pytest.fixture
def desk(browser: Browser, site: str, line: str, counts: list[tuple[str, int, float]]) -> Iterator[Desk]:
    public = Public(browser, site)
    with coming(browser, site) as come:
        desk = Desk(come, public, line)
        yield desk
    counts += desk.counted
    public.page.context.close()


# ---------------------------------------------------------------- what several tasks do
def new_programme(person: Librarian, title: str) -> None:
    """Fill the form of a new programme of the centre, from the start page on."""
    page = person.page
    page.get_by_role("link", name="Dodaj program", exact=True).click()
    page.wait_for_url("**/centres/programmepage/**")
    person.look()
    page.fill("input[name=title]", title)
    page.fill("textarea[name=summary]", SUMMARY)
    person.tab("Profil")
    page.select_option("select[name=kind]", "TRAINING")
    page.select_option("select[name=cadence]", "ONE_OFF")
    person.choose_first("id_topics")
    person.choose("id_format", "delavnica")
    person.choose("id_programme_audiences-0-audience", "knjižničarji")


def new_event(person: Librarian, start: str, end: str) -> None:
    """Fill the form of a new event, which knows its programme."""
    page = person.page
    page.fill("input[name=sessions-0-start]", start)
    page.fill("input[name=sessions-0-end]", end)
    page.select_option("select[name=mode]", "ONLINE")
    page.check("input[name=languages][value=sl]")
    person.tab("Prijave in kotizacije")
    page.check("input[name=free]")
    page.check("input[name=unlimited]")


def edit_the_programme(person: Librarian, title: str) -> None:
    """Open the form of a programme from the list of all pages, by its title."""
    page = person.open(f"/admin/pages/?q={title}")
    page.get_by_role("link", name=title).first.click()
    page.wait_for_url(re.compile(r"/pages/\d+/"))


def edit_the_event(person: Librarian, title: str) -> None:
    """Open the newest event of a programme from the list of events."""
    page = person.open(f"/admin/snippets/centres/eventedition/?q={title}")
    page.locator("main td a[href*='/eventedition/edit/']").first.click()
    page.wait_for_url("**/eventedition/edit/**")
    person.look()


# ---------------------------------------------------------------- the tasks
def test_a_programme_with_two_editions(desk: Desk) -> None:
    lead = desk.come("vodja.pionirska")
    title = "Pripovedovanje na pamet"
    with desk.task("programme with two editions"):
        new_programme(lead, title)
        lead.press("Objavi")
        lead.page.get_by_role("link", name=title).first.click()
        lead.tab("Izvedbe")
        lead.page.get_by_role("link", name="Dodaj izvedbo").click()
        new_event(lead, "12. 5. 2027 10.00", "12. 5. 2027 12.00")
        lead.press("Objavi")
        edit_the_programme(lead, title)
        lead.tab("Izvedbe")
        lead.page.get_by_role("link", name="Kopiraj v naslednje leto").click()
        lead.press("Objavi")
    found = desk.programme(title)
    assert [one["start"] for one in found["editions"]["nodes"]] == [
        "2027-05-12T10:00:00+02:00",
        "2028-05-10T10:00:00+02:00",
    ]
    page = desk.public.open(found["path"])
    expect(page.locator("h1")).to_have_text(title)
    for day in ("12. maj", "10. maj"):
        expect(page.locator("main")).to_contain_text(day)


def test_a_date_is_moved(desk: Desk) -> None:
    title = "Zahteven pogovor ob izposoji"
    before = desk.programme(title, "ucni-center")["editions"]["nodes"][-1]
    lead = desk.come("vodja.ucni")
    with desk.task("move a date"):
        edit_the_event(lead, title)
        lead.page.fill("input[name=sessions-0-start]", "21. 4. 2027 10.00")
        lead.page.fill("input[name=sessions-0-end]", "21. 4. 2027 13.00")
        lead.press("Objavi")
    found = desk.programme(title, "ucni-center")
    (moved,) = [one for one in found["editions"]["nodes"] if one["id"] == before["id"]]
    assert moved["start"] == "2027-04-21T10:00:00+02:00"
    assert (moved["rescheduled"], moved["previousStarts"][-1]) == (True, before["start"])
    page = desk.public.open(found["path"])
    expect(page.locator(f"#edition-{number_of(moved['id'])} h3")).to_contain_text("21. april")


def test_an_event_is_cancelled_with_a_reason(desk: Desk) -> None:
    title, reason = "Umetna inteligenca", "Predavateljica je zbolela."
    lead = desk.come("vodja.ucni")
    with desk.task("cancel with a reason"):
        edit_the_event(lead, title)
        lead.tab("Stanje in objava")
        lead.page.select_option("select[name=status_override]", "CANCELLED")
        lead.page.fill("textarea[name=cancel_reason_sl], input[name=cancel_reason_sl]", reason)
        lead.press("Objavi")
    found = desk.programme(title, "ucni-center")
    assert (found["editions"]["nodes"][-1]["status"], found["editions"]["nodes"][-1]["cancelReason"]) == (
        "CANCELLED",
        reason,
    )
    page = desk.public.open(found["path"])
    expect(page.locator("main")).to_contain_text(reason)


def test_a_picture_is_replaced(desk: Desk, tmp_path: Path) -> None:
    title = "Strokovne srede"
    before = desk.programme(title)["leadImage"]
    lead = desk.come("vodja.pionirska")
    page = lead.page
    with desk.task("replace a picture"):
        edit_the_programme(lead, title)
        lead.look()
        chooser = page.locator("#id_lead_image-chooser")
        chooser.locator("[data-w-dropdown-target=toggle]").click()
        chooser.locator(".chosen [data-chooser-action-choose]").click()
        window = page.locator(".modal-body")
        window.get_by_role("tab", name="Naloži").click()
        window.locator("input[type=file]").set_input_files(photograph(tmp_path / "IMG_2041.jpg"))
        window.locator("input[name$=title]").fill("Pravljica v polkrogu")
        window.locator("[name$=alt_text_sl]").fill(ALT)
        lead.look()
        window.locator("[type=submit]").last.click()
        window.wait_for(state="detached")
        expect(chooser).to_contain_text("Pravljica v polkrogu")
        lead.press("Objavi")
    found = desk.programme(title)
    assert found["leadImage"]["alt"] == ALT
    assert found["leadImage"]["responsive"] != before["responsive"]
    shown = desk.public.open(found["path"]).get_by_alt_text(ALT)
    expect(shown.first).to_be_visible()


def test_a_page_is_translated(desk: Desk) -> None:
    translator, chief = desk.come("prevajalka"), desk.come("glavna.urednica")
    title = "Accessible posts on the web"
    with desk.task("translate"):
        page = translator.page
        page.get_by_role("link", name="Dostopne objave na spletu").click()
        page.get_by_label("angleščina").check()
        translator.look()
        page.get_by_role("button", name="Pošlji").click()
        translator.says("angleščina")
        page.fill("input[name=title]", title)
        page.fill("textarea[name=summary]", ENGLISH_SUMMARY)
        translator.press("Shrani osnutek")
        translator.says("posodobljena")
        chief.open("/admin/reports/translation-gaps/?state=DRAFT")
        chief.page.get_by_role("link", name="Dostopne objave na spletu").click()
        chief.press("Objavi")
        chief.says("objavljen")
    chief.open("/admin/reports/translation-gaps/")
    expect(chief.page.get_by_role("link", name="Dostopne objave na spletu")).to_have_count(0)
    (found,) = desk.public.ask(ENGLISH, title=title)["programmes"]["nodes"]
    page = desk.public.open("/en/competence-centres/")
    page.get_by_role("link", name="Easy reading").first.click()
    page.get_by_role("link", name=title).first.click()
    page.wait_for_url(f"**{found['path']}")
    expect(page.locator("main")).to_contain_text(ENGLISH_SUMMARY)


def test_a_programme_goes_from_the_editor_to_the_public(desk: Desk) -> None:
    editor, lead = desk.come("urednik.pionirska"), desk.come("vodja.pionirska")
    with desk.task("send and publish"):
        new_programme(editor, PROGRAMME)
        editor.picture("2-editor-programme")
        editor.press("Pošlji na Pionirska")
        editor.says(PROGRAMME)
        editor.open("/admin/")
        editor.page.get_by_role("link", name="Dodaj dogodek", exact=True).click()
        editor.choose("id_programme", PROGRAMME, "minute")
        new_event(editor, "12. 5. 2027 10.00", "12. 5. 2027 12.00")
        editor.press("Shrani osnutek")  # whose workflow it is, the form knows from then on
        editor.picture("3-editor-edition")
        editor.press("Pošlji na Pionirska")
        assert desk.public.ask(PROGRAMMES, centre="pionirska", title=PROGRAMME)["programmes"]["nodes"] == []

        page = lead.open("/admin/")
        lead.picture("5-lead-home")
        page.get_by_role("link", name=PROGRAMME, exact=True).click()
        lead.press("Potrdi")
        lead.says("posodobljen")
        edit_the_event(lead, PROGRAMME)
        lead.press("Potrdi")
        lead.says("posodobljen")
    found = desk.programme(PROGRAMME)
    assert [one["start"] for one in found["editions"]["nodes"]] == ["2027-05-12T10:00:00+02:00"]
    page = desk.public.open("/sl/kompetencni-centri/pionirska/")
    page.get_by_role("link", name=PROGRAMME).first.click()
    expect(page.locator("main .edition h3")).to_contain_text("12. maj")


def test_the_secretary_leads_a_review_to_its_decision(desk: Desk) -> None:
    secretary, lead = desk.come("tajnica"), desk.come("vodja.pionirska")
    with desk.task("decision of the commission"):
        page = secretary.open("/admin/snippets/centres/review/?state=PLANNED&q=Pionirska")
        row = page.get_by_role("row", name=re.compile("načrtovano"))
        row.locator("[data-w-dropdown-target=toggle]").click()
        secretary.look()
        page.get_by_role("link", name="Naslednji korak").click()
        review = page.url.removeprefix(secretary.address)
        page.get_by_role("button", name="Pozovi center k samoporočilu").click()
        secretary.says("Center lahko zdaj napiše samoporočilo")

        lead.open("/admin/")
        lead.page.get_by_role("link", name="Samoporočila").click()
        lead.page.get_by_role("link", name="Pionirska: do 31. 12. 2027").click()
        lead.page.get_by_label("Cilji in pričakovani učinki").fill("Usposobili smo 212 knjižničarjev.")
        lead.look()
        assert barriers(lead.page, WAGTAIL) == []
        lead.page.get_by_role("button", name="Oddaj komisiji").click()
        lead.says("Samoporočilo je oddano")

        secretary.open(review)
        expect(page.get_by_text("Usposobili smo 212 knjižničarjev.")).to_be_visible()
        assert barriers(page, WAGTAIL) == []
        page.get_by_role("link", name="Ocena in izid").click()
        secretary.tab("Odločitev")
        page.select_option("select[name=adequacy]", "ADEQUATE")
        page.select_option("select[name=outcome]", "RENEW")
        page.fill("input[name=decided_on]", "22. 2. 2027")
        page.fill("textarea[name=public_summary_sl]", "Center dosega cilje in pričakovane učinke.")
        secretary.press("Shrani osnutek")
        secretary.open(review)
        page.get_by_role("button", name="Zapiši odločitev").click()
        secretary.says("Odločitev je zapisana")
    lead.open(review)
    lead.says("nimate")
    secretary.open("/admin/snippets/centres/appointment/?q=Pionirska")
    expect(
        page.get_by_role("row", name=re.compile("podaljšan.*31. december 2030", re.DOTALL))
    ).to_be_visible()


def test_what_is_missing_is_filled_in_and_published(desk: Desk) -> None:
    lead, title = desk.come("vodja.pionirska"), "Knjižne uganke"
    page = lead.page
    with desk.task("what is missing"):
        page.get_by_role("link", name="Dodaj program", exact=True).click()
        page.wait_for_url("**/centres/programmepage/**")
        page.fill("input[name=title]", title)
        lead.press("Objavi")
        listed = page.locator(".missing")
        places = listed.get_by_role("link").all_inner_texts()
        assert {"Povzetek", "Vrsta", "Oblika", "Pogostost"} <= set(places)
        assert desk.public.ask(PROGRAMMES, centre="pionirska", title=title)["programmes"]["nodes"] == []
        listed.get_by_role("link", name="Povzetek").click()
        expect(page.locator("textarea[name=summary]")).to_be_focused()
        page.keyboard.type(SUMMARY)
        listed.get_by_role("link", name="Vrsta").click()
        expect(page.locator("select[name=kind]")).to_be_focused()
        page.select_option("select[name=kind]", "TRAINING")
        page.select_option("select[name=cadence]", "ONE_OFF")
        lead.choose_first("id_topics")
        lead.choose("id_format", "delavnica")
        lead.choose("id_programme_audiences-0-audience", "knjižničarji")
        lead.press("Objavi")
    page = desk.public.open(desk.programme(title)["path"])
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator("main")).to_contain_text(SUMMARY)
