"""The calendar and the search answer to their addresses as pages do."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "whole"),
    [
        ("/sl/koledar", "/sl/koledar/"),
        ("/en/search?q=reading", "/en/search/?q=reading"),
        ("/en/programmes?open=1", "/en/programmes/?open=1"),
    ],
)
def test_an_address_without_its_last_slash_leads_to_the_one_with_it(
    client: Client, path: str, whole: str
) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (301, whole)
