"""The demo: what it holds, and that loading it again harms nothing."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page, ReferenceIndex

from centres import models as m
from centres.demo import loader, stage_editions, stage_pages, users
from centres.demo.clock import DEMO_DAY, LJUBLJANA, Clock
from centres.demo.models import DemoRecord
from centres.demo.pictures import PICTURES
from centres.status import centre_status_of, edition_status_of
from cms.body.blocks import BodyStreamBlock
from cms.models import Image, SharedText

pytestmark = pytest.mark.usefixtures("demo")

COUNTED = (
    Page, SharedText, Image, m.Edition, m.Session, m.Fee, m.Book, m.Contributor, m.Appointment, m.Review,
    m.LegalBasis, m.Organisation, m.Person, m.Goal, m.Partner, m.Topic, m.Audience, DemoRecord,
)  # fmt: skip


@pytest.fixture(autouse=True)
def no_renditions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Making the sizes of pictures takes longer than all the rest; their own tests see to them."""
    monkeypatch.setattr("cms.media.images.make_renditions", lambda image: 0)


def load(day: date = DEMO_DAY) -> None:
    call_command("load_demo", today=day, yes=True, stdout=StringIO())


def counts() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in COUNTED}


@pytest.fixture
def ask(client: Client) -> Callable[[str], Any]:
    """Return what asks the endpoint and returns the data; an error fails the test."""

    def ask(query: str) -> Any:
        answer = client.post("/graphql/", {"query": query}, content_type="application/json").json()
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    return ask


def event(key: str) -> m.EventEdition:
    return m.EventEdition.objects.get(pk=DemoRecord.objects.get(key=f"edition:{key}").object_id)


# ---------------------------------------------------------------- loading
def test_loading_again_makes_nothing_twice() -> None:
    before = counts()
    load()
    assert counts() == before


