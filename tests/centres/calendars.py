"""Reading a calendar of the site."""

from django.test import Client
from icalendar import Calendar, Event


def events(client: Client, path: str = "/sl/koledar.ics") -> list[Event]:
    """Return the entries of a calendar."""
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(response.content).walk("VEVENT"))
