"""What librarians type, and what they expect to find first in the demo."""

import pytest

from tests.cms.searching import ask, ids, titles
from tests.cms.slovenian import NOUNS, without_signs
from tests.graph import ask as ask_graph

pytestmark = pytest.mark.usefixtures("demo")

SLOVENIAN = {
    # centres, by name, by what they do, by those who host them
    "učni center": "Učni center",
    "v učnem centru": "Učni center",
    "pionirsko": "Pionirska",
    "center za mladinsko književnost": "Pionirska",
    "domoznanstvom": "Domoznanstvo",
    "kompetenčnega centra za domoznanstvo": "Domoznanstvo",
    "ptuj": "Domoznanstvo",
    "knjižnici ivana potrča": "Domoznanstvo",
    "ravne na koroškem": "Lahko branje",
    "lahkim branjem": "Lahko branje",
    "susnik": "Lahko branje",
    "stalno strokovno izobraževanje": "Učni center",
    # programmes
    "prireditve": "Prireditvena dejavnost v splošni knjižnici",
    "prireditveno dejavnostjo": "Prireditvena dejavnost v splošni knjižnici",
    "prvih mesecev": "Prvi meseci v splošni knjižnici",
    "dostopnimi objavami": "Dostopne objave na spletu",
    "bralnik zaslona": "Dostopne objave na spletu",
    "zahtevni pogovori": "Zahteven pogovor ob izposoji",
    "pri izposoji": "Zahteven pogovor ob izposoji",
    "zamudnino": "Zahteven pogovor ob izposoji",
    "umetni inteligenci": "Umetna inteligenca v knjižnici",
    "umetne inteligence": "Umetna inteligenca v knjižnici",
    "strokovna sreda": "Strokovne srede",
    "strokovnih sredah": "Strokovne srede",
    "moji najljubši knjigi": "Moja naj knjiga",
    "naj knjiga": "Moja naj knjiga",
    "mega kviza": "Slovenski knjižnično-muzejski MEGA kviz",
    "MEGA": "Slovenski knjižnično-muzejski MEGA kviz",
    "knjižnično-muzejskim kvizom": "Slovenski knjižnično-muzejski MEGA kviz",
    "knjiznicno muzejski": "Slovenski knjižnično-muzejski MEGA kviz",
    "rastemo s knjigami": "Rastem s knjigo",
    "javni agenciji za knjigo": "Rastem s knjigo",
    "knjigometru": "Knjigometer",
    "glasnega branja": "Glasno branje za začetnike",
    "za začetnike": "Glasno branje za začetnike",
    "digitalizaciji": "Digitalizacija domoznanskega gradiva",
    "domoznansko gradivo": "Digitalizacija domoznanskega gradiva",
    "skeniranju": "Digitalizacija domoznanskega gradiva",
    "lahko branje za knjižničarja": "Lahko branje za knjižničarje",
    # the Golden Pear and the Manual, by editions and books
    "znakom zlata hruška": "Znak zlata hruška",
    "priznanja zlata hruška": "Priznanje zlata hruška",
    "priznanji": "Priznanje zlata hruška",
    "tihotapcev": "Priznanje zlata hruška",
    "pasjega poletja": "Priznanje zlata hruška",
    "gaja kos": "Priznanje zlata hruška",
    "gaje kos": "Priznanje zlata hruška",
    "invazija požrešnih spodnjic": "Priznanje zlata hruška",
    "kdo je kriv da je zima bela": "Priznanje zlata hruška",
    "romeo in julija iz sosednje ulice": "Priznanje zlata hruška",
    "möderndorfer": "Priznanje zlata hruška",
    "skrivno društvo krvz": "Priznanje zlata hruška",
    "štefan gugalnica": "Priznanje zlata hruška",
    "prevedena poučna knjiga": "Priznanje zlata hruška",
    "priročnikom": "Priročnik za branje kakovostnih mladinskih knjig",
    "branje kakovostnih knjig": "Priročnik za branje kakovostnih mladinskih knjig",
    "ozvezdje knjiga": "Priročnik za branje kakovostnih mladinskih knjig",
    "o črtah in luknjah": "Priročnik za branje kakovostnih mladinskih knjig",
    # people, venues, commission, information
    "karmen dolžan": "Strokovne srede",
    "žiga bohorjan": "Glasno branje za začetnike",
    "otona župančiča": "Prireditvena dejavnost v splošni knjižnici",
    "komisijo": "Komisija za kompetenčne centre",
    "združenje splošnih knjižnic": "Komisija za kompetenčne centre",
    "fiesa": "Komisija za kompetenčne centre",
    "izjave o dostopnosti": "Izjava o dostopnosti",
    "zasebnostjo": "Pravno obvestilo in zasebnost",
    "piškotki": "Pravno obvestilo in zasebnost",
    "kompetenčnih centrih": "Kompetenčni centri",
    # spelt without signs, in capitals, unfinished
    "ucni center": "Učni center",
    "ZLATE HRUŠKE ZNAK": "Znak zlata hruška",
    "glasno branje za zacetnike": "Glasno branje za začetnike",
    "domoznan": "Domoznanstvo",
    "NUK-a": "Učni center",
    "IZUM-om": "Učni center",
}
ENGLISH = {
    "training centres": "Training Centre",
    "local study": "Local Studies",
    "easy reading": "Easy Reading",
    "events": "Events in a public library",
    "artificial intelligence": "AI in the library",
    "wednesday": "Professional Wednesdays",
    "favourite books": "My Favourite Book",
    "quizzes": "Slovenian Library and Museum MEGA Quiz",
    "golden pear awards": "Golden Pear award",
    "golden pear signs": "Golden Pear sign",
    "tihotapci": "Golden Pear award",
    "manuals": "Manual for Reading Quality Youth Books",
    "commission": "Commission for Competence Centres",
    "accessibility statements": "Accessibility statement",
    "dostopnih objav": "Dostopne objave na spletu",
}


