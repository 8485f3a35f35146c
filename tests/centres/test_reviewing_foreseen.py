"""Before the commission's decision is recorded, the page says what it will write."""

from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import formats, timezone

from centres.models import Appointment, Review
from tests.centres.commission import DECISION, Content, build, signed_in, site

__all__ = ["build", "site"]  # the fixture and what it is made of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def page(site: Content, **facts: Any) -> Any:
    Review.objects.filter(pk=site.review.pk).update(state="IN_REVIEW", **DECISION | facts)
    return BeautifulSoup(_open(site), "html.parser")


def _open(site: Content) -> str:
    return signed_in(site, "secretary").get(reverse("centres_review", args=[site.review.pk])).text


def told(page: Any) -> list[str]:
    return [part.text.strip() for part in page.select(".foreseen dd")]


def written(site: Content) -> Appointment:
    """Press the button of the page that was shown, and return what was written."""
    client, address = signed_in(site, "secretary"), reverse("centres_review", args=[site.review.pk])
    opened = BeautifulSoup(client.get(address).text, "html.parser").select("[name=opened]")[0]["value"]
    answer = client.post(address, {"step": "decide", "opened": opened}, follow=True)
    assert "Odločitev je zapisana" in answer.text
    return Appointment.objects.get(review=site.review)


def day(value: date | None) -> str:
    return formats.date_format(value, "SHORT_DATE_FORMAT") if value else "naziv preneha"


@pytest.mark.parametrize("is_over", [False, True])
@pytest.mark.parametrize("outcome", ["RENEW", "WITHDRAW"])
def test_page_says_beforehand_what_the_decision_writes(site: Content, outcome: str, is_over: bool) -> None:
    term = site.review.appointment
    if is_over:  # the new term begins on the day of the decision
        term.valid_from = term.decided_on = date(2016, 1, 1)
        term.save()
    before = told(page(site, outcome=outcome))
    after = written(site)
    expected = [after.get_act_display(), day(after.decided_on), day(after.valid_from), day(after.valid_until)]
    assert before == expected + ([str(after.reason)] if after.reason else [])


def test_page_says_what_is_missing_for_a_decision(site: Content) -> None:
    shown = page(site, outcome="", decided_on=timezone.localdate() + timedelta(days=3))
    assert not told(shown)
    assert shown.select(".missing li")


def test_nothing_is_foretold_where_it_is_not_the_time_to_decide(site: Content) -> None:
    shown = BeautifulSoup(_open(site), "html.parser")
    assert not told(shown)
    assert not shown.select(".missing li")
