"""What a preview's token is worth: one draft, to its editor's eyes, for a while; and where it is never written."""

import json
import logging
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import Group, Permission, User
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page

from cms.models.previews import keep
from tests import factories as make
from tests.graph import Refused, ask, global_id, send

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

PREVIEW = "query ($token: String!) { preview(token: $token) { title } }"
INVALID = ["PREVIEW_TOKEN_INVALID"]
SCRIPT = {"X-Requested-With": "XMLHttpRequest"}


def editor_of(page: Page, name: str) -> User:
    group = Group.objects.create(name=name)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupPagePermission.objects.create(
        group=group, page=page, permission=Permission.objects.get(codename="change_page")
    )
    user = User.objects.create_user(name)
    user.groups.add(group)
    return user


def codes(token: str) -> list[str]:
    with pytest.raises(Refused) as refused:
        ask(PREVIEW, token=token)
    return refused.value.codes


def title(token: str) -> str:
    return str(ask(PREVIEW, token=token)["preview"]["title"])


def build() -> Any:
    page = make.programme(title="Javni naslov")
    page.title = "Osnutek"
    return page


@pytest.fixture
def draft(built: Any) -> Any:
    return built


# ---------------------------------------------------------------- One draft, one editor
def test_a_part_of_one_token_fits_no_other(draft: Any) -> None:
    other = make.programme(make.centre("Učni center"), "Drugi")
    one = keep(editor_of(draft, "ana"), draft).split(":")
    two = keep(editor_of(other, "bine"), other).split(":")
    for forged in ([two[0], *one[1:]], [one[0], *two[1:]], [one[0], "000000", one[2]], one[:2], [*one, "x"]):
        assert codes(":".join(forged)) == INVALID


@pytest.mark.parametrize("salt", ["django.core.signing", "wagtail", "", "django.contrib.auth.tokens"])
def test_what_is_signed_for_something_else_is_no_token(draft: Any, salt: str) -> None:
    keep(editor_of(draft, "ana"), draft)
    assert codes(signing.dumps([1, 1], salt=salt)) == INVALID


@pytest.mark.parametrize("named", [[], [1], [1, 2, 3], {"a": 1}, None, 7, [2**70, 1], [None, None]])
def test_a_signed_token_of_another_shape_is_none(draft: Any, named: Any) -> None:
    keep(editor_of(draft, "ana"), draft)
    assert codes(signing.dumps(named, salt="cms.publishing.preview")) == INVALID


def test_a_token_shows_its_editors_draft_and_not_that_of_somebody_else(draft: Any) -> None:
    first = keep(editor_of(draft, "ana"), draft)
    draft.title = "Drug osnutek"
    second = keep(editor_of(draft, "bine"), draft)
    assert (title(first), title(second)) == ("Osnutek", "Drug osnutek")


def test_the_rights_of_two_tokens_do_not_add_up_in_one_operation(draft: Any) -> None:
    """Whoever holds both could see each alone; an answer for the second is the one for the second."""
    other = make.centre("Učni center")
    own, foreign = keep(editor_of(draft, "ana"), draft), keep(editor_of(other, "bine"), other)
    Page.objects.get(pk=draft.pk).specific.unpublish()
    query = """query ($one: String!, $two: String!, $id: ID!) {
        one: preview(token: $one) { title } between: page(id: $id) { id }
        two: preview(token: $two) { title } after: page(id: $id) { id } }"""
    found = ask(query, one=own, two=foreign, id=str(draft.pk))
    assert found["one"] == {"title": "Osnutek"}
    assert found["between"] == {"id": global_id(draft, draft=True)}
    assert found["after"] is None


# ---------------------------------------------------------------- Its end
@pytest.mark.parametrize("end", ["inactive", "deleted", "no group", "page deleted", "group deleted"])
def test_a_token_ends_with_what_it_rests_on(draft: Any, end: str) -> None:
    editor = editor_of(draft.get_parent(), "ana")
    token = keep(editor, draft)
    assert title(token) == "Osnutek"
    match end:
        case "inactive":
            User.objects.update(is_active=False)
        case "deleted":
            editor.delete()
        case "no group":
            editor.groups.clear()
        case "group deleted":
            Group.objects.get(name="ana").delete()
        case _:
            Page.objects.get(pk=draft.pk).specific.delete()
    assert codes(token) == INVALID


