"""Draft mode of a frontend: the site as its editor may see it, until they sign out."""

import logging
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.contrib.auth.models import Group, Permission, User
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import (
    GroupApprovalTask,
    GroupPagePermission,
    Page,
    PageViewRestriction,
    Workflow,
    WorkflowTask,
)

from cms.models import DraftMode
from tests import factories as make
from tests.graph import send

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

FRONTEND = "https://www.knjiznica.example/api/draft"
EXCHANGE = "/graphql/draft-mode/"
SCRIPT = {"X-Requested-With": "XMLHttpRequest"}
PAGE = "query ($id: ID!) { page(id: $id) { title } }"
SITE = """query ($path: String!) {
  route(path: $path) { ... on PageRoute { page { title } } }
  programmes(first: 50, locale: "sl") { totalCount nodes { title } }
  centres(first: 50, locale: "sl") { nodes { title } }
  pages(first: 100, locale: "sl") { nodes { title } }
  editions(first: 50, locale: "sl") { nodes { label } }
}"""


@pytest.fixture(autouse=True)
def frontend(settings: Any) -> None:
    settings.CMS_DRAFT_MODE_URL = FRONTEND


def editor_of(page: Page, name: str = "ana", right: str = "change_page") -> User:
    group = Group.objects.create(name=name)
    of_edition = Permission.objects.filter(codename__in=["change_eventedition", "view_eventedition"])
    group.permissions.add(Permission.objects.get(codename="access_admin"), *of_edition)
    GroupPagePermission.objects.create(
        group=group, page=page, permission=Permission.objects.get(codename=right)
    )
    user = User.objects.create_user(name, password="geslo")
    user.groups.add(group)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def code_for(client: Client, page: Page | None = None) -> str:
    answer = client.get(reverse("draft_mode"), {"page": page.pk} if page else {})
    assert answer.status_code == 302
    address = urlsplit(answer["Location"])
    assert f"{address.scheme}://{address.netloc}{address.path}" == FRONTEND
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    return parse_qs(address.query)["code"][0]


def exchanged(code: Any) -> Any:
    return Client().post(EXCHANGE, {"code": code}, content_type="application/json")


def token_for(client: Client, page: Page | None = None) -> str:
    return str(exchanged(code_for(client, page)).json()["token"])


def seen(query: str, token: str, **variables: Any) -> Any:
    """Return the data of an answer in draft mode, or the code with which it was refused."""
    response = send(query, headers={"Authorization": f"Bearer {token}"}, **variables)
    assert response["Cache-Control"] == "private, no-store"
    assert "ETag" not in response
    assert token not in response.text
    body = response.json()
    if "errors" in body:
        assert response.status_code == 401
        return body["errors"][0]["extensions"]["code"]
    return body["data"]


def title(token: str, page: Page) -> str | None:
    found = seen(PAGE, token, id=str(page.pk))
    return found["page"] and found["page"]["title"]


def drafted(parent: Any, public: str, draft: str) -> Any:
    page = make.programme(parent, public)
    page.title = draft
    page.save_revision()
    return page


def build() -> tuple[Any, Any]:
    """Two centres, each with a changed programme, a new one and a hidden edition."""
    found = []
    for name in ("Pionirska", "Učni center"):
        centre = make.centre(name)
        changed = drafted(centre, f"{name}: javno", f"{name}: osnutek")
        new = make.programme(centre, f"{name}: novo")
        new.unpublish()
        edition = make.event(changed, make.moment(2027, 4, 7, 10), label={"sl": f"{name}: skrita izvedba"})
        edition.unpublish()
        found.append(centre)
    return tuple(found)  # type: ignore[return-value]


@pytest.fixture
def centres(built: Any) -> Any:
    return built


