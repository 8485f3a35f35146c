"""What has a go-live time in the future is hidden however it came to be live, and an alias follows its source."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction

from cms.models import SharedText
from cms.publishing.visibility import Gate
from home.models import InfoPage
from tests import factories as make
from tests.graph import ask, global_id

pytestmark = pytest.mark.django_db

PAGE = "query ($id: ID!, $path: String!) { page(id: $id) { title } route(path: $path) { __typename } }"


def info(title: str, parent: Page | None = None, **facts: Any) -> InfoPage:
    return make.below(parent or make.home(), InfoPage(title=title, summary=make.SUMMARY, **facts))


def is_public(page: Page) -> bool:
    """Return whether the page is in the graph, at its path, and in the gate's two readings; all must agree."""
    row = Page.objects.get(pk=page.pk)
    found = ask(PAGE, id=str(row.pk), path=row.url_path)
    gate = Gate(now=timezone.now())
    answers = {
        found["page"] is not None,
        found["route"] == {"__typename": "PageRoute"},
        gate.allows(row),
        Page.objects.filter(gate.q(Page), pk=row.pk).exists(),
    }
    assert len(answers) == 1, answers
    return answers.pop()


@pytest.fixture
def begin() -> datetime:
    return timezone.now().replace(microsecond=0) + timedelta(days=30)


def scheduled(begin: datetime) -> InfoPage:
    """Return a draft that was given a time, with an alias that was made of it before."""
    page = InfoPage(title="Razpis", summary=make.SUMMARY, live=False, locale=make.home().locale)
    make.home().add_child(instance=page)
    page.save_revision()
    page.create_alias(parent=make.home(), update_slug="razpis-drugje")
    page.go_live_at = begin
    page.save_revision().publish()
    return page


def alias_of_scheduled(begin: datetime) -> Page:
    return Page.objects.get(alias_of=scheduled(begin))


def alias_made_after(begin: datetime) -> Page:
    return scheduled(begin).create_alias(parent=make.home(), update_slug="razpis-pozneje")


def alias_of_an_alias(begin: datetime) -> Page:
    return alias_of_scheduled(begin).create_alias(parent=make.home(), update_slug="razpis-tretjic")


def below_an_alias(begin: datetime) -> Page:
    return info("Pod vzdevkom", alias_of_scheduled(begin))


def live_row(begin: datetime) -> Page:
    return info("Napovedano", go_live_at=begin)


def below_a_live_row(begin: datetime) -> Page:
    return info("Pod napovedanim", live_row(begin))


def copy_of_a_live_row(begin: datetime) -> Page:
    return live_row(begin).copy(update_attrs={"slug": "kopija", "live": True}, keep_live=True)


def translated_alias(begin: datetime) -> Page:
    copy = live_row(begin).copy_for_translation(Locale.objects.get(language_code="en"), alias=True)
    return Page.objects.get(pk=copy.pk)


def moved_row(begin: datetime) -> Page:
    page = live_row(begin)
    page.move(info("Drugje"), pos="last-child")
    return page


WAYS = (
    alias_of_scheduled, alias_made_after, alias_of_an_alias, below_an_alias, live_row, below_a_live_row,
    copy_of_a_live_row, translated_alias, moved_row,
)  # fmt: skip


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_page_is_hidden_until_its_go_live_time(way: Callable[[datetime], Page], begin: datetime) -> None:
    page = way(begin)
    assert not is_public(page)
    with time_machine.travel(begin - timedelta(seconds=1), tick=False):
        assert not is_public(page)
        response = Client().get("/graphql/", {"query": f'{{ page(id: "{page.pk}") {{ title }} }}'})
        parts = dict(part.strip().partition("=")[::2] for part in response["Cache-Control"].split(","))
        assert int(parts["s-maxage"]) <= 1
        assert Page.objects.get(pk=page.pk).url_path not in Client().get("/sitemap.xml").text
    with time_machine.travel(begin + timedelta(minutes=1), tick=False):
        call_command("publish_scheduled", verbosity=0)
        assert is_public(page)


