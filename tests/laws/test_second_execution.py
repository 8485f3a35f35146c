"""Where a compiled plan gives up, graphql-core executes the operation as if nothing had been executed before.

The plan is made to give up at its end, when all resolvers have acted: every response, with its headers and what it
counted, must be that of graphql-core alone.
"""

import dataclasses
import json
from typing import Any

import pytest
from django.test import Client

from cms.graphql.loading.context import Context
from cms.graphql.protocol.compiled import Plans, Unplanned
from cms.graphql.serving.cached import response_cache
from cms.graphql.serving.view import endpoint
from cms.publishing.preview import Preview
from cms.publishing.version import advance
from cms.publishing.visibility import Drafts
from cms.search import query as searching
from tests import factories as make
from tests.graph import ENDPOINT, send
from tests.laws import public_requests as public

RANDOM = 60
SEARCH = (ENDPOINT, json.dumps({"query": '{ search(query: "knjižnica") { totalCount } }'}))


def respond(request: public.Request) -> Any:
    """Return what a request gets, where nothing is cached."""
    advance()
    response_cache.cache_clear()
    endpoint.cache_clear()
    counted: list[tuple[Any, ...]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(searching, "record", lambda *what: counted.append(what))
        response = Client().post(ENDPOINT, request[1], content_type="application/json")
    answer = json.loads(response.content)
    for extensions in (
        answer.get("extensions", {}),
        *(one["extensions"] for one in answer.get("errors", [])),
    ):
        extensions.pop("requestId", None)
    headers = {name: response.get(name) for name in ("Cache-Tag", "Cache-Control", "ETag")}
    return response.status_code, answer, headers, sorted(counted)


@pytest.mark.usefixtures("demo")
def test_a_plan_that_gives_up_at_its_end_leaves_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    requests = [SEARCH, *public.documents(RANDOM)]
    execute = Plans.execute

    def give_up(*given: Any) -> Any:
        execute(*given)
        raise Unplanned

    def give_up_at_once(*_given: Any) -> Any:
        raise Unplanned

    planned = [respond(request) for request in requests]
    monkeypatch.setattr(Plans, "execute", give_up)
    late = [respond(request) for request in requests]
    monkeypatch.setattr(Plans, "execute", give_up_at_once)
    alone = [respond(request) for request in requests]
    assert late == alone
    assert planned == alone
    assert any(counted for *_rest, counted in planned)


@pytest.mark.django_db
def test_a_fresh_context_has_nothing_of_the_one_that_was_used() -> None:
    centre = make.centre("Pionirska")
    context = Context()
    untouched = vars(context.fresh())
    context.show_preview(Preview(instance=centre, drafts=Drafts(everything=True)))
    context.tags.add("x")
    context.store["x"] = 1
    context.selected = frozenset("x")
    context.valid_until(context.now)
    context.after_answer(lambda: None)
    changed = {name for name, value in vars(context).items() if value != untouched[name]}
    assert changed >= {"viewer", "gate", "tags", "store", "selected", "boundary", "effects", "drafts"}
    again = vars(context.fresh())
    names = {field.name for field in dataclasses.fields(Context)}
    assert {name: again[name] for name in names} == {name: untouched[name] for name in names}


@pytest.mark.django_db
def test_a_search_beside_an_error_is_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[Any] = []
    monkeypatch.setattr(searching, "record", lambda *what: counted.append(what))
    nested = "centres { nodes { programmes(first: 101) { totalCount } } }"
    for beside in ('editions(after: "x") { totalCount }', nested):
        make.centre(f"Pionirska {len(counted)}")
        counted.clear()
        answer = send(f'{{ search(query: "knjižnica") {{ totalCount }} {beside} }}').json()
        assert answer["errors"]
        assert len(counted) == 1, beside


@pytest.mark.django_db
def test_a_refusal_of_a_root_field_is_executed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[Any] = []
    execute = Plans.execute

    def noted(*given: Any) -> Any:
        answers.append(execute(*given))
        return answers[-1]

    monkeypatch.setattr(Plans, "execute", noted)
    answer = send('{ site { rootUrl } page(path: "/", locale: "xx") { title } }').json()
    assert [error["path"] for error in answer["errors"]] == [["page"]]
    assert answer["data"]["site"]
    assert len(answers) == 1
