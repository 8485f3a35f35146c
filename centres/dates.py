"""Days and partial dates in the time zone of the site (Europe/Ljubljana)."""

import calendar
from datetime import date, datetime, time, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.fields import DatePrecision


def precision_field(default: DatePrecision = DatePrecision.DAY) -> models.CharField:
    """Return the column that says how much of a partial date is known."""
    return models.CharField(
        _("precision"),
        max_length=5,
        choices=DatePrecision.choices,
        default=default,
        help_text=_("If the day is unknown, choose “month”."),
    )


def local_day(moment: datetime) -> date:
    """Return the calendar day in the site's time zone of the aware time ``moment``."""
    return timezone.localtime(moment, timezone.get_default_timezone()).date()


def day_start(day: date) -> datetime:
    """Return the aware time at which ``day`` begins in the site's time zone."""
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())


def day_end(day: date) -> datetime:
    """Return the last time of ``day`` in the site's time zone (a day may have 23 or 25 hours)."""
    return day_start(day + timedelta(days=1)).astimezone(timezone.get_fixed_timezone(0)) - timedelta(
        microseconds=1
    )


def first_day(day: date, precision: str) -> date:
    """Return the earliest day that a partial date can mean."""
    if precision == DatePrecision.YEAR:
        return day.replace(month=1, day=1)
    return day.replace(day=1) if precision == DatePrecision.MONTH else day


def last_day(day: date, precision: str) -> date:
    """Return the latest day that a partial date can mean."""
    if precision == DatePrecision.YEAR:
        return day.replace(month=12, day=31)
    if precision == DatePrecision.MONTH:
        return day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day


def add_months(day: date, months: int) -> date:
    """Return the same day ``months`` later, or the last day of that month where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def year_span(year: int) -> tuple[datetime, datetime]:
    """Return the first and the last time of ``year`` in the site's time zone."""
    return day_start(date(year, 1, 1)), day_end(date(year, 12, 31))
