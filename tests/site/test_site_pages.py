"""The answer of an address: its status, its head and its frame."""

import gzip
import json
import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from centres.site.frame import safe_json
from cms.models import SiteLabels
from home.models import InfoPage
from tests import factories as make

pytestmark = pytest.mark.django_db

CENTRE = "/sl/kompetencni-centri/pionirska/"
PUBLIC = "https://www.example.si"


@pytest.fixture(autouse=True)
def public_address(settings: Any) -> None:
    settings.CMS_FRONTEND_URL = PUBLIC


@pytest.fixture
def centre() -> Any:
    return make.centre()


def first(client: Client, path: str, status: int = 200) -> str:
    """Return the text of the answer."""
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def scripts(html: str) -> Iterator[tuple[str, str]]:
    """Yield the attributes and the content of each script element."""
    return (
        (match[1], match[2]) for match in re.finditer(r"<script\b([^>]*)>(.*?)</script>", html, re.DOTALL)
    )


def hash_of(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def policy(answer: HttpResponse) -> dict[str, str]:
    rules = (rule.strip().partition(" ") for rule in answer["Content-Security-Policy"].split(";"))
    return {name: value for name, _, value in rules}


def test_a_page_carries_its_head(client: Client, centre: Any) -> None:
    make.translated(centre, slug="pionirska-en", title="Pionirska Centre")
    html = first(client, CENTRE)
    assert '<html lang="sl"' in html
    assert "<title>Pionirska – Kompetenčni centri</title>" in html
    assert f'<meta name="description" content="{make.SUMMARY}">' in html
    assert f'<link rel="canonical" href="{PUBLIC}{CENTRE}">' in html
    assert f'<link rel="alternate" hreflang="sl" href="{PUBLIC}{CENTRE}">' in html
    assert f'<link rel="alternate" hreflang="x-default" href="{PUBLIC}{CENTRE}">' in html
    assert f'<link rel="alternate" hreflang="en" href="{PUBLIC}/en/' in html


def test_a_page_has_its_heading_and_its_summary(client: Client, centre: Any) -> None:
    html = first(client, CENTRE)
    assert ">Pionirska</h1>" in html
    assert make.SUMMARY in html.partition("<main")[2]


def test_the_skip_links_are_the_first_links_in_the_words_of_the_site(client: Client) -> None:
    labels = SiteLabels.for_site(Site.objects.get())
    labels.skip_to_content = {"sl": "Kar na vsebino", "en": "Straight to the content"}
    labels.save()
    html = first(client, "/sl/")
    links = re.findall(r'<a [^>]*href="([^"]+)"[^>]*>([^<]*)', html)
    assert links[:2] == [("#content", "Kar na vsebino"), ("#menu", "Na glavni meni")]
    assert 'id="content"' in html
    assert 'id="menu"' in html
    assert "Straight to the content" in first(client, "/en/")


def test_json_ld_of_a_page_and_its_editions_is_in_the_first_answer(client: Client, centre: Any) -> None:
    programme = make.programme(centre)
    make.event(programme, make.moment(2027, 4, 7, 10))
    html = first(client, programme.url_path)
    blocks = [json.loads(text) for kind, text in scripts(html) if "application/ld+json" in kind]
    assert len(blocks) == 2
    assert all(block["@context"] == "https://schema.org" for block in blocks)


def test_json_ld_that_could_end_its_element_is_refused() -> None:
    with pytest.raises(ValueError, match="less-than"):
        safe_json('{"name": "</script>"}')


def test_a_hostile_title_stays_text(client: Client) -> None:
    make.centre("</title><script>alert(1)</script>", slug="hostile")
    html = first(client, "/sl/kompetencni-centri/hostile/")
    assert "<script>alert(1)" not in html
    assert all(kind for kind, _text in scripts(html))
    assert "&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;</h1>" in html


def test_the_policy_names_every_script_and_style_in_the_page(client: Client, centre: Any) -> None:
    answer = client.get(CENTRE)
    rules = policy(answer)
    assert rules["default-src"] == "'none'"
    inside = [text for kind, text in scripts(answer.content.decode()) if text and "application/" not in kind]
    assert inside == []
    assert rules["script-src"] == "'self'"
    (style,) = re.findall(r"<style>(.*?)</style>", answer.content.decode(), re.DOTALL)
    assert set(rules["style-src"].split()) == {"'self'", hash_of(style)}
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert " style=" not in answer.content.decode()


def test_a_page_needs_no_file_before_it_shows_text(client: Client, centre: Any) -> None:
    head = first(client, CENTRE).partition("</head>")[0]
    assert 'rel="stylesheet"' not in head
    (style,) = re.findall(r"<style>(.*?)</style>", head, re.DOTALL)
    fonts = re.findall(r"url\((.*?)\)", style)
    assert fonts
    assert all(font.startswith("/static/frontend/css/fonts/") for font in fonts)


def test_a_page_is_compressed_for_who_can_take_it(client: Client, centre: Any) -> None:
    plain = client.get(CENTRE)
    small = client.get(CENTRE, headers={"Accept-Encoding": "gzip, br"})
    assert small["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.content) == plain.content
    # What a server sends at once, in the first ten packets of a connection.
    assert len(small.content) < 14_000
    for answer in (plain, small):
        assert "Accept-Encoding" in answer["Vary"]
        condition = {"If-None-Match": answer["ETag"], "Accept-Encoding": "gzip"}
        assert client.get(CENTRE, headers=condition).status_code == 304


def test_only_the_admin_may_frame_a_page(client: Client, settings: Any) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://admin.example"
    answer = client.get("/sl/")
    assert policy(answer)["frame-ancestors"] == "'self' https://admin.example"
    assert "X-Frame-Options" not in answer


def test_the_policy_names_where_pictures_and_files_are(client: Client, settings: Any) -> None:
    settings.MEDIA_URL = "https://media.example/m/"
    rules = policy(client.get("/sl/"))
    assert "https://media.example" in rules["img-src"]
    assert "https://media.example" not in rules["script-src"]


def test_what_is_not_published_is_nowhere_in_the_answer(client: Client, centre: Any) -> None:
    make.programme(centre, "Skrivnost").unpublish()
    centre.title = "Osnutek naslova"
    centre.save_revision()
    for path in ("/sl/", CENTRE, "/sl/koledar/", "/sl/iskanje/?q=skrivnost"):
        html = first(client, path)
        assert "Skrivnost" not in html
        assert "Osnutek" not in html


def test_an_unknown_address_is_404_in_the_language_of_its_path(client: Client) -> None:
    assert "Te strani ni" in first(client, "/sl/nikjer/", 404)
    html = first(client, "/en/nowhere/", 404)
    assert "There is no such page" in html
    assert '<meta name="robots" content="noindex">' in html


@pytest.mark.parametrize(
    "path", ["/", "//", "//evil.example/", "/sl//", "/%00/", "/sl/🙂/", "/a/../b/", "/x" * 5000]
)
def test_strange_addresses_are_answered(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in {301, 302, 404}
    assert "evil" not in answer.get("Location", "")


def test_a_page_that_was_withdrawn_is_gone(client: Client, centre: Any) -> None:
    centre.unpublish()
    assert "Te strani ni več" in first(client, CENTRE, 410)


@pytest.mark.parametrize(("permanent", "status"), [(True, 301), (False, 302)])
def test_a_redirect_keeps_the_query(client: Client, centre: Any, permanent: bool, status: int) -> None:
    Redirect.objects.create(old_path="/stara", redirect_page=centre, is_permanent=permanent)
    answer = client.get("/stara/?utm=1")
    assert (answer.status_code, answer["Location"]) == (status, f"{CENTRE}?utm=1")


def test_the_root_leads_to_the_default_language(client: Client) -> None:
    answer = client.get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/sl/")


def test_a_missing_slash_is_added(client: Client, centre: Any) -> None:
    answer = client.get(CENTRE.rstrip("/"))
    assert (answer.status_code, answer["Location"]) == (301, CENTRE)
    assert client.get("/admin")["Location"] == "/admin/"
    assert client.get("/graphql?a=b")["Location"] == "/graphql/?a=b"


def test_an_answer_that_was_kept_is_confirmed(client: Client, centre: Any) -> None:
    kept = client.get(CENTRE)
    assert "public" in kept["Cache-Control"]
    confirmed = client.get(CENTRE, headers={"If-None-Match": kept["ETag"]})
    assert confirmed.status_code == 304
    # What it says takes the place of what the browser has kept, so it may not forbid what the page needs.
    assert not {"Content-Security-Policy", "X-Frame-Options"} & set(confirmed.headers)
    centre.title = "Nova Pionirska"
    make.publish(centre)
    assert client.get(CENTRE, headers={"If-None-Match": kept["ETag"]}).status_code == 200


def test_other_methods_are_refused(client: Client) -> None:
    assert client.post("/sl/").status_code == 405
    assert client.head("/sl/").status_code == 200


def test_calendar_and_search_have_an_address_in_each_language(client: Client) -> None:
    assert ">Koledar</h1>" in first(client, "/sl/koledar/")
    html = first(client, "/en/calendar/")
    assert ">Calendar</h1>" in html
    assert f'href="{PUBLIC}/sl/koledar/"' in html
    assert 'value="&#34;čebela&#34;"' in first(client, "/sl/iskanje/?q=%22čebela%22")
    assert "noindex" in first(client, "/en/search/")


@pytest.mark.parametrize("slug", ["koledar", "calendar", "iskanje", "search", "programi", "programmes"])
def test_no_page_takes_an_address_of_the_site_itself(slug: str) -> None:
    with pytest.raises(ValidationError, match="slug"):
        make.below(make.home(), InfoPage(title="Drugo", slug=slug, summary=make.SUMMARY))


def test_a_preview_is_kept_by_nobody_and_tells_nobody_its_address(client: Client) -> None:
    answer = client.get("/-/preview/?token=secret")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert b"secret" not in answer.content
    assert b"noindex" in answer.content
