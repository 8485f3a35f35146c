"""Run inside a copy of the project in which docs/extending.md was followed: asks what is new."""

import json
import re
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

pytestmark = pytest.mark.django_db


def ask(query: str, **variables: Any) -> Any:
    """Return the data of an answer, and its headers."""
    response = Client().post(
        "/graphql/", {"query": query, "variables": variables}, content_type="application/json"
    )
    answer = response.json()
    assert "errors" not in answer, json.dumps(answer["errors"], indent=1)
    return answer["data"], response.headers


def statements(query: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        ask(query)
    return len(found)


def documented() -> dict[str, str]:
    """Return the queries of docs/extending.md by name."""
    text = Path("docs/extending.md").read_text("utf-8")
    return {
        re.search(r"query (\w+)", one).group(1): one
        for one in re.findall(r"```graphql\n(.*?)```", text, re.DOTALL)
    }  # type: ignore[union-attr]


def changes() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    cursor, more = None, True
    while more:
        query = (
            "query ($after: String) { changes(after: $after) { nodes { kind type path } cursor hasMore } }"
        )
        part = ask(query, after=cursor)[0]["changes"]
        found, cursor, more = found + part["nodes"], part["cursor"], part["hasMore"]
    return found


def test_a_list_of_news_is_answered_gated_batched_tagged_and_fresh() -> None:
    queries = documented()
    NewsPage = import_module("home.models").NewsPage  # noqa: N806  # which the page adds
    from tests import factories as make

    organisation = make.organisation("mkl", founded=1965)
    home = make.home()
    for number in range(8):
        text = f'<p>Zaprto do <a linktype="page" id="{home.pk}">srede</a>.</p>'
        body = [("notice", {"text": text, "until": date(2027, 1, 2), "page": home})]
        page = NewsPage(
            title=f"Novica {number}", slug=f"novica-{number}", date=date(2026, 1, 1 + number), rank="NOTE",
            summary="Povzetek, ki je dovolj dolg, da pove vse, kar mora bralec vedeti o novici.",
            about=organisation, locale=home.locale, body=body,
        )  # fmt: skip
        make.below(home, page)

    assert ask(queries["Founded"])[0] == {"organisation": {"founded": 1965}}
    data, headers = ask(queries["News"])
    nodes = data["news"]["nodes"]
    assert [node["title"] for node in nodes] == [f"Novica {number}" for number in (4, 3, 2, 1, 0)], nodes
    assert nodes[0] == {
        **nodes[0],
        "date": "2026-01-05",
        "rank": "NOTE",
        "leadImage": None,
        "about": {"code": "mkl"},
    }
    assert data["page"]["news"]["nodes"] == [{"title": "Novica 0"}]
    assert "NewsPage" in headers["Cache-Tag"]

    listed = """{ news(first: %s) { nodes {
        title about { code } leadImage { alt } body { ... on NoticeBlock { text { html } page { path } } }
    } } }"""
    few, three, many = (listed.replace("%s", str(size)) for size in (2, 3, 8))
    statements(three)
    assert statements(few) == statements(many) <= 12, "statements grow with rows"

    notice = ask(queries["Notices"].replace("/sl/news/", "/sl/novica-3/"))[0]["page"]["body"][0]
    assert notice["text"] == {"html": '<p>Zaprto do <a href="/sl/">srede</a>.</p>'}
    assert (notice["until"], notice["page"]) == ("2027-01-02", {"path": "/sl/"})

    page = NewsPage.objects.get(slug="novica-3")
    page.title = "Novica, popravljena"
    page.save_revision().publish()
    assert "Novica, popravljena" in str(ask(many)[0]), "stale after a publication"
    NewsPage.objects.filter(slug="novica-5").update(title="Novica, prepisana")
    assert "Novica, prepisana" in str(ask(many)[0]), "stale after an update"
    page.unpublish()
    draft = NewsPage.objects.get(slug="novica-4")
    draft.title = "Skrivnost"
    draft.save_revision()
    assert "popravljena" not in str(ask(many)[0])
    assert "Skrivnost" not in str(ask(many)[0])
    kinds = {(one["type"], one["kind"]) for one in changes()}
    assert {("NewsPage", "PUBLISHED"), ("NewsPage", "UNPUBLISHED")} <= kinds, kinds
    call_command("rebuild_search", verbosity=0)
    found = ask('{ search(query: "zaprto") { nodes { page { path } } } }')[0]["search"]["nodes"]
    assert {"page": {"path": "/sl/novica-0/"}} in found, found

    make.centre()
    assert ask(queries["Served"])[0]["networks"]["nodes"] == [{"code": "public-libraries"}]


def test_a_report_opens_and_is_saved(admin_client: Client) -> None:
    from home.models import NewsPage  # type: ignore[attr-defined]  # which the page adds
    from tests import factories as make

    home = make.home()
    for title, day in (("Stara", date(2020, 1, 1)), ("Nova", timezone.localdate())):
        page = NewsPage(title=title, slug=title.lower(), date=day, rank="NOTE", summary=make.SUMMARY)
        make.below(home, page)
    shown = admin_client.get("/admin/reports/old-news/")
    assert shown.status_code == 200
    assert [page.title for page in shown.context["object_list"]] == ["Stara"]
    assert "/admin/reports/old-news/" in admin_client.get("/admin/").content.decode()
    for kind in ("csv", "xlsx"):
        saved = admin_client.get("/admin/reports/old-news/", {"export": kind})
        assert "attachment" in saved.headers["Content-Disposition"]
        assert len(saved.getvalue()) > 0
    assert "Stara" in admin_client.get("/admin/reports/old-news/", {"export": "csv"}).getvalue().decode(
        "utf-8-sig"
    )
    assert Client().get("/admin/reports/old-news/").status_code == 302


def test_models_in_the_words_of_grapple_alone_are_gated_batched_cached_and_tagged() -> None:
    from django.core.files.base import ContentFile

    magazine = import_module("magazine.models")
    Advert, AuthorPage, BlogPage = magazine.Advert, magazine.AuthorPage, magazine.BlogPage  # noqa: N806
    from wagtail.models import Collection, CollectionViewRestriction

    from cms.models import Document, Image
    from tests import factories as make
    from tests.cms.pictures import jpeg

    home = make.home()
    author = make.below(home, AuthorPage(title="Ana", slug="ana", name="Ana Novak", locale=home.locale))
    picture = Image.objects.create(
        title="P", alt_text={"sl": "Polica"}, file=ContentFile(jpeg().read(), "p.jpg")
    )
    closed = Collection.get_first_root_node().add_child(name="closed")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    secret = Document.objects.create(
        title="Secret", file=ContentFile(b"%PDF-1.4", "s.pdf"), collection=closed
    )
    hidden = make.below(home, AuthorPage(title="Hidden", slug="hidden", name="Hidden", locale=home.locale))
    hidden.unpublish()
    gallery = {"title": "gal", "images": [picture, picture]}
    for number in range(6):
        page = BlogPage(
            title=f"Post {number}", slug=f"post-{number}", date=date(2026, 2, 1), rating=number or None,
            locale=home.locale,
            advert=Advert.objects.create(text=f"Advert {number}"), cover=picture, book_file=secret,
            featured_page=author if number % 2 else hidden, author=author, intro="<p>Uvod</p>",
            body=[("heading", "H"), ("paragraph", "<p>P</p>"), ("image", picture), ("gallery", gallery)],
        )  # fmt: skip
        page.related_links = [
            magazine.BlogPageRelatedLink(name=f"L{place}", url=f"https://x.example/{place}")
            for place in range(3)
        ]
        page.tags.add("red", f"t{number}")
        make.below(home, page)

    fields = """ ... on BlogPage {
      heading date rating intro { html } summingUp relatedUrls relatedLinks { name url } pagedLinks { name }
      advert { text url } cover { alt } bookFile { title } featuredPage { path ... on AuthorPage { name } }
      author { name } tags { name }
      body {
        id blockType
        ... on CharBlock { text: value } ... on RichTextBlock { rich: value { html } }
        ... on ImageChooserBlock { picture: value { alt } }
        ... on ImageGalleryBlock { title shout images { alt } }
      }
    }"""
    whole = (
        '{ page(path: "/sl/") { children(first: %d) { nodes { title seo { title } jsonLd'
        + fields
        + " } } } }"
    )
    data, headers = ask(whole % 20)
    posts = [node for node in data["page"]["children"]["nodes"] if "heading" in node]
    assert len(posts) == 6
    first, second = posts[0], posts[1]
    assert first["date"] == "2026-02-01"
    assert (first["rating"], second["rating"]) == (None, 1)
    assert first["summingUp"] == "Post 0: 2026"
    assert first["relatedUrls"] == [f"https://x.example/{place}" for place in range(3)]
    assert first["relatedLinks"][0] == {"name": "L0", "url": "https://x.example/0"}
    assert first["advert"] == {"text": "Advert 0", "url": None}
    assert first["cover"] == {"alt": "Polica"}
    assert first["bookFile"] is None, "a document of a closed collection"
    assert first["featuredPage"] is None, "an unpublished page"
    assert second["featuredPage"] == {"path": "/sl/ana/", "name": "Ana Novak"}
    assert {tag["name"] for tag in first["tags"]} == {"red", "t0"}
    heading, paragraph, image, gallery = first["body"]
    assert (heading["text"], paragraph["rich"]["html"], image["picture"]["alt"]) == (
        "H",
        "<p>P</p>",
        "Polica",
    )
    assert (gallery["title"], gallery["shout"], gallery["images"]) == ("gal", "GAL", [{"alt": "Polica"}] * 2)
    assert {"BlogPage", "Advert"} <= {
        tag.partition(":")[0] for tag in headers["Cache-Tag"].replace(",", " ").split()
    }, headers
    statements(whole % 4)
    assert statements(whole % 5) == statements(whole % 9), "statements grow with rows"
    answer = {"query": whole % 20}
    version = Client().get("/graphql/", answer).headers["ETag"]
    assert Client().get("/graphql/", answer, headers={"If-None-Match": version}).status_code == 304
    Advert.objects.filter(text="Advert 0").update(text="Another")
    assert Client().get("/graphql/", answer, headers={"If-None-Match": version}).status_code == 200, "stale"
