"""Numbers of seats that come from outside while somebody publishes the same event wait, and neither fails."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection

from centres.models import EventEdition
from cms.publishing.operation import operation
from cms.publishing.version import advance
from tests import factories
from tests.centres.test_places import id_of, post, token_of
from tests.own_connections import Connect, connected

pytestmark = pytest.mark.django_db


def test_numbers_wait_for_a_publishing_that_has_not_come_to_their_event_yet(connect: Connect) -> None:
    with connected(connect):
        event = factories.event(capacity=30)
        token = token_of(get_user_model().objects.create_superuser("seats", "seats@example.si"))
    begun, sent = Event(), Event()

    def publish() -> None:
        with connected(connect), operation():
            advance()  # as an import does with its first row
            begun.set()
            sent.wait(10)
            _until_somebody_waits()
            factories.publish(EventEdition.objects.get(pk=event.pk))

    def send() -> Any:
        with connected(connect):
            begun.wait(10)
            sent.set()
            return post(token, {"id": id_of(event), "seatsTaken": 28})

    with ThreadPoolExecutor(2) as threads:
        publishing, sending = threads.submit(publish), threads.submit(send)
        assert publishing.result() is None
        assert sending.result().status_code == 200
    with connected(connect):
        assert EventEdition.objects.get(pk=event.pk).seats_taken == 28


def _until_somebody_waits() -> None:
    """Return when another connection waits for this one."""
    if connection.vendor == "sqlite":
        return  # it has one writer at a time
    with connection.cursor() as cursor:
        for _try in range(200):
            cursor.execute(
                "SELECT pg_sleep(0.05), count(*) FROM pg_locks"
                " WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
            )
            if cursor.fetchone()[1]:
                return
    raise AssertionError("nobody waits")
