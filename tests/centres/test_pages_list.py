"""Every page, every redirect and every path that is gone, as lists for static builds."""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise, product
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, Site

from centres.models import CentrePage
from cms.publishing.change_log import log_due, take_stock
from tests import factories as make
from tests.graph import Refused, ask

pytestmark = pytest.mark.django_db

PAGES = """query ($filter: PageFilter, $order: PageOrder, $first: Int, $after: String, $last: Int, $before: String,
                  $locale: String, $fallback: [String!]) {
  pages(filter: $filter, orderBy: $order, first: $first, after: $after, last: $last, before: $before,
        locale: $locale, fallback: $fallback) {
    totalCount nodes { __typename path locale isFallback } edges { cursor }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}"""
REDIRECTS = """query ($first: Int, $after: String, $last: Int, $before: String) {
  redirects(first: $first, after: $after, last: $last, before: $before) {
    totalCount nodes { path location permanent }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}"""
ROUTE = """query ($path: String!) { route(path: $path) {
    __typename ... on RedirectRoute { location permanent }
} }"""


@pytest.fixture
def site() -> CentrePage:
    centre: CentrePage = make.centre()
    make.programme(centre, "Žepna knjiga")
    make.programme(centre, "Čas za branje")
    make.translated(centre, title="Pionirska centre")
    return CentrePage.objects.get(pk=centre.pk)


def pages(filter_: dict[str, Any] | None = None, order: str = "PATH_ASC", **more: Any) -> list[str]:
    found = ask(PAGES, filter=filter_, order=order, **{"first": 100} | more)["pages"]
    paths = [node["path"] for node in found["nodes"]]
    assert found["totalCount"] == len(paths)
    return paths


def test_the_list_has_every_page_that_the_public_may_see_once(site: CentrePage) -> None:
    visible = Page.objects.filter(live=True, depth__gt=1, locale__language_code="sl")
    assert sorted(pages()) == sorted(visible.values_list("url_path", flat=True))
    english = pages(locale="en", fallback=[])
    assert english
    assert all(path.startswith("/en/") for path in english)
    both = ask(PAGES, locale="en", first=100)["pages"]["nodes"]
    assert [node["path"] for node in both if not node["isFallback"]] == english
    assert {node["locale"] for node in both} == {"sl", "en"}
    assert len(both) == len(pages())


@pytest.mark.parametrize("order", ["PATH_ASC", "TITLE_ASC", "LAST_PUBLISHED_DESC"])
def test_the_list_is_read_both_ways_in_every_order(site: CentrePage, order: str) -> None:
    whole = pages(order=order, locale="en")
    for size in (1, 2, 3):
        forth: list[str] = []
        after = None
        while True:
            part = ask(PAGES, order=order, locale="en", first=size, after=after)["pages"]
            forth += [node["path"] for node in part["nodes"]]
            after = part["pageInfo"]["endCursor"]
            if not part["pageInfo"]["hasNextPage"]:
                break
        assert forth == whole
        back: list[str] = []
        before = None
        while True:
            part = ask(PAGES, order=order, locale="en", last=size, before=before)["pages"]
            back = [node["path"] for node in part["nodes"]] + back
            before = part["pageInfo"]["startCursor"]
            if not part["pageInfo"]["hasPreviousPage"]:
                break
        assert back == whole


def test_titles_follow_the_alphabet(site: CentrePage) -> None:
    found = pages({"type": ["PROGRAMME"]}, "TITLE_ASC")
    assert [path.rsplit("/", 2)[1] for path in found] == ["cas-za-branje", "zepna-knjiga"]


def test_conditions_on_pages(site: CentrePage) -> None:
    programmes = pages({"type": ["PROGRAMME"]})
    assert len(programmes) == 2
    assert pages({"type": ["CENTRE", "PROGRAMME"]}) == pages({"under": site.url_path})
    assert pages({"under": site.url_path.strip("/")}) == [site.url_path, *programmes]
    english = ask(PAGES, locale="en", fallback=[], filter={"type": ["CENTRE"]})["pages"]["nodes"][0]["path"]
    assert pages({"under": english}) == [site.url_path, *programmes], "a path of another locale"
    assert pages({"under": site.url_path}, locale="en", fallback=[]) == [english]
    assert pages({"under": "/sl/ni-take/"}) == []
    assert pages({"under": "/sl/kompetencni"}) == []
    assert pages({"titleContains": "CAS ZA"}) == [path for path in programmes if "cas" in path]
    assert pages({"titleContains": "zepna", "under": site.url_path}) == programmes[-1:]
    later = timezone.now() + timedelta(days=1)
    Page.objects.filter(pk=site.pk).update(last_published_at=later)
    assert pages({"publishedSince": later.isoformat()}) == [site.url_path]
    assert pages({"not": {"type": ["PROGRAMME"]}, "under": site.url_path}) == [site.url_path]
    assert pages({"or": [{"type": ["CENTRE"]}, {"titleContains": "zepna"}]}) == [
        site.url_path,
        programmes[-1],
    ]


