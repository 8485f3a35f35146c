"""The descriptions of the served schema are written for frontend developers."""

import re
from collections.abc import Iterator

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    is_introspection_type,
    is_specified_scalar_type,
)

from config.schema import schema

pytestmark = pytest.mark.one_database

# Phrases that hide a noun or read as translated, with what to write instead.
RIDDLES = {
    r"\bask(ed|s)? for\b|\basked locale\b|\bthe asked\b": "requested",
    r"\bstands?\b": "is, contains, is in",
    r"\bmoments?\b": "time",
    r"\bwhoever\b|\bwhat everybody\b": "a noun",
    r"\blead(s|ing)? to\b|\bled to\b|\bleads elsewhere\b": "points to, results in",
    r"\bout of sight\b|\bin sight\b": "hidden, published",
    r"\bis told\b|\btells\b": "reports",
    r"\bholds?\b": "is met, has",
    r"\bdoes not count\b|\bdo not count\b": "is ignored",
    r"\banew\b|\bdear(er)?\b|\bput forward\b": "again, expensive, featured",
    r"\bone after another\b|\bthe like\b": "list, such as",
    r"\bleft out\b": "omitted",
}
SENTENCE = re.compile(r"[A-Z“].*[.]$", re.DOTALL)
FEWEST_WORDS = 3


def faults(checked: GraphQLSchema) -> list[str]:
    """Return, one sentence each, what is wrong with the descriptions of ``checked``."""
    return [
        f"{coordinate} “{description}”: {fault}"
        for coordinate, description in descriptions(checked)
        if (fault := fault_of(description))
    ]


def fault_of(description: str) -> str | None:
    """Return what is wrong with one description, None where it is fine."""
    if len(description.split()) < FEWEST_WORDS:
        return f"fewer than {FEWEST_WORDS} words"
    if not SENTENCE.fullmatch(description):
        return "no sentence with a capital letter and a full stop"
    for riddle, instead in RIDDLES.items():
        if found := re.search(riddle, description, re.IGNORECASE):
            return f"“{found[0]}”; write: {instead}"
    return None


def descriptions(checked: GraphQLSchema) -> Iterator[tuple[str, str]]:
    """Yield coordinate and description of every type, field, argument and enum value of the project's own."""
    for name, type_ in checked.type_map.items():
        if is_introspection_type(type_) or is_specified_scalar_type(type_):
            continue
        yield name, type_.description or ""
        if isinstance(type_, GraphQLEnumType):
            for value, member in type_.values.items():
                yield f"{name}.{value}", member.description or ""
        if isinstance(type_, GraphQLInputObjectType | GraphQLInterfaceType | GraphQLObjectType):
            for field_name, field in type_.fields.items():
                yield f"{name}.{field_name}", field.description or ""
                for argument, its in getattr(field, "args", {}).items():
                    yield f"{name}.{field_name}({argument}:)", its.description or ""


def test_every_description_of_the_served_schema_is_a_useful_sentence() -> None:
    assert faults(schema) == []


@pytest.mark.parametrize(
    "description",
    [
        "When.",
        "Two words.",
        "No full stop at its end",
        "no capital letter at the beginning.",
        "Locale that was asked for.",
        "What stands at the path.",
        "Computed for the moment of the response.",
        "All of these conditions hold too.",
        "",
    ],
)
def test_a_riddle_is_found_wherever_it_is(description: str) -> None:
    text = f'"{description}"' if description else ""
    sketch = build_schema(
        f"""
        "Entry points of the API." type Query {{ {text} f({text} a: I): E }}
        {text} enum E {{ {text} A }}
        {text} input I {{ {text} c: Int }}
        """
    )
    found = {fault.partition(" ")[0] for fault in faults(sketch)}
    assert found == {"Query.f", "Query.f(a:)", "E", "E.A", "I", "I.c"}
