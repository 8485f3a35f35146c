"""Nothing that is hidden reaches the public, whichever field, address or method it is asked by.

The operations are made from the schema, so a new field is asked too. With the gate taken out the same walk must find
every secret that a field could show: so it is known to look where they are.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.db.models import Q
from django.test import Client, override_settings
from django.utils import timezone
from wagtail.models import APIToken, CollectionViewRestriction, Page, PageViewRestriction

from centres.feeds.urls import urlpatterns as feed_addresses
from centres.models import CalendarProvider, CentrePage, ExternalEdition, Person, Review
from cms.graphql.loading import context as contexts
from cms.models.access import TokenAccess
from cms.publishing.visibility import Drafts, Gate, Viewer
from config.schema import schema
from tests.leaks.asking import LISTS, NODES, THINGS, WIDE, Answers, ask_all, operations, search_for, send
from tests.leaks.hidden import MARKER, World, build
from tests.leaks.hidden.world import DECIDED
from tests.leaks.walk import coordinates

__all__ = ["build"]  # what `made_once` is made of
pytestmark = pytest.mark.django_db

# Fields that have nothing to say on a site where every other field has, each with its reason.
SILENT = {
    "HomePage__parent": "nothing stands above it",
    "GoneRoute__since": "without the gate nothing is gone; the public is told",
    "Query__preview": "asked with a forged token",
    "Query__node": "without the gate everybody sees drafts, which have ids of their own",
    **{
        f"{type_.name}__editUrl": "told in previews alone"
        for type_ in schema.type_map.values()
        if "editUrl" in getattr(type_, "fields", {})
    },
    "ResponsiveImage__sources": "the pictures are smaller than any preset",
    "ImageSource__srcset": "the same",
    "ImageSource__type": "the same",
}


@pytest.fixture(scope="module")
def world(made_once: World) -> World:
    return made_once


@pytest.fixture(scope="module", autouse=True)
def wide_limits() -> Iterator[None]:
    """Let questions for everything pass; once, so that their documents stay prepared."""
    with override_settings(**{f"CMS_GRAPHQL_{name}": value for name, value in WIDE.items()}):
        yield


@pytest.fixture(scope="module")
def questions() -> dict[str, str]:
    return operations()


def described(found: dict[str, str], world: World) -> str:
    known = world.gated | world.consent | world.never
    return "\n".join(f"{known[word]}: {asked}" for word, asked in found.items())


def clean(answers: Answers, world: World) -> None:
    assert not answers.found, described(answers.found, world)
    assert not answers.cookies
    assert not answers.failures


def token(user: Any, scope: str) -> dict[str, str]:
    row, plain = APIToken.create_token(user=user, name="preizkus")
    TokenAccess.objects.create(token=row, scope=scope, expires_at=timezone.now() + timedelta(days=1))
    return {"Authorization": f"Bearer {plain}"}


# ---------------------------------------------------------------- the walk
def test_the_public_finds_no_secret_by_any_field(world: World, questions: dict[str, str]) -> None:
    answers = ask_all(world, questions)
    clean(answers, world)
    assert {"GoneRoute__since", "SearchConnection__suggestion"} <= answers.fields


@pytest.mark.parametrize("method", ["GET", "APQ"])
def test_the_public_finds_no_secret_by_another_method(
    world: World, questions: dict[str, str], method: str
) -> None:
    clean(ask_all(world, questions, method=method, brief=True), world)


def test_the_public_finds_nothing_by_the_words_of_secrets(world: World) -> None:
    """Neither as it is nor as the beginning of a word that is still typed."""
    secrets = [*world.gated, *world.consent, *world.never]
    found = search_for([*secrets, *(word[:-1] for word in secrets), "zq", "zqa", "zqaa"])
    nothing = {word: told for word, told in found.items() if told["totalCount"] or told["nodes"]}
    assert not nothing
    assert not [told for told in found.values() if MARKER.search(str(told))]
    assert not any(facet["values"] for told in found.values() for facet in told["facets"])


def test_the_public_log_of_changes_tells_of_no_secret(world: World, questions: dict[str, str]) -> None:
    answers, client, after = Answers(), Client(), None
    for _page in range(20):
        given = {"changes_first": 100, "changes_after": after}
        response = send(client, questions["changes"], given, "POST", {})
        answers.take(response, f"changes after {after}")
        told = response.json()["data"]["Query__changes"]
        after = told["ChangeConnection__cursor"]
        if not told["ChangeConnection__hasMore"]:
            break
    else:
        pytest.fail("the log has no end")
    clean(answers, world)


@pytest.mark.parametrize("value", ["Bearer wagtail_" + "0" * 33, "Bearer x", "Basic YTph"])
def test_a_wrong_token_is_refused_and_told_nothing(
    world: World, questions: dict[str, str], value: str
) -> None:
    given = {"sessions_between": {"from": "2000-01-01T00:00:00Z"}}
    response = send(Client(), questions["lists"], given, "POST", {"Authorization": value})
    answers = Answers()
    answers.take(response, value)
    clean(answers, world)
    assert response.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


@pytest.mark.parametrize(("owner", "scope"), [("other", "PUBLISHED"), ("other", "DRAFTS")])
def test_a_token_shows_no_more_than_its_owner_and_its_scope_allow(
    world: World, questions: dict[str, str], owner: str, scope: str
) -> None:
    """A member reads what members read. Drafts, what is expired and other groups' pages stay hidden, whatever
    the scope: nobody sees the draft of what they may not edit."""
    found = ask_all(world, questions, headers=token(world.users[owner], scope), brief=True).found
    shown = {word: asked for word, asked in found.items() if not _for_members(world.gated.get(word, ""))}
    assert not shown, described(shown, world)
    assert any(_for_members(world.gated.get(word, "")) for word in found)


def _for_members(what: str) -> bool:
    """Whether something is shown to everybody who is signed in."""
    if "unpublished" in what or "expired" in what:
        return False
    return any(word in what for word in ("login", "ancestor", "closed", "below", "above a programme"))


def test_addresses_beside_the_graph_hold_no_secret(world: World) -> None:
    """Feeds, calendars, sitemap, robots.txt, the frontend's pages."""
    answers, client = Answers(), Client()
    slugs = CentrePage.objects.values_list("slug", flat=True)
    addresses = ["/robots.txt", "/sitemap.xml", "/sitemap-1.xml", "/", *world.queries]
    addresses += [page.url_path for page in Page.objects.filter(depth__gt=1)]
    for one in feed_addresses:
        pattern = f"/{one.pattern}"
        addresses += [pattern.replace("<slug:centre>", slug) for slug in (slugs if "<" in pattern else [""])]
    for address in addresses:
        answers.take(client.get(address), address, own_words=tuple(MARKER.findall(address.lower())))
    clean(answers, world)


