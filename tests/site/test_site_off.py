"""Without the built-in frontend the site is headless and says so."""

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def off(settings: Any) -> None:
    settings.CMS_FRONTEND = False


@pytest.mark.parametrize(("language", "words"), [("sl", "Končna točka"), ("en", "GraphQL endpoint")])
def test_the_root_says_where_admin_and_endpoint_are(client: Client, language: str, words: str) -> None:
    answer = client.get("/", headers={"Accept-Language": language})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in html
    assert 'href="/admin/"' in html
    assert 'href="/graphql/"' in html
    assert words in html


def test_the_root_leads_to_the_frontend_that_is_named(client: Client, settings: Any) -> None:
    settings.CMS_FRONTEND_REDIRECT = "https://www.example.si/"
    answer = client.get("/")
    assert (answer.status_code, answer["Location"]) == (302, "https://www.example.si/")


@pytest.mark.parametrize("path", ["/sl/", "/en/calendar/", "/-/preview/?token=x", "/service-worker.js"])
def test_nothing_else_is_there(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_rest_of_the_site_is_as_before(client: Client) -> None:
    assert client.get("/admin")["Location"] == "/admin/"
    assert (
        client.get("/graphql/?query={__typename}", headers={"Accept": "application/json"}).status_code == 200
    )
