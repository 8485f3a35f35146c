"""Whoever runs a documented query on the demo sees something, on whichever day they came."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from cms.graphql.serving.explorer import Example, examples
from tests.demo_site import NOW
from tests.graph import ENDPOINT

pytestmark = pytest.mark.usefixtures("demo")

LISTS = (
    "centres",
    "programmes",
    "editions",
    "sessions",
    "books",
    "search",
    "changes",
    "pages",
    "redirects",
    "organisations",
)
EXAMPLES = {
    example.title: example
    for example in examples(f"{settings.BASE_DIR}/docs/graphql.md")
    if example.title in LISTS
}


@pytest.mark.parametrize("title", LISTS)
def test_no_documented_list_is_empty(title: str) -> None:
    example = EXAMPLES[title]
    body = {"query": example.query, "variables": variables(example)}
    answer = Client().post(ENDPOINT, body, content_type="application/json").json()
    assert answer["data"][title]["nodes"]


def test_the_dates_that_are_asked_for_hold_those_of_a_demo_of_any_day() -> None:
    # The demo's dates lie within some months of the day on which it was loaded.
    starts, between = (
        variables(EXAMPLES["editions"])["filter"]["starts"],
        variables(EXAMPLES["sessions"])["between"],
    )
    assert max(map(datetime.fromisoformat, (starts["from"], between["from"]))) < NOW - timedelta(days=120)
    assert "to" not in starts
    assert datetime.fromisoformat(between["to"]) > NOW + timedelta(days=3 * 365)


def variables(example: Example) -> dict[str, Any]:
    return dict(json.loads(example.variables or "{}"))