def test_files_of_closed_collections_are_not_served(world: World) -> None:
    for name in ("closed", "below"):
        response = Client().get(world.documents[name].url)
        assert response.status_code in (302, 403, 404)
        assert Client().get(world.images[name].file.url).status_code == 404
    assert Client().get(world.images["open"].file.url).getvalue()


# ---------------------------------------------------------------- the walk is known to see
@pytest.fixture
def open_gate(monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    """Take the gate out: all rows are visible, and of each row that has one the draft is shown."""
    roots = tuple(Page.objects.filter(depth=1).values_list("path", flat=True))
    everything = Viewer(
        user=world.users["editor"],
        passwords=frozenset(PageViewRestriction.objects.values_list("pk", flat=True)),
        collection_passwords=frozenset(CollectionViewRestriction.objects.values_list("pk", flat=True)),
        drafts=Drafts(page_paths=roots, everything=True),
    )
    monkeypatch.setattr(contexts, "viewer_of", lambda _request: everything)
    monkeypatch.setattr(Gate, "q", lambda *_arguments: Q())
    monkeypatch.setattr(Gate, "allows", lambda *_arguments: True)
    Person.objects.update(publication_consent=True)
    CalendarProvider.objects.update(active=True)
    ExternalEdition.objects.update(shown=True)
    Review.objects.exclude(state="DECIDED").update(**DECIDED)


@pytest.mark.one_database
@pytest.mark.leaves_out  # the root of the tree, which has no type
def test_without_the_gate_the_walk_finds_every_secret(
    world: World, questions: dict[str, str], open_gate: None
) -> None:
    """It may stop as soon as it has them all: the public was asked all of the same questions."""
    hidden = world.gated | world.consent
    answers = ask_all(
        world,
        questions,
        enough=lambda so_far: (
            not hidden.keys() - so_far.found.keys()
            and not coordinates(schema) - so_far.fields - SILENT.keys()
        ),
    )
    assert not {word: what for word, what in hidden.items() if word not in answers.found}
    found = {word: asked for word, asked in answers.found.items() if word in world.never}
    assert not found, described(found, world)
    assert not answers.failures
    # A field that never says anything is a field that was not tested.
    assert coordinates(schema) - answers.fields <= set(SILENT)


@pytest.mark.one_database
def test_without_the_gate_the_search_finds_the_words_of_pages(world: World, open_gate: None) -> None:
    """Those that are in the index: what was public once, and what some visitors may see."""
    secrets = [word for word, what in world.gated.items() if what.startswith("centre behind")]
    found = {word for word, told in search_for(secrets).items() if told["totalCount"]}
    doors = {world.gated[word].removeprefix("centre behind ") for word in found}
    assert doors >= {"expired", "password", "login", "group", "ancestor"}


def test_every_field_of_the_schema_is_asked(questions: dict[str, str]) -> None:
    asked = " ".join(questions.values())
    assert {name for name in coordinates(schema) if f"{name}: " not in asked} == set()
    assert schema.query_type is not None
    assert {*LISTS, *NODES, *THINGS, "search", "preview"} == set(schema.query_type.fields)


def test_settings_of_the_site_are_the_ones_that_are_tested() -> None:
    assert site_settings.CMS_GRAPHQL_SCHEMA == "config.schema.schema"
