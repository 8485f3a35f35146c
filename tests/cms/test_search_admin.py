"""Synonyms and the report of queries in the admin, and what is counted for it."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.search import report
from cms.search.models import QueryCount, Synonym
from tests.cms.searching import ask, page, titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def counting(settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Count queries in a counter of this test, without a thread that writes them down."""
    settings.CMS_SEARCH_REPORT_SECONDS = 60  # type: ignore[attr-defined]
    monkeypatch.setattr(report, "_counter", report.Counter())
    monkeypatch.setattr(report, "_start_writer", lambda: None)


def editor(client: Client, *permissions: str) -> Client:
    user = User.objects.create_user("ana", password="x", is_staff=True)
    names = ["access_admin", *permissions]
    user.user_permissions.add(*Permission.objects.filter(codename__in=names))
    client.force_login(user)
    return client


# ---------------------------------------------------------------- counting
def test_queries_are_counted_by_day_without_case_and_blanks(counting: None) -> None:
    page("Knjižnica")
    for text in ("Knjižnica", " knjižnica ", "KNJIŽNICA", "hruška"):
        ask(text)
    report.write_down()
    counted = {row.text: (row.times, row.hits, row.locale) for row in QueryCount.objects.all()}
    assert counted == {"knjižnica": (3, 1, "sl"), "hruška": (1, 0, "sl")}
    ask("knjižnica")
    report.write_down()
    assert QueryCount.objects.get(text="knjižnica").times == 4


def test_a_query_writes_nothing(counting: None) -> None:
    page("Knjižnica")
    with CaptureQueriesContext(connection) as statements:
        ask("knjižnica").hits[0].snippet  # noqa: B018
    assert all(one["sql"].lstrip("(").startswith("SELECT") for one in statements)
    assert not QueryCount.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "ana.novak@example.si",
        "031 123 456",
        "+386 31 123 456",
        "EMŠO 0101006500006",
        "12/345-67",
        "x" * 81,
        "to je cela poved z več kot osmimi besedami v njej",
        "123",
        "🙂",
        "  ",
    ],
)
def test_what_may_tell_who_asked_or_says_nothing_is_not_counted(text: str) -> None:
    assert report.normalised(text) == ""


@pytest.mark.parametrize(
    "text",
    ["zlata hruška 2022", "mega kviz 2013/14", "načrt 2018–2028", "ISO 2789", "o črtah in luknjah", "c++"],
)
def test_other_queries_are_counted(text: str) -> None:
    assert report.normalised(text) == text.casefold()


def test_what_was_typed_on_the_way_to_a_word_is_not_counted(counting: None) -> None:
    for text in ("knj", "knjižn", "knjižnica", "knjižnica otona", "branje"):
        ask(text)
    report.write_down()
    assert set(QueryCount.objects.values_list("text", flat=True)) == {
        "knjižnica",
        "knjižnica otona",
        "branje",
    }


def test_further_parts_and_filters_are_not_counted_again(counting: None) -> None:
    page("Knjižnica")
    page("Knjižnica druga")
    first = ask("knjižnica", first=1)
    ask("knjižnica", first=1, after=first.end_cursor)
    report.write_down()
    assert QueryCount.objects.get().times == 1


def test_a_flood_of_different_queries_stays_small(counting: None) -> None:
    for number in range(1_200):
        report.record(f"beseda {number:04}", "sl", 0)
    report.write_down()
    assert QueryCount.objects.count() == 1_000


def test_a_flood_that_goes_on_all_day_stays_small_and_known_queries_are_counted_on(
    counting: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "_MOST_A_DAY", 5)
    for numbers in (range(4), range(2, 9)):
        for number in numbers:
            report.record(f"beseda {number:04}", "sl", 0)
        report.write_down()
    counted = dict(QueryCount.objects.values_list("text", "times"))
    assert counted == {f"beseda {number:04}": 2 if number in (2, 3) else 1 for number in range(5)}


def test_counts_older_than_ninety_days_are_deleted(counting: None) -> None:
    today = timezone.localdate()
    for days in (89, 90, 91):
        QueryCount.objects.create(day=today - timedelta(days=days), locale="sl", text=f"pred {days}", times=1)
    report.write_down()
    assert set(QueryCount.objects.values_list("text", flat=True)) == {"pred 89", "pred 90"}


