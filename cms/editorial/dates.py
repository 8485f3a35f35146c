"""Fields for dates and times show them as the language writes them, and keep what cannot be read.

What is read stands in the formats of the languages (FORMAT_MODULE_PATH), which every form of Django follows.
"""

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.utils.dateformat import format as written
from django.utils.formats import get_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput, AdminTimeInput
from wagtail.users.models import UserProfile

# The hours of every language here; »10 a.m.« is nothing that a field reads.
CLOCK = "H:i"


def take_over() -> None:
    """Have the fields of the whole admin follow the language, and its clock that of the site."""
    for widget, form in ((AdminDateInput, _day), (AdminTimeInput, _clock), (AdminDateTimeInput, _moment)):
        widget.format_value = _formatting(widget.format_value, form)
        widget.get_config = _configuring(widget.get_config, form)
    forms.DateField.default_error_messages = {
        "invalid": _("This is not a date. Write the day, the month and the year, such as 12. 1. 2027.")
    }
    forms.TimeField.default_error_messages = {
        "invalid": _("This is not a time of day. Write the hour and the minutes, such as 10:00.")
    }
    forms.DateTimeField.default_error_messages = {
        "invalid": _("This is not a date with a time. Write both, such as 12. 1. 2027 10:00.")
    }
    # Dates of the site are those of its place, wherever the editor travels.
    UserProfile.get_current_time_zone = lambda _profile: settings.TIME_ZONE


def _day() -> str:
    return str(get_format("SHORT_DATE_FORMAT"))


def _clock() -> str:
    return CLOCK


def _moment() -> str:
    return f"{_day()} {CLOCK}"


def _formatting(plain: Any, form: Any) -> Any:
    def format_value(widget: Any, value: Any) -> Any:
        if isinstance(value, dt.date | dt.time):
            return written(value, form()) if isinstance(value, dt.date) else value.strftime("%H:%M")
        return plain(widget, value)

    return format_value


def _configuring(plain: Any, form: Any) -> Any:
    def get_config(widget: Any) -> dict[str, Any]:
        # Left to itself, the calendar writes the present moment over what it cannot read.
        own = {"format": form(), "formatTime": CLOCK, "validateOnBlur": False, "scrollInput": False}
        own["openOnFocus"] = False  # by a timer, so it would open after the field was left; dates.js opens it
        return plain(widget) | own

    return get_config
