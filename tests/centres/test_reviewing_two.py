"""Two people at the page of a review: what one wrote stays, and nobody decides on what they did not see."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from centres.models import Review
from centres.review_view import ADDRESS
from tests import factories

pytestmark = pytest.mark.django_db


def opened(client: Client, where: str) -> Any:
    page = client.get(where).text
    start = page.index('name="opened" value="') + len('name="opened" value="')
    return {"opened": page[start : page.index('"', start)]}


def test_a_self_report_that_two_people_write_loses_nothing(admin_client: Client) -> None:
    review = factories.review(factories.appointment(factories.goals(factories.centre())), state="SELF_REPORT")
    where = reverse(ADDRESS, args=[review.pk])
    first, second = opened(admin_client, where), opened(admin_client, where)
    admin_client.post(where, first | {"step": "save", "self_report": "Prvo besedilo."})
    asked = admin_client.post(where, second | {"step": "save", "self_report": "Drugo besedilo."})
    assert asked.status_code == 200
    assert "Prvo besedilo." in asked.text
    assert "Drugo besedilo." in asked.text
    assert Review.objects.get().self_report == "Prvo besedilo."
    again = opened(admin_client, where)
    admin_client.post(where, again | {"step": "save", "self_report": "Drugo besedilo."})
    assert Review.objects.get().self_report == "Drugo besedilo."


def test_a_step_is_not_taken_on_a_review_that_changed_since_the_page_was_opened(admin_client: Client) -> None:
    review = factories.review(
        factories.appointment(factories.goals(factories.centre())), state="SELF_REPORT", self_report="Prvo."
    )
    where = reverse(ADDRESS, args=[review.pk])
    sent = opened(admin_client, where)
    Review.objects.update(self_report="Drugo.")
    asked = admin_client.post(where, sent | {"step": "hand_in", "self_report": "Prvo."})
    assert asked.status_code == 200
    assert (Review.objects.get().state, Review.objects.get().self_report) == ("SELF_REPORT", "Drugo.")
