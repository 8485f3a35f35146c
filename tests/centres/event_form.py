"""The form of an event as a browser sends it, and where the forms of the admin are."""

from typing import Any

from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from centres.models import ProgrammePage


def address(model: Any, view: str, *args: Any) -> str:
    return reverse(model.snippet_viewset.get_url_name(view), args=args)


def event_form(programme: ProgrammePage, **changed: Any) -> dict[str, Any]:
    session = {
        "start": "2027-04-07 10:00",
        "end": "2027-04-07 12:00",
        "topic_sl": "",
        "topic_en": "",
        "presenters": [],
        "venue": "",
    }
    form = nested_form_data(
        {
            "programme": programme.pk,
            "label_sl": "prva",
            "label_en": "first",
            "number": "",
            "sessions": inline_formset([session]),
            "mode": "ONLINE",
            "venue": "",
            "online_url": "",
            "accessibility_info_sl": "",
            "accessibility_info_en": "",
            "capacity": "24",
            "capacity_onsite": "",
            "capacity_online": "",
            "seats_taken": "5",
            "waitlist": "",
            "applications_open": "2027-03-01",
            "applications_close": "2027-03-31",
            "application_url": "",
            "free": "on",
            "fees": inline_formset([]),
            "status_override": "NONE",
            "cancel_reason_sl": "",
            "cancel_reason_en": "",
            "materials": inline_formset([]),
            "recording_url": "",
            "go_live_at": "",
            "expire_at": "",
        }
    )
    return form | {"languages": ["sl"]} | changed