def test_the_set_is_as_large_as_was_promised() -> None:
    assert len(SLOVENIAN) + len(ENGLISH) + sum(len(noun.forms) for noun in NOUNS.values()) >= 60
    assert len(SLOVENIAN) >= 60


@pytest.mark.parametrize(("query", "expected"), SLOVENIAN.items())
def test_a_slovenian_query_finds_this_first(query: str, expected: str) -> None:
    assert titles(query)[:1] == [expected]


@pytest.mark.parametrize(("query", "expected"), ENGLISH.items())
def test_an_english_query_finds_this_first(query: str, expected: str) -> None:
    assert titles(query, "en")[:1] == [expected]


@pytest.mark.parametrize("query", SLOVENIAN)
def test_a_query_without_signs_finds_the_identical_list(query: str) -> None:
    assert ids(ask(without_signs(query), first=100)) == ids(ask(query, first=100))


@pytest.mark.parametrize("word", NOUNS)
def test_every_form_finds_the_identical_list(word: str) -> None:
    expected = ids(ask(word, first=100))
    assert expected
    for form in NOUNS[word].forms:
        assert ids(ask(form, first=100)) == ids(ask(without_signs(form), first=100)) == expected, form


QUERY = """
query($text: String!, $types: [SearchType!], $centre: [String!], $locale: String) {
  search(query: $text, types: $types, centre: $centre, locale: $locale) {
    totalCount
    nodes { rank page { title locale isFallback } snippet { text highlight } }
    facets { name values { code label count } }
  }
}
"""


def test_facets_count_what_their_filters_leave() -> None:
    whole = ask_graph(QUERY, text="branje")["search"]
    facets = {facet["name"]: facet["values"] for facet in whole["facets"]}
    assert set(facets) == {"TYPE", "CENTRE", "TOPIC", "AUDIENCE"}
    for value in facets["TYPE"]:
        filtered = ask_graph(QUERY, text="branje", types=[value["code"]])["search"]
        assert filtered["totalCount"] == value["count"], value
    for value in facets["CENTRE"]:
        filtered = ask_graph(QUERY, text="branje", centre=[value["code"]])["search"]
        assert filtered["totalCount"] == value["count"], value


def test_an_edition_is_found_through_its_programme() -> None:
    found = ask_graph(QUERY, text="tihotapci", types=["EDITION"])["search"]
    assert [node["page"]["title"] for node in found["nodes"]] == ["Priznanje zlata hruška"]
    assert [part["text"] for part in found["nodes"][0]["snippet"] if part["highlight"]] == ["Tihotapci"]
    assert ask_graph(QUERY, text="tihotapci", types=["CENTRE"])["search"]["totalCount"] == 0


def test_a_centre_is_named_in_the_asked_language() -> None:
    found = ask_graph(QUERY, text="library", locale="en", centre=["training-centre"])["search"]
    centres = next(facet["values"] for facet in found["facets"] if facet["name"] == "CENTRE")
    assert [(value["code"], value["label"]) for value in centres] == [("training-centre", "Training Centre")]
    assert ask_graph(QUERY, text="library", locale="en", centre=["ucni-center"])["search"] == found


def test_an_unknown_centre_finds_nothing() -> None:
    assert ask_graph(QUERY, text="branje", centre=["nikjer"])["search"]["totalCount"] == 0


def test_what_has_no_translation_says_so() -> None:
    found = ask_graph(QUERY, text="dostopne objave", locale="en")["search"]["nodes"][0]["page"]
    assert found == {"title": "Dostopne objave na spletu", "locale": "sl", "isFallback": True}
