"""The JSON-LD of a draft is that of the draft."""

import json
from typing import Any

import pytest
from django.contrib.auth import get_user_model

from centres.models import CentrePage, CommissionPage, EventEdition, ProgrammePage
from cms.models import previews
from tests.graph import ask

QUERY = """
query ($token: String!) {
  preview(token: $token) {
    title jsonLd
    ... on ProgrammePage { editions { nodes { jsonLd } } centre { jsonLd } }
    ... on CentrePage { programmes { nodes { jsonLd } } }
  }
}
"""


def drafted(instance: Any) -> Any:
    editor = get_user_model().objects.create_superuser("somebody")
    return ask(QUERY, token=previews.keep(editor, instance))["preview"]


@pytest.mark.parametrize(
    ("model", "slug"),
    [(ProgrammePage, "prvi-meseci"), (CentrePage, "pionirska"), (CommissionPage, "komisija")],
)
def test_a_draft_of_a_page_has_the_words_of_the_draft(demo: None, model: Any, slug: str) -> None:
    page = model.objects.filter(slug=slug).order_by("pk").first()
    page.title = "Osnutek"
    found = json.loads(drafted(page)["jsonLd"])["@graph"]
    assert found[0]["name"] == "Osnutek"


def test_a_page_that_was_never_saved_has_json_ld_too(demo: None) -> None:
    like = ProgrammePage.objects.get(slug="prvi-meseci")
    page = like.copy(update_attrs={"slug": "novo", "title": "Novo"}, keep_live=False)
    assert json.loads(drafted(page)["jsonLd"])["@graph"][0]["name"] == "Novo"


def test_a_draft_of_an_event_stands_on_the_page_of_its_programme(demo: None) -> None:
    edition = EventEdition.objects.get(label__sl="9. izvedba")
    edition.label = {"sl": "Osnutek izvedbe"}
    found = drafted(edition)
    assert any("Osnutek izvedbe" in node["jsonLd"] for node in found["editions"]["nodes"])
    assert "Osnutek izvedbe" in found["jsonLd"]
