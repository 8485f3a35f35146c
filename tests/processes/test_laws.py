"""After every random operation of an editor both server processes answer with what is true now, and with no secret."""

import json
import logging
import os
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from graphql import execute_sync, parse
from wagtail.models import Page, PageViewRestriction

from benchmarks.load import Connection, Request
from cms.graphql.loading.context import Context
from cms.models import PublicObject
from cms.publishing.change_log import take_stock
from config.schema import schema
from home.models import InfoPage
from tests import factories as make
from tests.operations.content import build
from tests.operations.editor import SECRET, Editor
from tests.operations.random_operations import operations
from tests.operations.test_feed import consistent
from tests.processes.test_stale import more, serving

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="two processes serve"),
    pytest.mark.usefixtures("real_transactions"),
]

COUNT = int(os.environ.get("OPERATIONS", "60"))
SEED = int(os.environ.get("SEED", "2"))
QUERY = f"""{{
  sl: centres(first: 20) {{ nodes {{ title host {{ name }} programmes {{ nodes {{ title path sinceYear }} }} }} }}
  en: centres(first: 20, locale: "en") {{ nodes {{ title translations {{ path }} }} }}
  editions(first: 20) {{ nodes {{ id label status programme {{ title }} ... on EventEdition {{ seatsTaken }} }} }}
  home: page(path: "/sl/") {{ children {{ nodes {{ title path ... on InfoPage {{ body {{ __typename
    ... on ParagraphBlock {{ text {{ html }} }} ... on SharedTextBlock {{ text {{ html }} }} }} }} }} }} }}
  search(query: "{SECRET}") {{ totalCount }}
  siteLabels {{ free }}
  site {{ name }}
  changes(first: 1) {{ hasMore }}
}}"""


def plant() -> None:
    """Hide a secret: in a draft, behind a restriction and below one."""
    about = Page.objects.get(slug="o-nas")
    draft = InfoPage(title=f"{SECRET} osnutek", summary=make.SUMMARY, live=False, locale=make.home().locale)
    about.add_child(instance=draft)
    draft.save_revision()
    closed = make.below(
        Page.objects.get(pk=about.pk), InfoPage(title=f"{SECRET} za člane", summary=make.SUMMARY)
    )
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    make.below(closed, InfoPage(title=f"{SECRET} pod njo", summary=make.SUMMARY))


def asked(caller: Connection) -> Any:
    caller.send()
    received = b""
    while b"\r\n\r\n" not in received:
        received += more(caller)
    head, _blank, body = received.partition(b"\r\n\r\n")
    length = next(
        int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")
    )
    while len(body) < length:
        body += more(caller)
    return json.loads(body)


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Log no line for each page that is written: there are thousands."""
    monkeypatch.setattr(logging.root.manager, "disable", logging.INFO)


def test_no_response_is_stale_and_no_secret_is_told(tmp_path: Path) -> None:
    admin = Client()
    admin.force_login(User.objects.create_superuser("admin"))
    build()
    plant()
    take_stock()
    document = parse(QUERY)
    faults: Counter[str] = Counter()
    done: Counter[bool] = Counter()
    with serving("config.wsgi:application", tmp_path) as server:
        request = Request(server.port, "/graphql/", json.dumps({"query": QUERY}))
        for number, (name, perform) in enumerate(operations(Editor(SEED, admin, None), COUNT), 1):
            done[perform()] += 1
            true = execute_sync(schema, document, context_value=Context()).data
            for _ in range(4):
                caller = Connection(request)  # the server closes one that waits for long
                with closing(caller.socket):
                    said = asked(caller)
                if said.get("data") != true:
                    faults["stale"] += 1
                    print("stale", number, name)
                if SECRET in json.dumps(said):
                    faults["leaks"] += 1
                    print("leak", number, name)
            if number % 100 == 0:
                print(f"{number} operations: {dict(faults) or 'no fault'}", flush=True)
    assert not PublicObject.objects.filter(title__contains=SECRET, public=True).exists()
    print(
        f"{COUNT} operations, seed {SEED}: {done[True]} done, {done[False]} refused; {4 * COUNT} responses compared"
    )
    assert consistent()
    assert not faults