def test_what_is_hidden_is_in_no_list_of_pages(site: CentrePage) -> None:
    below = [path for path in pages() if path.startswith(site.url_path)]
    PageViewRestriction.objects.create(page=site, restriction_type="login")
    assert not set(pages()) & set(below)
    assert pages({"under": site.url_path}) == []
    assert not set(pages(locale="en")) & set(below)


def test_a_cursor_of_another_order_is_refused(site: CentrePage) -> None:
    cursor = ask(PAGES, first=1)["pages"]["pageInfo"]["endCursor"]
    with pytest.raises(Refused) as refused:
        ask(PAGES, order="TITLE_ASC", after=cursor)
    assert refused.value.codes == ["INVALID_CURSOR"]


def test_the_number_of_statements_does_not_grow(site: CentrePage, django_assert_num_queries: Any) -> None:
    def statements() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as seen:
            ask(PAGES, locale="en", filter={"under": "/sl/"}, order="TITLE_ASC", first=100)
        return len(seen)

    few = statements()
    for number in range(20):
        make.programme(site, f"Program {number}")
    assert abs(statements() - few) <= 1


# ------------------------------------------------------------------ redirects
def redirect(old: str, page: Any = None, link: str = "", permanent: bool = True, **more: Any) -> None:
    Redirect.objects.create(
        old_path=Redirect.normalise_path(old),
        redirect_page=page,
        redirect_link=link,
        is_permanent=permanent,
        **more,
    )


def moved(**paging: Any) -> dict[str, Any]:
    found = ask(REDIRECTS, **{"first": 100} | paging)["redirects"]
    return {node["path"]: (node["location"], node["permanent"]) for node in found["nodes"]}


@pytest.fixture
def ways(site: CentrePage) -> CentrePage:
    """Redirects of every kind, and pages that went."""
    redirect("/prej/", site)
    redirect("/zacasno/", site, permanent=False)
    redirect("/veriga/", link="/zacasno/")
    redirect("/krog-a/", link="/krog-b/")
    redirect("/krog-b/", link="/krog-a/")
    redirect("/nikamor/", link="/ni-nicesar/")
    redirect("/katalog/", link="https://plus.cobiss.net/")
    redirect("/letno.pdf", link="https://example.org/letno.pdf")
    redirect("/prej/", link="https://example.org/", site=None)
    redirect("/dvoje/", link="https://example.org/skupno/")
    redirect("/dvoje/", link="https://example.org/tu/", site=Site.objects.get(is_default_site=True))
    redirect(
        "/drugam/", link="https://example.org/", site=Site.objects.create(hostname="x", root_page=make.home())
    )
    redirect(site.url_path, link="https://example.org/")  # a page is there
    gone = make.publish(make.programme(site, "Odšla"))
    gone.unpublish()
    deleted = make.publish(make.programme(site, "Izbrisana"))
    deleted.delete()
    back = make.publish(make.programme(site, "Vrnjena"))
    back.unpublish()
    make.publish(type(back).objects.get(pk=back.pk))
    hidden = make.publish(make.programme(site, "Skrita"))
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    redirect("/k-skriti/", hidden)
    make.programme(site, "Osnutek", live=False)
    expired = make.publish(make.programme(site, "Potekla"))
    Page.objects.filter(pk=expired.pk).update(expire_at=timezone.now() - timedelta(days=1))
    make.programme(site, "Potekla prej", expire_at=timezone.now() - timedelta(days=1))  # it was never public
    return site


