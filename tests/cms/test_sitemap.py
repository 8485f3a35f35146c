"""The sitemap lists what the public may see, with its languages."""

import re
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from tests import factories as make

pytestmark = pytest.mark.django_db

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
SITE = "http://testserver"


@pytest.fixture(autouse=True)
def own_address(settings: Any) -> None:
    settings.CMS_FRONTEND_URL = SITE


def tree(client: Client, path: str = "/sitemap.xml") -> ET.Element:
    return ET.fromstring(client.get(path).content)  # noqa: S314 - our own


def addresses(client: Client, path: str = "/sitemap.xml") -> list[str]:
    return [entry.text or "" for entry in tree(client, path).iterfind("*/s:loc", NAMES)]


def test_every_page_is_there_in_every_language(client: Client) -> None:
    page = make.programme(title="Branje")
    twin = make.translated(page, title="Reading", slug="reading")
    found = addresses(client)
    assert f"{SITE}/sl/" in found
    assert SITE + page.url_path in found
    assert SITE + twin.url_path in found
    assert len(found) == len(set(found))


def test_versions_of_a_page_name_each_other_and_the_default(client: Client) -> None:
    page = make.programme(title="Branje")
    twin = make.translated(page, title="Reading", slug="reading")
    alone = make.centre("Domoznanstvo")
    links = {
        entry.findtext("s:loc", namespaces=NAMES): [
            (link.get("hreflang"), link.get("href")) for link in entry.iterfind("x:link", NAMES)
        ]
        for entry in tree(client)
    }
    both = [
        ("sl", SITE + page.url_path),
        ("en", SITE + twin.url_path),
        ("x-default", SITE + page.url_path),
    ]
    assert links[SITE + page.url_path] == links[SITE + twin.url_path] == both
    assert links[SITE + alone.url_path] == []


def test_the_last_change_stands_with_its_offset(client: Client) -> None:
    page = make.centre()
    dates = {
        entry.findtext("s:loc", namespaces=NAMES): entry.findtext("s:lastmod", namespaces=NAMES)
        for entry in tree(client)
    }
    assert dates[SITE + page.url_path] == page.last_published_at.isoformat(timespec="seconds")


def test_what_the_public_may_not_see_is_not_there(client: Client) -> None:
    centre = make.centre("Osnutek")
    closed = make.programme(make.centre("Zaprto"), "Znotraj")
    expired = make.centre("Poteklo")
    centre.unpublish()
    PageViewRestriction.objects.create(page=closed.get_parent(), restriction_type="login")
    expired.expire_at = timezone.now() - timedelta(hours=1)
    expired.save()
    found = " ".join(addresses(client))
    assert "osnutek" not in found
    assert "zaprto" not in found
    assert "poteklo" not in found


def test_a_large_site_has_a_list_of_files_that_together_hold_every_page_once(
    client: Client, settings: Any
) -> None:
    for number in range(4):
        make.centre(f"Center {number}")
    whole = addresses(client)
    settings.CMS_SITEMAP_SIZE = 3
    make.centre("Še en")  # the address is the same, so only a change of content brings another answer
    files = addresses(client)
    assert files == [f"{SITE}/sitemap-{part}.xml" for part in (1, 2, 3)]
    parts = [address for file in files for address in addresses(client, file.removeprefix(SITE))]
    assert sorted(parts) == sorted([*whole, f"{SITE}/sl/kompetencni-centri/se-en/"])
    assert client.get("/sitemap-4.xml").status_code == 404
    assert client.get("/sitemap-0.xml").status_code == 404


def test_robots_find_the_sitemap_and_leave_the_admin_alone(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        f"Sitemap: {SITE}/sitemap.xml",
    ]


# ---------------------------------------------------------------- What holds for every file made of content
def test_a_cache_may_share_it_and_hears_when_nothing_changed(client: Client) -> None:
    make.centre()
    client.cookies["session"] = "somebody"
    response = client.get("/sitemap.xml?utm_source=x")
    assert response["Cache-Control"] == "public, max-age=0, s-maxage=30, stale-if-error=86400"
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies
    again = client.get("/sitemap.xml", headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    dated = client.get("/sitemap.xml", headers={"If-Modified-Since": response["Last-Modified"]})
    assert dated.status_code == 304


def test_a_change_is_seen_at_once(client: Client) -> None:
    first = client.get("/sitemap.xml")
    make.centre("Novo")
    second = client.get("/sitemap.xml", headers={"If-None-Match": first["ETag"]})
    assert second.status_code == 200
    assert b"/novo/" in second.content


def test_no_cache_keeps_it_beyond_the_moment_at_which_something_expires(client: Client) -> None:
    page = make.centre()
    page.expire_at = timezone.now() + timedelta(seconds=5)
    make.publish(page)
    control = client.get("/sitemap.xml")["Cache-Control"]
    assert control.startswith("public, max-age=0, s-maxage=")
    shared, error = map(int, re.findall(r"(?:s-maxage|stale-if-error)=(\d+)", control))
    assert shared + error <= 5


def test_it_is_read_and_never_written_to(client: Client) -> None:
    assert client.head("/sitemap.xml").status_code == 200
    assert client.head("/sitemap.xml").content == b""
    assert client.post("/sitemap.xml").status_code == 405


def test_a_kept_file_costs_two_small_statements_however_many_pages_there_are(client: Client) -> None:
    centre = make.centre()
    client.get("/sitemap.xml")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/sitemap.xml")
    for number in range(20):
        make.programme(centre, f"Program {number}")
    with CaptureQueriesContext(connection) as made:
        client.get("/sitemap.xml")
    assert len(few) == 2
    assert len(made) <= 10