def test_nothing_is_counted_where_the_setting_says_so(
    settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CMS_SEARCH_REPORT_SECONDS = 0  # type: ignore[attr-defined]
    monkeypatch.setattr(report, "_counter", report.Counter())
    ask("knjižnica")
    report.write_down()
    assert not QueryCount.objects.exists()


# ---------------------------------------------------------------- the report
def queries(*rows: tuple[str, int, int, int]) -> None:
    for text, times, hits, days_ago in rows:
        day = timezone.localdate() - timedelta(days=days_ago)
        QueryCount.objects.create(day=day, locale="sl", text=text, times=times, hits=hits)


def listed(client: Client, **filters: str) -> list[tuple[str, int, int]]:
    answer = client.get(reverse("report_search-queries"), filters)
    assert answer.status_code == HTTPStatus.OK
    return [(row["text"], row["sum"], row["newest"]) for row in answer.context["object_list"]]


def test_the_report_lists_the_most_frequent_first_and_those_without_hits(admin_client: Client) -> None:
    queries(("knjižnica", 2, 5, 0), ("knjižnica", 3, 4, 1), ("hruška", 4, 0, 0), ("stara", 9, 1, 40))
    everything = [("stara", 9, 1), ("knjižnica", 5, 5), ("hruška", 4, 0)]
    assert listed(admin_client) == everything
    assert listed(admin_client, without_hits="true") == [("hruška", 4, 0)]
    assert listed(admin_client, without_hits="false", period="7") == [("knjižnica", 5, 5)]
    assert listed(admin_client, period="90") == everything


def test_a_query_that_finds_something_by_now_is_not_among_those_without_hits(admin_client: Client) -> None:
    queries(("domoznanstvo", 3, 0, 2), ("domoznanstvo", 1, 2, 0))
    assert listed(admin_client, without_hits="true") == []
    assert listed(admin_client) == [("domoznanstvo", 4, 2)]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_report_can_be_saved_as_a_spreadsheet(admin_client: Client, kind: str) -> None:
    queries(("hruška", 4, 0, 0))
    answer = admin_client.get(reverse("report_search-queries"), {"export": kind})
    assert answer.status_code == HTTPStatus.OK
    body = answer.getvalue()
    assert kind == "xlsx" or "hruška" in body.decode()


def test_the_report_is_for_those_who_may_see_it(client: Client) -> None:
    assert editor(client).get(reverse("report_search-queries")).status_code == HTTPStatus.FOUND
    client.logout()
    User.objects.all().delete()
    assert (
        editor(client, "view_querycount").get(reverse("report_search-queries")).status_code == HTTPStatus.OK
    )


# ---------------------------------------------------------------- synonyms
def test_an_editor_adds_a_synonym_and_the_next_query_uses_it(client: Client) -> None:
    page("Ljubljanska knjižnica")
    editor(client, "add_synonym", "change_synonym", "view_synonym")
    form = {"locale": "1", "word": "MKLJ", "others": "ljubljanska knjižnica\n", "direction": "BOTH"}
    answer = client.post(reverse("search_synonyms:add"), form)
    assert answer.status_code == HTTPStatus.FOUND, answer.context["form"].errors
    assert titles("mklj") == ["Ljubljanska knjižnica"]
    assert client.get(reverse("search_synonyms:index")).status_code == HTTPStatus.OK


@pytest.mark.parametrize(("field", "value"), [("word", "…"), ("others", "\n…\n"), ("others", "knjiga\n---")])
def test_a_synonym_without_letters_is_refused_with_advice(
    admin_client: Client, field: str, value: str
) -> None:
    form = {"locale": "1", "word": "MKL", "others": "knjižnica", "direction": "BOTH", field: value}
    answer = admin_client.post(reverse("search_synonyms:add"), form)
    assert field in answer.context["form"].errors
    assert not Synonym.objects.exists()


def test_somebody_without_the_right_cannot_add_synonyms(client: Client) -> None:
    assert editor(client).get(reverse("search_synonyms:add")).status_code == HTTPStatus.FOUND


def test_a_query_that_is_a_formula_stays_words_in_the_spreadsheet(admin_client: Client) -> None:
    QueryCount.objects.create(
        day=timezone.localdate(), locale="sl", text='=hyperlink("http://x.si")', times=1, hits=0
    )
    answer = admin_client.get(reverse("report_search-queries"), {"export": "csv"})
    assert "'=hyperlink" in answer.getvalue().decode()
