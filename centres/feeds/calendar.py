"""Every session of every event as a calendar to subscribe to (RFC 5545, RFC 7986)."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override
from icalendar import Calendar, Event, vCalAddress, vDuration
from icalendar.enums import STATUS, TRANSP

from centres.dates import add_months, day_start, local_day
from centres.feeds.narrowing import OF_SESSIONS, Narrowing
from centres.feeds.scope import Scope
from centres.graphql.rows import visible_editions
from centres.models import CentrePage, Edition, EventEdition, ExternalEdition, ProgrammePage, Session
from centres.models.edition import EditionType, StatusOverride
from cms.feeds.serving import file_view, printable
from cms.graphql.loading.context import Context
from cms.graphql.loading.fetching import FETCH_PEERS
from cms.graphql.loading.localised import mark, words
from cms.graphql.loading.pages import by_key, visible
from cms.graphql.schema.lists import listed
from cms.media.images import backend_url
from cms.site import absolute_url

MEDIA_TYPE = "text/calendar; charset=utf-8"

# What is over for longer is of no use in a calendar.
_MONTHS_BACK = 12
# Programs read the whole file each time; where there are more, those furthest in the past are left out.
_MOST = 2_000
_STATUS = {StatusOverride.CANCELLED: STATUS.CANCELLED, StatusOverride.POSTPONED: STATUS.TENTATIVE}
_SEQUENCE_START = datetime(2020, 1, 1, tzinfo=UTC)
_REFRESH = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class _Date:
    """A session with the pages that tell what it is about and who holds it."""

    session: Session
    edition: EventEdition
    programme: ProgrammePage
    centre: CentrePage | None


@file_view(MEDIA_TYPE, narrowed_by=("topic", "audience", *OF_SESSIONS, "whose"))
def sessions(context: Context, locale: str, asked: Mapping[str, str], centre: str | None = None) -> bytes:
    """Return the sessions of all centres or of one, from a year ago on, narrowed to what is ``asked``."""
    scope = Scope.of(context, locale, centre)
    own_slug = {"centre": scope.centre.slug} if scope.centre is not None else {}
    with override(locale):
        narrowing = Narrowing.of(asked, OF_SESSIONS, scope.chain)
        address = backend_url(reverse(f"calendar-{locale}", kwargs=own_slug)) + narrowing.query
        calendar = Calendar.new(
            prodid=f"-//{gettext('Competence centres')}//{locale.upper()}",
            name=printable(narrowing.title(scope.title(gettext("Calendar of events")))),
            source=address,
            uid=uuid.uuid5(uuid.NAMESPACE_URL, address),
            url=scope.url,
        )
        calendar.add("REFRESH-INTERVAL", vDuration(_REFRESH), parameters={"VALUE": "DURATION"})
        # What programs ask for that do not know RFC 7986.
        calendar.add("X-PUBLISHED-TTL", vDuration(_REFRESH))
        calendar.add("X-WR-TIMEZONE", timezone.get_default_timezone_name())
        if asked.get("whose") != "others":
            for one in _dates(context, scope, narrowing):
                calendar.add_component(_entry(one))
        for event in _of_others(context, scope, narrowing, asked.get("whose")):
            calendar.add_component(_entry_of_others(event))
    return bytes(calendar.to_ical())


def _window(context: Context) -> datetime:
    """Return from when on sessions are shown; it moves with the first day of a month."""
    month = local_day(context.now).replace(day=1)
    context.valid_until(day_start(add_months(month, 1)))
    return day_start(add_months(month, -_MONTHS_BACK))


def _dates(context: Context, scope: Scope, narrowing: Narrowing) -> list[_Date]:
    met = listed(Edition).conditions.of(context, scope.chain, narrowing.conditions)
    events = visible_editions(context, scope.chain).filter(met, type=EditionType.EVENT)
    if scope.centre is not None:
        own = visible(context, ProgrammePage).filter(centre_key=scope.centre.translation_key)
        events = events.filter(programme_key__in=own.values("translation_key"))
    whole = EventEdition.objects.filter(pk__in=events.order_by().values("pk"))  # with their own row
    rows = Session.objects.filter(edition__in=whole.values("pk"), start__gte=_window(context))
    latest = rows.order_by("-start", "-pk").fetch_mode(FETCH_PEERS)[:_MOST]
    found = [mark(row, scope.chain) for row in reversed(latest)]
    keys = {row.edition.programme_key for row in found}
    programmes = by_key(context, ProgrammePage, keys, scope.chain)
    centres = by_key(context, CentrePage, {page.centre_key for page in programmes.values()}, scope.chain)
    return [
        _Date(row, mark(row.edition, scope.chain), page, centres.get(page.centre_key))
        for row in found
        if (page := programmes.get(row.edition.programme_key)) is not None
    ]


def _of_others(
    context: Context, scope: Scope, narrowing: Narrowing, whose: str | None
) -> list[ExternalEdition]:
    """Return the dates of other providers: they have no centre, topic, audience, fee and applications."""
    if whose == "own" or scope.centre is not None or narrowing.conditions.keys() - {"mode"}:
        return []
    rows = listed(ExternalEdition).rows(context, scope.chain).filter(start__gte=_window(context))
    if "mode" in narrowing.conditions:
        rows = rows.filter(online=True)
    latest = rows.select_related("provider").order_by("-start", "-pk")[:_MOST]
    return [mark(row, scope.chain) for row in reversed(latest)]


def _entry_of_others(event: ExternalEdition) -> Event:
    provider = printable(words(event.provider.name, event))
    title = gettext("Cancelled: %(title)s") % {"title": event.title} if event.cancelled else event.title
    places = [event.place, gettext("online") if event.online else ""]
    start: date = event.start.astimezone(UTC)
    end: date = event.end.astimezone(UTC)
    if event.all_day:
        start, end = local_day(event.start), local_day(event.end) + timedelta(days=1)
    return Event.new(
        # Not the provider's own mark: who subscribes to both has two entries, and neither changes the other.
        uid=f"external-{event.provider.code}-{event.pk}",
        stamp=_SEQUENCE_START,
        start=start,
        end=end,
        status=STATUS.CANCELLED if event.cancelled else STATUS.CONFIRMED,
        transparency=TRANSP.TRANSPARENT,
        summary=printable(title),
        description=printable(
            "\n\n".join(text for text in (event.summary, f"{provider}: {event.url}") if text)
        ),
        location=printable("; ".join(place for place in places if place)) or None,
        categories=[provider],
        url=event.url,
    )


def _entry(one: _Date) -> Event:
    session, edition, page = one.session, one.edition, one.programme
    published = [moment for moment in (edition.last_published_at, page.last_published_at) if moment]
    changed = max(published, default=_SEQUENCE_START).replace(microsecond=0)
    return Event.new(
        # The same entry after every change of date, place and address of the site.
        uid=f"{edition.programme_key}-{session.pk}",
        stamp=changed,
        last_modified=changed,
        # Grows with each publication, in seconds, so that programs take the newer of two versions.
        sequence=int((changed - _SEQUENCE_START).total_seconds()),
        # Moments, so that no program needs to know the rules of a time zone.
        start=session.start.astimezone(UTC),
        end=session.end.astimezone(UTC),
        status=_STATUS.get(StatusOverride(edition.status_override), STATUS.CONFIRMED),
        transparency=TRANSP.TRANSPARENT,
        summary=printable(_summary(one)),
        description=printable(_description(one)),
        location=printable(_location(one)) or None,
        organizer=_organiser(one.centre),
        url=absolute_url(page.url_path),
    )


def _summary(one: _Date) -> str:
    topic = words(one.session.topic, one.session)
    title = f"{one.programme.title}: {topic}" if topic else one.programme.title
    match one.edition.status_override:
        case StatusOverride.CANCELLED:
            return gettext("Cancelled: %(title)s") % {"title": title}
        case StatusOverride.POSTPONED:
            return gettext("Postponed: %(title)s") % {"title": title}
    return str(title)


def _description(one: _Date) -> str:
    edition = one.edition
    reason = (
        words(edition.cancel_reason, edition) if edition.status_override == StatusOverride.CANCELLED else ""
    )
    lines = [
        reason,
        one.programme.summary,
        words(edition.accessibility_info, edition),
        edition.application_url,
    ]
    return "\n\n".join(line for line in lines if line)


def _location(one: _Date) -> str:
    venue = one.session.venue or one.edition.venue
    places = [f"{words(venue.name, one.session)}, {venue.address}"] if venue is not None else []
    if one.session.online or one.edition.mode != "ONSITE":
        places.append(gettext("online"))
    return "; ".join(places)


def _organiser(centre: CentrePage | None) -> vCalAddress | None:
    if centre is None or not centre.contact_email:
        return None
    return vCalAddress.new(centre.contact_email, cn=printable(centre.short_name))