# ---------------------------------------------------------------- What it shows
def test_an_editor_sees_the_drafts_of_their_centre_through_every_root_field_and_none_of_another(
    centres: Any,
) -> None:
    own, _other = centres
    token = token_for(signed_in(editor_of(own)))
    page = Page.objects.get(title="Pionirska: novo")
    found = seen(SITE, token, path=page.url_path)
    assert found["route"] == {"page": {"title": "Pionirska: novo"}}
    titles = {node["title"] for node in found["programmes"]["nodes"]}
    assert titles == {"Pionirska: osnutek", "Pionirska: novo", "Učni center: javno"}
    assert found["programmes"]["totalCount"] == 3
    assert [node["label"] for node in found["editions"]["nodes"]] == ["Pionirska: skrita izvedba"]
    words = str(found)
    assert "Učni center: osnutek" not in words
    assert "Učni center: novo" not in words
    foreign = Page.objects.get(title="Učni center: novo")
    assert "page" not in (seen(SITE, token, path=foreign.url_path)["route"] or {})


def test_what_one_sees_in_draft_mode_is_cached_for_nobody(centres: Any) -> None:
    own, _other = centres
    token, client = token_for(signed_in(editor_of(own))), Client()
    public = send(SITE, client, path=own.url_path)
    assert "osnutek" not in public.text
    assert "osnutek" in str(seen(SITE, token, path=own.url_path))
    again = send(SITE, client, path=own.url_path)
    assert again.json()["data"] == public.json()["data"]
    assert "public" in again["Cache-Control"]


def test_a_click_in_a_draft_leads_to_its_form(centres: Any, settings: Any) -> None:
    own, _other = centres
    page = Page.objects.get(title="Pionirska: javno")
    query = "query ($id: ID!) { page(id: $id) { editUrl ... on ProgrammePage { editions { nodes { editUrl } } } } }"
    found = seen(query, token_for(signed_in(editor_of(own))), id=str(page.pk))["page"]
    place = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert found["editUrl"] == f"{settings.WAGTAILADMIN_BASE_URL}{place}"
    assert "/eventedition/edit/" in found["editions"]["nodes"][0]["editUrl"]
    public = send(query, id=str(page.pk)).json()["data"]["page"]
    assert public == {"editUrl": None, "editions": {"nodes": []}}


def test_pages_of_ones_own_and_those_that_wait_for_ones_step_are_shown_too(centres: Any) -> None:
    """Wagtail lets one edit them without the right to change what is around them."""
    editor = editor_of(centres[0], right="add_page")
    mine = Page.objects.get(title="Pionirska: javno")
    Page.objects.filter(pk=mine.pk).update(owner=editor)
    waiting = Page.objects.get(title="Učni center: javno").specific
    task = GroupApprovalTask.objects.create(name="Pregled")
    task.groups.set(editor.groups.all())
    workflow = Workflow.objects.create(name="Pregled")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    token = token_for(signed_in(editor))
    assert title(token, waiting) == "Učni center: javno"
    state = workflow.start(waiting, User.objects.create_superuser("skrbnica"))
    assert (title(token, mine), title(token, waiting)) == ("Pionirska: osnutek", "Učni center: osnutek")
    beside = Page.objects.get(title="Pionirska: novo")
    assert title(token, beside) is None
    found = seen(SITE, token, path="/")["programmes"]["nodes"]
    assert {node["title"] for node in found} == {"Pionirska: osnutek", "Učni center: osnutek"}
    state.cancel()
    assert title(token, waiting) == "Učni center: javno"


def test_a_closed_page_is_seen_by_whom_its_restriction_lets_in(centres: Any) -> None:
    own, other = centres
    PageViewRestriction.objects.create(page=other, restriction_type="groups")
    editor = editor_of(own)
    token = token_for(signed_in(editor))
    assert title(token, other) is None
    restriction = PageViewRestriction.objects.get()
    restriction.groups.set(editor.groups.all())
    assert title(token, other) == other.title


# ---------------------------------------------------------------- The way to it
def test_the_frontend_learns_where_to_begin_and_for_how_long(centres: Any, settings: Any) -> None:
    own, _other = centres
    client = signed_in(editor_of(own))
    answer = exchanged(code_for(client, own))
    assert answer["Cache-Control"] == "private, no-store"
    assert (answer.json()["path"], answer.json()["seconds"]) == (
        own.url_path,
        settings.CMS_DRAFT_MODE_SECONDS,
    )
    assert exchanged(code_for(client)).json()["path"] == "/"


