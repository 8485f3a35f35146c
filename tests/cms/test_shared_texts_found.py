"""The list of shared texts is searched by name and by words, on every database."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from cms.models import SharedText

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("view", ["list", "list_results"])
@pytest.mark.parametrize("query", ["uvod", "pozdravljeni", "ozdrav"])
def test_a_shared_text_is_found_by_its_name_and_its_words(
    admin_client: Client, view: str, query: str
) -> None:
    for name, text in (("uvod", "<p>Pozdravljeni</p>"), ("drugo", "<p>nekaj</p>")):
        SharedText.objects.create(name=name, text=text, locale=Locale.get_default())
    answer = admin_client.get(reverse(SharedText.snippet_viewset.get_url_name(view)), {"q": query})
    assert [row.name for row in answer.context["object_list"]] == ["uvod"]
