"""What a query finds, in which order, and what it never finds."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.publishing.visibility import Viewer
from cms.search.models import SearchPosting, Synonym
from cms.search.results import InvalidCursorError
from home.models import HomePage
from tests.cms.searching import ask, ids, page, titles, translated
from tests.cms.slovenian import NOUNS, without_signs

pytestmark = pytest.mark.django_db


# ---------------------------------------------------------------- forms and signs
@pytest.mark.parametrize("word", NOUNS)
def test_every_form_of_a_word_gives_the_identical_list(word: str) -> None:
    forms = NOUNS[word].forms
    pages = [page(f"Stran {number}", f"Tu stoji {form}.") for number, form in enumerate(forms)]
    page(word.capitalize(), "Naslov je beseda sama.")
    page("Drugo", "Nič od tega.")
    expected = ids(ask(word, first=100))
    assert set(expected) >= {one.pk for one in pages}
    assert len(expected) == len(pages) + 1
    for form in forms:
        for typed in (form, without_signs(form), form.upper(), f"  {form}, "):
            assert ids(ask(typed, first=100)) == expected, typed


def test_two_inflected_words_find_the_same_as_their_base_forms() -> None:
    both = page("Naslov", "V knjižnici delajo knjižničarji.")
    page("Eno", "Samo knjižnica.")
    for query in ("knjižnicah knjižničarjem", "knjižnica knjižničar", "knjiznicah knjiznicarjem"):
        assert ids(ask(query)) == [both.pk]


def test_english_texts_are_found_by_english_forms() -> None:
    found = page("Public libraries", "Librarians and children.", locale="en")
    assert ids(ask("library", "en")) == ids(ask("librarian child", "en")) == [found.pk]


# ---------------------------------------------------------------- order
def test_a_title_comes_before_a_summary_and_a_summary_before_text() -> None:
    page("Besedilo", "Omenja knjižnice. " + "In še marsikaj drugega.")
    page("Povzetek", summary="Ta povzetek govori o knjižnici in o vsem, kar je treba vedeti o njej danes.")
    page("Knjižnice")
    assert titles("knjižnica") == ["Knjižnice", "Povzetek", "Besedilo"]


def test_the_page_with_just_this_title_comes_first() -> None:
    page("Bralni klub za starše v vseh knjižnicah", "Bralni klub. " * 9)
    page("Bralni klub")
    assert titles("bralnega kluba")[0] == "Bralni klub"


def test_a_page_needs_all_words() -> None:
    page("Knjižnica")
    page("Hruška")
    assert titles("knjižnica hruška") == []


def test_from_three_words_on_a_page_may_lack_one_that_no_page_has_with_the_others() -> None:
    page("Knjižnica in hruška")
    page("Hruška")
    assert titles("knjižnica hruška vesolje") == ["Knjižnica in hruška"]


def test_small_words_are_not_needed_but_count_in_titles() -> None:
    page("O črtah in luknjah")
    page("Črte", "Luknje so tudi tu.")
    assert titles("o črtah in luknjah") == ["O črtah in luknjah", "Črte"]


def test_quotation_marks_ask_for_the_form_as_it_is_written() -> None:
    page("Ena", "V knjižnicah.")
    page("Druga", "Iz knjižnice.")
    assert titles('"knjižnicah"') == titles("»knjiznicah«") == ["Ena"]
    assert sorted(titles("knjižnicah")) == ["Druga", "Ena"]


def test_a_word_that_is_still_being_typed_finds_what_begins_like_it() -> None:
    page("Knjižnica")
    page("Knjižničar")
    assert sorted(titles("knjiž")) == ["Knjižnica", "Knjižničar"]
    assert titles("knjiž ") == []
    assert titles("zadnji knjiž") == []


def test_a_compound_is_found_whole_and_by_its_parts() -> None:
    page("Knjižnično-muzejski kviz")
    for query in ("knjižnično-muzejskega", "muzejski", "knjiznicno muzejski", "knjižničnomuzejski"):
        assert titles(query) == ["Knjižnično-muzejski kviz"], query


# ---------------------------------------------------------------- parts of a result
def test_parts_follow_each_other_and_ranks_go_on() -> None:
    for number in range(7):
        page(f"Knjižnica {number}", "Knjižnica. " * number)
    whole = ids(ask("knjižnica"))
    seen, ranks, after = [], [], None
    while True:
        part = ask("knjižnica", first=3, after=after)
        seen += ids(part)
        ranks += [hit.rank for hit in part.hits]
        assert part.total == 7
        if not part.has_next:
            break
        after = part.end_cursor
    assert seen == whole
    assert ranks == list(range(1, 8))


def test_a_cursor_stays_right_when_pages_come_and_go() -> None:
    pages = [page(f"Knjižnica {number}") for number in range(4)]
    part = ask("knjižnica", first=2)
    pages[0].unpublish()
    page("Knjižnica, nova")
    assert ids(ask("knjižnica", first=1, after=part.end_cursor)) == [pages[2].pk]


@pytest.mark.parametrize(
    "cursor", ["", "?", "W10", "WzEsMl0x", "e30", "bnVsbA", "WyJhIiwgMV0", "W3RydWUsIDFd" * 9, "č"]
)
def test_a_cursor_of_something_else_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidCursorError):
        ask("knjižnica", after=cursor)


# ---------------------------------------------------------------- what is searched
def test_text_of_all_blocks_is_searched() -> None:
    made = page("Bloki")
    made.body = [
        {"type": "heading", "value": {"text": "Podnaslov", "level": "2"}},
        {"type": "quote", "value": {"quote": "Navedek", "attribution": "Avtorica Ocvirk"}},
        {"type": "accordion", "value": {"items": [{"heading": "Zavihek", "text": "<p>Skrivališče</p>"}]}},
    ]
    made.save_revision().publish()
    for query in ("podnaslovi", "navedkov", "ocvirk", "zavihki", "skrivališča"):
        assert titles(query) == ["Bloki"], query


def test_tags_are_no_words() -> None:
    page("Stran", "<b>krepko</b>")
    assert titles("strong") == titles("href") == []


# ---------------------------------------------------------------- what is never found
def test_a_draft_is_not_found() -> None:
    HomePage.objects.first().add_child(
        instance=type(page("Javno"))(title="Osnutek", summary="s", live=False, locale_id=1)
    )
    assert titles("osnutek") == []


def test_words_of_unpublished_changes_are_not_found() -> None:
    made = page("Javno")
    made.title = "Skrivnost"
    made.save_revision()
    assert titles("skrivnost") == []
    assert titles("javno") == ["Javno"]


def test_an_unpublished_or_deleted_page_leaves_no_word_behind() -> None:
    page("Edinstvenost").unpublish()
    page("Neponovljivost").delete()
    assert titles("edinstvenost") == titles("neponovljivost") == []
    assert not SearchPosting.objects.filter(key__contains="edinstv").exists()
    assert not SearchPosting.objects.filter(key__contains="neponovlj").exists()


def test_an_expired_page_is_gone_at_its_moment_without_any_command() -> None:
    moment = timezone.now() + timedelta(hours=1)
    page("Minljivost", expire_at=moment)
    assert titles("minljivost", now=moment - timedelta(seconds=1)) == ["Minljivost"]
    assert titles("minljivost", now=moment) == []


@pytest.mark.parametrize("kind", ["login", "password", "groups"])
def test_a_private_page_is_found_by_nobody_who_may_not_see_it(kind: str) -> None:
    private = page("Zasebno", "Skrivna beseda.")
    below = page("Spodaj", "Skrivna beseda.", parent=private)
    restriction = PageViewRestriction.objects.create(page=private, restriction_type=kind, password="geslo")
    assert titles("skrivna") == []
    assert ask("skrivna").total == 0
    assert ask("skrivne besde").suggestion is None
    if kind == "groups":
        group = Group.objects.create(name="Komisija")
        restriction.groups.add(group)
        user = User.objects.create_user("ana")
        user.groups.add(group)
        assert sorted(ids(ask("skrivna", viewer=Viewer(user)))) == [private.pk, below.pk]


# ---------------------------------------------------------------- locales
def test_a_page_without_translation_is_found_in_the_locale_that_stands_in() -> None:
    only_slovenian = page("Domoznanstvo", "Prevajanje.")
    both = page("Pravljice", "Prevajanje.")
    english = translated(both, "Tales", body=[])
    found = ids(ask("prevajanje", "en"))
    assert found == [only_slovenian.pk]
    assert ids(ask("tale", "en")) == [english.pk]
    assert ids(ask("prevajanje", "en", fallback=[])) == []


def test_a_translation_that_is_not_visible_does_not_hide_its_source() -> None:
    source = page("Pravljice", "Prevajanje.")
    english = translated(source, "Tales", body=[])
    assert ids(ask("prevajanje", "en")) == []
    english.unpublish()
    assert ids(ask("prevajanje", "en")) == [source.pk]


# ---------------------------------------------------------------- snippets
def test_a_snippet_marks_the_words_in_the_forms_that_stand_there() -> None:
    page("Stran", "Prvi odstavek brez česarkoli. V knjižnicah delajo knjižničarji in knjižničarke.")
    parts = ask("knjižničar knjižnica").hits[0].snippet
    assert [part.text for part in parts if part.highlight] == ["knjižnicah", "knjižničarji"]
    assert "V " in "".join(part.text for part in parts)


def test_a_snippet_of_a_long_text_is_short_and_shows_the_place() -> None:
    page("Stran", "Beseda za besedo teče mimo. " * 200 + "Tukaj je hruška. " + "In tako naprej. " * 200)
    parts = ask("hruškah").hits[0].snippet
    assert len("".join(part.text for part in parts)) < 300
    assert [part.text for part in parts if part.highlight] == ["hruška"]
    assert parts[0].text.startswith("… ")


def test_the_snippet_of_a_page_found_by_its_title_is_its_beginning() -> None:
    page("Hruška", summary="Povzetek, ki o iskani besedi molči, a je dovolj dolg, da ga urejevalnik sprejme.")
    assert "".join(part.text for part in ask("hruška").hits[0].snippet).startswith("Povzetek, ki o iskani")


# ---------------------------------------------------------------- synonyms
def test_a_synonym_counts_from_the_next_query_on_and_in_any_form() -> None:
    page("Ljubljanska knjižnica")
    assert titles("mklj") == []
    made = Synonym.objects.create(locale_id=1, word="MKLJ", others="ljubljanska knjižnica")
    assert titles("mklj") == ["Ljubljanska knjižnica"]
    made.delete()
    assert titles("mklj") == []


def test_a_synonym_of_several_words_is_recognised() -> None:
    page("Obisk OŠ")
    Synonym.objects.create(locale_id=1, word="osnovna šola", others="OŠ")
    assert titles("osnovne šole") == ["Obisk OŠ"]
    assert titles("obisk v osnovni šoli") == ["Obisk OŠ"]


def test_a_one_way_synonym_does_not_lead_back() -> None:
    page("Slikanica")
    page("Knjiga")
    Synonym.objects.create(locale_id=1, word="knjiga", others="slikanica", direction="ONE_WAY")
    assert titles("knjigam") == ["Knjiga", "Slikanica"]
    assert titles("slikanicam") == ["Slikanica"]


def test_what_was_typed_comes_before_its_synonyms() -> None:
    page("Bibliotekar")
    page("Knjižničar")
    Synonym.objects.create(locale_id=1, word="knjižničar", others="bibliotekar")
    assert titles("knjižničar") == ["Knjižničar", "Bibliotekar"]
    assert titles("bibliotekar") == ["Bibliotekar", "Knjižničar"]


# ---------------------------------------------------------------- suggestions
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("knigžnica", "knjižnica"),
        ("knjignica", "knjižnica"),
        ("njižnica", "knjižnica"),
        ("jnkižnica", "knjižnica"),
        ("domoznantsvo", "domoznanstvo"),
        ("knjižnica domoznantsvo", "knjižnica domoznanstvo"),
    ],
)
def test_a_query_without_hits_is_answered_with_what_was_meant(typed: str, meant: str) -> None:
    page("Knjižnica in domoznanstvo", "Hruška.")
    result = ask(typed)
    assert (result.total, result.suggestion) == (0, meant)
    assert ask(meant).total == 1


def test_nothing_is_suggested_where_there_are_hits_or_nothing_is_near() -> None:
    page("Knjižnica")
    assert ask("knjižnica").suggestion is None
    assert ask("popolnomanekajdrugega").suggestion is None
    assert ask("🙂").suggestion is None


def test_what_is_suggested_tells_nothing_of_words_of_hidden_pages() -> None:
    """A hidden word that is nearer kept those away that are farther: so it could be guessed."""
    page("Hruška")
    assert ask("truška").suggestion == "Hruška".casefold()
    private = page("Zasebno", " ".join(["Truškat.", *(f"Trušk{letter}." for letter in "bcdfghijklmnprstvz")]))
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    assert ask("truška").suggestion == "Hruška".casefold()


# ---------------------------------------------------------------- whatever people type
STRANGE = [
    "", " ", "\x00", "'", '"', '""', "\"'\"", "''; DROP TABLE wagtailcore_page; --", "1=1 OR 'a'='a",
    "knjižnica\x00",
    "🙂", "🙂🙂🙂 knjiga", "x" * 5000, "č " * 2500, "a b c d e f g h i j k l m n o p q r s t u v w x y z",
    "je in na v z", "the of and", "...", "!!!???", "& | ! ( ) <->", "knjiga & !hruška | (branje <-> klub)", "knjig*",
    "NEAR(a b)", "title:knjiga AND NOT body", "%", "_", "\\", "\\u0000", "${jndi:ldap://x}", "{{7*7}}",
    "\ud800", "\u202eabc",
    "knjižnica" * 20, "-" * 200, "'-'" * 60, "»«„“”", "NUK-", "-a", "ß", "ﬁ", "ａｂｃ", "कखग", "知识", "١٢٣",
    "e\u0301" * 50,
]  # fmt: skip


@pytest.mark.parametrize("text", STRANGE)
def test_whatever_is_typed_is_a_query_and_no_error(text: str) -> None:
    page("Knjižnica", "Knjiga in hruška.")
    result = ask(text, fallback=["en"])
    assert result.total >= 0
    assert all(isinstance(hit.snippet, list) for hit in result.hits)
    assert isinstance(result.facets, list)
    assert result.suggestion is None or result.total == 0


@pytest.mark.parametrize("text", ["", "  ", "...", "🙂", "\x00", "---", '""'])
def test_a_query_without_words_asks_the_database_nothing(text: str) -> None:
    ask("x")  # the gate reads once what is closed to everybody
    with CaptureQueriesContext(connection) as statements:
        assert ask(text).total == 0
    assert not [one for one in statements if "cms_search" in one["sql"]]


# ---------------------------------------------------------------- cost
def test_the_number_of_statements_does_not_grow_with_the_hits() -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as seen:
            result = ask("knjižnica in hruška", first=50)
            assert result.total
            _ = result.hits, result.facets, [hit.snippet for hit in result.hits]
        return len(seen)

    page("Knjižnica", "Hruška.")
    few = statements()
    for number in range(4):
        page(f"Knjižnica {number}", "Hruška.")
    assert statements() == few
