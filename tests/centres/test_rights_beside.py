"""What editors are told of others' content beside lists and forms: actions on many, the admin's API, bad addresses."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.models import Page, Task
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from centres.models import AwardEdition, Book, EventEdition, ProgrammePage
from tests import factories
from tests.centres.test_rights import (
    CHIEF,
    EDITOR,
    LEAD,
    MEMBER,
    OTHER,
    SCRIPT,
    SECRETARY,
    Content,
    build,
    signed_in,
    site,
)

__all__ = ["build", "site"]  # the fixture and what it is made of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

REFUSED = "Te slike ali tega dokumenta ne smete uporabiti"


def bulk(client: Client, thing: Any, action: str = "delete", key: Any = None) -> str:
    meta = Page._meta if isinstance(thing, Page) else thing._meta
    address = reverse("wagtail_bulk_action", args=[meta.app_label, meta.model_name, action])
    answer = client.get(address, {"id": key or thing.pk})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("key", ["all", None])
def test_an_action_on_many_rows_tells_of_none_that_one_does_not_know(site: Content, key: str | None) -> None:
    client = signed_in(site, EDITOR)
    for name in ("review", "appointment"):
        assert "Pionirska" not in bulk(client, site.records[name], key=key), name
    for name in ("event", "award", "image", "document"):
        text = bulk(client, site.foreign[name], key=key)
        assert "Domoznanstvo" not in text, name
        assert str(site.foreign[name]) not in text, name


def test_an_action_on_many_pages_tells_of_none_that_one_does_not_know(site: Content) -> None:
    hidden = factories.programme(site.foreign["centre"], "Program v pripravi")
    hidden.unpublish()
    client = signed_in(site, EDITOR)
    for action in ("publish", "delete", "move"):
        assert "v pripravi" not in bulk(client, hidden, action), action
        assert "v pripravi" not in bulk(client, hidden, action, key="all"), action


def test_an_action_on_many_names_ones_own_that_one_may_not_touch(site: Content) -> None:
    client = signed_in(site, EDITOR)
    assert "izvedba Pionirska" in bulk(client, site.own["event"])
    assert "Program Pionirska" in bulk(client, site.own["programme"], "publish")


def test_an_action_on_many_still_does_its_work(site: Content) -> None:
    event = site.own["event"]
    address = reverse("wagtail_bulk_action", args=["centres", "eventedition", "delete"])
    answer = signed_in(site, LEAD).post(f"{address}?id={event.pk}&id={site.foreign['event'].pk}")
    assert answer.status_code == 302
    assert list(EventEdition.objects.values_list("pk", flat=True)) == [site.foreign["event"].pk]


def test_actions_on_many_are_for_those_who_may_enter(site: Content) -> None:
    address = reverse("wagtail_bulk_action", args=["centres", "eventedition", "delete"])
    assert (
        Client()
        .get(address, {"id": site.own["event"].pk})["Location"]
        .startswith(reverse("wagtailadmin_login"))
    )
    assert Client().get(reverse("wagtailadmin_choose_page_chosen_multiple")).status_code == 302


@pytest.mark.parametrize("kind", ["image", "document"])
def test_the_api_of_the_admin_tells_of_usable_files_only(site: Content, kind: str) -> None:
    own, foreign = site.own[kind], site.foreign[kind]
    client = signed_in(site, EDITOR)
    listing = reverse(f"wagtailadmin_api:{kind}s:listing")
    for asked in ({"limit": 20}, {"limit": 20, "search": own.title.split()[0]}):
        text = client.get(listing, asked).content.decode()
        assert own.title in text
        assert foreign.title not in text
    for thing, found in ((own, 200), (foreign, 404)):
        address = reverse(f"wagtailadmin_api:{kind}s:detail", args=[thing.pk])
        assert client.get(address).status_code == found
        assert signed_in(site, CHIEF).get(address).status_code == 200


def test_several_chosen_pages_are_those_that_are_offered(site: Content) -> None:
    hidden = factories.programme(site.foreign["centre"], "Program v pripravi")
    hidden.unpublish()
    asked = {"id": [hidden.pk, site.foreign["programme"].pk]}
    address = reverse("wagtailadmin_choose_page_chosen_multiple")
    text = signed_in(site, EDITOR).get(address, asked).content.decode()
    assert "v pripravi" not in text
    assert "Program Domoznanstvo" in text
    own = signed_in(site, EDITOR).get(address, asked | {"user_perms": "change"}).content.decode()
    assert "Domoznanstvo" not in own


def programme_form(programme: ProgrammePage, **changed: Any) -> dict[str, Any]:
    form: dict[str, Any] = nested_form_data(
        {
            "title": programme.title,
            "slug": programme.slug,
            "summary": factories.SUMMARY,
            "lead_image": "",
            "body": streamfield([]),
            "outcomes": "",
            "kind": programme.kind,
            "format": programme.format.pk,
            "programme_audiences": inline_formset(
                [{"audience": programme.programme_audiences.get().audience.pk}]
            ),
            "cadence": "ANNUAL",
            "programme_co_organisers": inline_formset([]),
            "programme_funders": inline_formset([]),
            "external_codes": inline_formset([]),
            "comments": inline_formset([]),
            **changed,
        }
    )
    return form | {"topics": [programme.topics.get().pk]}


def figure(image: Any) -> dict[str, Any]:
    block = {"image": image.pk, "decorative": "on", "alt_text": "", "caption": "", "credit": ""}
    return {"body": streamfield([("figure", block)])}


def link(document: Any) -> dict[str, Any]:
    text = f'<p><a linktype="document" id="{document.pk}">pravilnik</a></p>'
    return {"body": streamfield([("paragraph", {"text": rich_text(text)})])}


@pytest.mark.parametrize(
    "place",
    [
        lambda part: {"lead_image": part["image"].pk},
        lambda part: figure(part["image"]),
        lambda part: link(part["document"]),
    ],
)
def test_a_page_takes_only_files_that_its_editor_may_use(site: Content, place: Any) -> None:
    programme = site.own["programme"]
    before = programme.revisions.count()
    client = signed_in(site, EDITOR)
    address = reverse("wagtailadmin_pages:edit", args=[programme.pk])
    answer = client.post(address, programme_form(programme, **place(site.foreign)))
    assert answer.status_code == 200
    assert REFUSED in answer.content.decode(), answer.context["form"].errors
    assert programme.revisions.count() == before
    answer = client.post(address, programme_form(programme, **place(site.own)))
    assert answer.status_code == 302, answer.context["form"].errors
    assert programme.revisions.count() == before + 1


def test_a_file_that_somebody_else_chose_may_stay(site: Content) -> None:
    programme, image = site.own["programme"], site.foreign["image"]
    programme.lead_image = image
    programme.save_revision().publish()
    address = reverse("wagtailadmin_pages:edit", args=[programme.pk])
    form = programme_form(programme, lead_image=image.pk)
    answer = signed_in(site, EDITOR).post(address, form)
    assert answer.status_code == 302, (answer.context["form"].errors, answer.context["form"].formsets)


def test_a_record_takes_only_files_that_its_editor_may_use(site: Content) -> None:
    viewset = site.records["appointment"].snippet_viewset
    address = reverse(viewset.get_url_name("edit"), args=[site.records["appointment"].pk])
    client = signed_in(site, SECRETARY)
    shown = client.get(address).context["form"]
    form = {name: shown[name].value() for name in shown.fields if shown[name].value() is not None}
    answer = client.post(address, form | {"decision_document": site.foreign["document"].pk})
    assert REFUSED in answer.content.decode()


BAD = ["abc", "\x00", "99999999999999999999", "99999999999999999999999"]


@pytest.mark.parametrize("key", BAD)
@pytest.mark.parametrize("model", [EventEdition, AwardEdition])
def test_an_edition_with_an_impossible_key_is_not_found(site: Content, model: Any, key: str) -> None:
    client = signed_in(site, EDITOR)
    edit = reverse(model.snippet_viewset.get_url_name("edit"), args=[key])
    assert client.get(edit).status_code == 404
    assert client.post(edit, {}).status_code == 404


@pytest.mark.parametrize("key", BAD)
@pytest.mark.parametrize("model", [EventEdition, Book])
def test_a_chosen_row_with_an_impossible_key_is_not_found(site: Content, model: Any, key: str) -> None:
    client = signed_in(site, EDITOR)
    chooser = model.snippet_viewset.chooser_viewset
    assert client.get(reverse(chooser.get_url_name("chosen"), args=[key])).status_code == 404
    assert client.get(reverse(chooser.get_url_name("chosen_multiple")), {"id": key}).status_code == 404


def test_the_chooser_of_images_still_takes_ones_own(site: Content) -> None:
    client = signed_in(site, EDITOR)
    image = get_image_model().objects.get(pk=site.own["image"].pk)
    answer = client.get(reverse("wagtailimages_chooser:chosen", args=[image.pk]))
    assert image.title in answer.content.decode()


STEPS_OF_WORKFLOWS = ("task_chooser", "task_chooser_results", "task_chooser_create", "task_chosen")


@pytest.mark.parametrize("name", STEPS_OF_WORKFLOWS)
@pytest.mark.parametrize("role", [EDITOR, LEAD, SECRETARY, CHIEF])
def test_the_steps_of_all_workflows_are_named_to_nobody_who_makes_none(
    site: Content, role: str, name: str
) -> None:
    step = Task.objects.get(name="Domoznanstvo – objava")
    address = reverse(f"wagtailadmin_workflows:{name}", args=[step.pk] if name == "task_chosen" else [])
    assert signed_in(site, role).get(address, headers=SCRIPT).status_code == 403


def test_the_steps_of_workflows_are_named_to_administrators(site: Content, admin_client: Client) -> None:
    answer = admin_client.get(reverse("wagtailadmin_workflows:task_chooser"))
    assert "Domoznanstvo – objava" in answer.json()["html"]
    step = Task.objects.get(name="Domoznanstvo – objava")
    chosen = admin_client.get(reverse("wagtailadmin_workflows:task_chosen", args=[step.pk]))
    assert chosen.json()["result"]["name"] == step.name


def test_only_who_may_publish_hears_in_which_workflow_a_page_is(site: Content) -> None:
    page = site.own["programme"]
    page.save_revision(user=site.users[EDITOR])
    page.get_workflow().start(page, site.users[EDITOR])
    address = reverse("wagtailadmin_pages:confirm_workflow_cancellation", args=[page.pk])
    for role in (OTHER, EDITOR, MEMBER):
        assert signed_in(site, role).get(address, headers=SCRIPT).status_code == 403, role
    assert "Pionirska – objava" in signed_in(site, LEAD).get(address).json()["html"]
    assert signed_in(site, LEAD).get(address.replace(str(page.pk), "999999")).status_code == 404


@pytest.fixture
def hidden(site: Content) -> ProgrammePage:
    """A draft of another centre."""
    page = factories.programme(site.foreign["centre"], "Program v pripravi")
    page.unpublish()
    page.save_revision(user=site.users[CHIEF])
    return page


@pytest.mark.parametrize("role", [EDITOR, LEAD, MEMBER])
def test_no_address_of_pages_names_a_draft_of_others_to_who_knows_its_number(
    site: Content, hidden: ProgrammePage, role: str
) -> None:
    client = signed_in(site, role)
    above = site.foreign["centre"]
    for address in (
        reverse("wagtailadmin_explore", args=[hidden.pk]),
        reverse("wagtailadmin_explore_results", args=[hidden.pk]),
        reverse("wagtailadmin_choose_page_child", args=[hidden.pk]),
        reverse("wagtailadmin_pages:move_confirm", args=[hidden.pk, above.pk]),
        reverse("wagtailadmin_pages:move_confirm", args=[above.pk, hidden.pk]),
        reverse("wagtailadmin_pages:move_confirm", args=[hidden.pk, hidden.pk]),
        reverse("wagtailadmin_reports:page_types_usage"),
        reverse("wagtailadmin_reports:page_types_usage_results"),
    ):
        answer = client.get(address, follow=True)
        assert "v pripravi" not in answer.content.decode(), address
        assert "v-pripravi" not in answer.content.decode(), address


def test_the_same_addresses_show_it_to_who_works_with_it(site: Content, hidden: ProgrammePage) -> None:
    client = signed_in(site, CHIEF)
    for address in (
        reverse("wagtailadmin_explore", args=[hidden.pk]),
        reverse("wagtailadmin_choose_page_child", args=[hidden.pk]),
        reverse("wagtailadmin_pages:move_confirm", args=[hidden.pk, site.own["centre"].pk]),
        reverse("wagtailadmin_reports:page_types_usage"),
    ):
        assert "v pripravi" in client.get(address).content.decode(), address


def test_editors_still_walk_down_to_their_own_branch_and_choose_what_is_published(site: Content) -> None:
    client = signed_in(site, EDITOR)
    way = [page for page in site.own["programme"].get_ancestors() if page.depth > 1]
    for page in [*way, site.own["centre"], site.own["programme"]]:
        answer = client.get(reverse("wagtailadmin_explore", args=[page.pk]), follow=True)
        assert answer.status_code == 200
        assert not answer.redirect_chain or answer.redirect_chain[-1][0] != reverse("wagtailadmin_home")
        assert client.get(reverse("wagtailadmin_choose_page_child", args=[page.pk])).status_code == 200
    assert (
        "Program Pionirska"
        in client.get(reverse("wagtailadmin_explore", args=[site.own["centre"].pk])).content.decode()
    )
    foreign = reverse("wagtailadmin_choose_page_child", args=[site.foreign["centre"].pk])
    assert "Program Domoznanstvo" in client.get(foreign).content.decode()


@pytest.mark.parametrize("name", ["eventedition", "awardedition", "publicationedition"])
def test_a_new_edition_is_previewed_by_those_who_may_add_one(site: Content, name: str) -> None:
    address = reverse(f"wagtailsnippets_centres_{name}:preview_on_add")
    answer = signed_in(site, EDITOR).post(address, {})
    assert answer.json()["is_available"] in (True, False)
    assert signed_in(site, MEMBER).get(address).status_code == 302
