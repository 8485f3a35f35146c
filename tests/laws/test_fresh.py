"""The law *fresh*: a change of any row that a public response was made from moves the content version.

It holds in the transaction of the change, whoever writes. A table counts unless it is on the list of private tables.
"""

import json
import os
import secrets
from functools import cache
from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import connection, models, transaction
from graphql import execute, parse
from wagtail.models import Page, Revision

from centres.models import CentrePage, Edition
from cms.graphql.loading.context import Context
from cms.models import SiteSettings
from cms.publishing import triggers
from cms.publishing.private import PRIVATE_COLUMNS, public_tables
from cms.publishing.version import advance, content_version
from config.schema import schema
from tests.laws import public_requests as public
from tests.laws import ways_of_writing as ways
from tests.selections import everything
from tests.test_statements import ROOTS, named_things

pytestmark = pytest.mark.usefixtures("demo")

RANDOM = 60
# Each table is changed under this many of the requests that read it, the short ones first.
REQUESTS_OF_A_TABLE = int(os.environ.get("REQUESTS_OF_A_TABLE", "1"))
# Each table is written in one way of six, the next one in others; make laws tries all of them.
SHARE = int(os.environ.get("SHARE_OF_WAYS", "6"))
MODELS = {
    model._meta.db_table: model
    for model in apps.get_models(include_auto_created=True)
    if model._meta.managed and not model._meta.proxy
}


@cache
def what_requests_read() -> dict[str, list[public.Request]]:
    """Return for each table the requests that read it."""
    found: dict[str, list[public.Request]] = {}
    for request in (*public.documents(RANDOM), *public.trusted_documents(), *public.addresses()):
        with public.tables_read() as tables:
            public.send_uncached(request)
        for table in tables:
            found.setdefault(table, []).append(request)
    return found


def what_every_field_reads() -> set[str]:
    """Return the tables that a selection of everything reads, two levels below each root field."""
    arguments = {
        name: given.format(**named_things(Edition.objects.first().pk)) for name, given in ROOTS.items()
    }
    with public.tables_read() as found:
        for _name, query in everything(schema, arguments, depth=2):
            advance()
            execute(schema, parse(query), context_value=Context())
    return found


def test_no_public_response_reads_a_private_table() -> None:
    ContentType.objects.clear_cache()
    read = set(what_requests_read()) | what_every_field_reads()
    assert len(read) > 40
    assert read - public_tables().keys() == set()


def test_the_answer_after_any_way_of_writing_is_the_uncached_one() -> None:
    read = sorted(what_requests_read().items())
    stale = [
        (table, way.__name__, request)
        for number, (table, requests) in enumerate(read)
        if (row := MODELS[table]._base_manager.first())
        for request in sorted(requests, key=lambda one: len(one[1]))[:REQUESTS_OF_A_TABLE]
        for way in ways.WAYS[number % SHARE :: SHARE]
        if is_stale(row.pk, MODELS[table], way, request)
    ]
    assert stale == []


def is_stale(pk: Any, model: type[models.Model], way: ways.Write, request: public.Request) -> bool:
    with ways.taken_back():
        public.send(request)
        if not written(pk, model, way):
            return False
        return bool(public.send(request) != public.send_uncached(request))


def written(pk: Any, model: type[models.Model], way: ways.Write) -> bool:
    """Write a row in a way; return whether Django and the row allow that way."""
    row = model._base_manager.get(pk=pk)
    column = ways.column_of(row, public_tables().get(model._meta.db_table, frozenset()))
    if column is None:
        return False
    try:
        with transaction.atomic():
            way(row, column)
            connection.check_constraints()  # else the end of the transaction would refuse it
    except ways.REFUSED:
        return False
    return True


def test_every_way_of_writing_to_a_table_that_counts_moves_the_version() -> None:
    unmoved, tried = [], 0
    every_way = ways.WAYS + ((ways.truncate,) if connection.vendor == "postgresql" else ())
    for table in public_tables():
        row: Any = MODELS[table]._base_manager.first()
        for way in every_way if row else ():
            with ways.taken_back():
                before = content_version()
                if written(row.pk, MODELS[table], way):
                    tried += 1
                    if content_version() == before:
                        unmoved.append((table, way.__name__))
    assert unmoved == []
    assert tried > 300


def test_each_statement_of_a_transaction_moves_the_version_again() -> None:
    seen = {content_version()}
    for number in range(3):
        Page.objects.filter(depth=2).update(title=str(number))
        seen.add(content_version())
    with ways.taken_back():
        Page.objects.filter(depth=2).update(title="taken back")
        taken_back = content_version()
    assert len(seen) == 4
    assert content_version() != taken_back


def test_a_private_column_changes_no_response_and_leaves_the_version_alone() -> None:
    page = CentrePage.objects.live().first()
    before = content_version()
    page.title = "A draft that nobody published"
    page.save_revision()
    page.draft_title = "Only in lists of the admin"
    page.locked = not page.locked
    page.save(update_fields=["draft_title", "locked"])
    assert content_version() == before
    requests = [(public.ENDPOINT, body) for _address, body in public.documents(5)]
    cached = [public.send(request) for request in requests]
    assert cached == [public.send_uncached(request) for request in requests]


def test_every_private_column_exists() -> None:
    for model, columns in PRIVATE_COLUMNS.items():
        for name, reason in columns.items():
            assert model._meta.get_field(name), name
            assert reason


def test_a_draft_and_other_private_rows_leave_the_version_alone() -> None:
    before = content_version()
    Revision.objects.filter(pk=Revision.objects.first().pk).update(object_str="x")
    assert content_version() == before


def test_a_missing_trigger_is_found_and_made_again() -> None:
    call_command("check", "--database", "default")
    dropped = sorted(triggers.present(connection))[secrets.randbelow(20)]
    with connection.cursor() as cursor:
        cursor.execute(triggers._drop(connection, *dropped))
    with pytest.raises(CommandError, match="E010"):
        call_command("check", "--database", "default")
    before = content_version()
    call_command("migrate", verbosity=0)
    assert content_version() != before
    call_command("check", "--database", "default")


def test_a_table_of_another_app_counts_by_itself() -> None:
    assert "taggit_tag" in public_tables()
    assert "wagtailredirects_redirect" in public_tables()
    assert "centres_centrepage_topics" in public_tables()


def test_without_its_triggers_a_table_would_be_found_stale() -> None:
    request = (public.ENDPOINT, json.dumps({"query": "{ site { name } }"}))
    row = SiteSettings.objects.get()
    with ways.taken_back():
        with connection.cursor() as cursor:
            for table, name in sorted(triggers.present(connection)):
                if table == "cms_sitesettings":
                    cursor.execute(triggers._drop(connection, table, name))
        public.send_uncached(request)
        public.send(request)
        SiteSettings.objects.filter(pk=row.pk).update(name={"sl": "Novo ime"})
        assert public.send(request) != public.send_uncached(request)
    with ways.taken_back():
        public.send(request)
        SiteSettings.objects.filter(pk=row.pk).update(name={"sl": "Novo ime"})
        assert public.send(request) == public.send_uncached(request)
