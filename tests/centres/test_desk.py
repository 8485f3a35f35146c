"""The admin as a workplace: start page, reports and help."""

import csv
import re
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from centres.models.choices import CentreStatus
from tests import factories as make
from tests.centres.desk_people import lead_of, person

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

REPORTS = (
    "ending-terms",
    "reviews-due",
    "closed-editions",
    "translation-gaps",
    "missing-words",
    "missing-alt-texts",
)


@pytest.fixture(autouse=True)
def spring() -> Any:
    with time_machine.travel(make.moment(2027, 3, 1, 12), tick=False):
        yield


def rows(client: Client, name: str, **filters: str) -> list[dict[str, str]]:
    answer = client.get(reverse(f"report_{name}"), {"export": "csv", **filters})
    assert answer.status_code == 200
    return list(csv.DictReader(StringIO(answer.getvalue().decode("utf-8-sig")), delimiter=";"))


def statements(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


# ---------------------------------------------------------------- reports
def test_terms_that_end_within_a_year_are_listed_by_their_end(admin_client: Client) -> None:
    soon, later, far = make.centre("Kmalu"), make.centre("Pozneje"), make.centre("Daleč")
    make.appointment(soon, date(2024, 6, 1))
    make.appointment(later, date(2024, 12, 1))
    make.appointment(far, date(2026, 6, 1))

    found = rows(admin_client, "ending-terms")

    assert [(row["Center"], row["Stanje"], row["Naziv velja do"]) for row in found] == [
        ("Kmalu", str(CentreStatus.REVIEW_DUE.label), "30. 6. 2027"),
        ("Pozneje", str(CentreStatus.ACTIVE.label), "31. 12. 2027"),
    ]
    assert [row["Center"] for row in rows(admin_client, "ending-terms", within="180")] == ["Kmalu"]
    assert [row["Center"] for row in rows(admin_client, "ending-terms", state="ACTIVE")] == ["Pozneje"]


def test_reviews_that_are_not_decided_are_listed(admin_client: Client) -> None:
    centre = make.centre()
    make.review(make.appointment(make.goals(centre), date(2024, 6, 1)))

    (found,) = rows(admin_client, "reviews-due")

    assert (found["Center"], found["Rok"], found["Dni do konca"]) == ("Pionirska", "30. 6. 2027", "121")
    assert rows(admin_client, "reviews-due", state="IN_REVIEW") == []


def test_events_that_are_full_or_closed_are_listed_until_they_begin(admin_client: Client) -> None:
    programme = make.programme()
    full = make.event(programme, make.moment(2027, 4, 1, 10), capacity=2, label={"sl": "polno"})
    full.count_seats(seats_taken=2, waitlist=1)
    make.event(
        programme,
        make.moment(2027, 4, 2, 10),
        label={"sl": "zaprto"},
        applications_close=make.moment(2027, 2, 20),
    )
    make.event(programme, make.moment(2027, 4, 3, 10), label={"sl": "odprto"})
    make.event(programme, make.moment(2027, 2, 3, 10), label={"sl": "mimo"})

    found = rows(admin_client, "closed-editions")

    assert [row["Izvedba"].split(" – ")[1] for row in found] == ["polno", "zaprto"]
    assert [row["Čakajo"] for row in rows(admin_client, "closed-editions", waiting="true")] == ["1"]
    assert [row["Stanje"] for row in rows(admin_client, "closed-editions", state="CLOSED")] == [
        found[1]["Stanje"]
    ]


def test_a_report_is_saved_as_a_spreadsheet(admin_client: Client) -> None:
    make.appointment(make.centre("Kmalu"), date(2024, 6, 1))

    answer = admin_client.get(reverse("report_ending-terms"), {"export": "xlsx"})

    sheet = load_workbook(BytesIO(answer.getvalue())).active
    assert next(cell.value for cell in sheet[1]) == "Center"
    assert sheet["A2"].value == "Kmalu"


@pytest.mark.parametrize("name", REPORTS)
def test_an_empty_report_says_what_that_means(admin_client: Client, name: str) -> None:
    make.home()
    words = admin_client.get(reverse(f"report_{name}")).content.decode()

    assert re.search(r'report-purpose">\w.{40}', words)
    assert "There are no" not in words


@pytest.mark.parametrize("name", REPORTS)
def test_whoever_has_no_right_to_what_a_report_lists_is_sent_away(
    client: Client, django_user_model: Any, name: str
) -> None:
    client.force_login(person(django_user_model, "gost"))

    assert client.get(reverse(f"report_{name}")).status_code in (302, 403)


def test_a_lead_finds_only_the_own_centre(client: Client, django_user_model: Any) -> None:
    own, other = make.centre("Moj"), make.centre("Tuj")
    for centre in (own, other):
        make.appointment(centre, date(2024, 6, 1))
    client.force_login(lead_of(django_user_model, own))

    assert [row["Center"] for row in rows(client, "ending-terms")] == ["Moj"]
    assert client.get(reverse("report_reviews-due")).status_code in (302, 403)


def test_a_report_takes_as_many_statements_for_many_rows_as_for_one(admin_client: Client) -> None:
    def add(number: int) -> None:
        centre = make.goals(make.centre(f"Center {number}"))
        make.review(make.appointment(centre, date(2024, 6, 1)))
        start = make.moment(2027, 4, number, 10)
        make.event(
            make.programme(centre, f"Program {number}"), start, applications_close=make.moment(2027, 2, 1)
        )

    def counted() -> dict[str, int]:
        reports = ("ending-terms", "reviews-due", "closed-editions")
        return {name: statements(admin_client, reverse(f"report_{name}")) for name in reports}

    add(1)
    one = counted()
    for number in (2, 3, 4):
        add(number)

    assert counted() == one


# ---------------------------------------------------------------- the start page
def test_the_start_page_shows_a_lead_what_waits(client: Client, django_user_model: Any) -> None:
    centre = make.centre("Moj")
    make.appointment(centre, date(2024, 6, 1))
    user = lead_of(django_user_model, centre)
    centre.title = "Nov osnutek"
    centre.save_revision(user=user)
    client.force_login(user)

    page = client.get(reverse("wagtailadmin_home")).content.decode()

    assert "Kar vas čaka" in page
    assert "Nov osnutek" in page
    assert "še 121 dni" in page
    assert "Stanje centrov" in page
    assert "centres_desk/admin.css" in page


def test_the_start_page_says_when_nothing_waits(client: Client, django_user_model: Any) -> None:
    client.force_login(person(django_user_model, "gost"))

    assert "Nič vas ne čaka" in client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_start_page_takes_as_many_statements_for_many_centres_as_for_one(admin_client: Client) -> None:
    make.appointment(make.centre("A"), date(2024, 6, 1))
    one = statements(admin_client, reverse("wagtailadmin_home"))
    for name in ("B", "C"):
        make.appointment(make.centre(name), date(2024, 6, 1))

    assert statements(admin_client, reverse("wagtailadmin_home")) == one


# ---------------------------------------------------------------- help
def test_the_help_page_speaks_to_the_roles_that_somebody_has(client: Client, django_user_model: Any) -> None:
    client.force_login(lead_of(django_user_model, make.centre()))

    page = client.get(reverse("desk_help")).content.decode()

    assert "Objavljate za center" in page
    assert "Ste v tajništvu komisije" not in page
    assert reverse("desk_help") in client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_help_page_of_somebody_without_a_role_says_whom_to_ask(
    client: Client, django_user_model: Any
) -> None:
    client.force_login(person(django_user_model, "gost"))

    assert "Vloge tu še nimate" in client.get(reverse("desk_help")).content.decode()


# ---------------------------------------------------------------- the page explorer
def test_the_explorer_shows_state_next_date_places_and_translation(admin_client: Client) -> None:
    make.translated(make.centre_index())
    centre = make.centre("Moj")
    make.appointment(centre, date(2024, 12, 1))
    programme = make.programme(centre)
    make.event(programme, make.moment(2027, 2, 3, 10))
    make.event(programme, make.moment(2027, 4, 7, 10), capacity=20).count_seats(seats_taken=12)

    centres = admin_client.get(reverse("wagtailadmin_explore", args=[centre.get_parent().pk]))
    programmes = admin_client.get(reverse("wagtailadmin_explore", args=[centre.pk]))

    assert str(CentreStatus.ACTIVE.label) in centres.content.decode()
    assert "prostih mest: 8 od 20" in programmes.content.decode()
    assert "manjka" in programmes.content.decode()


def test_the_explorer_takes_as_many_statements_for_many_pages_as_for_one(admin_client: Client) -> None:
    centre = make.centre()
    make.event(make.programme(centre, "A"))
    one = statements(admin_client, reverse("wagtailadmin_explore", args=[centre.pk]))
    for title in ("B", "C"):
        make.event(make.programme(centre, title))

    assert statements(admin_client, reverse("wagtailadmin_explore", args=[centre.pk])) == one
