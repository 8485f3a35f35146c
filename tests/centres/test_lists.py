"""Lists: their parts, orders, filters and locales."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from centres.models import ProgrammePage
from tests import factories as make
from tests.graph import Refused, ask

pytestmark = pytest.mark.django_db

TITLES = """
query (
  $first: Int, $after: String, $orderBy: ProgrammeOrder, $filter: ProgrammeFilter
  $locale: String, $fallback: [String!]
) {
  programmes(first: $first, after: $after, orderBy: $orderBy, filter: $filter, locale: $locale, fallback: $fallback) {
    totalCount nodes { title } edges { cursor node { title } } pageInfo { hasNextPage hasPreviousPage endCursor }
  }
}
"""


def titles(**variables):
    return [node["title"] for node in ask(TITLES, **variables)["programmes"]["nodes"]]


def build():
    centre = make.centre()
    for title in ("Žepna knjiga", "Cicibanova ura", "Čas za branje"):
        make.programme(centre, title)
    return centre


@pytest.fixture
def three(built):
    return built


def test_titles_follow_the_slovenian_alphabet(three):
    assert titles() == ["Cicibanova ura", "Čas za branje", "Žepna knjiga"]
    assert titles(orderBy="TITLE_DESC") == ["Žepna knjiga", "Čas za branje", "Cicibanova ura"]


def test_a_list_goes_on_behind_a_cursor_even_where_rows_came_and_went(three):
    part = ask(TITLES, first=1)["programmes"]
    assert part["pageInfo"] == {
        "hasNextPage": True,
        "hasPreviousPage": False,
        "endCursor": part["edges"][0]["cursor"],
    }
    ProgrammePage.objects.get(title="Cicibanova ura").delete()
    make.programme(three, "Abeceda")
    make.programme(three, "Črke")
    assert titles(after=part["pageInfo"]["endCursor"]) == ["Čas za branje", "Črke", "Žepna knjiga"]


def test_the_total_does_not_depend_on_the_part(three):
    assert ask(TITLES, first=2)["programmes"]["totalCount"] == 3


def counted(**variables):
    """Return the total, and how many statements counted."""
    with CaptureQueriesContext(connection) as asked:
        total = ask(TITLES, **variables)["programmes"]["totalCount"]
    return total, sum("COUNT(" in statement["sql"] for statement in asked)


def test_a_total_is_counted_once_until_the_content_changes(three):
    assert [counted(first=1), counted(first=2)] == [(3, 1), (3, 0)]
    make.programme(three, "Abeceda")
    assert [counted(first=1), counted(first=2)] == [(4, 1), (4, 0)]


def test_a_total_falls_at_the_moment_at_which_something_expires(three):
    page = ProgrammePage.objects.get(title="Cicibanova ura")
    page.expire_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    assert counted(first=1)[0] == 3
    with time_machine.travel(page.expire_at - timedelta(seconds=1), tick=False):
        assert counted(first=2)[0] == 3
    with time_machine.travel(page.expire_at, tick=False):
        assert counted(first=1)[0] == 2
        assert titles() == ["Čas za branje", "Žepna knjiga"]


@pytest.mark.parametrize("first", [0, -1, 101, None])
def test_a_part_that_is_too_long_or_empty_is_an_error(three, first):
    with pytest.raises(Refused) as refused:
        ask("query ($first: Int) { programmes(first: $first) { nodes { title } } }", first=first)
    assert refused.value.codes == ["PAGE_SIZE"]


@pytest.mark.parametrize("cursor", ["", "x", "%%%", "WyJYIiwgMSwgMV0", "bnVsbA", "MTIz", "č"])
def test_a_cursor_that_is_none_of_ours_is_an_error(three, cursor):
    with pytest.raises(Refused) as refused:
        ask(TITLES, after=cursor)
    assert refused.value.codes == ["INVALID_CURSOR"]


def test_a_cursor_of_another_order_is_an_error(three):
    cursor = ask(TITLES, first=1)["programmes"]["pageInfo"]["endCursor"]
    with pytest.raises(Refused) as refused:
        ask(TITLES, after=cursor, orderBy="LAST_PUBLISHED_DESC")
    assert refused.value.codes == ["INVALID_CURSOR"]


@pytest.mark.parametrize("order", ["TITLE_ASC", "TITLE_DESC", "NEXT_START_ASC", "LAST_PUBLISHED_DESC"])
def test_every_order_gives_each_row_once_over_all_parts(three, order):
    seen, after = [], None
    for _part in range(4):
        part = ask(TITLES, first=1, after=after, orderBy=order)["programmes"]
        seen += [node["title"] for node in part["nodes"]]
        after = part["pageInfo"]["endCursor"]
        if not part["pageInfo"]["hasNextPage"]:
            break
    assert len(seen) == 3
    assert sorted(seen) == sorted(titles())


def test_a_title_is_found_without_its_accents_and_case(three):
    assert titles(filter={"titleContains": "CAS ZA"}) == ["Čas za branje"]


def test_an_unknown_code_finds_nothing_and_a_malformed_value_is_an_error(three):
    assert titles(filter={"topic": ["no-such-topic"]}) == []
    assert titles(filter={"centre": ["no-such-centre"]}) == []
    with pytest.raises(Refused) as refused:
        ask(TITLES, filter={"kind": ["NO_SUCH_KIND"]})
    assert refused.value.codes == ["BAD_USER_INPUT"]


def test_conditions_are_joined_by_and_and_values_by_or(three):
    other = make.programme(three, "Natečaj", kind="CAMPAIGN")
    assert titles(filter={"kind": ["CAMPAIGN", "AWARD"]}) == [other.title]
    assert titles(filter={"kind": ["CAMPAIGN"], "titleContains": "žepna"}) == []


def test_a_translation_is_shown_once_in_the_asked_locale_and_others_fall_back(three):
    make.translated(ProgrammePage.objects.get(title="Cicibanova ura"), title="Ciciban hour")
    assert titles(locale="en") == ["Ciciban hour", "Čas za branje", "Žepna knjiga"]
    assert titles(locale="en", fallback=[]) == ["Ciciban hour"]
    assert titles(locale="sl") == ["Cicibanova ura", "Čas za branje", "Žepna knjiga"]


def test_an_unknown_locale_is_an_error_that_names_the_known_ones(three):
    with pytest.raises(Refused, match="sl, en") as refused:
        ask(TITLES, locale="xx")
    assert refused.value.codes == ["UNKNOWN_LOCALE"]


def test_a_fallback_says_what_it_is(three):
    query = """{ programme(centre: "pionirska", slug: "zepna-knjiga", locale: "en") {
        title locale requestedLocale isFallback centre { locale } } }"""
    assert ask(query)["programme"] == {
        "title": "Žepna knjiga",
        "locale": "sl",
        "requestedLocale": "en",
        "isFallback": True,
        "centre": {"locale": "sl"},
    }


def test_a_slug_of_another_locale_leads_to_the_asked_one(three):
    make.translated(
        ProgrammePage.objects.get(title="Cicibanova ura"), title="Ciciban hour", slug="ciciban-hour"
    )
    query = '{ programme(centre: "pionirska", slug: "cicibanova-ura", locale: "en") { title } }'
    assert ask(query)["programme"] == {"title": "Ciciban hour"}


def test_programmes_of_a_centre_are_its_own_in_parts(three):
    other = make.centre("Učni center")
    make.programme(other, "Tečaj")
    query = """{ centres { nodes { shortName programmes(first: 2) {
        totalCount nodes { title } pageInfo { hasNextPage } } } } }"""
    assert ask(query)["centres"]["nodes"] == [
        {
            "shortName": "Pionirska",
            "programmes": {
                "totalCount": 3,
                "nodes": [{"title": "Cicibanova ura"}, {"title": "Čas za branje"}],
                "pageInfo": {"hasNextPage": True},
            },
        },
        {
            "shortName": "Učni center",
            "programmes": {
                "totalCount": 1,
                "nodes": [{"title": "Tečaj"}],
                "pageInfo": {"hasNextPage": False},
            },
        },
    ]


def test_a_filter_that_nothing_can_fit_empties_the_list_of_each_row(three):
    selection = "totalCount nodes { id } pageInfo { hasNextPage }"
    for condition in ("year: -1", "year: 2147483647"):
        query = f"{{ programmes {{ nodes {{ editions(first: 2, filter: {{{condition}}}) {{ {selection} }} }} }} }}"
        found = [node["editions"] for node in ask(query)["programmes"]["nodes"]]
        assert found == [{"totalCount": 0, "nodes": [], "pageInfo": {"hasNextPage": False}}] * 3
