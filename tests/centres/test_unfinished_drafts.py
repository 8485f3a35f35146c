"""Any draft is saved; what is missing is a list with links, and is asked when the draft is published."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from centres.models import CentrePage, EventEdition, ProgrammePage
from cms.models import BasePage
from home.models import InfoPage
from tests import factories
from tests.centres.event_form import address, event_form
from tests.graph import ask

pytestmark = [pytest.mark.usefixtures("built"), pytest.mark.one_database]

PAGES = {
    CentrePage: {"host", "network", "competence_field", "contact_email", "summary", "functions", "audiences"},
    ProgrammePage: {"format", "kind", "cadence", "topics", "summary", "programme_audiences"},
    InfoPage: {"summary"},
}
LISTED = re.compile(r'<a href="#:w:contentpath=([\w.]+)">')


def build() -> EventEdition:
    """Make an event of a published programme."""
    return factories.event()


@pytest.fixture
def event(built: EventEdition) -> EventEdition:
    return built


def place_of(model: type[BasePage], event: EventEdition) -> Any:
    centre = event.programme.get_parent()
    return {
        CentrePage: centre.get_parent(),
        ProgrammePage: centre,
        InfoPage: centre.get_parent().get_parent(),
    }[model]


def title_alone(model: Any) -> dict[str, Any]:
    """Return the form of a page in which only the title was typed."""
    form = nested_form_data({"title": "Novo", "slug": "", "body": streamfield([]), "summary": ""})
    for name in model.get_edit_handler().get_form_class().formsets:
        form |= nested_form_data({name: inline_formset([])})
    return form


def saved(client: Client, model: Any, event: EventEdition, **changed: Any) -> Any:
    add = reverse("wagtailadmin_pages:add", args=[*_name(model), place_of(model, event).pk])
    answer = client.post(add, title_alone(model) | changed)
    assert answer.status_code == 302, answer.context["form"].errors
    return model.objects.get(title=changed.get("title", "Novo"))


def _name(model: Any) -> tuple[str, str]:
    return model._meta.app_label, model._meta.model_name


def edit_of(page: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


@pytest.mark.parametrize("model", PAGES)
def test_a_page_with_a_title_alone_is_saved_and_says_what_is_missing(
    model: Any, event: EventEdition, admin_client: Client
) -> None:
    page = saved(admin_client, model, event)
    assert not page.live
    admin_client.get(edit_of(page), {"_w_hydrate_create_view": "1"})
    html = admin_client.get(edit_of(page)).content.decode()
    assert html.count("Preden bo mogoče objaviti") == 1
    assert PAGES[model] <= set(LISTED.findall(html))


@pytest.mark.parametrize("model", PAGES)
def test_it_is_not_published_and_the_refusal_leads_to_each_field(
    model: Any, event: EventEdition, admin_client: Client
) -> None:
    page = saved(admin_client, model, event)
    answer = admin_client.post(edit_of(page), title_alone(model) | {"slug": "novo", "action-publish": "1"})
    assert answer.status_code == 200
    assert PAGES[model] <= set(LISTED.findall(answer.content.decode()))
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    admin_client.post(f"{bulk}?id={page.pk}")
    page.refresh_from_db()
    assert not page.live


@pytest.mark.parametrize("stored", ["", "nekoč"])
def test_a_page_without_its_part_of_the_address_is_published_under_its_title(
    event: EventEdition, admin_client: Client, stored: str
) -> None:
    page = saved(admin_client, InfoPage, event)
    form = title_alone(InfoPage) | {
        "summary": "Kaj center ponuja knjižnicam in komu koristi. " * 2,
        "action-publish": "1",
    }
    admin_client.post(edit_of(page), form | {"slug": stored})
    admin_client.post(edit_of(page), form | {"slug": ""})
    page.refresh_from_db()
    assert (page.live, page.slug) == (True, "novo")


def test_words_that_are_half_typed_are_saved(event: EventEdition, admin_client: Client) -> None:
    words = {
        "summary": "Še pišem",
        "contact_email": "pionir",
        "contact_url": "http://www.mkl.si",
        "official_name": "Pionirska-center ",
        "contact_phone": "01 30",
    }
    page = saved(admin_client, CentrePage, event, **words)
    draft = page.get_latest_revision_as_object()
    assert {name: getattr(draft, name) for name in words} == words | {"official_name": "Pionirska-center"}
    listed = set(LISTED.findall(admin_client.get(edit_of(page)).content.decode()))
    assert {"summary", "contact_email", "contact_url", "contact_phone"} <= listed


def test_title_with_a_date_is_saved_and_not_published(event: EventEdition, admin_client: Client) -> None:
    page = saved(admin_client, ProgrammePage, event, title="Seminar 17. 5. 2027")
    assert "title" in LISTED.findall(admin_client.get(edit_of(page)).content.decode())


@pytest.mark.parametrize(("field", "value"), [("since_year", "davno"), ("duration_hours", "1e9")])
def test_what_no_column_can_hold_is_refused_in_a_draft_too(
    event: EventEdition, admin_client: Client, field: str, value: str
) -> None:
    add = reverse("wagtailadmin_pages:add", args=[*_name(ProgrammePage), place_of(ProgrammePage, event).pk])
    answer = admin_client.post(add, title_alone(ProgrammePage) | {field: value})
    assert answer.context["form"].errors.keys() == {field}


def test_rows_that_were_left_empty_are_no_hindrance(event: EventEdition, admin_client: Client) -> None:
    rows = {
        "programme_audiences": inline_formset([{"audience": ""}]),
        "external_codes": inline_formset([{"scheme": "", "code": ""}, {"scheme": "", "code": ""}]),
    }
    empty = nested_form_data(rows)
    for name in rows:
        for place in range(2):
            empty |= {f"{name}-{place}-ORDER": str(place + 1), f"{name}-{place}-id": ""}
    page = saved(admin_client, ProgrammePage, event, **empty)
    assert not page.programme_audiences.exists()
    again = title_alone(ProgrammePage) | empty | {"slug": "novo", "programme_audiences-INITIAL_FORMS": "1"}
    assert admin_client.post(edit_of(page), again).status_code == 302
    refused = admin_client.post(edit_of(page), again | {"action-publish": "1"})
    assert "Ciljna skupina" in refused.context["form"].formsets["programme_audiences"].forms[0].as_p()
    assert any("programme_audiences" in place for place in LISTED.findall(refused.text))


def unfinished_event(event: EventEdition) -> dict[str, Any]:
    empty = {"mode": "", "languages": [], "capacity": "", "free": "", "applications_close": ""}
    return (
        event_form(event.programme, cancel_reason_sl="Bolezen.", **empty)
        | nested_form_data({"sessions": inline_formset([])})
        | {"application_url": "prijave"}
    )


MISSING = {"mode", "languages", "capacity", "applications_close", "application_url", "status_override"}


def test_an_event_is_saved_whatever_it_lacks_or_contradicts(
    event: EventEdition, admin_client: Client
) -> None:
    answer = admin_client.post(address(EventEdition, "add"), unfinished_event(event))
    assert answer.status_code == 302, answer.context["form"].errors
    draft = EventEdition.objects.exclude(pk=event.pk).get()
    assert not draft.live
    assert draft.cancel_reason == {"sl": "Bolezen."}
    html = admin_client.get(address(EventEdition, "edit", draft.pk)).content.decode()
    assert MISSING - {"languages"} | {"sessions"} <= set(LISTED.findall(html))
    assert len(ask("{ editions { nodes { id } } }")["editions"]["nodes"]) == 1


def test_a_draft_of_what_is_published_leaves_the_public_alone(
    event: EventEdition, admin_client: Client
) -> None:
    edit = address(EventEdition, "edit", event.pk)
    assert admin_client.post(edit, unfinished_event(event)).status_code == 302
    event.refresh_from_db()
    assert event.live
    assert event.mode == "ONLINE"
    answer = admin_client.post(edit, unfinished_event(event) | {"action-publish": "1"})
    assert answer.status_code == 200
    assert MISSING - {"status_override"} <= set(LISTED.findall(answer.content.decode()))
    (node,) = ask("{ editions { nodes { status ... on EventEdition { mode cancelReason } } } }")["editions"][
        "nodes"
    ]
    assert node == {"status": "OPEN", "mode": "ONLINE", "cancelReason": None}


def test_what_saves_itself_says_which_field_it_cannot_read(event: EventEdition, admin_client: Client) -> None:
    form = event_form(event.programme, applications_close="čez teden dni")
    answer = admin_client.post(
        address(EventEdition, "edit", event.pk), form, headers={"accept": "application/json"}
    )
    assert answer.status_code == 400
    assert answer.json()["error_code"] == "validation_error"
    assert "Prijave do: To ni datum" in answer.json()["error_message"]


def test_nothing_is_previewed_without_what_a_frontend_relies_on(
    event: EventEdition, admin_client: Client
) -> None:
    page = saved(admin_client, ProgrammePage, event)
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    answer = admin_client.post(preview, title_alone(ProgrammePage) | {"slug": "novo"})
    assert answer.json() == {"is_valid": False, "is_available": False}


def test_an_event_without_an_application_form_says_whom_the_public_is_told_to_write_to(
    event: EventEdition, admin_client: Client
) -> None:
    edit = address(EventEdition, "edit", event.pk)
    words = "povezave do prijavnice ni"
    form = event_form(event.programme)
    admin_client.post(edit, form)
    html = admin_client.get(edit).content.decode()
    assert words in html
    assert event.programme.get_parent().specific.contact_email in html
    admin_client.post(edit, form | {"application_url": "https://prijave.example.si"})
    assert words not in admin_client.get(edit).content.decode()


@pytest.mark.parametrize("action", ["publish", "submit"])
def test_publishing_or_sending_such_an_event_says_so_at_once_with_a_link_to_the_field(
    event: EventEdition, admin_client: Client, action: str
) -> None:
    edit = address(EventEdition, "edit", event.pk)
    form = event_form(event.programme) | {f"action-{action}": "1"}
    html = admin_client.post(edit, form, follow=True).text
    assert html.count("povezave do prijavnice ni") == 1
    assert f'href="{edit}#:w:contentpath=application_url"' in html
    form |= {"application_url": "https://prijave.example.si"}
    assert "povezave do prijavnice ni" not in admin_client.post(edit, form, follow=True).text


def test_the_page_above_all_has_a_name_in_the_readers_language(
    event: EventEdition, admin_client: Client
) -> None:
    explorer = admin_client.get(reverse("wagtailadmin_explore_root")).text
    assert "Root" not in re.sub(r"<[^>]*>", " ", explorer)
    assert "Vsa spletišča" in explorer
