"""The page for developers: one query in five clients, with this server's address, and the way to all else."""

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.contrib.staticfiles import finders
from django.test import Client

from cms.graphql.serving.explorer import examples

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

DOCS = Path(configured.BASE_DIR) / "docs"


@pytest.fixture(autouse=True)
def explorer_on(settings: Any) -> None:
    settings.CMS_GRAPHQL_EXPLORER = True
    settings.CMS_GRAPHQL_INTROSPECTION = True


def page(client: Client, language: str = "en") -> str:
    answer = client.get("/graphql/docs/", headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_sample_of_the_documentation_stands_there_with_this_servers_address(client: Client) -> None:
    shown = unescape(page(client))
    written = re.findall(
        r"^```\w+\n(.*?)^```$", (DOCS / "clients.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    assert len(written) >= 7
    assert "cms.example" not in shown
    for code in written:
        assert f"<code>{code.replace('https://cms.example', 'http://testserver')}</code>" in shown
    assert re.findall(r"<h3>(.*?)</h3>", shown) == [
        "curl",
        "fetch",
        "Apollo Client",
        "urql",
        "Relay",
        "Python",
        "Types",
        "gql.tada",
        "Registering documents",
    ]


@pytest.mark.parametrize(
    ("language", "title"), [("en", "For developers"), ("sl", "Za razvijalce"), ("de", "Za razvijalce")]
)
def test_it_speaks_the_browsers_language(client: Client, language: str, title: str) -> None:
    text = page(client, language)
    assert f"<title>{title}</title>" in text
    assert ("… in each client" in text) == (language == "en")


def test_it_leads_to_the_explorer_the_schema_and_the_trusted_documents(client: Client) -> None:
    text = page(client)
    schema = client.get("/graphql/schema.graphql")
    assert schema.content.decode() == (Path(configured.BASE_DIR) / "config/schema.graphql").read_text("utf-8")
    assert schema["Content-Disposition"] == 'attachment; filename="schema.graphql"'
    assert client.get("/graphql/schema.graphql", headers={"if-none-match": schema["ETag"]}).status_code == 304
    for address in ("/graphql/", "/graphql/schema.graphql", "/admin/snippets/cms/trusteddocument/"):
        assert f'href="{address}"' in text
    titles = [example.title for example in examples(DOCS / "graphql.md")]
    assert re.findall(r'href="/graphql/#([^"]+)"', text) == titles
    assert "centres" in titles


def test_the_explorer_and_a_site_without_a_frontend_lead_here(client: Client, settings: Any) -> None:
    settings.CMS_FRONTEND = False
    for path in ("/", "/graphql/"):
        assert 'href="/graphql/docs/"' in client.get(path, headers={"accept": "text/html"}).content.decode()


def test_it_needs_no_script_and_only_files_that_exist(client: Client) -> None:
    answer = client.get("/graphql/docs/")
    text = answer.content.decode()
    assert "<script" not in text
    assert answer["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self';")
    files = re.findall(r'(?:src|href)="/static/([^"]+)"', text)
    assert files
    assert all(finders.find(file) for file in files)


def test_where_the_explorer_is_off_there_is_none_of_this(client: Client, settings: Any) -> None:
    settings.CMS_GRAPHQL_EXPLORER = False
    settings.CMS_FRONTEND = False
    assert client.get("/graphql/docs/").status_code == 404
    assert client.get("/graphql/schema.graphql").status_code == 404
    assert "/graphql/docs/" not in client.get("/").content.decode()


def test_a_schema_that_nobody_may_read_is_no_file_either(client: Client, settings: Any) -> None:
    settings.CMS_GRAPHQL_INTROSPECTION = False
    assert client.get("/graphql/schema.graphql").status_code == 404
    assert "schema.graphql" not in page(client).partition("<h2")[0]


def test_without_the_documentation_it_still_leads_on(client: Client, settings: Any, tmp_path: Path) -> None:
    settings.CMS_GRAPHQL_CLIENTS = settings.CMS_GRAPHQL_EXAMPLES = tmp_path / "missing.md"
    text = page(client)
    assert "<h2" not in text
    assert 'href="/graphql/"' in text
