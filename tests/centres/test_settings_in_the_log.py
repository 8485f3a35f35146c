"""What is no object of the graph and is in responses all the same is in the log, and its tag is on the responses."""

from typing import Any

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Site

from centres.models import CentrePage, Topic
from cms.models import Change, SiteSettings
from cms.publishing.tags import tags_of
from cms.search.models import Synonym
from tests import factories as make
from tests.graph import ask, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> CentrePage:
    centre: CentrePage = make.centre()
    make.programme(centre, topics=[make.coded(Topic, "reading")])
    make.coded(Topic, "unused")
    return centre


def tags(query: str) -> set[str]:
    return set(send(query)["Cache-Tag"].split(","))


class Logged:
    """The entries that come while a test works."""

    def __init__(self) -> None:
        self.last = 0
        self.new()

    def new(self) -> list[Change]:
        found = list(Change.objects.filter(pk__gt=self.last).order_by("pk"))
        self.last = found[-1].pk if found else self.last
        return found


def told(changes: list[Change]) -> list[tuple[str, str]]:
    return [(change.kind, change.type) for change in changes]


def test_a_new_name_of_the_site_purges_what_shows_it_and_nothing_else(site: CentrePage) -> None:
    settings = SiteSettings.for_site(Site.objects.get())
    log = Logged()
    settings.save()
    assert log.new() == []
    settings.preview_url = ""
    settings.name = {"sl": "Centri", "en": "Centres"}
    settings.save()
    (change,) = log.new()
    assert told([change]) == [("UPDATED", "SiteInfo")]
    purged = set(tags_of(change))
    assert tags("{ site { name } }") & purged
    assert tags("{ programmes { nodes { jsonLd } } }") & purged
    assert not tags("{ programmes { nodes { title } } }") & purged
    (entry,) = ask("{ changes(first: 100) { nodes { type path tags } } }")["changes"]["nodes"][-1:]
    assert (entry["type"], entry["path"]) == ("SiteInfo", None)


def test_the_name_of_wagtails_site_counts_too(site: CentrePage) -> None:
    log = Logged()
    row = Site.objects.get()
    row.site_name = "Centri"
    row.save()
    assert told(log.new()) == [("UPDATED", "SiteInfo")]


def test_a_redirect_purges_paths_without_a_page(site: CentrePage) -> None:
    route = '{ route(path: "/staro/") { ... on RedirectRoute { location } } }'
    missed, found = tags(route), tags(f'{{ route(path: "{site.url_path}") {{ __typename }} }}')
    log = Logged()
    redirect = Redirect.objects.create(old_path="/staro", redirect_page=site)
    (change,) = log.new()
    assert told([change]) == [("PUBLISHED", "Redirect")]
    assert change.path is None
    assert missed & set(tags_of(change))
    assert not found & set(tags_of(change))
    assert tags("{ redirects { nodes { path } } }") & set(tags_of(change))
    redirect.is_permanent = False
    redirect.save()
    redirect.save()
    redirect.delete()
    assert told(log.new()) == [("UPDATED", "Redirect"), ("DELETED", "Redirect")]


def test_a_redirect_to_a_hidden_page_is_not_in_the_log(site: CentrePage) -> None:
    hidden = make.centre("Skriti center")
    hidden.unpublish()
    log = Logged()
    Redirect.objects.create(old_path="/skrito", redirect_page=hidden).delete()
    assert log.new() == []


def test_a_synonym_purges_searches(site: CentrePage) -> None:
    log = Logged()
    row: Any = Synonym.objects.create(
        locale=Locale.objects.get(language_code="sl"), word="avtor", others="pisatelj"
    )
    row.others = "pisec"
    row.save()
    row.delete()
    changes = log.new()
    assert told(changes) == [(kind, "SearchConnection") for kind in ("PUBLISHED", "UPDATED", "DELETED")]
    assert tags('{ search(query: "avtor") { totalCount } }') & set(tags_of(changes[0]))


def test_structured_data_has_the_tags_of_the_rows_that_it_names(site: CentrePage) -> None:
    found = tags("{ programmes { nodes { jsonLd } } }")
    assert f"Topic:{Topic.objects.get(code='reading').pk}" in found
    assert f"Topic:{Topic.objects.get(code='unused').pk}" not in found
    assert "Topic" not in found
    assert f"Organisation:{site.host_id}" in found
