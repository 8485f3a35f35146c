"""A row that is not whole costs a response no more than what cannot be shown of it.

Every column that public responses are made from is broken in every way that an import, or SQL past the forms, may break
it: no text in languages, a code that no list has, a key of a row that is gone.
"""

import json
import logging
import os
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.test import Client

from centres.models import ProgrammePage
from centres.models.award import AwardResult
from cms.fields import LocalisedTextField, MultiChoiceField
from cms.graphql.serving.cached import response_cache
from cms.graphql.serving.view import endpoint
from cms.models import Image
from cms.publishing.version import advance
from tests.graph import ask
from tests.laws import public_requests as public
from tests.laws.ways_of_writing import taken_back

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.leaves_out]

# Of the ways to break a table one in nine is tried under one request, of the next table others; make laws tries all.
SHARE = int(os.environ.get("SHARE_OF_WAYS", "9"))
REQUESTS_OF_A_TABLE = int(os.environ.get("REQUESTS_OF_A_TABLE", "1"))
# What a centre always has: without it there is nothing to show on its own page.
NEVER_MISSING = {"centres_competencefield", "centres_network", "centres_organisation"}
NO_TEXTS = ("5", '"text"', "[5]", "null", '{"sl": 5, "en": ["a"]}')
MODELS = {
    model._meta.db_table: model
    for model in apps.get_models(include_auto_created=True)
    if model._meta.managed and not model._meta.proxy
}

Breakage = tuple[str, str, list[Any]]


def breakages(model: type[models.Model]) -> Iterator[Breakage]:
    """Yield what breaks rows of ``model``: words for it, and a statement."""
    quoted = connection.ops.quote_name
    table, key = quoted(model._meta.db_table), quoted(model._meta.pk.column)
    first = f"WHERE {key} = (SELECT max({key}) FROM {table})"  # noqa: S608  # no value of others
    column: Any
    for column in model._meta.local_concrete_fields:
        set_it = f"UPDATE {table} SET {quoted(column.column)} = %s {first if column.unique else ''}"  # noqa: S608
        if isinstance(column, LocalisedTextField | MultiChoiceField):
            yield from ((f"{column.name} = {value}", set_it, [value]) for value in NO_TEXTS)
        elif column.choices:
            yield f"{column.name} = UNHEARD", set_it, ["UNHEARD"]
        elif column.remote_field and column.target_field.get_internal_type().endswith("AutoField"):
            yield f"{column.name} of a row that is gone", set_it, [987_654]
    yield "the row is gone", f"DELETE FROM {table} {first}", []  # noqa: S608  # no value of others


@cache
def requests_by_table() -> dict[str, list[public.Request]]:
    found: dict[str, list[public.Request]] = {}
    for request in (*public.documents(1), *public.addresses()):
        with public.tables_read() as tables:
            answer(request)
        for table in tables:
            found.setdefault(table, []).append(request)
    return found


def answer(request: public.Request) -> str:
    """Return what is wrong with the response to a request; empty where it stands."""
    advance()
    endpoint.cache_clear()
    response_cache.cache_clear()
    ContentType.objects.clear_cache()
    address, body = request
    client = Client(raise_request_exception=False)
    response = client.post(address, body, content_type="application/json") if body else client.get(address)
    if response.status_code >= 500:
        return f"status {response.status_code}"
    told = json.loads(response.content) if body else {"data": {}}
    return "" if told.get("data") is not None or response.status_code >= 400 else str(told["errors"])


@pytest.mark.parametrize("kind", ["documents", "pages"])
def test_a_row_that_is_not_whole_costs_no_response(kind: str) -> None:
    logging.disable(logging.CRITICAL)
    try:
        fallen = [
            (table, words, request, wrong)
            for number, (table, requests) in enumerate(sorted(requests_by_table().items()))
            if table in MODELS and not (kind == "pages" and table in NEVER_MISSING)
            for words, statement, values in list(breakages(MODELS[table]))[number % SHARE :: SHARE]
            for request, wrong in under(statement, values, of_kind(kind, requests))
        ]
    finally:
        logging.disable(logging.NOTSET)
    assert fallen == []


def of_kind(kind: str, requests: list[public.Request]) -> list[public.Request]:
    chosen = [request for request in requests if bool(request[1]) == (kind == "documents")]
    return sorted(chosen, key=lambda request: len(request[1]))[:REQUESTS_OF_A_TABLE]


def under(
    statement: str, values: list[Any], requests: list[public.Request]
) -> Iterator[tuple[public.Request, str]]:
    """Yield the requests that fall while a row is broken."""
    with taken_back():
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement, values)
        except Exception:  # noqa: BLE001  # the database has a rule against it
            return
        for request in requests:
            if wrong := answer(request):
                yield request, wrong


def test_what_is_left_out_is_logged_with_its_place(caplog: pytest.LogCaptureFixture) -> None:
    programme = ProgrammePage.objects.live().first()
    ProgrammePage.objects.filter(pk=programme.pk).update(kind="UNHEARD")
    Image.objects.update(alt_text=[5])
    everything = ask("{ programmes(first: 100) { totalCount nodes { title kind leadImage { alt } } } }")
    programmes = everything["programmes"]
    assert programme.title not in [one["title"] for one in programmes["nodes"]]
    assert len(programmes["nodes"]) > 10
    assert f"ProgrammePage {programme.pk}" in caplog.text
    assert f"Image {Image.objects.first().pk}, column alt_text" in caplog.text


def test_an_entry_of_a_list_that_refers_to_nothing_is_left_out(caplog: pytest.LogCaptureFixture) -> None:
    query = "{ editions(first: 100) { nodes { id ... on AwardEdition { results { outcome category { code } } } } } }"
    everything = ask(query)["editions"]["nodes"]
    result = AwardResult.objects.filter(category__isnull=False, edition__live=True).first()
    AwardResult.objects.filter(pk=result.pk).update(category=987_654)
    left = ask(query)["editions"]["nodes"]
    assert [one["id"] for one in left] == [one["id"] for one in everything]
    assert entries(left) == entries(everything) - 1
    assert f"AwardResult {result.pk}" in caplog.text


def entries(editions: list[Any]) -> int:
    return sum(len(one.get("results", ())) for one in editions)
