"""The mails before a term ends: to whom, when, and once."""

from datetime import date, timedelta
from io import StringIO
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.management import CommandError, call_command

from centres.desk.models import TermWarning
from centres.models import CentrePage
from tests import factories as make
from tests.centres.desk_people import lead_of, person

pytestmark = [pytest.mark.usefixtures("built"), pytest.mark.one_database]

NOON = make.moment(2027, 3, 1, 12)


def build() -> date:
    """Make a centre that has a lead, and a secretary of the commission; return the last day of the centre's term."""
    users: Any = get_user_model()
    with time_machine.travel(NOON, tick=False):
        centre = make.centre("Moj")
        act = make.appointment(centre, date(2024, 6, 1))
        lead_of(users, centre)
        person(users, "tajnica", "centres.add_appointment")
        person(users, "nihce")
    assert act.valid_until is not None
    return act.valid_until


@pytest.fixture(autouse=True)
def spring() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def term_end(built: date) -> date:
    return built


def warn(day: date, *options: str) -> list[str]:
    """Run the command on ``day`` and return to whom it wrote."""
    mail.outbox.clear()
    call_command(
        "warn_of_ending_terms", *options, today=day.isoformat(), stdout=StringIO(), stderr=StringIO()
    )
    return sorted(message.to[0] for message in mail.outbox)


BOTH = ["tajnica@example.si", "vodja@example.si"]


@pytest.mark.parametrize("days", [365, 180, 90, 30])
def test_lead_and_secretary_are_written_to_on_the_day_and_once(term_end: date, days: int) -> None:
    # The day before, only the warning that came earlier is due, and before the first there is none.
    assert warn(term_end - timedelta(days=days + 1)) == ([] if days == 365 else BOTH)

    assert warn(term_end - timedelta(days=days)) == BOTH
    assert f"čez {days} dni" in mail.outbox[0].subject
    assert warn(term_end - timedelta(days=days)) == []
    assert warn(term_end - timedelta(days=days - 1)) == []


def test_of_several_missed_warnings_only_the_last_is_sent(term_end: date) -> None:
    assert warn(term_end - timedelta(days=85)) == BOTH
    assert len(mail.outbox) == 2
    assert sorted(set(TermWarning.objects.values_list("days", flat=True))) == [90, 180, 365]


def test_nobody_is_written_to_earlier_than_a_year_or_after_the_end(term_end: date) -> None:
    assert warn(term_end - timedelta(days=366)) == []
    assert warn(term_end + timedelta(days=1)) == []


def test_a_renewed_centre_is_left_alone(term_end: date) -> None:
    centre = CentrePage.objects.get(short_name="Moj")
    make.appointment(centre, date(2027, 7, 1), decided_on=date(2027, 2, 1))

    assert warn(term_end - timedelta(days=30)) == []


def test_a_mail_that_could_not_be_sent_is_sent_the_next_day(
    term_end: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_message: Any) -> None:
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", refuse)
        with pytest.raises(CommandError, match="could not be sent: 2"):
            warn(term_end - timedelta(days=30))

    assert warn(term_end - timedelta(days=29)) == BOTH


@pytest.mark.parametrize("error", [SMTPRecipientsRefused({}), ValueError("No address")])
def test_an_address_that_the_server_refuses_stops_no_other_mail_and_nobody_is_written_to_twice(
    term_end: date, django_user_model: Any, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    other = make.centre("Drugi")
    make.appointment(other, date(2024, 6, 1))
    lead_of(django_user_model, other, "druga")
    really_send = mail.EmailMessage.send

    def send(message: Any) -> int:
        if message.to == ["vodja@example.si"]:
            raise error
        return really_send(message)

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", send)
        with pytest.raises(CommandError, match="could not be sent: 1"):
            warn(term_end - timedelta(days=30))
        assert sorted(message.to[0] for message in mail.outbox) == [
            "druga@example.si", "tajnica@example.si", "tajnica@example.si",
        ]  # fmt: skip
        with pytest.raises(CommandError):
            warn(term_end - timedelta(days=29))
        assert mail.outbox == []

    assert warn(term_end - timedelta(days=28)) == ["vodja@example.si"]
    assert warn(term_end - timedelta(days=27)) == []


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "danes"), (1, "čez 1 dan"), (2, "čez 2 dneva"), (3, "čez 3 dni"), (5, "čez 5 dni")],
)
def test_the_mail_counts_days_as_people_do(term_end: date, days: int, words: str) -> None:
    warn(term_end - timedelta(days=days))
    assert mail.outbox[0].subject == f"Moj: naziv se izteče {words}"
    assert f"se izteče {words}, " in mail.outbox[0].body


def test_a_trial_run_sends_nothing_and_remembers_nothing(term_end: date) -> None:
    assert warn(term_end - timedelta(days=30), "--dry-run") == []
    assert not TermWarning.objects.exists()


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(CommandError, match="YYYY-MM-DD"):
        call_command("warn_of_ending_terms", today="1. 3. 2027")
