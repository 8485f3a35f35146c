"""Law: a response that differs after some changes has a tag of these changes, and few others are purged with it.

Only what a cache may keep counts: a response with errors has no tags and is stored nowhere. `make laws` draws more
(``PURGES``); the figures are in docs/reliability.md.
"""

import json
import os
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from cms.models import Change
from cms.publishing.change_log import log_due, take_stock
from cms.publishing.tags import tags_of
from tests.laws.public_requests import documents
from tests.operations.content import build as content
from tests.operations.dump import newest
from tests.operations.editor import Editor
from tests.operations.random_operations import operations

pytestmark = pytest.mark.django_db

CHANGES = int(os.environ.get("PURGES", "10"))
DOCUMENTS = int(os.environ.get("PURGED_DOCUMENTS", "60"))
BEGIN = datetime(2027, 3, 1, 9, tzinfo=UTC)


def differing(old: str, new: str) -> tuple[str, str]:
    """Return the place at which two responses begin to differ."""
    place = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), 0)
    return old[max(0, place - 80) : place + 80], new[max(0, place - 80) : place + 80]


def answers(requests: list[tuple[str, str]]) -> list[tuple[str, frozenset[str]] | None]:
    """Return body and cache tags of the response to each document, None for one that no cache stores."""
    return [answer(*request) for request in requests]


def answer(address: str, body: str) -> tuple[str, frozenset[str]] | None:
    response = Client().post(address, body, content_type="application/json")
    if "no-store" in response.headers["Cache-Control"]:
        return None
    told = json.loads(response.content)
    told.pop("extensions", None)  # what it cost to read
    return json.dumps(told), frozenset(response.headers.get("Cache-Tag", "").split(","))


def cacheable(count: int) -> list[tuple[str, str]]:
    """Return documents, those of the documentation first, whose responses a cache may store."""
    drawn = documents(4 * count)
    found = [request for request in drawn if answer(*request) is not None][:count]
    assert len(found) == count
    return found


def test_a_response_that_differs_has_a_tag_of_the_changes(admin_client: Client) -> None:
    with time_machine.travel(BEGIN, tick=False) as traveller:
        content()
        take_stock()
        requests = cacheable(DOCUMENTS)
        editor = Editor(int(os.environ.get("SEED", "7")), admin_client, traveller)
        before, counted = answers(requests), Counter[str]()
        stale: list[Any] = []
        for name, perform in operations(editor, CHANGES):
            traveller.shift(60)
            if log_due():  # what only time brought is not the operation's
                before = answers(requests)
            since = newest()
            counted["operations"] += perform()
            after = answers(requests)
            purged = {tag for change in Change.objects.filter(pk__gt=since) for tag in tags_of(change)}
            for request, old, new in zip(requests, before, after, strict=True):
                if old is None:
                    continue
                body, tags = old
                hit, differs = bool(tags & purged), new is None or new[0] != body
                counted[f"{'changed' if differs else 'same'} {'purged' if hit else 'kept'}"] += 1
                if differs and not hit:
                    stale.append(
                        (name, request, sorted(tags), sorted(purged), new and differing(body, new[0]))
                    )
            before = after
        print(len(requests), "documents", counted)
        assert stale == []
        assert counted["changed purged"]
        assert counted["same purged"] <= (counted["same purged"] + counted["same kept"]) / 4