def test_a_code_is_used_once_and_within_a_minute(centres: Any) -> None:
    client = signed_in(editor_of(centres[0]))
    with time_machine.travel(timezone.now(), tick=False) as clock:
        code, late = code_for(client), code_for(client)
        assert exchanged(code).status_code == 200
        clock.shift(61)
        for refused in (exchanged(code), exchanged(late)):
            assert refused.status_code == 400
            assert refused.json()["errors"][0]["extensions"]["code"] == "DRAFT_CODE_INVALID"
            assert refused["Cache-Control"] == "private, no-store"


def test_a_code_is_no_token_and_a_token_is_no_code(centres: Any) -> None:
    client = signed_in(editor_of(centres[0]))
    code = code_for(client)
    for shown in (code, f"draft_{code}", "draft_", "draft_\xe9"):
        assert seen(PAGE, shown, id="1") == "UNAUTHENTICATED"
    token = exchanged(code).json()["token"]
    assert exchanged(token).status_code == 400
    assert exchanged(token.removeprefix("draft_")).status_code == 400


@pytest.mark.parametrize("code", ["", "x", "č", "\ud800", None, 7, ["a"], {"a": 1}])
def test_what_is_no_code_is_refused(code: Any) -> None:
    answer = exchanged(code)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"]["code"] in {"BAD_REQUEST", "DRAFT_CODE_INVALID"}


def test_only_json_is_read_so_that_a_foreign_page_sends_nothing() -> None:
    client = Client()
    assert client.get(EXCHANGE).status_code == 405
    assert client.post(EXCHANGE, {"code": "x"}).status_code == 415
    assert client.post(EXCHANGE, '{"code": "x"}', content_type="text/plain").status_code == 415
    assert client.post(EXCHANGE, "{", content_type="application/json").status_code == 400
    assert client.post(EXCHANGE, "[]", content_type="application/json").status_code == 400
    assert client.post(EXCHANGE, " " * 2_000, content_type="application/json").status_code == 413


def test_who_may_not_edit_a_page_learns_nothing_of_it(centres: Any) -> None:
    own, other = centres
    client = signed_in(editor_of(own))
    address = reverse("draft_mode")
    assert client.get(address, {"page": other.pk}, headers=SCRIPT).status_code == 403
    for nothing in ("0", "x", "9" * 40, "-1"):
        assert client.get(address, {"page": nothing}).status_code == 404
    assert Client().get(address, headers=SCRIPT).status_code == 403
    reader = signed_in(User.objects.create_user("bralec"))
    assert reader.get(address, headers=SCRIPT).status_code == 403
    assert not DraftMode.objects.exists()


def test_without_an_address_in_the_settings_nobody_is_led_anywhere(centres: Any, settings: Any) -> None:
    own, _other = centres
    client = signed_in(editor_of(own))
    form = reverse("wagtailadmin_pages:edit", args=[own.pk])
    ways = (reverse("draft_mode"), f"{reverse('draft_mode')}?page={own.pk}")
    shown = client.get(form).text
    assert all(way in shown for way in ways)
    assert "z osnutki" in shown  # in the menu
    assert "Med osnutki" in shown
    settings.CMS_DRAFT_MODE_URL = ""
    assert reverse("draft_mode") not in client.get(form).text
    assert client.get(reverse("draft_mode")).status_code == 404


def test_the_address_of_the_frontend_may_have_a_query(centres: Any, settings: Any) -> None:
    settings.CMS_DRAFT_MODE_URL = f"{FRONTEND}?a=1"
    answer = signed_in(editor_of(centres[0])).get(reverse("draft_mode"))
    assert answer["Location"].startswith(f"{FRONTEND}?a=1&code=")