def test_a_complete_demo_is_seen_by_one_read(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        call_command("load_demo", only_if_missing=True)


def test_what_an_editor_changed_stays() -> None:
    page = m.ProgrammePage.objects.get(slug="zahteven-pogovor")
    page.title = "Miren pogovor"
    page.save_revision().publish()
    edition = event("E09")
    edition.capacity = 14
    edition.save_revision().publish()
    load(DEMO_DAY + timedelta(days=70))
    page.refresh_from_db()
    assert page.title == "Miren pogovor"
    assert event("E09").capacity == 14


def test_what_an_editor_deleted_comes_back_with_the_next_loading() -> None:
    before = counts()
    m.Book.objects.get(title="Gugalnica za vse").award_results.get().delete()
    m.Book.objects.get(title="Gugalnica za vse").delete()
    load()
    assert m.Book.objects.filter(title="Gugalnica za vse").count() == 1
    assert counts() == before


def test_a_loading_that_was_cut_off_is_taken_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = counts()
    centre = Page.objects.get(slug="domoznanstvo")
    gone = m.Edition.objects.filter(programme__path__startswith=centre.path)
    assert gone.exists()
    gone.delete()
    centre.get_children().delete()
    DemoRecord.objects.filter(key=loader.COMPLETE).delete()
    for module, step in ((stage_pages, "publish_all"), (stage_editions, "load")):
        with monkeypatch.context() as cut:
            cut.setattr(module, step, _killed)
            with pytest.raises(KeyboardInterrupt):
                load()
        assert not loader.is_complete()
    load()
    assert counts() == whole
    assert not Page.objects.filter(live=False).exists()
    digitisation = m.ProgrammePage.objects.get(slug="digitalizacija-domoznanskega-gradiva")
    assert ReferenceIndex.get_references_for_object(digitisation).exists()


def _killed(*_args: Any) -> None:
    raise KeyboardInterrupt


def test_a_site_that_is_not_for_development_is_left_alone() -> None:
    with pytest.raises(CommandError, match="--yes"):
        call_command("load_demo")


def test_users_are_made_only_where_they_have_a_password(settings: Any) -> None:
    people = get_user_model().objects
    assert not people.exists()
    settings.CMS_DEMO_PASSWORD = "knjiga-je-okno"
    load()
    admin = people.get(username="admin")
    assert admin.is_superuser
    assert admin.check_password("knjiga-je-okno")
    assert people.count() <= len(users.USERS)


# ---------------------------------------------------------------- dates
def test_invented_dates_move_with_the_day_and_facts_do_not() -> None:
    facts = list(m.EventEdition.objects.filter(starts_at__year=2025).values_list("pk", "starts_at"))
    states = statuses()
    later = date(2027, 7, 5)
    with time_machine.travel(datetime.combine(later, time(12), LJUBLJANA), tick=False):
        load(later)
        assert statuses() == states
    moved = event("E08")
    start = timezone.localtime(moved.starts_at)
    assert (start.date(), start.hour, start.weekday()) == (date(2027, 7, 27), 9, 1)
    assert timezone.localtime(moved.applications_close).strftime("%H:%M") == "23:59"
    assert not moved.rescheduled
    assert moved.sessions.get().start == moved.starts_at
    previous = event("E01b").previous_start_times
    assert [moment.strftime("%d. %m. %H:%M") for moment in previous] == ["25. 08. 09:30"]
    assert list(m.EventEdition.objects.filter(starts_at__year=2025).values_list("pk", "starts_at")) == facts


def test_a_draft_moves_with_what_is_published() -> None:
    edition = event("E09")
    edition.capacity = 14
    edition.save_revision()
    load(DEMO_DAY + timedelta(weeks=2))
    moved = event("E09")
    draft = moved.get_latest_revision_as_object()
    assert (moved.capacity, draft.capacity) == (20, 14)
    assert timezone.localtime(moved.starts_at).date() == date(2027, 4, 21)
    assert draft.sessions.get().start == moved.starts_at


@pytest.mark.parametrize(
    "day", [date(2026, 11, 22), date(2027, 2, 27), date(2027, 12, 31), date(2028, 2, 29), date(2031, 7, 1)]
)
def test_every_centre_has_its_title_on_any_day(day: date) -> None:
    with time_machine.travel(datetime.combine(day, time(9), LJUBLJANA), tick=False):
        load(day)
        assert [
            centre_status_of(centre.translation_key, timezone.now()) for centre in m.CentrePage.objects.all()
        ] == ["ACTIVE"] * 8
        for act in m.Appointment.objects.all():
            act.full_clean()


def statuses() -> dict[str, str]:
    keys = ("E01a", "E01b", "E07", "E08", "E09", "E10", "E11", "E12", "E13")
    return {key: edition_status_of(event(key), timezone.now()) for key in keys}


def test_the_editions_stand_as_the_research_says() -> None:
    assert statuses() == {
        "E01a": "FINISHED", "E01b": "OPEN", "E07": "FULL", "E08": "OPEN", "E09": "OPEN", "E10": "ANNOUNCED",
        "E11": "CLOSED", "E12": "RUNNING", "E13": "CANCELLED",
    }  # fmt: skip


@pytest.mark.parametrize("days", range(-3, 15))
def test_the_clock_moves_by_the_nearest_week(days: int) -> None:
    clock = Clock(DEMO_DAY + timedelta(days=days))
    assert clock.shift.days % 7 == 0
    assert abs(clock.shift.days - days) <= 3


# ---------------------------------------------------------------- content
def test_only_one_programme_lacks_its_english_page() -> None:
    keys = {code: set(keys_in(code)) for code in ("sl", "en")}
    (missing,) = keys["sl"] - keys["en"]
    assert Page.objects.get(translation_key=missing).title == "Dostopne objave na spletu"
    assert not keys["en"] - keys["sl"]


def keys_in(code: str) -> Any:
    return Page.objects.filter(locale__language_code=code, depth__gt=1).values_list(
        "translation_key", flat=True
    )


def test_every_block_and_every_closed_list_is_in_use() -> None:
    used = Counter(
        block.block_type
        for page in Page.objects.filter(depth__gt=1).specific()
        for block in getattr(page, "body", ())
    )
    assert used.keys() >= {*BodyStreamBlock().child_blocks, "programmes"}
    kinds = {page.kind for page in m.ProgrammePage.objects.all()}
    assert kinds == {
        "TRAINING",
        "MEETING_SERIES",
        "CAMPAIGN",
        "PUBLICATION",
        "AWARD",
        "QUALITY_SIGN",
        "SERVICE",
    }
    assert {edition.mode for edition in m.EventEdition.objects.all()} == {
        "ONSITE",
        "ONLINE",
        "BLENDED",
        "EITHER",
    }
    assert {basis.kind for basis in m.LegalBasis.objects.all()} == {
        "REGULATION", "RECOMMENDATION", "STANDARD", "STRATEGY",
    }  # fmt: skip


def test_every_page_can_be_saved_by_an_editor_as_it_is() -> None:
    for page in Page.objects.filter(depth__gt=1).specific():
        page.full_clean()


def test_every_picture_is_told_in_both_languages() -> None:
    assert Image.objects.count() == len(PICTURES)
    for image in Image.objects.all():
        assert all(len(image.alt_text[code]) > 40 for code in ("sl", "en"))
        assert image.focal_point is not None
        assert not image.alt_text["sl"].lower().startswith(("slika", "risba"))


def test_a_picture_is_drawn_alike_every_time() -> None:
    assert PICTURES["golden-pear"].png() == PICTURES["golden-pear"].png()


# ---------------------------------------------------------------- the questions of research/domain.md §3
def test_centres_come_in_the_order_of_the_slovenian_alphabet(ask: Callable[[str], Any]) -> None:
    answer = ask("{ centres { totalCount nodes { shortName field { name } host { name } status } } }")
    assert answer["centres"]["totalCount"] == 4
    names = [node["shortName"] for node in answer["centres"]["nodes"]]
    assert names == ["Domoznanstvo", "Lahko branje", "Pionirska", "Učni center"]
    assert {node["status"] for node in answer["centres"]["nodes"]} == {"ACTIVE"}


def test_a_librarian_finds_trainings_with_free_seats(ask: Callable[[str], Any]) -> None:
    answer = ask(
        """{ editions(
            filter: {centre: ["ucni-center"], status: [OPEN], hasFreeSeats: true,
                     starts: {from: "2027-03-01T00:00:00+01:00"}}
            locale: "en", fallback: ["sl"]
        ) { totalCount nodes { ... on EventEdition { start seatsLeft programme { locale isFallback } } } } }"""
    )
    first, second = answer["editions"]["nodes"]
    assert (first["start"][:10], first["seatsLeft"]) == ("2027-03-23", 59)
    assert first["programme"] == {"locale": "sl", "isFallback": True}
    assert (second["start"][:10], second["seatsLeft"]) == ("2027-04-07", 8)
    assert second["programme"] == {"locale": "en", "isFallback": False}


def test_the_commission_finds_reviews_due_in_a_year(ask: Callable[[str], Any]) -> None:
    answer = ask(
        """{ centres(filter: {reviewDue: {from: "2027-01-01", to: "2027-12-31"}}, orderBy: REVIEW_DUE_ASC)
             { nodes { shortName reviewDue { date precision } } } }"""
    )
    due = {"date": "2027-12-31", "precision": "MONTH"}
    assert answer["centres"]["nodes"] == [
        {"shortName": "Pionirska", "reviewDue": due},
        {"shortName": "Učni center", "reviewDue": due},
    ]


def test_the_wednesdays_of_2025_are_six(ask: Callable[[str], Any]) -> None:
    answer = ask(
        """{ programme(centre: "pionirska", slug: "strokovne-srede") { sinceYear
             editions(filter: {year: 2025}, orderBy: START_ASC)
             { totalCount nodes { ... on EventEdition { start rescheduled } } } } }"""
    )
    assert answer["programme"]["sinceYear"] == 1972
    nodes = answer["programme"]["editions"]["nodes"]
    assert [node["start"][5:10] for node in nodes] == ["01-15", "04-16", "05-14", "09-10", "10-08", "11-12"]
    assert [node["start"][5:10] for node in nodes if node["rescheduled"]] == ["09-10"]


def test_applications_that_open_soon(ask: Callable[[str], Any]) -> None:
    answer = ask(
        """{ editions(filter: {status: [ANNOUNCED],
               applicationsOpen: {from: "2027-03-01T00:00:00+01:00", to: "2027-04-30T00:00:00+02:00"}})
             { nodes { ... on EventEdition { applicationsOpen programme { slug } } } } }"""
    )
    (edition,) = answer["editions"]["nodes"]
    assert edition["applicationsOpen"][:10] == "2027-04-01"
    assert edition["programme"]["slug"] == "umetna-inteligenca"


def test_partners_legal_bases_manual_and_labels(ask: Callable[[str], Any]) -> None:
    answer = ask(
        """{ centre(slug: "ucni-center") { partners(relation: [COMPLEMENTS]) { organisation { acronym } } }
             legalBases(validOn: "2027-03-01") { title }
             programme(centre: "pionirska", slug: "prirocnik") { sinceYear
               editions(first: 1, orderBy: YEAR_DESC)
               { nodes { ... on PublicationEdition { ownTitle document { url } } } } }
             siteLabels(locale: "sl") { skipToContent skipToMenu free } }"""
    )
    partners = [row["organisation"]["acronym"] for row in answer["centre"]["partners"]]
    assert partners == ["IZUM", "NUK", "ZBDS"]
    assert any("2018–2028" in basis["title"] for basis in answer["legalBases"])
    assert not any("2013–2020" in basis["title"] for basis in answer["legalBases"])
    manual = answer["programme"]
    assert manual["sinceYear"] == 1999
    assert manual["editions"]["nodes"] == [{"ownTitle": "O črtah in luknjah", "document": None}]
    assert answer["siteLabels"] == {
        "skipToContent": "Na vsebino", "skipToMenu": "Na glavni meni", "free": "brezplačno",
    }  # fmt: skip


def test_an_award_may_be_shared_and_may_be_withheld(ask: Callable[[str], Any]) -> None:
    answer = ask(
        """{ programme(centre: "pionirska", slug: "priznanje-zlata-hruska") { editions(first: 7, orderBy: YEAR_DESC)
             { nodes { year ... on AwardEdition { results { outcome category { code } books { title } } } } } } }"""
    )
    results = {
        (edition["year"], result["category"]["code"]): (result["outcome"], len(result["books"]))
        for edition in answer["programme"]["editions"]["nodes"]
        for result in edition["results"]
    }
    assert results[2025, "original-non-fiction"] == ("NOT_AWARDED", 0)
    assert results[2023, "original-fiction"] == ("AWARDED", 2)
    assert (2013, "original-fiction") not in results


def test_every_page_answers_at_its_path_in_its_own_language(ask: Callable[[str], Any]) -> None:
    for page in Page.objects.filter(depth__gt=1).select_related("locale"):
        answer = ask(
            f'{{ page(path: "{page.url_path}") {{ title locale isFallback seo {{ description }} }} }}'
        )
        assert answer["page"]["title"] == page.title
        assert answer["page"]["locale"] == page.locale.language_code
        assert len(answer["page"]["seo"]["description"]) >= 60
