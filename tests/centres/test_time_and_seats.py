"""What changes beside publishing: editions that expire by the clock, and seats that are counted."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from cms.models import Change
from home.models import InfoPage
from tests import factories as make
from tests.factories import moment
from tests.graph import Refused, ask, global_id

pytestmark = pytest.mark.django_db

FREE = """{ editions(filter: {hasFreeSeats: true}) { totalCount nodes { id ... on EventEdition { seatsTaken } } } }"""


@pytest.mark.parametrize("kind", ["event", "award", "publication"])
def test_an_expired_edition_is_taken_down_and_keeps_nothing_else_from_its_time(kind: str) -> None:
    edition = getattr(make, kind)()
    soon = timezone.now() + timedelta(hours=1)
    edition.expire_at = soon
    edition.save()
    home = make.home()
    page = home.add_child(
        instance=InfoPage(title="Ob uri", summary=make.SUMMARY, live=False, locale=home.locale)
    )
    page.go_live_at = soon
    page.save_revision().publish()

    with time_machine.travel(soon + timedelta(minutes=1), tick=False):
        call_command("publish_scheduled")

    edition.refresh_from_db()
    page.refresh_from_db()
    assert (edition.live, edition.expired, page.live) == (False, True, True)
    last = Change.objects.filter(object_id=str(edition.pk), locale=None).order_by("pk").last()
    assert last is not None
    assert last.kind == Change.Kind.UNPUBLISHED


def test_seats_count_at_once_in_kept_answers_and_totals_too() -> None:
    begin, end = timezone.now() + timedelta(days=9), timezone.now() + timedelta(days=9, hours=2)
    event = make.event(sessions=[make.Session(start=begin, end=end)], capacity=10, unlimited=False)
    assert ask(FREE)["editions"] == {
        "totalCount": 1,
        "nodes": [{"id": global_id(event), "seatsTaken": 0}],
    }
    event.count_seats(seats_taken=10)
    assert ask(FREE)["editions"] == {"totalCount": 0, "nodes": []}


@pytest.mark.parametrize("value", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_moment_at_the_edge_of_the_calendar_is_refused_with_a_code(value: Any) -> None:
    make.event(sessions=[make.Session(start=moment(2027, 5, 4, 9), end=moment(2027, 5, 4, 12))])
    with pytest.raises(Refused) as refused:
        ask("query ($at: DateTime) { editions(filter: {starts: {from: $at}}) { totalCount } }", at=value)
    assert refused.value.codes == ["BAD_USER_INPUT"]