# ---------------------------------------------------------------- Its end
@pytest.mark.parametrize(
    "end", ["sign-out", "password", "inactive", "deleted", "no right", "session", "time"]
)
def test_draft_mode_ends_with_what_it_rests_on(centres: Any, settings: Any, end: str) -> None:
    own, _other = centres
    editor = editor_of(own)
    client = signed_in(editor)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        token, waiting = token_for(client), code_for(client)
        page = Page.objects.get(title="Pionirska: javno")
        assert title(token, page) == "Pionirska: osnutek"
        match end:
            case "sign-out":
                client.post(reverse("wagtailadmin_logout"))
            case "password":
                editor.set_password("drugo")
                editor.save()
            case "inactive":
                User.objects.update(is_active=False)
            case "deleted":
                editor.delete()
            case "no right":
                editor.groups.get().permissions.clear()
            case "session":
                Session.objects.all().delete()
            case "time":
                clock.shift(settings.CMS_DRAFT_MODE_SECONDS + 1)
        assert seen(PAGE, token, id=str(page.pk)) == "UNAUTHENTICATED"
        assert exchanged(waiting).status_code == 400


def test_a_lost_right_takes_its_drafts_and_leaves_the_rest(centres: Any) -> None:
    own, _other = centres
    editor = editor_of(own)
    token, page = token_for(signed_in(editor)), Page.objects.get(title="Pionirska: javno")
    assert title(token, page) == "Pionirska: osnutek"
    GroupPagePermission.objects.all().delete()
    assert title(token, page) == "Pionirska: javno"


def test_the_sign_out_in_another_browser_ends_nothing_here(centres: Any) -> None:
    editor = editor_of(centres[0])
    here, elsewhere = signed_in(editor), signed_in(editor)
    token = token_for(here)
    elsewhere.post(reverse("wagtailadmin_logout"))
    assert title(token, centres[0]) == centres[0].title


def test_a_new_secret_key_signs_nobody_out_as_long_as_the_old_one_is_kept(
    centres: Any, settings: Any
) -> None:
    """Looking at the session must not change it: the key of the editor's browser is the old one."""
    client = signed_in(editor_of(centres[0]))
    token = token_for(client)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key of the deployment, as long as it has to be"
    assert seen(PAGE, token, id="1") == "UNAUTHENTICATED"  # the HMAC is another one
    assert client.get(reverse("wagtailadmin_home")).status_code == 200


def test_what_is_over_is_deleted(centres: Any) -> None:
    client = signed_in(editor_of(centres[0]))
    token_for(client)
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        Session.objects.update(expire_date=timezone.now() + timedelta(days=1))
        code_for(client)
    assert DraftMode.objects.count() == 1


# ---------------------------------------------------------------- Where it may stand
def test_neither_database_nor_log_holds_what_opens_drafts(
    centres: Any, caplog: pytest.LogCaptureFixture
) -> None:
    client = signed_in(editor_of(centres[0]))
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.INFO, "cms.access")
    code = code_for(client)
    used, unused = exchanged(code), code_for(client)
    token = used.json()["token"]
    seen(PAGE, token, id="1")
    seen(PAGE, f"{token}x", id="1")
    seen("{ nothing }", f"{token}x")
    exchanged(f"{unused}x")
    exchanged(code)
    client.post(reverse("wagtailadmin_logout"))
    seen(PAGE, token, id="1")
    assert "cms.access" in {record.name for record in caplog.records}
    written = caplog.text + "".join(str(vars(record)) for record in caplog.records)
    kept = str(list(DraftMode.objects.values()))
    for secret in (code, unused, token.removeprefix("draft_")):
        assert secret not in written
        assert secret not in kept


def test_a_token_counts_in_the_header_alone(centres: Any) -> None:
    token = token_for(signed_in(editor_of(centres[0])))
    page = Page.objects.get(title="Pionirska: javno")
    asked = {"query": PAGE, "variables": f'{{"id": "{page.pk}"}}', "token": token, "access_token": token}
    client = Client()
    client.cookies["draft"] = token
    assert client.get("/graphql/", asked).json()["data"] == {"page": {"title": "Pionirska: javno"}}