@pytest.mark.parametrize("kind", ["page", "event"])
def test_nobody_sees_the_preview_of_what_is_deleted(kind: str, draft: Any) -> None:
    """Not even who might add it anew."""
    row = draft if kind == "page" else make.event(draft)
    token = keep(User.objects.create_superuser("skrbnica"), row)
    type(row).objects.get(pk=row.pk).delete()
    assert codes(token) == INVALID


def test_a_right_that_was_lost_renews_nothing(draft: Any) -> None:
    editor, client = editor_of(draft, "ana"), Client()
    client.force_login(editor)
    token = keep(editor, draft)
    assert client.get(reverse("preview_renew"), {"token": token}).status_code == 302
    GroupPagePermission.objects.filter(group__user=editor).delete()
    assert client.get(reverse("preview_renew"), {"token": token}, headers=SCRIPT).status_code == 403


def test_a_token_ends_at_its_time_however_often_it_is_renewed(draft: Any) -> None:
    editor, client = editor_of(draft, "ana"), Client()
    client.force_login(editor)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        old = keep(editor, draft)
        clock.shift(settings.CMS_PREVIEW_SECONDS - 1)
        answer = client.get(reverse("preview_renew"), {"token": old})
        clock.shift(2)
        assert codes(old) == ["PREVIEW_TOKEN_EXPIRED"]
        assert title(parse_qs(urlsplit(answer["Location"]).query)["token"][0]) == "Osnutek"


# ---------------------------------------------------------------- Where it may stand
def test_no_log_holds_a_token(
    draft: Any, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor, client = editor_of(draft, "ana"), Client(raise_request_exception=False)
    client.force_login(editor)
    token = keep(editor, draft)
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.INFO, "cms.access")
    asked = {"query": PREVIEW, "variables": json.dumps({"token": token})}
    for shown in (token, token[:-2] + "xx"):
        send(PREVIEW, token=shown)
        client.get("/graphql/", asked | {"variables": json.dumps({"token": shown})})
        client.get("/graphql/", {"query": f'{{ preview(token: "{shown}") {{ title }} }}'})
        client.get("/graphql/", {"query": f'{{ preview(token: "{shown}") {{ nothing }} }}'})
        client.get(f"/-/preview/?{urlencode({'token': shown})}")
        client.get(reverse("preview_renew"), {"token": shown})
        client.get(reverse("preview_user_bar"), {"token": shown})
        client.get("/nikjer/", {"token": shown})
        client.post(f"/-/preview/?{urlencode({'token': shown})}")

    def fail(*_arguments: Any) -> None:
        raise RuntimeError("A fault of ours.")

    monkeypatch.setattr("cms.publishing.preview.drafts_of", fail)
    assert send(PREVIEW, token=token).json()["errors"][0]["extensions"]["code"] == "INTERNAL_SERVER_ERROR"
    client.get("/graphql/", asked)
    client.get(f"/-/preview/?{urlencode({'token': token})}")
    assert "cms.access" in {record.name for record in caplog.records}
    written = caplog.text + "".join(str(vars(record)) for record in caplog.records if not record.exc_info)
    signature = token.rpartition(":")[2]
    statements = [one for one in written.splitlines() if signature in one]
    assert statements == []


def test_the_page_with_a_token_in_its_address_tells_no_other_server_of_it(draft: Any) -> None:
    token = keep(editor_of(draft, "ana"), draft)
    response = Client().get("/-/preview/", {"token": token})
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"] == "private, no-store"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    for answer in (send(PREVIEW, token=token), send(PREVIEW, token="x")):
        assert answer["Cache-Control"] == "private, no-store"
        assert token not in answer.content.decode()
