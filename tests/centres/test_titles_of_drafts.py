"""A published page of others is called by its published title: the title of its draft is for those who work on it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Task

from centres.models import ProgrammePage
from tests.centres.test_rights import CHIEF, EDITOR, MEMBER, OTHER, SCRIPT, Content, build, signed_in

__all__ = ["build"]

pytestmark = pytest.mark.django_db

DRAFT, PUBLISHED = "skritox v pripravi", "Program Pionirska"


@pytest.fixture
def site(built: Content) -> Content:
    """A published page, the title of its draft another one; a draft title on the page above it too."""
    for name in ("centre", "programme"):
        page = built.own[name]
        page.title = DRAFT
        page.save_revision(user=built.users[EDITOR])
        built.own[name] = type(page).objects.get(pk=page.pk)
    assert built.own["programme"].title == PUBLISHED
    return built


def matched(page: ProgrammePage) -> str:
    """Return the address that Wagtail takes for that of ``page``: it knows of no language in it."""
    return page.get_site().root_url + page.url_path.removeprefix("/sl")


def told(client: Client, page: ProgrammePage) -> dict[str, str]:
    """Return what each way to choose a page says of it."""
    link = reverse("wagtailadmin_choose_page_external_link")
    address = matched(page)
    asked = {"external-link-chooser-link_text": "tu"}
    return {
        "root": client.get(reverse("wagtailadmin_choose_page"), {"page_type": "centres.programmepage"}).text,
        "below": client.get(reverse("wagtailadmin_choose_page_child", args=[page.get_parent().pk])).text,
        "itself": client.get(reverse("wagtailadmin_choose_page_child", args=[page.pk])).text,
        "several": client.get(
            reverse("wagtailadmin_choose_page_child", args=[page.get_parent().pk]), {"multiple": 1}
        ).text,
        "found": client.get(reverse("wagtailadmin_choose_page_search"), {"q": PUBLISHED}).text,
        "chosen": client.get(reverse("wagtailadmin_choose_page_chosen_multiple"), {"id": page.pk}).text,
        "link": client.post(link, {"external-link-chooser-url": address, **asked}).text,
    }


@pytest.mark.parametrize("role", [OTHER, MEMBER])
def test_choosers_call_a_page_of_others_as_it_is_published(site: Content, role: str) -> None:
    for way, text in told(signed_in(site, role), site.own["programme"]).items():
        assert DRAFT not in text, way
        if way != "root":
            assert PUBLISHED in text, way


@pytest.mark.parametrize("role", [EDITOR, CHIEF])
def test_choosers_call_a_page_of_ones_own_as_its_draft_is_called(site: Content, role: str) -> None:
    for way, text in told(signed_in(site, role), site.own["programme"]).items():
        if way != "root":
            assert DRAFT in text, way


def test_the_link_to_a_page_of_others_is_still_offered_as_a_page(site: Content) -> None:
    client, page = signed_in(site, OTHER), site.own["programme"]
    address = matched(page)
    form: dict[str, Any] = {
        "external-link-chooser-url": f"{address}?a=1",
        "external-link-chooser-link_text": "",
    }
    answer = client.post(reverse("wagtailadmin_choose_page_external_link"), form).json()
    assert answer["step"] == "confirm_external_to_internal"
    assert answer["internal"]["id"] == page.pk
    assert answer["external"]["url"] == form["external-link-chooser-url"]
    assert page.url_path in answer["html"]


@pytest.mark.parametrize("part", ["programme", "event", "award"])
def test_a_step_that_a_row_never_came_to_is_not_named(site: Content, part: str) -> None:
    row, client = site.foreign[part], signed_in(site, OTHER)
    name = "wagtailadmin_pages:workflow_preview"
    if part != "programme":
        name = row.snippet_viewset.get_url_name("workflow_preview")
    own, foreign = (Task.objects.get(name=f"{centre} – objava") for centre in ("Domoznanstvo", "Pionirska"))
    row.save_revision(user=site.users[OTHER])
    row.get_workflow().start(row, site.users[OTHER])
    answer = client.get(reverse(name, args=[row.pk, foreign.pk]), headers=SCRIPT)
    assert answer.status_code == 404
    assert client.get(reverse(name, args=[row.pk, own.pk]), headers=SCRIPT).status_code != 404