def test_the_list_says_of_each_path_what_its_route_says(ways: CentrePage) -> None:
    told = moved()
    assert told["/prej/"] == (ways.url_path, True)
    assert told["/zacasno/"] == told["/veriga/"] == (ways.url_path, False)
    assert told["/katalog/"] == ("https://plus.cobiss.net/", True)
    assert told["/letno.pdf"] == ("https://example.org/letno.pdf", True)
    assert told["/dvoje/"] == ("https://example.org/tu/", True)
    for slug in ("odsla", "izbrisana", "potekla"):
        assert told[f"{ways.url_path}{slug}/"] == (None, True)
    for path, (location, permanent) in told.items():
        route = ask(ROUTE, path=path)["route"]
        if location is None:
            assert route == {"__typename": "GoneRoute"}
        else:
            assert route == {"__typename": "RedirectRoute", "location": location, "permanent": permanent}
    others = {Redirect.normalise_path(path) for path in told} ^ set(
        Redirect.objects.values_list("old_path", flat=True)
    )
    for path in others - {Redirect.normalise_path(path) for path in told}:
        assert (ask(ROUTE, path=path)["route"] or {}).get("__typename") in (None, "PageRoute")


def test_a_hidden_page_is_no_target_and_is_not_gone(ways: CentrePage) -> None:
    told = moved()
    assert "/k-skriti/" not in told
    assert not [
        path
        for path in told
        if "skrita" in path or "osnutek" in path or "prej" in path.removeprefix("/prej/") or "vrnjena" in path
    ]


def restricted(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def below_a_restricted_one(page: Page) -> None:
    restricted(page.get_parent())


def later(page: Page) -> None:
    type(page).objects.filter(pk=page.pk).update(go_live_at=timezone.now() + timedelta(days=9))
    take_stock()


def gone_and_restricted(page: Page) -> None:
    page.unpublish()
    restricted(page)
    make.publish(type(page).objects.get(pk=page.pk))


def expired_and_restricted(page: Page) -> None:
    type(page).objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(days=1))
    log_due()
    take_stock()
    restricted(page)


HIDE = (restricted, below_a_restricted_one, later, gone_and_restricted, expired_and_restricted)
DO = {
    "unpublish": lambda page: page.unpublish(),
    "delete": lambda page: page.delete(),
    "publish": make.publish,
    "expire": lambda page: (
        type(page).objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(1))
    ),
}


@pytest.mark.parametrize(
    ("hide", "do"),
    [pair for pair in product(HIDE, DO) if pair != (later, "publish")],  # that would show it
)
def test_what_becomes_of_a_hidden_page_changes_no_redirect_and_no_route(
    site: CentrePage, hide: Callable[[Any], None], do: str
) -> None:
    page = make.publish(make.programme(site, "Skrita"))
    path = page.url_path
    hide(type(page).objects.get(pk=page.pk))
    told = moved(), ask(ROUTE, path=path)["route"]
    if hide not in (gone_and_restricted, expired_and_restricted):
        assert path not in told[0]
        assert told[1] is None
    DO[do](type(page).objects.get(pk=page.pk))
    assert (moved(), ask(ROUTE, path=path)["route"]) == told


def test_redirects_are_read_both_ways(ways: CentrePage) -> None:
    whole = list(moved())
    assert whole == sorted(whole)
    assert all(one < other for one, other in pairwise(whole))
    first = ask(REDIRECTS, first=2)["redirects"]
    assert first["totalCount"] == len(whole)
    rest = ask(REDIRECTS, first=100, after=first["pageInfo"]["endCursor"])["redirects"]
    assert [node["path"] for node in (*first["nodes"], *rest["nodes"])] == whole
    last = ask(REDIRECTS, last=3)["redirects"]
    assert [node["path"] for node in last["nodes"]] == whole[-3:]
    assert last["pageInfo"]["hasPreviousPage"]
    before = ask(REDIRECTS, last=100, before=last["pageInfo"]["startCursor"])["redirects"]
    assert [node["path"] for node in before["nodes"]] == whole[:-3]
    with pytest.raises(Refused) as refused:
        ask(REDIRECTS, after="ni")
    assert refused.value.codes == ["INVALID_CURSOR"]


def test_the_list_follows_edits_and_the_clock(ways: CentrePage, client: Client) -> None:
    assert "/novo/" not in moved()
    redirect("/novo/", ways)
    assert moved()["/novo/"] == (ways.url_path, True)
    soon = timezone.now() + timedelta(hours=1)
    make.programme(ways, "Kmalu", expire_at=soon)
    assert f"{ways.url_path}kmalu/" not in moved()
    with time_machine.travel(soon + timedelta(minutes=1)):
        assert moved()[f"{ways.url_path}kmalu/"] == (None, True)
