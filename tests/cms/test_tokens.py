"""Tokens for servers: made in the admin with an end and a scope, shown once, revoked at once."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone
from wagtail.models import APIToken

from cms.models.access import TokenAccess
from tests.graph import send

pytestmark = pytest.mark.django_db

CREATE = "/admin/api-tokens/new/"
QUERY = "{ site { name } }"


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("skrbnica", password="geslo"))
    return client


def form(**given: Any) -> dict[str, Any]:
    owner = User.objects.get(username="skrbnica")
    day = timezone.localdate() + timedelta(days=30)
    return {"name": "Spletišče", "user": owner.pk, "scope": "PUBLISHED", "last_day": day.isoformat()} | given


def plaintext(response: Any) -> str:
    found = re.search(r"wagtail_[0-9A-Za-z]{20,}", response.content.decode())
    assert found
    return found[0]


def code(token: str) -> str | None:
    answer = send(QUERY, headers={"Authorization": f"Bearer {token}"}).json()
    return answer["errors"][0]["extensions"]["code"] if "errors" in answer else None


def test_a_token_is_made_shown_once_and_read_with(admin: Client) -> None:
    response = admin.post(CREATE, form())
    token = plaintext(response)
    assert "no-store" in response["Cache-Control"]
    assert token not in admin.get("/admin/api-tokens/").content.decode()
    assert not APIToken.objects.filter(key_hash=token).exists()
    assert code(token) is None


def test_the_list_shows_the_end_and_the_scope(admin: Client) -> None:
    admin.post(CREATE, form(scope="DRAFTS"))
    shown = admin.get("/admin/api-tokens/").content.decode()
    assert "Zadnja raba" in shown
    assert str(TokenAccess.objects.get().get_scope_display()) in shown


@pytest.mark.parametrize("days", [-1, 800])
def test_a_token_needs_an_end_within_two_years(admin: Client, days: int) -> None:
    day = timezone.localdate() + timedelta(days=days)
    assert admin.post(CREATE, form(last_day=day.isoformat())).status_code == 200
    assert not APIToken.objects.exists()


def test_nobody_gets_a_token_for_drafts_who_edits_nothing(admin: Client) -> None:
    reader = User.objects.create_user("bralec")
    assert admin.post(CREATE, form(user=reader.pk, scope="DRAFTS")).status_code == 200
    assert not APIToken.objects.exists()


def test_a_revoked_token_ends_at_once(admin: Client) -> None:
    token = plaintext(admin.post(CREATE, form()))
    row = APIToken.objects.get()
    assert admin.get(f"/admin/api-tokens/delete/{row.pk}/").status_code == 200
    admin.post(f"/admin/api-tokens/delete/{row.pk}/")
    assert code(token) == "UNAUTHENTICATED"


def test_a_token_ends_after_its_last_day(admin: Client) -> None:
    token = plaintext(admin.post(CREATE, form()))
    with time_machine.travel(timezone.now() + timedelta(days=32), tick=False):
        assert code(token) == "UNAUTHENTICATED"


def test_a_token_ends_with_the_account_of_its_owner(admin: Client) -> None:
    token = plaintext(admin.post(CREATE, form()))
    User.objects.update(is_active=False)
    assert code(token) == "UNAUTHENTICATED"


def test_an_editor_makes_no_token_for_somebody_else(client: Client, admin: Client) -> None:
    editor = User.objects.create_user("urednica")
    codenames = ["access_admin", "add_apitoken", "view_apitoken", "change_apitoken"]
    editor.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    own = Client()
    own.force_login(editor)
    own.post(CREATE, form())
    assert not APIToken.objects.exists()


def test_a_token_without_an_end_reads_nothing() -> None:
    _row, token = APIToken.create_token(user=User.objects.create_user("stara"), name="brez konca")
    assert code(token) == "UNAUTHENTICATED"
