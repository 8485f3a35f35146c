"""The domain's facts in the words of schema.org: plain values in, plain nodes out.

Source: schema.org 30.0, types Course, CourseInstance, Event, Offer, Certification, Organization, Book. What a
node says about people, places and texts is handed in by the caller, who knows what may be seen and in which
language.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from centres.models.choices import EditionStatus
from centres.models.event import DeliveryMode
from cms.fields import DatePrecision

Node = dict[str, Any]

SCHEMA = "https://schema.org/"

_EVENT_STATUS = {
    EditionStatus.CANCELLED: f"{SCHEMA}EventCancelled",
    EditionStatus.POSTPONED: f"{SCHEMA}EventPostponed",
}
_AVAILABILITY = {EditionStatus.OPEN: f"{SCHEMA}InStock", EditionStatus.FULL: f"{SCHEMA}SoldOut"}
_COURSE_MODES = {
    DeliveryMode.ONSITE: ["onsite"],
    DeliveryMode.ONLINE: ["online"],
    DeliveryMode.BLENDED: ["blended"],
    DeliveryMode.EITHER: ["onsite", "online"],
}
_ATTENDANCE = {
    DeliveryMode.ONSITE: f"{SCHEMA}OfflineEventAttendanceMode",
    DeliveryMode.ONLINE: f"{SCHEMA}OnlineEventAttendanceMode",
    DeliveryMode.BLENDED: f"{SCHEMA}MixedEventAttendanceMode",
    DeliveryMode.EITHER: f"{SCHEMA}MixedEventAttendanceMode",
}


def partial_date(day: date | None, precision: str) -> str | None:
    """Return as much of a date as is known: ``2021-12-15``, ``2021-12`` or ``2021`` (ISO 8601-1, 5.2.2)."""
    if day is None:
        return None
    length = {DatePrecision.YEAR: 4, DatePrecision.MONTH: 7}.get(DatePrecision(precision), 10)
    return day.isoformat()[:length]


def day(value: date | None) -> str | None:
    """Return a day that is known in full."""
    return None if value is None else value.isoformat()


def moment(value: datetime | None) -> str | None:
    """Return a time with the offset of the site's time zone."""
    return None if value is None else timezone.localtime(value).isoformat()


def duration(hours: Decimal | None) -> str | None:
    """Return hours as a duration: ``PT4H30M`` (ISO 8601-1, 5.5.2)."""
    if hours is None:
        return None
    whole, minutes = divmod(round(hours * 60), 60)
    return "PT" + (f"{whole}H" if whole else "") + (f"{minutes}M" if minutes else "")


def event_status(status: str, *, rescheduled: bool) -> str:
    """Return the eventStatus of an edition in the state ``status``."""
    usual = f"{SCHEMA}EventRescheduled" if rescheduled else f"{SCHEMA}EventScheduled"
    return _EVENT_STATUS.get(EditionStatus(status), usual)


def course_modes(mode: str) -> list[str]:
    """Return how an edition is taught."""
    return _COURSE_MODES[DeliveryMode(mode)]


def attendance_mode(mode: str) -> str:
    """Return whether people take part on site, online or both."""
    return _ATTENDANCE[DeliveryMode(mode)]


def place(
    name: str,
    address: str,
    *,
    step_free: bool | None,
    hearing_loop: bool | None,
    coordinates: tuple[float | None, float | None],
) -> Node:
    """Return the node of a venue; what nobody has checked is not claimed."""
    latitude, longitude = coordinates
    features = [(gettext("step-free access"), step_free), (gettext("hearing loop"), hearing_loop)]
    return {
        "@type": "Place",
        "name": name,
        "address": address,
        "geo": None
        if latitude is None
        else {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude},
        "amenityFeature": [
            {"@type": "LocationFeatureSpecification", "name": feature, "value": value}
            for feature, value in features
            if value is not None
        ],
    }


def online_place(url: str) -> Node:
    """Return the node of an online event; ``url`` is where people apply or read on, never the room itself."""
    return {"@type": "VirtualLocation", "url": url}


def offers(edition: Any, status: str, fees: Iterable[tuple[str, Decimal, str]], url: str) -> list[Node]:
    """Return what taking part costs, from label, amount and currency of each fee; 0 where it is free.

    Seats are in stock only while people can apply.
    """
    terms = {
        "url": edition.application_url or url,
        "availability": _AVAILABILITY.get(EditionStatus(status), f"{SCHEMA}OutOfStock"),
        "availabilityStarts": moment(edition.applications_open),
        "availabilityEnds": moment(edition.applications_close),
        "validFrom": moment(edition.applications_open),
    }
    rows = [("", Decimal(0), "EUR")] if edition.free else list(fees)
    return [
        {"@type": "Offer", "name": label, "price": format(amount, "f"), "priceCurrency": currency} | terms
        for label, amount, currency in rows
    ]


def schedule(sessions: Sequence[tuple[datetime, datetime]]) -> Node | None:
    """Return the schedule of parts that are equally long and follow each other in equal steps of days.

    A series without such a rule has none; its parts speak for themselves.
    """
    if len(sessions) < 2:
        return None
    local = [(timezone.localtime(start), timezone.localtime(end)) for start, end in sessions]
    steps = {later[0].date() - earlier[0].date() for earlier, later in pairwise(local)}
    times = {(start.time(), end.time(), end.date() - start.date()) for start, end in local}
    if len(steps) != 1 or len(times) != 1 or (step := steps.pop()) < timedelta(days=1):
        return None
    (first, end), (last, _end) = local[0], local[-1]
    return {
        "@type": "Schedule",
        "startDate": first.date().isoformat(),
        "endDate": last.date().isoformat(),
        "startTime": first.time().isoformat(),
        "endTime": end.time().isoformat(),
        "repeatFrequency": f"P{step.days}D",
        "repeatCount": len(local),
        "scheduleTimezone": timezone.get_default_timezone_name(),
    }


def organisation(
    identifier: str,
    name: str,
    *,
    is_library: bool,
    acronym: str,
    url: str,
    city: str,
    isil: str,
    same_as: list[str],
) -> Node:
    """Return the node of a library or another organisation."""
    return {
        "@type": "Library" if is_library else "Organization",
        "@id": identifier,
        "name": name,
        "alternateName": acronym,
        "url": url,
        "address": {"@type": "PostalAddress", "addressLocality": city} if city else None,
        "identifier": {"@type": "PropertyValue", "propertyID": "ISIL", "value": isil} if isil else None,
        "sameAs": same_as,
    }


def person(name: str, same_as: list[str], **more: str) -> Node:
    """Return the node of somebody who agreed to be named."""
    return {"@type": "Person", "name": name, "sameAs": same_as} | more


def certification(title: str, issuer: Node, *, active: bool, **dates: str | None) -> Node:
    """Return the node of a title that a centre holds or held."""
    state = "CertificationActive" if active else "CertificationInactive"
    return {
        "@type": "Certification",
        "name": title,
        "issuedBy": issuer,
        "certificationStatus": SCHEMA + state,
    } | dates
