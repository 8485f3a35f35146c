"""Programmes in the order of their next start."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from tests import factories as make
from tests.centres.test_list_parts import GIVEN, PAGING
from tests.graph import send

pytestmark = pytest.mark.django_db


def next_starts(**paging: Any) -> list[str]:
    query = (
        f"query ({PAGING}) {{ found: programmes(orderBy: NEXT_START_ASC, {GIVEN}) {{ nodes {{ title }} }} }}"
    )
    answer = send(query, **paging).json()
    return [node["title"] for node in answer["data"]["found"]["nodes"]]


def test_programmes_stand_once_at_their_next_start_whatever_else_they_have() -> None:
    """Past, cancelled, hidden and simultaneous editions move no programme; those without a next start come last."""
    centre, start = make.centre(), timezone.now() + timedelta(days=10)
    _none, twice, past, cancelled, hidden = (
        make.programme(centre, title) for title in ("Brez", "Dvakrat", "Nekdaj", "Odpade", "Skrito")
    )
    make.event(twice, start)
    make.event(twice, start)
    make.event(past, start + timedelta(days=1))
    make.event(past, start - timedelta(days=40))
    make.event(
        cancelled, start - timedelta(days=2), status_override="CANCELLED", cancel_reason={"sl": "Bolezen"}
    )
    make.event(cancelled, start + timedelta(days=2))
    make.event(hidden, start - timedelta(days=3), live=False)
    assert next_starts() == ["Dvakrat", "Nekdaj", "Odpade", "Brez", "Skrito"]
    assert [next_starts(first=size) for size in (1, 3, 4)] == [next_starts()[:size] for size in (1, 3, 4)]
    assert [next_starts(last=size) for size in (1, 2, 4)] == [next_starts()[-size:] for size in (1, 2, 4)]


def test_an_order_by_the_next_start_changes_when_something_starts() -> None:
    """A response that is cached ends with the first start after it."""
    centre, start = make.centre(), timezone.now() + timedelta(minutes=5)
    first, other = make.programme(centre, "Prvi"), make.programme(centre, "Drugi")
    make.event(first, start)
    make.event(other, start + timedelta(minutes=5))
    make.event(first, start + timedelta(days=10))
    assert next_starts() == next_starts() == ["Prvi", "Drugi"]
    with time_machine.travel(start + timedelta(minutes=1)):
        assert next_starts() == ["Drugi", "Prvi"]
