"""What a preview opens and where it is shown: one draft with what stands on its page, on origins of the deployment."""

from typing import Any

import pytest
from django.conf import settings as present
from django.contrib.auth.models import Permission, User
from django.core import checks, signing
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page, PageViewRestriction, Site

from centres.models import ProgrammePage
from cms.models.previews import PreviewDraft, keep, preview_address
from cms.models.site import SiteSettings
from cms.preview_origins import is_allowed
from cms.publishing.preview_checks import check_stored
from home.models import InfoPage
from tests import factories as make
from tests.centres.test_preview_tokens import editor_of
from tests.graph import Refused, ask, global_id

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

OURS = "https://www.knjiznica.example"
BAD = [
    "https://evil.example/predogled/",
    "http://www.knjiznica.example/predogled/",
    "https://www.knjiznica.example:8443/",
    "https://www.knjiznica.example.evil.example/",
    "https://evilwww.knjiznica.example/",
    "https://www.knjiznica.example@evil.example/",
    "https://ana:geslo@www.knjiznica.example/",
    "https://www.knjiznica.example./predogled/",
    "https://www.knjižnica.example/",
    "https://ｗww.knjiznica.example/",
    "//www.knjiznica.example/",
    "javascript:alert(1)//www.knjiznica.example",
    "https:www.knjiznica.example",
    "https:///www.knjiznica.example/",
    "https://evil.example\\@www.knjiznica.example/",
    "https://www.knjiznica.example\\@evil.example/",
    "https://www.knjiznica.example:99999/",
    "https://www.knjiznica.example/predogled/#kje",
    "https://www.knjiznica.example/?token=",
    "https://www.knjiznica.example/?na=https://evil.example/",
    "https://www.knjiznica.example/?na=//evil.example/",
    "https://www.knjiznica.example//evil.example/",
    "https://www.knjiznica.example/../x/",
    "https://www.knjiznica.example/%2e%2e/",
    "https://www.knjiznica.example/a b/",
    "https://www.knjiznica.example/a\r\nSet-Cookie: x=1",
    " https://www.knjiznica.example/",
    "https://www.knjiznica.example/\t",
    "https://www.knjiznica.example:80/",
    "https://www.knjiznica.example:0/",
    "https://www.knjiznica.example:443:443/",
    "https://www.knjiznica.example:４４３/",
    "HTTPS://WWW.KNJIZNICA.EXAMPLE:444/",
    "http://www.knjiznica.example:443/",
    "https://%77ww.knjiznica.example/",
    "https://www。knjiznica.example/",
    "https://www.\u212anjiznica.example/",  # the sign for kelvin, a k in lower case
    "https://[::ffff:127.0.0.1]/",
]


@pytest.fixture(autouse=True)
def origins(settings: Any) -> None:
    settings.CMS_PREVIEW_ORIGINS = [OURS]


@pytest.fixture
def boss() -> User:
    return User.objects.create_superuser("skrbnica")


def stored(address: str) -> SiteSettings:
    row = SiteSettings.for_site(Site.objects.get())
    row.save()
    SiteSettings.objects.update(preview_url=address)
    return SiteSettings.objects.get()


@pytest.mark.parametrize("address", BAD)
def test_no_token_goes_to_an_address_that_is_not_the_deployments(address: str) -> None:
    stored(address[:200])
    assert preview_address("abc").startswith(f"{present.CMS_PREVIEW_URL}?token=")
    (warning,) = check_stored(databases=["default"])
    assert warning.id == "cms.W001"
    assert isinstance(warning, checks.Warning)


@pytest.mark.parametrize(
    "address",
    [
        f"{OURS}/",
        f"{OURS}:443/predogled/",
        f"{OURS}/predogled/?a=1",
        f"{OURS}:/x",
        "HTTPS://WWW.KNJIZNICA.example/x",
    ],
)
def test_addresses_on_an_origin_of_the_deployment_are_used(address: str) -> None:
    stored(address)
    assert preview_address("abc").startswith(address)
    assert check_stored(databases=["default"]) == []


@pytest.mark.parametrize("address", ["https://evil.example/", f"{OURS}@evil.example/", f"{OURS}./"])
def test_the_form_of_the_settings_refuses_other_origins(boss: User, address: str) -> None:
    client = Client()
    client.force_login(boss)
    form = reverse("wagtailsettings:edit", args=["cms", "sitesettings", Site.objects.get().pk])
    answer = client.post(form, {"name_sl": "Centri", "name_en": "Centres", "preview_url": address})
    assert "Predogledi" in str(answer.context["form"].errors["preview_url"])
    assert not SiteSettings.objects.exclude(preview_url="").exists()
    answer = client.post(
        form, {"name_sl": "Centri", "name_en": "Centres", "preview_url": f"{OURS}/predogled/"}
    )
    assert answer.status_code == 302
    assert SiteSettings.objects.get().preview_url == f"{OURS}/predogled/"


