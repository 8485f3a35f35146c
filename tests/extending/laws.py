"""The laws of the platform for types that nobody had thought of when these tests were written.

Run inside a copy of the project in which docs/extending.md was followed: what the schema has and the committed one had
not is put to the walk for secrets, and its statements, freshness and entries in the log of changes are looked at.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from graphql import build_schema, execute_sync, parse
from wagtail.models import Page, PageViewRestriction

from cms.graphql.loading import context as contexts
from cms.graphql.loading.context import Context
from cms.graphql.schema.declarations import model_types
from cms.publishing.change_log import log_due, take_stock
from cms.publishing.visibility import Drafts, Gate, Viewer
from config.schema import schema
from tests import factories as make
from tests.graph import ENDPOINT
from tests.laws import ways_of_writing as ways
from tests.laws.test_fresh import is_stale
from tests.leaks.asking import LISTS, WIDE, Answers, for_roots, send
from tests.leaks.hidden.pages import hide
from tests.leaks.hidden.people_and_files import add_users
from tests.leaks.hidden.world import DOORS, World
from tests.leaks.walk import Walk
from tests.operations.dump import differences, dump, entries, newest
from tests.selections import everything

pytestmark = pytest.mark.django_db

BEFORE = build_schema(Path("config/schema.before.graphql").read_text("utf-8"))
MODELS: list[Any] = [
    node._meta.model
    for name, node in model_types().items()
    if name not in BEFORE.type_map and issubclass(node._meta.model, Page)
]
LISTS_OF: dict[str, Any] = {
    model.graphql_list.name: model for model in MODELS if getattr(model, "graphql_list", None)
}


def test_there_is_something_new() -> None:
    assert {model.__name__ for model in MODELS} >= {"NewsPage", "BlogPage", "AuthorPage"}
    assert "news" in LISTS_OF


def added(model: Any, *numbers: int) -> list[Any]:
    """Return public pages of a type, each with a text in all its columns of words."""
    known = {column.name for column in model._meta.get_fields()}
    pages = []
    for number in numbers:
        named = {
            "title": f"Naslov {number}",
            "slug": f"{model.__name__.lower()}-{number}",
            "summary": make.SUMMARY,
        }
        facts = {name: value for name, value in named.items() if name in known}
        pages.append(make.below(make.home(), model(**make.filled(model, "novo") | facts)))
    return pages


# ---------------------------------------------------------------- the walk for secrets
@pytest.fixture
def world() -> World:
    """Return pages of each new type behind every door."""
    found = World()
    add_users(found)
    for model in MODELS:
        for door in DOORS:
            hide(found, door, make.home(), model, model.__name__)
    return found


def answered() -> Answers:
    """Return the answers to operations that ask for everything there is, by lists, paths and ids."""
    answers = Answers()
    client, between = Client(), {"from": "2000-01-01T00:00:00Z"}
    with override_settings(**{f"CMS_GRAPHQL_{name}": value for name, value in WIDE.items()}):
        lists = Walk(schema).operation(*LISTS)
        given = for_roots(LISTS, locale="sl", first=100, depth=5, between=between)
        answers.take(send(client, lists, given, "POST", {}), "lists")
        one = Walk(schema).operation("page")
        for page in Page.objects.filter(depth__gt=1):
            named = {"page_path": page.url_path, "page_locale": "sl"}
            answers.take(send(client, one, named, "POST", {}), page.url_path, own_words=(page.slug[-6:],))
    return answers


def test_the_walk_finds_no_secret_of_a_new_type(world: World) -> None:
    answers = answered()
    assert not answers.failures
    assert {word: world.gated[word] for word in answers.found} == {}


@pytest.mark.leaves_out  # the root of the tree, which has no type
def test_without_the_gate_the_walk_finds_the_secrets_of_a_new_type(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    roots = tuple(Page.objects.filter(depth=1).values_list("path", flat=True))
    everybody = Viewer(
        user=world.users["editor"],
        passwords=frozenset(PageViewRestriction.objects.values_list("pk", flat=True)),
        drafts=Drafts(page_paths=roots, everything=True),
    )
    monkeypatch.setattr(contexts, "viewer_of", lambda _request: everybody)
    monkeypatch.setattr(Gate, "q", lambda *_arguments: Q())
    monkeypatch.setattr(Gate, "allows", lambda *_arguments: True)
    found = answered().found
    unseen = {what for word, what in world.gated.items() if word not in found}
    assert unseen == set()


# ---------------------------------------------------------------- statements
@pytest.mark.parametrize("root", LISTS_OF)
def test_a_new_list_takes_as_many_statements_for_nine_rows_as_for_two(root: str) -> None:
    name, query = next(everything(schema, {root: "(first: 100)"}, depth=2))
    counts = []
    for numbers in (range(2), range(2, 9)):
        added(LISTS_OF[root], *numbers)
        for _again in range(2):  # what stays known for a while is known the second time
            with CaptureQueriesContext(connection) as statements:
                answer = execute_sync(schema, parse(query), context_value=Context())
        assert answer.data is not None
        assert len(str(answer.data[name]).split("Naslov")) > numbers.stop
        counts.append(len(statements))
    assert counts[0] == counts[1]


# ---------------------------------------------------------------- freshness
@pytest.mark.parametrize("root", LISTS_OF)
@pytest.mark.parametrize("way", ways.WAYS, ids=lambda way: way.__name__)
def test_a_new_list_is_fresh_after_any_way_of_writing(root: str, way: ways.Write) -> None:
    row = added(LISTS_OF[root], 1)[0]
    _name, query = next(everything(schema, {root: "(first: 5)"}, depth=1))
    assert not is_stale(row.pk, type(row), way, (ENDPOINT, json.dumps({"query": query})))


# ---------------------------------------------------------------- the log of changes
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_log_names_each_change_of_a_new_type_once(model: Any) -> None:
    take_stock()
    page = None
    for step in ("publish", "edit", "draft", "unpublish", "publish again", "delete"):
        before, since = dump(), newest()
        if step == "publish":
            page = added(model, 1)[0]
        assert page is not None
        if step in ("edit", "draft"):
            page.title = f"{page.title} {step}"
            revision = page.save_revision()
            if step == "edit":
                revision.publish()
        elif step == "unpublish":
            page.unpublish()
        elif step == "publish again":
            page = make.publish(type(page).objects.get(pk=page.pk))
        elif step == "delete":
            page.delete()
        log_due()
        assert set(entries(since)) == differences(before, dump()), step
