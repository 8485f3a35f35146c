"""Words to keys: forms, signs, acronyms, compounds, and whatever else people type."""

import pytest

from cms.search import keys
from tests.cms.slovenian import ADJECTIVES, NOUNS, without_signs

pytestmark = pytest.mark.one_database

FORMS = [(noun.nominative, form) for noun in NOUNS.values() for form in noun.forms]
FORMS += [(name, form) for name, forms in ADJECTIVES.items() for form in forms]
GOLD = {
    "knjižnicama": "knjižnica",
    "knjižničarkama": "knjižničarka",
    "kompetenčnima": "kompetenčni",
    "bralcev": "bralec",
    "bralki": "bralka",
    "otrok": "otroci",
    "udeležencema": "udeleženec",
    "domoznanstvom": "domoznanstvo",
    "priročnikov": "priročnik",
    "nagradama": "nagrada",
    "vrat": "vrata",
    "vratih": "vrata",
    "staršev": "starši",
    "staršema": "starši",
    "tleh": "tla",
    "delavnicah": "delavnica",
    "pripovedovanju": "pripovedovanje",
    "izobražujejo": "izobraževati",
    "slikanic": "slikanica",
    "pravljicami": "pravljica",
}


def test_paradigms_have_the_forms_that_grammars_give() -> None:
    assert NOUNS["center"].forms == [
        "center", "centra", "centru", "centrom", "centrov", "centroma", "centrih", "centri", "centre"
    ]  # fmt: skip
    assert {"knjižnic", "knjižnicama", "knjižnicami"} <= set(NOUNS["knjižnica"].forms)
    assert {"knjižničarjema", "knjižničarjih", "knjižničarje"} <= set(NOUNS["knjižničar"].forms)
    assert {"hrušk", "hruškama"} <= set(NOUNS["hruška"].forms)
    assert len(NOUNS["branje"].forms) == len(NOUNS["izobraževanje"].forms) == 8


@pytest.mark.parametrize(("word", "form"), FORMS)
def test_every_form_finds_what_every_other_form_is_found_by(word: str, form: str) -> None:
    assert keys.stem(word, "sl") in keys.query_stems(form, "sl")
    assert keys.stem(form, "sl") in keys.query_stems(word, "sl")


@pytest.mark.parametrize(("word", "form"), FORMS)
def test_a_form_asks_for_the_same_with_and_without_signs_and_in_capitals(word: str, form: str) -> None:
    asked = keys.query_stems(form, "sl")
    assert keys.query_stems(without_signs(form), "sl") == asked
    assert keys.query_stems(form.upper(), "sl") == asked


@pytest.mark.parametrize(("form", "word"), GOLD.items())
def test_forms_that_are_hard_to_guess_meet_their_word(form: str, word: str) -> None:
    assert keys.query_stems(form, "sl") & keys.query_stems(word, "sl")


def test_words_of_one_family_stay_apart() -> None:
    family = ["knjižnica", "knjižničar", "knjižnični", "knjiga", "branje", "bralec", "brati", "hruška"]
    assert len({keys.stem(word, "sl") for word in family}) == len(family)


@pytest.mark.parametrize("written", ["NUK", "NUK-a", "NUK-u", "NUK-om", "nuk", "nuk-a", "NUK’a"])
def test_an_acronym_is_found_with_any_ending(written: str) -> None:
    assert "nuk" in keys.text_stems(written, "sl")
    assert {"nuk"} == {stem for part in keys.parts(written) for stem in keys.query_stems(part, "sl")}


@pytest.mark.parametrize("typed", ["zbdsja", "izuma", "mklja", "ibbyjem"])
def test_an_acronym_is_found_when_its_ending_is_typed_without_a_hyphen(typed: str) -> None:
    acronyms = {"zbdsja": "ZBDS", "izuma": "IZUM", "mklja": "MKL", "ibbyjem": "IBBY"}
    assert keys.query_stems(typed, "sl") & set(keys.text_stems(acronyms[typed], "sl"))


def test_a_compound_is_indexed_whole_and_in_parts() -> None:
    stems = keys.text_stems("knjižnično-muzejskega", "sl")
    assert {"muzejsk", keys.stem("knjižnično", "sl")} <= set(stems)
    assert keys.stem("knjižničnomuzejskega", "sl") in stems


@pytest.mark.parametrize(
    ("form", "word"),
    [
        ("libraries", "library"),
        ("librarians", "librarian"),
        ("children", "child"),
        ("library's", "library"),
        ("Books", "book"),
        ("competencies", "competency"),
    ],
)
def test_english_has_its_own_forms(form: str, word: str) -> None:
    part = keys.parts(form)[0]
    assert keys.stem(word, "en") in keys.query_stems(part, "en")


def test_a_locale_without_a_lemmatizer_is_folded() -> None:
    assert keys.stem("Žička", "xx") == "zicka"
    assert keys.query_stems("Zicka", "xx") == {"zicka"}


@pytest.mark.parametrize(
    "text", ["\x00", "a\x00b", "\ud800", "🙂🙂", "  ", "''", "---", "_", "\u202e", "x" * 5000]
)
def test_no_text_is_too_strange_to_be_cleaned_and_read(text: str) -> None:
    for token in keys.tokens(keys.clean(text)):
        assert all(len(stem) <= keys.MAX_WORD for stem in keys.text_stems(token.text, "sl"))


def test_words_keep_their_place_in_the_text() -> None:
    text = keys.clean("Bralni klub, »NUK-a«")
    assert [text[token.start : token.end] for token in keys.tokens(text)] == ["Bralni", "klub", "NUK-a"]


@pytest.mark.parametrize(
    "word", ["pravlji\u00adcah", "prav\u200bljicah", "\ufeffpravljicah", "prav\u00adlji\u00adcah\u200e"]
)
def test_invisible_letters_of_pasted_words_are_no_part_of_them(word: str) -> None:
    assert keys.clean(word) == "pravljicah"
    assert keys.text_stems(keys.clean(word), "sl") == keys.text_stems("pravljicah", "sl")
