"""Words for every value of every enum, in both languages; the tags of changes."""

import pytest
from graphql import GraphQLEnumType

from cms.models import Change
from config.schema import schema
from tests import factories as make
from tests.graph import ask, send

pytestmark = pytest.mark.django_db

QUERY = "query ($l: String, $e: [String!]) { siteLabels(locale: $l) { enumLabels(enum: $e) { enum value label } } }"
# The same word in both languages.
ALIKE = {("LegalBasisKind", "STANDARD")}


def labels(locale: str, names: list[str] | None = None) -> dict[tuple[str, str], str]:
    found = ask(QUERY, l=locale, e=names)["siteLabels"]["enumLabels"]
    told = {(one["enum"], one["value"]): one["label"] for one in found}
    assert len(told) == len(found)
    return told


def test_every_value_of_every_enum_has_words_in_both_languages() -> None:
    values = {
        (name, value)
        for name, enum in schema.type_map.items()
        if isinstance(enum, GraphQLEnumType) and not name.startswith("__")
        for value in enum.values
    }
    slovenian, english = labels("sl"), labels("en")
    assert set(slovenian) == set(english) == values
    assert all(slovenian.values())
    assert all(english.values())
    untranslated = {key for key in values if slovenian[key] == english[key]} - ALIKE
    assert untranslated == set()


def test_labels_of_some_enums() -> None:
    found = labels("en", ["ProgrammeKind", "BookOrder", "NoSuch"])
    assert {name for name, _value in found} == {"ProgrammeKind", "BookOrder"}
    assert found["ProgrammeKind", "TRAINING"] == "training"
    assert labels("sl", ["ProgrammeKind"])["ProgrammeKind", "TRAINING"] == "izobraževanje"
    assert labels("sl", []) == {}


def test_a_change_has_the_tags_of_the_header() -> None:
    centre = make.publish(make.centre())
    told = ask("{ changes { nodes { type path tags } } }")["changes"]["nodes"]
    tags = {tag for one in told if one["path"] == centre.url_path for tag in one["tags"]}
    answer = send('{ centre(slug: "pionirska") { title } }')
    assert tags & set(answer.headers["Cache-Tag"].split(","))
    assert f"CentrePage:{centre.pk}" in tags
    assert Change.objects.exists()
