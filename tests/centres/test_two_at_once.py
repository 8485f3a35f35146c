"""Two people save in the same moment, and people whose request does not tell what they had opened."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from centres.models import CentrePage, Organisation, Review
from centres.review_view import ADDRESS
from cms.editorial.stale_forms import VERSION
from home.models import InfoPage
from tests import factories as make
from tests.cms.test_two_editors import form_in, opened
from tests.own_connections import Connect, connected

pytestmark = pytest.mark.django_db

JSON = {"headers": {"accept": "application/json"}}
UNTOLD = (VERSION, "loaded_revision_id", "loaded_revision_created_at", "overwrite_revision_id")


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser(name, f"{name}@example.si", "geslo"))
    return client


def test_of_two_who_save_at_once_one_wins_and_the_other_sees_both_texts(connect: Connect) -> None:
    with connected(connect):
        page = make.below(make.home(), InfoPage(title="Prej", slug="dve-hkrati", summary=make.SUMMARY))
        where = reverse("wagtailadmin_pages:edit", args=[page.pk])
        clients = {name: signed_in(name) for name in ("prva", "druga")}
        forms = {name: opened(client, where) | {"title": f"Piše {name}"} for name, client in clients.items()}
    begin = Barrier(2)

    def save(name: str) -> Any:
        with connected(connect):
            begin.wait(60)
            return clients[name].post(where, forms[name])

    with ThreadPoolExecutor(2) as threads:
        answers = dict(zip(clients, threads.map(save, clients), strict=True))

    assert sorted(answer.status_code for answer in answers.values()) == [200, 302]
    winner = next(name for name in answers if answers[name].status_code == 302)
    loser = next(name for name in answers if name != winner)
    with connected(connect):
        stored = InfoPage.objects.get(pk=page.pk).get_latest_revision_as_object()
        assert stored.title == f"Piše {winner}"
        question = answers[loser].text.split(VERSION)[1]
        assert f"Piše {winner}" in question
        assert f"Piše {loser}" in question
        again = form_in(answers[loser].text) | {"keep-title": "mine"}
        assert clients[loser].post(where, again).status_code == 302
        stored = InfoPage.objects.get(pk=page.pk).get_latest_revision_as_object()
        assert stored.title == f"Piše {loser}"


def untold(form: Any) -> Any:
    sent = form.copy()
    for name in UNTOLD:
        sent.pop(name, None)
    return sent


def test_a_request_that_tells_nothing_does_not_write_over_what_another_saved() -> None:
    page = make.publish(make.goals(make.centre()))
    first, second = signed_in("prva"), signed_in("druga")
    where = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = untold(opened(second, where))
    assert first.post(where, form | {"title": "Prvi"}).status_code == 302
    refused = second.post(where, form | {"title": "Drugi"}, **JSON)
    assert (refused.status_code, refused.json()["error_code"]) == (400, "invalid_revision")
    asked = second.post(where, form | {"title": "Drugi"})
    assert asked.status_code == 200
    assert "Vaše še niso shranjene" in asked.text
    assert CentrePage.objects.get(pk=page.pk).get_latest_revision_as_object().title == "Prvi"
    assert second.post(where, form_in(asked.text) | {"keep-title": "mine"}).status_code == 302
    # Who wrote it themselves, and who changes nothing, is not asked.
    assert second.post(where, form | {"title": "Tretji"}).status_code == 302
    assert first.post(where, form | {"title": "Tretji"}).status_code == 302


def test_a_request_without_fingerprints_does_not_write_over_a_row_without_drafts() -> None:
    organisation = make.organisation("mkl")
    first, second = signed_in("prva"), signed_in("druga")
    where = reverse("wagtailsnippets_centres_organisation:edit", args=[organisation.pk])
    form = untold(opened(second, where))
    assert first.post(where, form | {"city": "Maribor"}).status_code == 302
    assert second.post(where, form | {"city": "Koper"}).status_code == 200
    assert Organisation.objects.get(pk=organisation.pk).city == "Maribor"


def test_a_self_report_is_not_written_over_by_a_request_that_tells_nothing() -> None:
    review = make.review(make.appointment(make.goals(make.centre())), state="SELF_REPORT")
    first, second = signed_in("prva"), signed_in("druga")
    where = reverse(ADDRESS, args=[review.pk])
    assert first.post(where, {"step": "save", "self_report": "Prvo."}).status_code == 302
    assert second.post(where, {"step": "save", "self_report": "Drugo."}).status_code == 200
    assert Review.objects.get().self_report == "Prvo."
    assert first.post(where, {"step": "save", "self_report": "Tretje."}).status_code == 302


def test_what_may_not_be_edited_now_is_shown_and_previewed_without_a_question() -> None:
    page = make.publish(make.goals(make.centre()))
    first, second = signed_in("prva"), signed_in("druga")
    where = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = opened(second, where)
    assert first.post(where, form | {"title": "Prvi"}).status_code == 302
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert second.post(preview, form | {"title": "Drugi"}).json() == {"is_valid": True, "is_available": True}
    CentrePage.objects.filter(pk=page.pk).update(
        locked=True, locked_by=get_user_model().objects.get(username="prva")
    )
    assert second.get(where).status_code == 200
    locked = second.post(where, form | {"title": "Drugi"}, follow=True)
    assert locked.status_code == 200
    assert CentrePage.objects.get(pk=page.pk).get_latest_revision_as_object().title == "Prvi"
