"""What the documentation shows is true: its queries run on the demo content, and nothing is left out."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from graphql import FieldNode, OperationDefinitionNode, parse

from centres.models import EventEdition, ProgrammePage
from cms.graphql.serving.explorer import Example, examples
from cms.models import previews
from config.schema import schema
from tests.graph import global_id

pytestmark = pytest.mark.one_database

DOCS = Path(settings.BASE_DIR) / "docs"
EXAMPLES = examples(DOCS / "graphql.md")


def root_fields(example: Example) -> list[str]:
    return [
        selection.name.value
        for operation in parse(example.query).definitions
        if isinstance(operation, OperationDefinitionNode)
        for selection in operation.selection_set.selections
        if isinstance(selection, FieldNode)
    ]


def variables_of(example: Example) -> dict[str, Any]:
    """Return the variables that stand behind a query; what is different on every machine is looked up."""
    variables = json.loads(example.variables or "{}")
    if "id" in variables:
        variables["id"] = global_id(EventEdition.objects.get(rescheduled=True, year=2027))
    if "token" in variables:
        draft = ProgrammePage.objects.get(slug="strokovne-srede")
        editor = get_user_model().objects.create_superuser("somebody")
        variables["token"] = previews.keep(editor, draft)
    return variables


@pytest.mark.parametrize(
    "example", [*EXAMPLES, *examples(DOCS / "clients.md")], ids=lambda example: example.title
)
def test_a_query_of_the_documentation_finds_something(client: Client, demo: None, example: Example) -> None:
    body = {"query": example.query, "variables": variables_of(example)}
    answer = client.post("/graphql/", body, content_type="application/json").json()
    assert "errors" not in answer
    data = answer["data"]
    for field in root_fields(example):
        assert data[field]
        assert data[field].get("nodes", True) if isinstance(data[field], dict) else True


def test_every_root_field_is_shown_under_its_name() -> None:
    assert schema.query_type
    assert {example.title for example in EXAMPLES} == set(schema.query_type.fields)
    assert all(root_fields(example) == [example.title] for example in EXAMPLES)


def test_operations_have_names_of_their_own() -> None:
    names = [re.match(r"query (\w+)", example.query) for example in EXAMPLES]
    assert len({name[1] for name in names if name}) == len(EXAMPLES)


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", page.read_text("utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []
