"""Mails to the lead of a centre and to the commission's secretary before the term of the centre ends."""

from collections.abc import Iterator
from dataclasses import dataclass
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
    newest = review_dues([act.centre_key for act in acts])
    sent = set(TermWarning.objects.filter(appointment__in=acts).values_list("appointment", "days"))
    for act in acts:
        due = newest.get(act.centre_key)
        if act.valid_until is None or due is None or due.date != act.valid_until:
            continue
        left = (act.valid_until - today).days
        passed = tuple(days for days in DAYS if left <= days and (act.pk, days) not in sent)
        # Of several that were missed only the last is written, and only if no later one was sent already.
        if passed and not any((act.pk, days) in sent for days in DAYS if days < min(passed)):
            yield EndWarning(act, left, passed)


def send(warning: EndWarning) -> list[str]:
    """Write to all whom ``warning`` concerns and return their addresses; nobody is written to twice for the same.

    Raises what the mail server's connection raises; then nothing is noted, and the next run tries again.
    """
    readers = list(recipients(warning.appointment))
    if not readers:
        return []
    with transaction.atomic():
        rows = [
            TermWarning.objects.get_or_create(appointment=warning.appointment, days=days)
            for days in warning.passed
        ]
        # Another run that was at it in the same moment has made them and writes the mails.
        if not any(is_new for _row, is_new in rows):
            return []
        for reader in readers:
            message(warning, reader).send()
    return [str(reader.email) for reader in readers]


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
            "days": warning.left,
            "end": formats.date_format(end, "DATE_FORMAT") if end else "",
            "report": settings.WAGTAILADMIN_BASE_URL + reverse("report_ending-terms"),
        }
        return EmailMessage(
            _("%(short)s: the title ends in %(days)d days") % words,
            _(
                "The title of the centre “%(centre)s” ends on %(end)s, in %(days)d days.\n\n"
                "Before a renewal comes a review. The lead of the centre sees to the self-report; the secretary "
                "plans the review and records the decision.\n\n"
                "All ending terms: %(report)s\n"
            )
            % words,
            to=[reader.email],
        )


def _language(reader: Any) -> str:
    profile = UserProfile.objects.filter(user=reader).first()
    return (profile.preferred_language if profile else "") or str(settings.LANGUAGE_CODE)
