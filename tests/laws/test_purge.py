"""Law: a response that differs after some changes has a tag of these changes, and few others are purged with it.

`make laws` draws more (``PURGES``); the figures are in docs/deliveries.md.
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
DOCUMENTS = int(os.environ.get("PURGED_DOCUMENTS", "5"))
# The log names objects of the graph. The settings of the site and redirects are none of them.
UNNAMED = {"change_settings", "make_a_redirect"}
BEGIN = datetime(2027, 3, 1, 9, tzinfo=UTC)


def differing(old: str, new: str) -> tuple[str, str]:
    """Return the place at which two responses begin to differ."""
    place = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), 0)
    return old[max(0, place - 80) : place + 80], new[max(0, place - 80) : place + 80]


def answers(requests: list[tuple[str, str]]) -> list[tuple[str, frozenset[str]]]:
    """Return body and cache tags of the response to each document."""
    client, found = Client(), []
    for address, body in requests:
        response = client.post(address, body, content_type="application/json")
        tags = response.headers.get("Cache-Tag", "")
        told = json.loads(response.content)
        told.pop("extensions", None)  # what it cost to read
        found.append((json.dumps(told), frozenset(tags.split(","))))
    return found


def test_a_response_that_differs_has_a_tag_of_the_changes(admin_client: Client) -> None:
    with time_machine.travel(BEGIN, tick=False) as traveller:
        content()
        take_stock()
        requests = documents(DOCUMENTS)
        editor = Editor(int(os.environ.get("SEED", "7")), admin_client, traveller)
        before, counted = answers(requests), Counter[str]()
        stale: list[Any] = []
        for name, perform in operations(editor, CHANGES):
            traveller.shift(60)
            if name in UNNAMED:
                perform()
                before = answers(requests)
                continue
            if log_due():  # what only time brought is not the operation's
                before = answers(requests)
            since = newest()
            counted["operations"] += perform()
            after = answers(requests)
            purged = {tag for change in Change.objects.filter(pk__gt=since) for tag in tags_of(change)}
            for request, (old, tags), (new, _tags) in zip(requests, before, after, strict=True):
                hit = bool(tags & purged)
                counted[f"{'changed' if old != new else 'same'} {'purged' if hit else 'kept'}"] += 1
                if old != new and not hit:
                    stale.append((name, request, sorted(tags), sorted(purged), differing(old, new)))
            before = after
        print(counted)
        assert stale == []
        assert counted["changed purged"]
        assert counted["same purged"] <= (counted["same purged"] + counted["same kept"]) / 4
