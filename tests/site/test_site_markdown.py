"""Each page has a twin in Markdown for programs that read, and a list of all of them."""

import re

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from centres.models import CentrePage
from tests import factories as make

pytestmark = pytest.mark.django_db
HOME = "/sl/kompetencni-centri/pionirska"


@pytest.fixture
def site() -> None:
    make.translated(make.programme(title="Glasno [branje]"), title="Reading aloud")


def markdown(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    return answer.content.decode()


def addresses(client: Client) -> list[str]:
    """Return the paths of the twins that the list of all pages names."""
    answer = client.get("/llms.txt")
    assert answer["Content-Type"].startswith("text/plain")
    return re.findall(r"\]\(https?://[^/]+([^)]+)\)", answer.content.decode())


def test_a_twin_says_what_its_page_says_and_where_it_is(client: Client, site: None) -> None:
    text = markdown(client, f"{HOME}/glasno-branje.md")
    assert text.startswith("---\nurl: http")
    assert f"{HOME}/glasno-branje/\n" in text
    assert "/en/" in text.partition("---\n\n")[0]
    assert "\n# Glasno [branje]" in text
    assert make.SUMMARY in text
    assert f"{HOME}/)" in text
    assert not re.search(r"<(script|form|nav|style|svg)|\]\(/", text)


def test_a_page_names_its_twin(client: Client, site: None) -> None:
    html = client.get(f"{HOME}/").content.decode()
    assert f'<link rel="alternate" type="text/markdown" href="{HOME}.md">' in html
    assert 'type="text/markdown"' not in client.get("/sl/nikjer/").content.decode()


def test_all_pages_of_both_languages_are_on_the_list_with_twins_that_answer(
    client: Client, site: None
) -> None:
    found = addresses(client)
    for path in (
        "/sl.md",
        "/en.md",
        f"{HOME}.md",
        f"{HOME}/glasno-branje.md",
        "/sl/koledar.md",
        "/en/programmes.md",
    ):
        assert path in found
    assert len(found) == len(set(found))
    for path in found:
        assert markdown(client, path).count("\n# ") == 1, path


def test_pages_that_are_hidden_have_no_twin_and_are_not_on_the_list(client: Client) -> None:
    programme = make.programme(title="Skrito")
    programme.unpublish()
    assert "skrito" not in client.get("/llms.txt").content.decode()
    text = markdown(client, f"{HOME}/skrito.md", 410)
    assert make.SUMMARY not in text


def test_an_old_address_leads_to_the_twin_of_the_new_one(client: Client, site: None) -> None:
    Redirect.add_redirect("/sl/staro-ime", redirect_to=CentrePage.objects.get(locale__language_code="sl"))
    answer = client.get("/sl/staro-ime.md")
    assert answer.status_code in (301, 302)
    assert answer["Location"].endswith(f"{HOME}.md")


def test_a_twin_is_kept_as_long_as_its_page_and_answers_with_304(client: Client, site: None) -> None:
    page, text = client.get(f"{HOME}/"), client.get(f"{HOME}.md")
    assert text["Cache-Control"] == page["Cache-Control"]
    assert text["Cache-Tag"] == page["Cache-Tag"]
    assert text["ETag"] != page["ETag"]
    assert client.get(f"{HOME}.md", headers={"If-None-Match": text["ETag"]}).status_code == 304


def test_without_the_frontend_there_are_none(client: Client, site: None, settings: object) -> None:
    settings.CMS_FRONTEND = False  # type: ignore[attr-defined]
    assert client.get(f"{HOME}.md").status_code == 404
    assert client.get("/llms.txt").status_code == 404
