"""Objects that are made quickly are the objects that Django makes."""

from typing import Any

import pytest
from django.db.models import F
from wagtail.models import Page

from centres.models import Audience, CentrePage, Edition, EventEdition, Fee
from cms.graphql.loading.fetching import FETCH_PEERS
from cms.graphql.loading.plain_rows import plain
from tests import factories as make

pytestmark = pytest.mark.django_db


def values(row: Any) -> dict[str, Any]:
    kept = {name: value for name, value in row.__dict__.items() if name != "_state"}
    return {name: list(value.raw_data) if name == "body" else value for name, value in kept.items()}


@pytest.mark.parametrize("model", [CentrePage, Page])
def test_a_plain_row_has_the_values_that_django_gives(model: Any) -> None:
    make.centre(body=[{"type": "paragraph", "value": {"text": "<p>Besedilo</p>"}}])
    rows = model.objects.annotate(more=F("title")).fetch_mode(FETCH_PEERS).order_by("pk")
    for row, expected in zip(plain(rows, None), rows, strict=True):
        assert type(row) is type(expected)
        assert values(row) == values(expected)
        assert (row._state.db, row._state.adding) == (expected._state.db, False)
        assert row._state.fetch_mode is FETCH_PEERS


def test_plain_rows_come_with_those_that_they_refer_to(django_assert_num_queries: Any) -> None:
    programme = make.programme(make.centre(), "Program")
    event = make.event(programme, make.moment(2027, 1, 4), mode="ONLINE", venue=None)
    fees = [
        Fee(edition=event, label={"sl": "Cena"}, amount=5),
        Fee(edition=event, label={"sl": "Cena"}, amount=3),
    ]
    fees[0].audience = make.coded(Audience, "x")
    Fee.objects.bulk_create(fees)
    for model in (EventEdition, Edition):
        (row,), (expected,) = plain(model.objects.all(), None), model.objects.all()
        assert values(row) == values(expected)
    with django_assert_num_queries(1):
        rows = list(plain(Fee.objects.select_related("audience").order_by("pk"), None))
        assert [row.audience and row.audience.code for row in rows] == ["x", None]
    assert [values(row) for row in rows] == [values(row) for row in Fee.objects.order_by("pk")]
    assert values(rows[0].audience) == values(Audience.objects.get(code="x"))


def test_columns_that_nothing_asks_for_are_read_for_all_when_they_are(django_assert_num_queries: Any) -> None:
    for name in ("Ena", "Dva", "Tri"):
        make.centre(name)
    with django_assert_num_queries(1):
        rows = list(plain(CentrePage.objects.all(), frozenset({"title"})))
    assert all("body" not in row.__dict__ and "owner_id" not in row.__dict__ for row in rows)
    with django_assert_num_queries(1):
        assert [row.draft_title for row in rows] == [row.title for row in rows]
    with django_assert_num_queries(1):
        assert all("body" in row.__dict__ for row in plain(CentrePage.objects.all(), frozenset({"body"})))
