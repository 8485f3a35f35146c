"""`manage.py check` refuses a declaration that does not fit, with id, model, field and a hint."""

import sys
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import models
from grapple.helpers import register_streamfield_block, streamfield_types
from grapple.models import (
    GraphQLForeignKey,
    GraphQLImage,
    GraphQLInt,
    GraphQLPage,
    GraphQLSnippet,
    GraphQLString,
)
from grapple.registry import registry
from wagtail import blocks

from centres.models import Book, CentrePage, EventEdition, ProgrammePage
from centres.models.choices import Cadence
from cms.graphql.schema.declarations import declarations
from cms.graphql_fields import COMPUTED, Below, List, Where, field
from cms.publishing.registry import entry_of
from home.models import HomePage

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

Refused = Callable[[], str]


class Remark(blocks.StructBlock):
    """A block that nobody declared for the graph."""

    stored_as = "remark"
    text = blocks.CharBlock()


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> Refused:
    """Return a function that runs the checks on a schema that is built anew, and returns what they say."""

    def said() -> str:
        monkeypatch.delitem(sys.modules, "config.schema", raising=False)
        declarations.cache_clear()
        with pytest.raises(SystemCheckError) as error:
            call_command("check", stderr=StringIO())
        return str(error.value)

    return said


@pytest.fixture(autouse=True)
def as_before(monkeypatch: pytest.MonkeyPatch) -> Any:
    yield
    monkeypatch.undo()
    declarations.cache_clear()
    entry_of.cache_clear()


def declare(monkeypatch: pytest.MonkeyPatch, model: Any, entry: Any) -> None:
    monkeypatch.setattr(model, "graphql_fields", [*model.graphql_fields, entry])


def test_what_is_declared_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "config.schema", raising=False)
    call_command("check")


