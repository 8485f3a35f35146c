"""What an editor's preview needs beside the draft: a renewed token, Wagtail's user bar, a page for what is no page."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from centres.models import EventEdition
from cms.models import SharedText, SiteSettings
from cms.models.previews import keep
from tests import factories as make
from tests.graph import ask

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

PAGE = """query ($token: String!) { preview(token: $token) {
    title ... on ProgrammePage { editions { nodes { id label ... on EventEdition { start } } } } } }"""
# Whoever asks so gets no form to sign in.
SCRIPT = {"X-Requested-With": "XMLHttpRequest"}


@pytest.fixture
def editor(client: Client) -> User:
    user = User.objects.create_superuser("urednica", password="geslo")
    client.force_login(user)
    return user


def build() -> EventEdition:
    return make.event(make.programme(title="Zahteven pogovor"), make.moment(2027, 4, 7, 9))


@pytest.fixture
def event(built: EventEdition) -> EventEdition:
    return built


def token_in(address: str) -> str:
    return parse_qs(urlsplit(address).query)["token"][0]


def test_an_editor_renews_a_preview_that_has_ended(editor: User, client: Client, event: EventEdition) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        token = keep(editor, event)
        clock.shift(settings.CMS_PREVIEW_SECONDS + 1)
        answer = client.get(reverse("preview_renew"), {"token": token})
        assert answer.status_code == 302
        fresh = token_in(answer["Location"])
        assert fresh != token
        assert ask(PAGE, token=fresh)["preview"]["title"] == "Zahteven pogovor"


def test_nobody_renews_the_preview_of_another(editor: User, client: Client, event: EventEdition) -> None:
    token = keep(editor, event)
    client.force_login(User.objects.create_superuser("drug"))
    assert client.get(reverse("preview_renew"), {"token": token}, headers=SCRIPT).status_code == 403
    client.logout()
    assert client.get(reverse("preview_renew"), {"token": token}, headers=SCRIPT).status_code == 403


def test_the_user_bar_leads_to_the_editor_and_in_the_panel_only_checks(
    editor: User, client: Client, event: EventEdition
) -> None:
    token = keep(editor, event)
    answer = client.get(reverse("preview_user_bar"), {"token": token})
    assert "no-store" in answer["Cache-Control"]
    edit = f"/snippets/centres/eventedition/edit/{event.pk}/"
    assert edit in answer.text
    assert "<wagtail-userbar>" in answer.text
    panel = client.get(reverse("preview_user_bar"), {"token": token, "panel": "true"})
    assert edit not in panel.text
    assert "checker-axe-configuration" in panel.text


def test_the_user_bar_of_a_page_edits_that_page(editor: User, client: Client, event: EventEdition) -> None:
    page = event.programme
    answer = client.get(reverse("preview_user_bar"), {"token": keep(editor, page)})
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in answer.text


@pytest.mark.parametrize("token", ["", "forged"])
def test_there_is_no_user_bar_without_a_draft_or_a_login(
    editor: User, client: Client, event: EventEdition, token: str
) -> None:
    assert client.get(reverse("preview_user_bar"), {"token": token}, headers=SCRIPT).status_code == 403
    client.logout()
    valid = {"token": keep(editor, event)}
    assert client.get(reverse("preview_user_bar"), valid, headers=SCRIPT).status_code == 403


def test_a_draft_of_an_edition_is_shown_on_the_page_of_its_programme(
    editor: User, event: EventEdition, rf: Any
) -> None:
    draft = EventEdition.objects.get(pk=event.pk)
    draft.label = {"sl": "Osnutek"}
    row = draft.sessions.all()[0]
    row.start, row.end = row.start + timedelta(days=7), row.end + timedelta(days=7)
    draft.sessions = [row]
    request = rf.get("/")
    request.user = editor
    address = draft.serve_preview(request, "")["Location"]
    assert address.endswith(f"#edition-{event.pk}")
    shown = ask(PAGE, token=token_in(address))["preview"]
    assert shown["title"] == "Zahteven pogovor"
    assert [(one["label"], one["start"][:10]) for one in shown["editions"]["nodes"]] == [
        ("Osnutek", "2027-04-14")
    ]
    assert EventEdition.objects.get(pk=event.pk).starts_at == event.starts_at


def test_a_draft_of_a_shared_text_is_shown_on_a_page_that_shows_it(editor: User) -> None:
    text = SharedText.objects.create(name="Uvod", text="<p>Objavljeno.</p>", locale=make.home().locale)
    centre = make.centre("Učni center", intro=text)
    text.text = "<p>Osnutek.</p>"
    query = (
        "query ($token: String!) { preview(token: $token) { title ... on CentrePage { intro { text } } } }"
    )
    shown = ask(query, token=keep(editor, text))["preview"]
    assert shown == {"title": centre.title, "intro": {"text": "Osnutek."}}


def test_what_was_never_saved_has_no_preview_unless_it_is_a_page(event: EventEdition) -> None:
    assert event.is_previewable()
    assert not EventEdition().is_previewable()
    assert not SharedText().is_previewable()


def test_a_site_names_its_own_frontend(editor: User, event: EventEdition, rf: Any, settings: Any) -> None:
    settings.CMS_PREVIEW_ORIGINS = ["https://www.knjiznica.example"]
    page = event.programme
    SiteSettings.objects.update_or_create(
        site=page.get_site(), defaults={"preview_url": "https://www.knjiznica.example/predogled/?a=1"}
    )
    request = rf.get("/")
    request.user = editor
    address = page.serve_preview(request, "")["Location"]
    assert address.startswith("https://www.knjiznica.example/predogled/?a=1&token=")