def test_a_live_page_with_a_scheduled_change_stays(begin: datetime) -> None:
    page = make.publish(info("Javna"))
    page.title, page.go_live_at = "Javna, novo", begin
    page.save_revision().publish()
    assert is_public(page)


def test_rows_that_are_no_pages_have_their_time_too(begin: datetime) -> None:
    programme = make.programme()
    edition = make.event(programme, go_live_at=begin)
    text = SharedText.objects.create(
        name="Skupno", text="<p>skrivnost</p>", locale=make.home().locale, go_live_at=begin
    )
    body = [{"type": "shared_text", "value": {"text": text.pk}}]
    page = info("S skupnim besedilom", body=body)
    query = """query ($edition: ID!, $page: ID!) { edition(id: $edition) { id }
        page(id: $page) { ... on InfoPage { body { ... on SharedTextBlock { text { html } } } } } }"""
    hidden = ask(query, edition=str(edition.pk), page=str(page.pk))
    assert hidden["edition"] is None
    assert "skrivnost" not in str(hidden)
    assert ask('{ search(query: "skrivnost") { totalCount } }')["search"]["totalCount"] == 0
    with time_machine.travel(begin, tick=False):
        shown = ask(query, edition=str(edition.pk), page=str(page.pk))
        assert shown["edition"] == {"id": global_id(edition)}
        assert "skrivnost" in str(shown)


def test_an_alias_is_hidden_with_its_source() -> None:
    page = info("Izvirnik")
    alias = page.create_alias(parent=info("Drugje"), update_slug="vzdevek")
    assert is_public(alias)
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert not is_public(alias)
    restriction.delete()
    assert is_public(alias)
    above = PageViewRestriction.objects.create(page=make.home(), restriction_type="login")
    assert not is_public(alias)
    above.delete()
    InfoPage.objects.get(pk=page.pk).unpublish()
    Page.objects.filter(pk=alias.pk).update(live=True)  # as somebody may publish it by hand
    InfoPage.objects.get(pk=page.pk).save()
    assert not is_public(alias)


def test_an_alias_ends_with_its_source() -> None:
    end = timezone.now() + timedelta(days=1)
    page = info("Izvirnik", expire_at=end)
    alias = page.create_alias(parent=info("Drugje"), update_slug="vzdevek")
    Page.objects.filter(pk=alias.pk).update(expire_at=None)
    InfoPage.objects.get(pk=page.pk).save()
    assert is_public(alias)
    with time_machine.travel(end, tick=False):
        assert not is_public(alias)


def test_the_canonical_address_of_an_alias_is_that_of_its_source() -> None:
    page = info("Izvirnik")
    alias = page.create_alias(parent=info("Drugje"), update_slug="vzdevek")
    further = alias.create_alias(parent=info("Tretje"), update_slug="vzdevek")
    seo = "query ($id: ID!) { page(id: $id) { url seo { canonical hreflang { url } } } }"
    home = ask(seo, id=str(page.pk))["page"]
    for one in (alias, further):
        found = ask(seo, id=str(one.pk))["page"]
        assert found["url"] != home["url"] == found["seo"]["canonical"]
    sitemap = Client().get("/sitemap.xml").text
    assert home["url"] in sitemap
    assert alias.url_path not in sitemap


def test_an_alias_of_an_alias_is_hidden_with_what_is_above_the_first_source(begin: datetime) -> None:
    above = info("Zgoraj")
    source = info("Vir", above)
    alias = source.create_alias(parent=info("Drugje"), update_slug="prvi")
    second = alias.create_alias(parent=make.home(), update_slug="drugi")
    below = info("Pod drugim", Page.objects.get(pk=second.pk).specific)
    following = (alias, second, below)
    assert all(map(is_public, following))
    for hidden in (
        {"live": False},
        {"go_live_at": begin},
        {"expire_at": timezone.now() - timedelta(hours=1)},
    ):
        Page.objects.filter(pk=above.pk).update(**hidden)
        assert not any(map(is_public, following)), hidden
        Page.objects.filter(pk=above.pk).update(live=True, go_live_at=None, expire_at=None)
    PageViewRestriction.objects.create(page=above, restriction_type="login")
    assert not any(map(is_public, following))
