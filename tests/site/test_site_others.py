"""Dates of other providers stand in the calendar with their provider, lead there, and are told apart from our own."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from centres.models import CalendarProvider
from tests import factories as make
from tests.centres.calendars import events

pytestmark = pytest.mark.django_db
PATHS = {"sl": "/sl/koledar/", "en": "/en/calendar/"}


@pytest.fixture
def site() -> None:
    """One date of a centre between two of another provider."""
    begin = timezone.now().replace(microsecond=0)
    day = timedelta(days=1)
    make.external_edition("Prej drugje", begin + day, summary="Opis <b>", place="Maribor")
    programme = make.programme(title="Glasno branje")
    make.translated(programme, title="Reading aloud")
    make.event(programme, begin + 2 * day)
    make.external_edition(
        "Pozneje drugje", begin + 3 * day, online=True, cancelled=True, url="https://www.nuk.example/2"
    )


def titles(client: Client, address: str) -> list[str]:
    html = client.get(address).content.decode().partition("<main")[2]
    return [
        unescape(title)
        for title in re.findall(r"<a [^>]*>([^<]*)</a>", html)
        if unescape(title) in ("Prej drugje", "Glasno branje", "Reading aloud", "Pozneje drugje")
    ]


def test_the_list_has_all_dates_in_order_of_time(client: Client, site: None) -> None:
    html = client.get(PATHS["sl"]).content.decode()
    assert titles(client, PATHS["sl"]) == ["Prej drugje", "Glasno branje", "Pozneje drugje"]
    assert '<a href="https://www.nuk.example/tecaj" rel="external" lang="sl"' in html
    assert "<span>NUK</span>" in html
    assert "Opis &lt;b&gt;" in html
    assert "pri drugem ponudniku" in html
    assert "odpovedano" in html
    assert "3 termini" in html
    assert "<span>NUL</span>" in client.get(PATHS["en"]).content.decode()


def test_the_month_has_them_on_their_days(client: Client, site: None) -> None:
    seen: list[str] = []
    days = [timezone.localtime(timezone.now() + timedelta(days=days)) for days in (1, 2, 3)]
    for month in sorted({f"{day:%Y-%m}" for day in days}):
        seen += titles(client, f"{PATHS['sl']}?month={month}")
    assert seen == ["Prej drugje", "Glasno branje", "Pozneje drugje"]


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("whose=own", ["Glasno branje"]),
        ("whose=others", ["Prej drugje", "Pozneje drugje"]),
        ("whose=others&online=1", ["Pozneje drugje"]),
        ("whose=<script>", ["Prej drugje", "Glasno branje", "Pozneje drugje"]),
        ("free=1", ["Glasno branje"]),
        ("open=1", ["Glasno branje"]),
        ("topic=nothing-of-the-kind&whose=others", ["Prej drugje", "Pozneje drugje"]),
    ],
)
def test_one_chooses_whose_dates_one_sees(client: Client, site: None, asked: str, shown: list[str]) -> None:
    assert titles(client, f"{PATHS['sl']}?{asked}") == shown


def test_no_date_is_lost_or_twice_where_the_list_goes_on(client: Client) -> None:
    begin = timezone.now() + timedelta(days=1)
    programme = make.programme(title="Glasno branje")
    for hours in range(60):
        make.event(programme, begin + timedelta(hours=hours))
        make.external_edition(f"Drugje {hours}", begin + timedelta(hours=hours, minutes=30))
    seen: list[str] = []
    address = PATHS["sl"]
    for _part in range(4):
        html = client.get(address).content.decode()
        seen += re.findall(r">(Drugje \d+|Glasno branje)</a>", html)
        following = re.search(r'data-more="[^"]+" href="([^"]+)"', html)
        if following is None:
            break
        address = unescape(following[1])
    assert seen == [title for hours in range(60) for title in ("Glasno branje", f"Drugje {hours}")]


def test_without_providers_nobody_is_asked_whose_dates(client: Client, site: None) -> None:
    assert 'name="whose"' in client.get(PATHS["sl"]).content.decode()
    CalendarProvider.objects.get().delete()
    assert 'name="whose"' not in client.get(PATHS["sl"]).content.decode()
    assert titles(client, PATHS["sl"]) == ["Glasno branje"]


def test_a_subscription_has_them_under_marks_of_their_own(client: Client, site: None) -> None:
    found = {str(entry["SUMMARY"]): entry for entry in events(client)}
    assert set(found) == {"Prej drugje", "Glasno branje", "Odpovedano: Pozneje drugje"}
    other = found["Prej drugje"]
    assert str(other["UID"]).startswith("external-nuk-")
    assert other["URL"] == "https://www.nuk.example/tecaj"
    assert other.categories == ["NUK"]
    assert "NUK: https://www.nuk.example/tecaj" in str(other["DESCRIPTION"])
    assert found["Odpovedano: Pozneje drugje"]["STATUS"] == "CANCELLED"
    own = [str(entry["SUMMARY"]) for entry in events(client, "/sl/koledar.ics?whose=own")]
    assert own == ["Glasno branje"]
    theirs = {str(entry["SUMMARY"]) for entry in events(client, "/sl/koledar.ics?whose=others&online=1")}
    assert theirs == {"Odpovedano: Pozneje drugje"}
    assert [str(entry["SUMMARY"]) for entry in events(client, "/sl/pionirska/koledar.ics")] == [
        "Glasno branje"
    ]
    assert client.get("/sl/koledar.ics?whose=nobody").status_code == 404
