"""Mails to the lead of a centre and to the commission's secretary before the term of the centre ends."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import GroupPagePermission
from wagtail.users.models import UserProfile

from centres.dates import local_day
from centres.desk.models import TermWarning
from centres.models import Appointment, CentrePage
from centres.status import current_appointments, review_dues

# As the commission's rules ask: a year, half a year, a quarter and a month ahead.
DAYS = (365, 180, 90, 30)


@dataclass(frozen=True, slots=True)
class EndWarning:
    """What is to be said of one centre: its term ends in ``left`` days. It stands for all warnings in ``passed``."""

    appointment: Appointment
    left: int
    passed: tuple[int, ...]


def due_warnings(now: datetime) -> Iterator[EndWarning]:
    """Yield what is to be said on the day of ``now`` and was not said yet; a centre that is renewed is left out."""
    today = local_day(now)
    acts = list(current_appointments(now).select_related("centre"))
    newest = review_dues([act.centre_key for act in acts], now)
    notes = TermWarning.objects.filter(appointment__in=acts, reader=None)
    sent = set(notes.values_list("appointment", "days"))
    for act in acts:
        due = newest.get(act.centre_key)
        if act.valid_until is None or due is None or due.date != act.valid_until:
            continue
        left = (act.valid_until - today).days
        passed = tuple(days for days in DAYS if left <= days and (act.pk, days) not in sent)
        # Of several that were missed only the last is written, and only if no later one was sent already.
        if passed and not any((act.pk, days) in sent for days in DAYS if days < min(passed)):
            yield EndWarning(act, left, passed)


@dataclass(frozen=True, slots=True)
class Sending:
    """What came of a warning: who was written to, and which addresses were refused and why."""

    written: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


def send(warning: EndWarning) -> Sending | None:
    """Write to all whom ``warning`` concerns; None if there is nobody. Nobody is written to twice for the same.

    Each mail is noted by itself. What the mail server refuses stops no other mail, and the next run tries it again.
    """
    readers = list(recipients(warning.appointment))
    if not readers:
        return None
    sending = Sending()
    for reader in readers:
        try:
            if _send_to(reader, warning):
                sending.written.append(reader.email)
        except (OSError, ValueError) as error:
            # The server or the connection (smtplib's errors are OSErrors); an address that is none.
            sending.refused[reader.email] = str(error) or type(error).__name__
    if not sending.refused:
        _note(warning, None)
    return sending


@transaction.atomic
def _send_to(reader: Any, warning: EndWarning) -> bool:
    """Return whether ``reader`` was written to now, and not in an earlier run or by one that is under way."""
    if not _note(warning, reader):
        return False
    message(warning, reader).send()
    return True


def _note(warning: EndWarning, reader: Any) -> bool:
    """Note that all that ``warning`` stands for was sent, and return whether its nearest was not noted yet."""
    new = {
        days: TermWarning.objects.get_or_create(appointment=warning.appointment, days=days, reader=reader)[1]
        for days in warning.passed
    }
    return new[min(new)]


def recipients(appointment: Appointment) -> QuerySet[Any]:
    """Return who may publish the pages of the centre itself, and who writes down the commission's decisions."""
    pages = CentrePage.objects.filter(translation_key=appointment.centre_key)
    leads = GroupPagePermission.objects.filter(
        page__in=pages.values("pk"), permission__codename="publish_page"
    ).values("group")
    secretary = Q(
        groups__permissions__codename="add_appointment",
        groups__permissions__content_type__app_label="centres",
    )
    people = get_user_model()._default_manager.filter(Q(groups__in=leads) | secretary)
    return people.filter(is_active=True).exclude(email="").distinct().order_by("pk")


def message(warning: EndWarning, reader: Any) -> EmailMessage:
    """Return the mail to ``reader`` in the language that they chose for the admin."""
    with translation.override(_language(reader)):
        centre = warning.appointment.centre
        end: date | None = warning.appointment.valid_until
        words = {
            "centre": centre.official_name,
            "short": centre.short_name,
            "when": _when(warning.left),
            "end": formats.date_format(end, "DATE_FORMAT") if end else "",
            "report": settings.WAGTAILADMIN_BASE_URL + reverse("report_ending-terms"),
        }
        return EmailMessage(
            _("%(short)s: the title ends %(when)s") % words,
            _(
                "The title of the centre “%(centre)s” ends %(when)s, on %(end)s.\n\n"
                "Before a renewal comes a review. The lead of the centre sees to the self-report; the secretary "
                "plans the review and records the decision.\n\n"
                "All ending terms: %(report)s\n"
            )
            % words,
            to=[reader.email],
        )


def _when(days: int) -> str:
    if days == 0:
        return _("today")
    return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}


def _language(reader: Any) -> str:
    profile = UserProfile.objects.filter(user=reader).first()
    return (profile.preferred_language if profile else "") or str(settings.LANGUAGE_CODE)
