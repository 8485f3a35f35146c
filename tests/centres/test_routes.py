"""What stands at a path: a page, a way on, or the mark of a page that is gone."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from centres.models import CentrePage
from cms.models import Change
from cms.publishing.tags import tags_of
from tests import factories as make
from tests.graph import ask, send
from tests.operations.dump import newest

pytestmark = pytest.mark.django_db

ROUTE = """query ($path: String!) { route(path: $path) {
    __typename
    ... on PageRoute { page { title path locale requestedLocale } }
    ... on RedirectRoute { location permanent }
    ... on GoneRoute { since }
} }"""
CENTRE = "/sl/kompetencni-centri/pionirska/"


def route(path):
    return ask(ROUTE, path=path)["route"]


def redirect(old, page=None, link="", permanent=True):
    return Redirect.objects.create(
        old_path=Redirect.normalise_path(old), redirect_page=page, redirect_link=link, is_permanent=permanent
    )


def build():
    return make.centre()


@pytest.fixture
def centre(built):
    return built


@pytest.mark.parametrize(
    "path", [CENTRE, CENTRE.rstrip("/"), f"{CENTRE}?utm_source=x#top", CENTRE.lstrip("/")]
)
def test_a_path_leads_to_its_page_with_or_without_outer_slashes(centre, path):
    assert route(path) == {
        "__typename": "PageRoute",
        "page": {"title": "Pionirska", "path": CENTRE, "locale": "sl", "requestedLocale": "sl"},
    }


@pytest.mark.parametrize(
    "path", ["/pionirska/", "/kompetencni-centri/pionirska/", "/SL/kompetencni-centri/pionirska/", "ska/"]
)
def test_a_path_that_only_ends_alike_leads_nowhere(centre, path):
    assert route(path) is None


@pytest.mark.parametrize(
    "path", ["/sl/nic/", "", "//", "/sl/%00/", "/" + "a" * 1900, "/sl/../admin/", "/sl/🙂/"]
)
def test_nonsense_is_no_error(centre, path):
    assert route(path) in (None, {"__typename": "RedirectRoute", "location": "/sl/", "permanent": False})


def test_the_root_leads_to_the_default_locale(centre):
    assert route("/") == {"__typename": "RedirectRoute", "location": "/sl/", "permanent": False}


def test_an_address_lives_on_when_a_slug_changes(centre, django_capture_on_commit_callbacks):
    make.programme(centre, "Strokovne srede")
    with django_capture_on_commit_callbacks(execute=True):
        centre.slug = "pionirska-knjiznica"
        make.publish(centre)
    new = "/sl/kompetencni-centri/pionirska-knjiznica/"
    assert route(CENTRE) == {"__typename": "RedirectRoute", "location": new, "permanent": True}
    below = route(f"{CENTRE}strokovne-srede/")
    assert below == {"__typename": "RedirectRoute", "location": f"{new}strokovne-srede/", "permanent": True}


def test_an_address_lives_on_when_a_page_moves(centre, django_capture_on_commit_callbacks):
    other = make.centre("Učni center")
    programme = make.programme(centre, "Bralni klub")
    with django_capture_on_commit_callbacks(execute=True):
        programme.move(other, pos="last-child")
    assert route(f"{CENTRE}bralni-klub/") == {
        "__typename": "RedirectRoute",
        "location": "/sl/kompetencni-centri/ucni-center/bralni-klub/",
        "permanent": True,
    }


def test_a_chain_of_redirects_is_followed_to_its_end(centre):
    redirect("/prvi/", link="/drugi/")
    redirect("/drugi/", link="/tretji/", permanent=False)
    redirect("/tretji/", page=centre)
    assert route("/prvi/") == {"__typename": "RedirectRoute", "location": CENTRE, "permanent": False}


def test_a_loop_of_redirects_leads_nowhere(centre):
    redirect("/prvi/", link="/drugi/")
    redirect("/drugi/", link="/prvi/")
    assert route("/prvi/") is None


def test_a_redirect_may_lead_to_another_site(centre):
    redirect("/katalog/", link="https://plus.cobiss.net/")
    assert route("/katalog/")["location"] == "https://plus.cobiss.net/"


def test_a_redirect_to_a_hidden_page_leads_nowhere(centre):
    redirect("/prvi/", page=centre)
    PageViewRestriction.objects.create(page=centre, restriction_type=PageViewRestriction.LOGIN)
    assert route("/prvi/") is None
    assert route(CENTRE) is None


def test_a_page_that_was_unpublished_or_deleted_is_gone(centre):
    other = make.centre("Učni center")
    centre.unpublish()
    assert route(CENTRE)["__typename"] == "GoneRoute"
    path = other.url_path
    CentrePage.objects.get(pk=other.pk).delete()
    assert route(path)["__typename"] == "GoneRoute"


def test_a_page_that_was_never_public_was_never_there(centre):
    draft = CentrePage.objects.get(pk=centre.pk).copy(
        update_attrs={"slug": "osnutek", "short_name": "Osnutek", "live": False}, keep_live=False
    )
    assert route(draft.url_path) is None


def test_a_page_that_comes_back_is_no_longer_gone(centre):
    centre.unpublish()
    make.publish(CentrePage.objects.get(pk=centre.pk))
    assert route(CENTRE)["__typename"] == "PageRoute"


def test_an_expired_page_is_gone_at_its_moment_without_any_command(centre):
    moment = timezone.now() + timedelta(hours=1)
    centre.expire_at = moment
    make.publish(centre)
    assert route(CENTRE)["__typename"] == "PageRoute"
    with time_machine.travel(moment + timedelta(seconds=1), tick=False):
        answer = route(CENTRE)
    assert answer["__typename"] == "GoneRoute"


def test_a_response_that_tells_no_more_than_that_a_page_is_there_is_purged_when_it_moves(centre):
    since = newest()
    tags = set(send(f'{{ route(path: "{CENTRE}") {{ __typename }} }}')["Cache-Tag"].split(","))
    page = CentrePage.objects.get(pk=centre.pk)
    page.slug = "drugje"
    make.publish(page)
    assert tags & {tag for change in Change.objects.filter(pk__gt=since) for tag in tags_of(change)}