def test_the_admin_frames_only_pages_of_these_origins(boss: User) -> None:
    client = Client()
    client.force_login(boss)
    policy = client.get(reverse("wagtailadmin_home"))["Content-Security-Policy"]
    frames = next(part for part in policy.split(";") if "frame-src" in part)
    assert OURS in frames
    assert "https: " not in f"{frames} "


def test_an_origin_that_was_taken_from_the_settings_gets_no_token(settings: Any) -> None:
    stored(f"{OURS}/predogled/")
    settings.CMS_PREVIEW_ORIGINS = []
    assert not is_allowed(f"{OURS}/predogled/")
    assert OURS not in preview_address("abc")


# ---------------------------------------------------------------- What it opens
ONE = "query ($token: String!, $id: ID!) { preview(token: $token) { id } page(id: $id) { id title } }"


def hidden(of: Any, title: str) -> ProgrammePage:
    page = make.programme(of, title)
    page.unpublish()
    return page


def shown(token: str, page: Any) -> Any:
    return ask(ONE, token=token, id=str(page.pk))["page"]


def test_a_token_of_a_programme_opens_no_other_draft_even_where_an_administrator_made_it(boss: User) -> None:
    own, other = make.centre("Pionirska"), make.centre("Učni center")
    page = hidden(own, "Osnutek")
    beside, foreign = hidden(own, "Sosednji osnutek"), hidden(other, "Tuji osnutek")
    changed = make.programme(other, "Objavljeno")
    changed.title = "Neobjavljena sprememba"
    changed.save_revision()
    dated = [make.event(one, make.moment(2027, 4, 7, 10)) for one in (page, beside, changed)]
    for edition in dated:
        edition.unpublish()
    token = keep(boss, page)
    assert shown(token, page)["title"] == "Osnutek"
    assert shown(token, beside) is None
    assert shown(token, foreign) is None
    assert shown(token, changed)["title"] == "Objavljeno"
    editions = ask(
        "query ($token: String!) { preview(token: $token) { id } editions { nodes { id } } }", token=token
    )
    assert [one["id"] for one in editions["editions"]["nodes"]] == [global_id(dated[0], draft=True)]


def test_a_token_opens_no_closed_page_of_its_maker(boss: User) -> None:
    page, closed = (
        make.programme(make.centre("Pionirska")),
        make.programme(make.centre("Učni center"), "Zaprto"),
    )
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    below = make.programme(make.centre("Tretji"), "Zaprt otrok")
    PageViewRestriction.objects.create(page=below, restriction_type="login")
    assert shown(keep(boss, page), closed) is None
    assert shown(keep(boss, below.get_parent().specific), below) is None


def test_a_token_of_the_home_page_opens_no_drafts_of_centres(boss: User) -> None:
    page = hidden(make.centre("Pionirska"), "Osnutek")
    assert shown(keep(boss, make.home()), page) is None


def test_a_token_of_an_edition_opens_that_edition_and_its_page(boss: User) -> None:
    programme = hidden(make.centre("Pionirska"), "Osnutek")
    one, two = (make.event(programme, make.moment(2027, month, 7, 10)) for month in (4, 5))
    for edition in (one, two):
        edition.unpublish()
    query = """query ($token: String!) { preview(token: $token) { title }
        editions { nodes { id } } }"""
    found = ask(query, token=keep(boss, one))
    assert found["preview"] == {"title": "Osnutek"}
    assert [node["id"] for node in found["editions"]["nodes"]] == [global_id(one, draft=True)]


def test_a_draft_below_a_draft_is_shown_on_its_own_way(boss: User) -> None:
    centre = make.centre("Pionirska")
    page = make.programme(centre, "Osnutek")
    centre.unpublish()
    query = """query ($token: String!) { preview(token: $token) {
        title path ... on ProgrammePage { centre { shortName } } } }"""
    assert ask(query, token=keep(boss, page))["preview"]["centre"] == {"shortName": "Pionirska"}


def test_a_token_opens_nothing_that_took_the_place_of_its_page(boss: User) -> None:
    own, other = make.centre("Pionirska"), make.centre("Učni center")
    page, foreign = hidden(own, "Osnutek"), hidden(other, "Tuji osnutek")
    token, place = keep(boss, own), own.path
    Page.objects.get(pk=other.pk).move(Page.objects.get(pk=own.pk), pos="left")
    assert Page.objects.get(pk=other.pk).path == place
    assert shown(token, foreign) is None
    assert shown(token, page)["title"] == "Osnutek"


@pytest.mark.parametrize("kind", ["programme", "edition"])
def test_a_token_opens_no_page_above_that_was_moved_below_a_closed_one(boss: User, kind: str) -> None:
    centre = make.centre("Pionirska")
    page = make.programme(centre, "Osnutek")
    token = keep(boss, page if kind == "programme" else make.event(page))
    centre.unpublish()
    assert shown(token, centre)["title"] == "Pionirska"
    closed = make.below(make.home(), InfoPage(title="Zaprto", summary=make.SUMMARY))
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    Page.objects.get(pk=centre.pk).move(Page.objects.get(pk=closed.pk), pos="last-child")
    assert shown(token, centre) is None


