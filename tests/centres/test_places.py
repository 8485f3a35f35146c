"""Systems for applications set the numbers of seats over HTTP, and nothing else."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from wagtail.models import APIToken, ModelLogEntry

from centres.models import EventEdition
from cms.models import TokenAccess
from cms.publishing.identity import GlobalId
from tests import factories
from tests.centres.test_rights import EDITOR, OTHER, Content, build, site
from tests.graph import ask

__all__ = ["build", "site"]  # the fixture and what it is made of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

QUERY = "query($id: ID!) { node(id: $id) { ... on EventEdition { id seatsTaken waitlist seatsLeft } } }"


def token_of(user: Any, scope: str = "PLACES", **access: Any) -> str:
    row, plain = APIToken.create_token(user=user, name="Prijave")
    facts = {"expires_at": timezone.now() + timedelta(days=1)} | access
    TokenAccess.objects.create(token=row, scope=scope, **facts)
    return str(plain)


def post(token: str, content: Any, **headers: str) -> Any:
    body = content if isinstance(content, str) else json.dumps(content)
    shown = {"Authorization": f"Bearer {token}"} | headers
    return Client().post("/graphql/places/", body, content_type="application/json", headers=shown)


def id_of(event: Any) -> str:
    return str(GlobalId(EventEdition, str(event.pk)))


def code(answer: Any) -> str:
    return answer.json()["errors"][0]["extensions"]["code"]


@pytest.fixture
def superuser() -> Any:
    return get_user_model().objects.create_superuser("admin", "admin@example.si")


def test_numbers_count_at_once_in_every_answer_and_are_logged(superuser: Any) -> None:
    event = factories.event(capacity=30)
    key = id_of(event)
    assert ask(QUERY, id=key)["node"]["seatsTaken"] == 0
    answer = post(token_of(superuser), {"id": key, "seatsTaken": 28, "waitlist": 2})
    assert answer.json() == {"id": key, "seatsTaken": 28, "waitlist": 2, "seatsLeft": 2}
    assert ask(QUERY, id=key)["node"] == answer.json()
    entry = ModelLogEntry.objects.get(action="centres.places")
    assert (entry.object_id, entry.user, entry.data["token"]) == (str(event.pk), superuser, "Prijave")


def test_one_number_leaves_the_other_and_the_same_again_is_no_news(superuser: Any) -> None:
    event = factories.event(capacity=30)
    event.count_seats(seats_taken=3, waitlist=4)
    token = token_of(superuser)
    for _time in range(2):
        assert post(token, {"id": id_of(event), "waitlist": 5}).json()["seatsTaken"] == 3
    assert EventEdition.objects.get(pk=event.pk).waitlist == 5
    assert ModelLogEntry.objects.filter(action="centres.places").count() == 1


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("{", "BAD_REQUEST"), ([], "BAD_REQUEST"), ({}, "BAD_REQUEST"), ({"id": "x"}, "BAD_REQUEST"),
        ({"seatsTaken": 1, "capacity": 99}, "BAD_REQUEST"), ({"seatsTaken": "1"}, "BAD_USER_INPUT"),
        ({"seatsTaken": -1}, "BAD_USER_INPUT"), ({"seatsTaken": 1.5}, "BAD_USER_INPUT"),
        ({"seatsTaken": True}, "BAD_USER_INPUT"), ({"waitlist": None}, "BAD_USER_INPUT"),
        ({"waitlist": 10**9}, "BAD_USER_INPUT"), ({"id": "x", "seatsTaken": 1}, "BAD_USER_INPUT"),
        ({"id": 7, "seatsTaken": 1}, "BAD_USER_INPUT"), ("[" * 5000, "BODY_TOO_LARGE"),
    ],
)  # fmt: skip
def test_what_is_not_understood_changes_nothing(superuser: Any, sent: Any, expected: str) -> None:
    event = factories.event(capacity=30)
    if isinstance(sent, dict):
        sent = {"id": id_of(event)} | sent if expected != "BAD_USER_INPUT" or "id" not in sent else sent
    answer = post(token_of(superuser), sent)
    assert (code(answer), answer.status_code < 500) == (expected, True)
    assert EventEdition.objects.get(pk=event.pk).seats_taken == 0


def test_other_tokens_set_nothing_and_this_one_reads_nothing(superuser: Any) -> None:
    event = factories.event(capacity=30)
    sent = {"id": id_of(event), "seatsTaken": 1}
    for scope in ("PUBLISHED", "DRAFTS", "DOCUMENTS"):
        assert code(post(token_of(superuser, scope), sent)) == "FORBIDDEN"
    assert code(post(token_of(superuser, expires_at=timezone.now()), sent)) == "UNAUTHENTICATED"
    assert code(post("wagtail_x", sent)) == "UNAUTHENTICATED"
    read = Client().post(
        "/graphql/", {"query": "{ site { rootUrl } }"}, content_type="application/json",
        headers={"Authorization": f"Bearer {token_of(superuser)}"},
    )  # fmt: skip
    assert "errors" in read.json()
    assert EventEdition.objects.get(pk=event.pk).seats_taken == 0


def test_the_owner_of_the_token_must_edit_the_event(site: Content) -> None:
    sent = {"id": id_of(site.own["event"]), "seatsTaken": 1}
    assert code(post(token_of(site.users[OTHER]), sent)) == "BAD_USER_INPUT"
    assert post(token_of(site.users[EDITOR]), sent).json()["seatsTaken"] == 1


def test_an_award_has_no_seats(superuser: Any) -> None:
    award = factories.award()
    sent = {"id": str(GlobalId(type(award), str(award.pk))), "seatsTaken": 1}
    assert code(post(token_of(superuser), sent)) == "BAD_USER_INPUT"
