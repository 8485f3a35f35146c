"""A session that ends while somebody writes: they sign in again, and what they wrote is saved."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from home.models import HomePage, InfoPage
from tests.cms.test_two_editors import opened

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SUMMARY = "Črka za črko,\n\nz znaki <b>&amp;</b> \"in\" 'vsem', kar se piše, šest deset znakov ali več."


@pytest.fixture
def page() -> InfoPage:
    home = HomePage.objects.get(locale__language_code="sl")
    page = InfoPage(title="Novice", slug="novice", summary="x" * 60, locale=home.locale)
    home.add_child(instance=page)
    page.save_revision().publish()
    return page


@pytest.fixture
def writer(admin_user: Any) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin_user)
    return client


def form_to(html: str, action: str) -> dict[str, list[str]]:
    """Return what the form that leads to ``action`` sends."""
    form = BeautifulSoup(html, "html.parser").find("form", {"action": action})
    assert form, f"no form leads to {action}"
    sent: dict[str, list[str]] = {}
    for part in form.find_all(["input", "textarea"]):
        text = part.get("value") if part.name == "input" else part.text.removeprefix("\n")
        sent.setdefault(part["name"], []).append(text)
    return sent


def written(client: Client, page: InfoPage) -> tuple[str, Any]:
    """Open the form of ``page``, write into it, and lose the session."""
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = opened(client, edit).copy()
    form["csrfmiddlewaretoken"] = client.cookies["csrftoken"].value
    form["summary"] = SUMMARY.replace("\n", "\r\n")
    client.session.flush()
    return edit, form


def sign_in(client: Client) -> None:
    login = reverse("wagtailadmin_login")
    form = form_to(client.get(login, {"next": reverse("signed_in")}).text, login)
    answer = client.post(login, form | {"username": "admin", "password": "password"})
    assert answer["location"] == reverse("signed_in")


@pytest.mark.parametrize("action", ["", "action-publish"])
def test_form_that_was_sent_without_a_session_is_saved_after_signing_in(
    page: InfoPage, writer: Client, action: str
) -> None:
    edit, form = written(writer, page)
    if action:
        form[action] = "1"
    refused = writer.post(edit, form)
    assert refused.status_code == 403
    again = reverse("sign_in_again")
    kept = form_to(refused.text, again)
    assert "Niste" in writer.post(again, kept).text or "odjavljeni" in writer.post(again, kept).text
    sign_in(writer)
    ready = writer.post(again, kept)
    assert ready.status_code == 200
    saved = writer.post(edit, form_to(ready.text, edit))
    assert saved.status_code == 302, saved.context["form"].errors
    draft = InfoPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert draft.summary.replace("\r\n", "\n") == SUMMARY
    assert (InfoPage.objects.get(pk=page.pk).summary == draft.summary) is bool(action)


def test_what_saves_itself_is_told_that_the_session_ended(page: InfoPage, writer: Client) -> None:
    edit, form = written(writer, page)
    answer = writer.post(edit, form, headers={"accept": "application/json"})
    assert answer.status_code == 401
    assert answer.json()["error_code"] == "signed_out"
    assert "Niste več prijavljeni" in answer.json()["error_message"]
    sign_in(writer)
    (done,) = BeautifulSoup(writer.get(reverse("signed_in")).text, "html.parser").select("[data-signed-in]")
    form["csrfmiddlewaretoken"] = done["data-signed-in"]
    assert writer.post(edit, form, headers={"accept": "application/json"}).json()["success"]


def test_nobody_has_a_form_sent_that_this_server_did_not_keep(writer: Client) -> None:
    assert writer.post(reverse("sign_in_again"), {"kept": "tuje"}).status_code == 400


def test_request_without_a_token_is_refused_before_anything_is_kept(page: InfoPage) -> None:
    client = Client(enforce_csrf_checks=True)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = client.post(edit, {"summary": "tuje"})
    assert answer.status_code == 403
    assert "kept" not in answer.text


def test_opening_a_page_without_a_session_leads_to_the_sign_in_as_before(
    page: InfoPage, client: Client
) -> None:
    answer = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert answer["location"].startswith(reverse("wagtailadmin_login"))


def test_sign_in_may_stand_above_a_form_of_this_server_alone(client: Client) -> None:
    answer = client.get(reverse("signed_in"))
    assert answer["x-frame-options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer["content-security-policy"]