def test_a_token_of_a_page_that_was_moved_below_a_closed_one_opens_that_page_alone(boss: User) -> None:
    centre = make.centre("Pionirska")
    page = make.programme(centre)
    token = keep(boss, centre)
    assert shown(token, page)["title"] == page.title
    closed = make.below(make.home(), InfoPage(title="Zaprto", summary=make.SUMMARY))
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    Page.objects.get(pk=centre.pk).move(Page.objects.get(pk=closed.pk), pos="last-child")
    assert shown(token, centre)["title"] == "Pionirska"
    assert shown(token, page) is None


def test_a_token_of_a_new_page_goes_with_the_page_above_it(boss: User) -> None:
    own, other = make.centre("Pionirska"), make.centre("Učni center")
    token, place = keep(boss, new_below(own)), own.path
    for centre in (own, other):
        centre.unpublish()
    assert shown(token, own)["title"] == "Pionirska"
    Page.objects.get(pk=other.pk).move(Page.objects.get(pk=own.pk), pos="left")
    assert Page.objects.get(pk=other.pk).path == place
    assert shown(token, other) is None
    assert shown(token, own)["title"] == "Pionirska"


def test_a_token_of_a_new_page_ends_with_the_page_above_it_or_the_right_to_add_there(boss: User) -> None:
    own, other = make.centre("Pionirska"), make.centre("Učni center")
    first, second = keep(boss, new_below(own)), keep(boss, new_below(other))
    Page.objects.get(pk=own.pk).specific.delete()
    assert refused(first) == ["PREVIEW_TOKEN_INVALID"]
    User.objects.update(is_superuser=False)
    assert refused(second) == ["PREVIEW_TOKEN_INVALID"]


def new_below(parent: Any) -> ProgrammePage:
    """Return a page as the form for a new one has it, where Wagtail puts it before it is saved."""
    page = ProgrammePage(title="Novo", slug="novo", summary=make.SUMMARY, locale=parent.locale)
    page.depth, page.path = parent.depth + 1, Page._get_path(parent.path, parent.depth + 1, 1)
    page.set_url_path(parent)
    return page


def test_a_token_of_an_edition_ends_with_the_right_on_its_programme_whatever_the_draft_says() -> None:
    own, other = make.programme(make.centre("Pionirska")), make.programme(make.centre("Učni center"))
    editor = editor_of(other, "ana")
    editor.groups.get().permissions.add(Permission.objects.get(codename="change_eventedition"))
    change = Permission.objects.get(codename="change_page")
    right = GroupPagePermission.objects.create(group=editor.groups.get(), page=own, permission=change)
    event = make.event(own)
    event.programme = other
    token = keep(editor, event)
    assert ask("query ($token: String!) { preview(token: $token) { id } }", token=token)["preview"]
    right.delete()
    assert refused(token) == ["PREVIEW_TOKEN_INVALID"]


def test_a_token_of_an_edition_ends_with_the_programme_that_its_draft_names(boss: User) -> None:
    event, gone = make.event(), make.programme(make.centre("Učni center"), "Drugi")
    event.programme = gone
    token = keep(boss, event)
    Page.objects.get(pk=gone.pk).specific.delete()
    assert refused(token) == ["PREVIEW_TOKEN_INVALID"]


def test_a_token_opens_nothing_that_its_draft_only_links_to(boss: User) -> None:
    foreign = hidden(make.centre("Učni center"), "Tuji osnutek")
    centre = make.centre("Pionirska")
    text = f'<p><a linktype="page" id="{foreign.pk}">tam</a></p>'
    centre.body = [("paragraph", {"text": text})]
    told = ask(
        """query ($token: String!) { preview(token: $token) { ... on CentrePage {
            body { __typename ... on ParagraphBlock { text { html } } } } } }""",
        token=keep(boss, centre),
    )["preview"]["body"]
    assert foreign.slug not in str(told)
    assert "tam" in str(told)


# ---------------------------------------------------------------- What it is bound to
def refused(token: str) -> list[str]:
    with pytest.raises(Refused) as caught:
        ask("query ($token: String!) { preview(token: $token) { id } }", token=token)
    return caught.value.codes


def test_a_token_is_bound_to_its_object(boss: User) -> None:
    one, two = make.programme(make.centre("Pionirska")), make.programme(make.centre("Učni center"), "Drugi")
    token = keep(boss, one)
    row = PreviewDraft.objects.get()
    other = signing.dumps([row.pk, boss.pk, row.content_type_id, str(two.pk)], salt="cms.publishing.preview")
    assert refused(other) == ["PREVIEW_TOKEN_INVALID"]
    # The row of the draft holds another object by now: a new one may get the key of one that was deleted.
    PreviewDraft.objects.update(content=two.serializable_data())
    assert refused(token) == ["PREVIEW_TOKEN_INVALID"]
    PreviewDraft.objects.update(object_id=str(two.pk))
    assert refused(token) == ["PREVIEW_TOKEN_INVALID"]
