"""Previews: an editor's draft, shown by a token."""

from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import Group, User
from wagtail.models import GroupPagePermission

from centres.rights.set_up import set_up_centre
from cms.models.previews import keep
from tests import factories as make
from tests.graph import Refused, ask, send

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

PREVIEW = """query ($token: String!) { preview(token: $token) {
    id title path
    ... on ProgrammePage { centre { shortName } } ... on CentrePage { programmes { nodes { title } } } } }"""


@pytest.fixture
def editor():
    return User.objects.create_superuser("urednica", password="geslo")


def build():
    page = make.programme(title="Objavljeni naslov")
    page.title = "Osnutek naslova"
    page.save_revision()
    return page.get_latest_revision_as_object()


@pytest.fixture
def draft(built):
    return built


def test_a_token_shows_the_draft_and_the_public_does_not_see_it(editor, draft):
    token = keep(editor, draft)
    assert ask(PREVIEW, token=token)["preview"]["title"] == "Osnutek naslova"
    public = ask("query ($id: ID) { page(id: $id) { title } }", id=str(draft.pk))
    assert public == {"page": {"title": "Objavljeni naslov"}}


def test_a_page_reached_from_a_draft_shows_its_draft_too(editor, draft):
    centre = draft.get_parent().specific
    token = keep(editor, centre)
    assert ask(PREVIEW, token=token)["preview"]["programmes"]["nodes"] == [{"title": "Osnutek naslova"}]


def test_the_editors_preview_frame_leads_to_the_frontend_with_a_token(editor, draft, rf):
    request = rf.get("/admin/")
    request.user = editor
    response = draft.serve_preview(request, "")
    assert response.status_code == 302
    assert response["Location"].startswith(settings.CMS_PREVIEW_URL)
    token = parse_qs(urlsplit(response["Location"]).query)["token"][0]
    assert ask(PREVIEW, token=token)["preview"]["title"] == "Osnutek naslova"


def test_a_token_ends_after_the_time_that_is_set(editor, draft):
    with time_machine.travel("2027-03-01T10:00:00Z", tick=False) as clock:
        token = keep(editor, draft)
        clock.shift(settings.CMS_PREVIEW_SECONDS + 1)
        with pytest.raises(Refused) as refused:
            ask(PREVIEW, token=token)
    assert refused.value.codes == ["PREVIEW_TOKEN_EXPIRED"]


@pytest.mark.parametrize(
    "change", [lambda token: token[:-1] + "_", lambda _token: "", lambda _token: "a:b:c"]
)
def test_a_forged_token_is_refused(editor, draft, change):
    with pytest.raises(Refused) as refused:
        ask(PREVIEW, token=change(keep(editor, draft)))
    assert refused.value.codes == ["PREVIEW_TOKEN_INVALID"]


def test_a_token_is_worth_nothing_once_its_editor_lost_the_right(draft):
    user = User.objects.create_user("urednik")
    group = Group.objects.create(name="Uredniki")
    permission = GroupPagePermission.objects.create(
        group=group, page=draft.get_parent(), permission=_permission("change_page")
    )
    user.groups.add(group)
    token = keep(user, draft)
    assert ask(PREVIEW, token=token)["preview"]["title"] == "Osnutek naslova"
    permission.delete()
    with pytest.raises(Refused) as refused:
        ask(PREVIEW, token=token)
    assert refused.value.codes == ["PREVIEW_TOKEN_INVALID"]


def test_an_editor_of_one_branch_sees_no_draft_of_another_through_a_preview(draft):
    other = make.centre("Učni center")
    make.publish(other)
    user = User.objects.create_user("urednik")
    group = Group.objects.create(name="Uredniki")
    GroupPagePermission.objects.create(group=group, page=other, permission=_permission("change_page"))
    user.groups.add(group)
    query = "query ($token: String!) { preview(token: $token) { id } programmes { nodes { title } } }"
    answer = ask(query, token=keep(user, other))
    assert answer["programmes"]["nodes"] == [{"title": "Objavljeni naslov"}]


def test_a_preview_is_never_kept_by_a_cache(editor, draft):
    response = send(PREVIEW, token=keep(editor, draft))
    assert response["Cache-Control"] == "private, no-store"
    assert "ETag" not in response


def _permission(codename):
    from django.contrib.auth.models import Permission

    return Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)


def test_an_editor_sees_the_draft_editions_of_their_own_centre_only(draft):
    own, other = draft.get_parent().specific, make.centre("Učni center")
    programmes = [make.programme(centre, "Srečanja") for centre in (own, other)]
    for programme in programmes:
        make.event(programme, make.moment(2027, 4, 7, 10)).unpublish()
    writer = User.objects.create_user("urednica.pionirska", password="geslo")
    writer.groups.add(set_up_centre(own).editors)
    query = """query ($token: String!) {
        preview(token: $token) { id }
        editions { nodes { programme { centre { shortName } } } } }"""
    seen = ask(query, token=keep(writer, own))["editions"]["nodes"]
    assert seen == [{"programme": {"centre": {"shortName": "Pionirska"}}}]
    with pytest.raises(Refused) as refused:
        ask(query, token=keep(writer, other))
    assert refused.value.codes == ["PREVIEW_TOKEN_INVALID"]
