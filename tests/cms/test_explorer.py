"""GraphiQL at the endpoint's address: from our own origin, under a strict policy, in two languages."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from cms.graphql.serving.explorer import examples

pytestmark = [pytest.mark.one_database, pytest.mark.django_db, pytest.mark.urls("tests.cms.toy_graph")]

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
MARKDOWN = """# Queries

## All `items`

```graphql
query Items($first: Int) {
  items(first: $first) { totalCount }
}
```

```json
{ "first": 3 }
```

## Hello
Some words.
```graphql
{ hello }
```
```sh
not this
```
"""


@pytest.fixture(autouse=True)
def toy_schema(settings: Any, tmp_path: Path) -> None:
    settings.CMS_GRAPHQL_SCHEMA = "tests.cms.toy_graph.schema"
    settings.CMS_GRAPHQL_EXPLORER = True
    settings.CMS_GRAPHQL_EXAMPLES = tmp_path / "graphql.md"
    settings.CMS_GRAPHQL_EXAMPLES.write_text(MARKDOWN, "utf-8")


def test_a_browser_gets_the_explorer(client: Client) -> None:
    response = client.get("/graphql/", headers={"accept": BROWSER})
    assert response["Content-Type"].startswith("text/html")
    assert response["Vary"].startswith("Accept, Accept-Language")
    text = response.content.decode()
    assert 'data-endpoint="/graphql/"' in text
    assert "All items" in text


def test_all_files_are_of_our_own_origin_and_exist(client: Client) -> None:
    text = client.get("/graphql/", headers={"accept": BROWSER}).content.decode()
    files = re.findall(r'(?:src|href)="/static/([^"]+)"', text)
    assert len(files) == 6
    assert all(finders.find(file) for file in files)
    assert "//" not in text.replace("</", "")


def test_the_policy_lets_no_script_and_no_style_stand_in_the_page(client: Client) -> None:
    policy = client.get("/graphql/", headers={"accept": BROWSER})["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'; script-src 'self';" in policy
    nonces = {
        client.get("/graphql/", headers={"accept": BROWSER})["Content-Security-Policy"] for _ in range(2)
    }
    assert len(nonces) == 2


@pytest.mark.parametrize(
    ("accept", "query"),
    [
        ("application/json", ""),
        ("*/*", ""),
        ("application/graphql-response+json, text/html;q=0.5", ""),
        (BROWSER, "?query=%7Bhello%7D"),
    ],
)
def test_a_client_gets_an_answer(client: Client, accept: str, query: str) -> None:
    response = client.get(f"/graphql/{query}", headers={"accept": accept})
    assert "json" in response["Content-Type"]


def test_where_it_is_switched_off_nobody_gets_it(client: Client, settings: Any) -> None:
    settings.CMS_GRAPHQL_EXPLORER = False
    assert "json" in client.get("/graphql/", headers={"accept": BROWSER})["Content-Type"]
    assert client.get("/graphql/", headers={"accept": "text/html"}).status_code == 406


@pytest.mark.parametrize(
    ("asked", "language", "title"),
    [
        ("en", "en", "GraphQL explorer"),
        ("sl", "sl", "Raziskovalec GraphQL"),
        ("de", "sl", "Raziskovalec GraphQL"),
    ],
)
def test_it_speaks_the_browsers_language(client: Client, asked: str, language: str, title: str) -> None:
    text = client.get("/graphql/", headers={"accept": BROWSER, "accept-language": asked}).content.decode()
    assert f'<html lang="{language}">' in text
    assert f"<title>{title}</title>" in text


def test_examples_are_the_blocks_of_the_documentation(settings: Any) -> None:
    first, second = examples(settings.CMS_GRAPHQL_EXAMPLES)
    assert (first.title, first.variables) == ("All items", '{ "first": 3 }\n')
    assert first.query.startswith("query Items")
    assert (second.title, second.query, second.variables) == ("Hello", "{ hello }\n", "")


def test_without_documentation_there_are_no_examples(client: Client, settings: Any, tmp_path: Path) -> None:
    settings.CMS_GRAPHQL_EXAMPLES = tmp_path / "missing.md"
    text = client.get("/graphql/", headers={"accept": BROWSER}).content.decode()
    assert "<select" not in text