WRONG = {
    "null, signature": (ProgrammePage, field("sinceYear: Int!", "Since."), "sinceYear", "E101"),
    "null, word": (ProgrammePage, GraphQLInt("since_year", required=True), "sinceYear", "E101"),
    "null, relation": (
        ProgrammePage, GraphQLForeignKey("predecessor", "centres.ProgrammePage", required=True), "predecessor", "E101",
    ),
    "null, empty choice": (ProgrammePage, field("credentialKind: String!", "What."), "credentialKind", "E101"),
    "type, word": (CentrePage, GraphQLInt("contact_phone"), "contactPhone", "E102"),
    "type, signature": (Book, field("genre: Boolean!", "Genre."), "genre", "E102"),
    "type, date as text": (Book, field("lastPublishedAt: String", "When."), "lastPublishedAt", "E102"),
    "type, relation as text": (CentrePage, field("network: String!", "Whom."), "network", "E102"),
    "type, other model": (CentrePage, field("network: Organisation!", "Whom."), "network", "E102"),
    "type, one of many": (CentrePage, field("topics: Term", "What."), "topics", "E102"),
    "type, many of one": (CentrePage, field("network: [Network!]!", "Whom."), "network", "E102"),
    "column, word": (CentrePage, GraphQLString("short_nam"), "shortNam", "E103"),
    "column, signature": (Book, field("titel: String!", "Title."), "titel", "E103"),
    "column, path": (Book, field("who: [String!]!", "Who.", source="contributors.nmae"), "who", "E103"),
    "unknown type": (Book, field("genre: Gnere!", "Genre."), "genre", "E106"),
    "unknown type of an argument": (Book, field("genre(of: Gnere): String!", "Genre."), "genre", "E106"),
    "null, image": (ProgrammePage, GraphQLImage("lead_image", required=True), "leadImage", "E101"),
    "null, another name": (
        ProgrammePage, field("before: ProgrammePage!", "Before.", source="predecessor"), "before", "E101",
    ),
    "type, number with a fraction": (ProgrammePage, field("durationHours: Int", "How long."), "durationHours", "E102"),
    "type, page of an image": (ProgrammePage, GraphQLPage("lead_image"), "leadImage", "E102"),
    "column, source": (Book, GraphQLString("name", source="titel"), "name", "E103"),
    "unknown type of items": (Book, field("genre(of: [Gnere!]!): String!", "Genre."), "genre", "E106"),
    "input as a type": (Book, field("genre: ProgrammeFilter", "Genre."), "genre", "E106"),
    "type as an argument": (Book, field("genre(of: Book): String!", "Genre."), "genre", "E106"),
    "unknown model": (Book, GraphQLForeignKey("award", "centres.Awrad"), "award", "E106"),
    "model outside the graph": (Book, GraphQLForeignKey("award", "auth.User"), "award", "E106"),
    "model that is no snippet": (
        ProgrammePage, GraphQLSnippet("predecessor", "centres.ProgrammePage"), "predecessor", "E106",
    ),
    "not the schema language": (Book, field("genre String!", "Genre."), "genre String!", "E114"),
    "not a word": (Book, "genre", "'genre'", "E114"),
    "price": (HomePage, field("title: ProgrammeConnection!", "All."), "title", "E113"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_a_field_that_does_not_fit_its_column_is_refused(
    case: str, monkeypatch: pytest.MonkeyPatch, refused: Refused
) -> None:
    model: Any
    model, entry, name, number = WRONG[case]
    declare(monkeypatch, model, entry)
    said = refused()
    assert f"(cms.{number}) {model._meta.label}.{name}" in said
    assert "HINT" in said


def test_a_column_that_is_never_null_for_the_public_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    declare(monkeypatch, ProgrammePage, field("begun: Int!", "Since.", source="since_year", always=True))
    monkeypatch.delitem(sys.modules, "config.schema", raising=False)
    declarations.cache_clear()
    call_command("check")


@pytest.mark.parametrize(
    ("declared", "number", "part"),
    [
        (List("tomes"), "E108", ""),
        (List("tomes", order={"TITLE": "titel"}), "E103", ".order"),
        (List("tomes", order={"TITLE": "sort_key"}, filters={"y": "yaer"}), "E103", ".filters"),
        (
            List("tomes", order={"TITLE": "sort_key"}, filters={"who": Where("contributors__nmae")}),
            "E103",
            ".filters",
        ),
        (List("tomes", order={"TITLE": "sort_key"}, below={"HomePage": Below("hoem")}), "E103", ".below"),
        (List("tomes", order={"TITLE": "sort_key"}, filters={"clever": COMPUTED}), "E103", ".clever"),
        (List("tomes", order={"TITLE": "sort_key", "CLEVER": COMPUTED}), "E103", ".CLEVER"),
        (List("tomes", order={"TITLE": "contributors__name"}), "E103", ".order"),
        (List("tomes", order={"TITLE": ""}), "E103", ".order"),
        (List("tomes", order={"BY TITLE": "sort_key"}), "E114", ".order"),
        (List("to-mes", order={"TITLE": "sort_key"}), "E114", ".name"),
        (List("tomes", order={"TITLE": "sort_key"}, filters={"a b": "year"}), "E114", ".filters"),
        (List("tomes", order={"TITLE": "sort_key"}, filters=["year__number"]), "E103", ".filters"),
        (List("tomes", order={"TITLE": "sort_key"}, arguments="x Int"), "E114", ".arguments"),
        (List("tomes", order={"TITLE": "sort_key"}, below={"Hompage": Below("publisher")}), "E106", ".below"),
        (List("tomes", order={"TITLE": "sort_key"}, below={"HomePage": Below()}), "E103", ".below"),
        (
            List("tomes", order={"TITLE": "sort_key"}, below={"HomePage": Below("publisher", key="kye")}),
            "E103",
            ".below",
        ),
        (
            List(
                "tomes", order={"TITLE": "sort_key"}, below={"HomePage": Below("publisher", order="NEW_ASC")}
            ),
            "E108",
            ".below",
        ),
        (List("programmes", order={"TITLE": "sort_key"}), "E105", ""),
        (List("search", order={"TITLE": "sort_key"}), "E105", ""),
        (List("tomes", order={"TITLE": "sort_key"}, prefix="Programme"), "E105", ""),
        ({"order": "sort_key"}, "E114", ""),
    ],
)
def test_a_list_that_cannot_be_answered_is_refused(
    declared: Any, number: str, part: str, monkeypatch: pytest.MonkeyPatch, refused: Refused
) -> None:
    monkeypatch.setattr(Book, "graphql_list", declared)
    assert f"(cms.{number}) centres.Book.graphql_list{part}" in refused()


def test_a_block_without_a_type_is_refused(settings: Any, refused: Refused) -> None:
    settings.CMS_BODY_BLOCKS = ["centres.blocks", __name__]
    said = refused()
    assert "(cms.E104)" in said
    assert "Remark" in said
    assert "@register_streamfield_block" in said


def test_a_field_of_a_block_that_nothing_answers_is_refused(
    monkeypatch: pytest.MonkeyPatch, settings: Any, refused: Refused
) -> None:
    before = list(streamfield_types)

    @register_streamfield_block
    class Dial(blocks.StructBlock):
        """A dial."""

        text = blocks.CharBlock()
        graphql_fields = [GraphQLString("text"), GraphQLString("txet")]

    try:
        said = refused()
    finally:
        streamfield_types[:] = before
    assert "(cms.E111)" in said
    assert "Dial.txet" in said


class Inner(blocks.StructBlock):
    """A block inside the stream of another."""

    text = blocks.CharBlock()


def test_a_block_inside_the_stream_of_a_block_needs_a_type_too(refused: Refused) -> None:
    before = list(streamfield_types)

    @register_streamfield_block
    class Outer(blocks.StructBlock):
        """A block with a stream."""

        parts = blocks.ListBlock(blocks.StreamBlock([("inner", Inner())]))

    try:
        said = refused()
    finally:
        streamfield_types[:] = before
    assert f"(cms.E104) {__name__}.Inner: " in said


BLOCKS: dict[str, tuple[str, dict[str, Any], str]] = {
    "unknown type": ("Dial", {"graphql_fields": [field("text: Txet", "T.")]}, "E106"),
    "type of the child": ("Dial", {"graphql_fields": [GraphQLInt("text")]}, "E102"),
    "type in a signature": ("Dial", {"graphql_fields": [field("text: Int", "T.")]}, "E102"),
    "null of the child": ("Dial", {"graphql_fields": [GraphQLInt("hours", required=True)]}, "E101"),
    "not the schema language": ("Dial", {"graphql_fields": [field("text String", "T.")]}, "E114"),
    "name of a model": ("Book", {}, "E105"),
    "name of a written type": ("PageInfo", {}, "E105"),
    "name of an enum": ("Cadence", {}, "E105"),
    "name of another block": ("ProgrammesBlock", {}, "E105"),
}


@pytest.mark.parametrize("case", BLOCKS)
def test_a_block_that_does_not_fit_is_refused(case: str, refused: Refused) -> None:
    name, attributes, number = BLOCKS[case]
    before = list(streamfield_types)
    own = {"text": blocks.CharBlock(), "hours": blocks.IntegerBlock(required=False), "__module__": __name__}
    register_streamfield_block(type(name, (blocks.StructBlock,), {**own, **attributes}))
    try:
        said = refused()
    finally:
        streamfield_types[:] = before
    assert f"(cms.{number}) " in said
    assert "HINT" in said


def test_whatever_else_stops_the_build_is_said_in_one_line(
    monkeypatch: pytest.MonkeyPatch, refused: Refused
) -> None:
    def stop(*_graphs: Any) -> None:
        raise TypeError("of a kind that nobody thought of")

    monkeypatch.setattr("cms.graphql.schema.build._query", stop)
    assert "(cms.E100) the schema cannot be built: TypeError: of a kind" in refused()


def test_two_types_of_one_name_are_refused(monkeypatch: pytest.MonkeyPatch, refused: Refused) -> None:
    meta = type("Meta", (), {"proxy": True, "app_label": "home"})
    namesake = type("Book", (Book,), {"__module__": "home.books", "Meta": meta})
    monkeypatch.setitem(registry.django_models, namesake, registry.models[Book])
    try:
        said = refused()
    finally:
        from django.apps import apps

        del apps.all_models["home"]["book"]
        apps.clear_cache()
    assert "(cms.E105)" in said
    assert "the type Book is also that of" in said


def test_a_model_whose_app_is_in_no_graph_is_refused(
    monkeypatch: pytest.MonkeyPatch, refused: Refused
) -> None:
    for kind in (registry.snippets, registry.django_models):
        monkeypatch.delitem(kind, Book, raising=False)
    said = refused()
    assert "(cms.E109) centres.Book.graphql_fields" in said
    assert 'GRAPPLE["APPS"]' in said


@pytest.mark.parametrize("values", [Cadence.values[1:], [*Cadence.values, "WEEKLY"]])
def test_a_value_in_the_choices_or_the_written_enum_alone_is_refused(
    values: list[str], monkeypatch: pytest.MonkeyPatch, refused: Refused
) -> None:
    make: Any = models.TextChoices
    changed = make("Cadence", [(value, (value, value)) for value in values])
    monkeypatch.setattr(ProgrammePage._meta.get_field("cadence"), "choices", changed.choices)
    said = refused()
    assert "(cms.E110) centres.ProgrammePage.cadence: " in said
    assert ("WEEKLY" if "WEEKLY" in values else Cadence.values[0]) in said


def test_a_value_that_the_committed_schema_has_is_not_lost_in_silence(
    monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any, refused: Refused
) -> None:
    before = settings.CMS_GRAPHQL_SCHEMA_FILE.read_text("utf-8")
    settings.CMS_GRAPHQL_SCHEMA_FILE = tmp_path / "schema.graphql"
    more = before.replace("enum Cadence {", 'enum Cadence {\n  "x" DAILY\n')
    settings.CMS_GRAPHQL_SCHEMA_FILE.write_text(more, "utf-8")
    settings.CMS_CHANGELOG = tmp_path / "CHANGELOG.md"
    assert "(cms.E110) DAILY was removed from enum type Cadence" in refused()
    settings.CMS_CHANGELOG.write_text("### Schema\n- `DAILY` was removed from enum type Cadence.\n", "utf-8")
    call_command("check")


def test_a_fact_that_translations_do_not_share_is_refused(
    monkeypatch: pytest.MonkeyPatch, refused: Refused
) -> None:
    shared = tuple(name for name in ProgrammePage.shared_fields if name not in ("since_year", "format"))
    monkeypatch.setattr(ProgrammePage, "shared_fields", shared)
    monkeypatch.setattr(ProgrammePage, "shared_relations", ProgrammePage.shared_relations[1:])
    said = refused()
    for name in ("since_year", "format", "programme_audiences"):
        assert f"(cms.E020) centres.ProgrammePage.{name}" in said


@pytest.mark.parametrize(
    ("attribute", "names", "lacking"),
    [
        ("shared_fields", ("host", "hots"), "hots"),
        ("generated_fields", ("sotr_key",), "sotr_key"),
        ("shows", ("centres.Reveiw",), "centres.Reveiw"),
        ("public_with", "centre_kye", "centre_kye"),
        ("public_if", "is_plublic", "is_plublic"),
    ],
)
def test_what_a_model_declares_to_the_platform_names_something(
    attribute: str, names: Any, lacking: str, monkeypatch: pytest.MonkeyPatch, refused: Refused
) -> None:
    monkeypatch.setattr(CentrePage, attribute, names, raising=False)
    entry_of.cache_clear()
    said = refused()
    assert f"(cms.E122) centres.CentrePage.{attribute}: " in said
    assert f"“{lacking}”" in said


def test_a_table_that_the_graph_shows_is_not_private(
    monkeypatch: pytest.MonkeyPatch, refused: Refused
) -> None:
    from cms.publishing import private

    monkeypatch.setitem(private.PRIVATE_TABLES, "centres.Book", "By mistake.")
    assert "(cms.E112) centres.Book" in refused()


def test_the_schema_says_all_mistakes_at_once_when_it_is_built(
    monkeypatch: pytest.MonkeyPatch, refused: Refused
) -> None:
    declare(monkeypatch, Book, GraphQLString("titel"))
    declare(monkeypatch, EventEdition, field("number: Int!", "Which."))
    said = refused()
    assert "centres.Book.titel" in said
    assert "centres.EventEdition.number" in said
