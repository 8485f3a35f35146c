"""One run of a programme: an event with seats and fees, an award with its books, a publication's issue."""

from typing import Any

from django.utils.translation import override

from centres import json_ld
from centres.graphql.books import contributors
from centres.graphql.editions import presenters, programme_of_edition, status_of_edition
from centres.graphql.graph import graph
from centres.graphql.json_ld.organisations import organisation_node
from centres.graphql.json_ld.series import COURSES, audience_nodes, organisers, programme_id, programme_node
from centres.json_ld import Node
from centres.models import (
    AwardEdition,
    Book,
    Edition,
    EventEdition,
    ProgrammePage,
    PublicationEdition,
    Session,
)
from centres.models.award import AwardOutcome
from centres.models.choices import ContributorRole
from centres.models.event import DeliveryMode
from cms.graphql.fields.json_ld import (
    DOCUMENT_ROWS,
    document,
    image_object,
    named,
    or_empty,
    reference,
)
from cms.graphql.loading.batching import related
from cms.graphql.loading.context import Info
from cms.graphql.loading.guard import admit
from cms.graphql.loading.localised import chain_of, words
from cms.site import absolute_url, frontend_url

_CREATORS = {
    ContributorRole.AUTHOR: "author",
    ContributorRole.ILLUSTRATOR: "illustrator",
    ContributorRole.TRANSLATOR: "translator",
}
graph.price(DOCUMENT_ROWS, "EditionInterface.jsonLd")


@graph.field("EditionInterface.jsonLd")
@or_empty
def json_ld_of_edition(edition: Edition, info: Info) -> str:
    page = admit(info.context, edition, programme_of_edition(edition, info))
    if page is None:
        return document()
    with override(chain_of(edition).requested):
        own = edition_node(edition, page, info)
        books = _awarded_books(edition, page, info) if isinstance(edition, AwardEdition) else None
    series = programme_node(page, info)
    if page.kind in COURSES and own is not None:
        series["hasCourseInstance"] = reference(own["@id"])
    return document(*filter(None, (own, books)), series)


def edition_node(edition: Edition, page: ProgrammePage, info: Info) -> Node | None:
    """Return the node of an edition of ``page``: an event, the ceremony if there was one, or a book."""
    match edition:
        case EventEdition():
            return _event(edition, page, info)
        case PublicationEdition():
            return _publication(edition, page, info)
        case AwardEdition():
            return _ceremony(edition, page, info)
    raise TypeError(type(edition))


def _id(edition: Edition, page: ProgrammePage) -> str:
    return f"{absolute_url(page.url_path)}#edition-{edition.pk}"


def _title(edition: Edition, page: ProgrammePage) -> str:
    return f"{page.title} – {words(edition.label, edition) or edition.year}"


def _behind(page: ProgrammePage, info: Info) -> list[Node]:
    # They stand in full in the node of the programme, which is in the same document.
    return [reference(node["@id"]) for node in organisers(page, info)]


# ---------------------------------------------------------------- events
def _event(edition: EventEdition, page: ProgrammePage, info: Info) -> Node:
    status = status_of_edition(edition, info)
    url = absolute_url(page.url_path)
    is_course = page.kind in COURSES
    facts = {
        "@type": "CourseInstance" if is_course else "Event",
        "@id": _id(edition, page),
        "name": _title(edition, page),
        "description": page.summary,
        "url": url,
        "startDate": json_ld.moment(edition.starts_at),
        "endDate": json_ld.moment(edition.ends_at),
        "eventStatus": json_ld.event_status(status, rescheduled=edition.rescheduled),
        "previousStartDate": [json_ld.moment(start) for start in edition.previous_start_times],
        "eventAttendanceMode": json_ld.attendance_mode(edition.mode),
        "location": _location(edition, url, info),
        "organizer": _behind(page, info),
        "inLanguage": edition.languages,
        "audience": audience_nodes(page, info),
        "isAccessibleForFree": edition.free,
        "maximumAttendeeCapacity": edition.capacity,
        "remainingAttendeeCapacity": edition.seats_left,
        "offers": json_ld.offers(edition, status, _fees(edition), url),
    }
    return (
        facts | _sessions(edition, info, is_course=is_course) | _belonging(edition, page, is_course=is_course)
    )


def _belonging(edition: EventEdition, page: ProgrammePage, *, is_course: bool) -> Node:
    if is_course:
        return {
            "courseMode": json_ld.course_modes(edition.mode),
            "courseWorkload": json_ld.duration(page.duration_hours),
        }
    return {"superEvent": reference(programme_id(page))} if page.kind != "SERVICE" else {}


def _location(edition: EventEdition, url: str, info: Info) -> list[Node]:
    places = [_place(edition, edition.venue, info)] if edition.venue_id else []
    if edition.mode != DeliveryMode.ONSITE:
        places.append(json_ld.online_place(edition.application_url or url))
    return places


def _place(source: Any, venue: Any, info: Info) -> Node:
    named(info, venue)
    return json_ld.place(
        words(venue.name, source),
        venue.address,
        step_free=venue.step_free,
        hearing_loop=venue.hearing_loop,
        coordinates=(venue.latitude, venue.longitude),
    )


def _fees(edition: EventEdition) -> list[tuple[str, Any, str]]:
    return [(words(fee.label, edition), fee.amount, fee.currency) for fee in related(edition, "fees")]


def _sessions(edition: EventEdition, info: Info, *, is_course: bool) -> Node:
    """Return who speaks and, where an event has several parts, what they are."""
    sessions: list[Session] = related(edition, "sessions")
    speakers = {
        person.pk: named(info, person) for session in sessions for person in presenters(session, info)
    }
    people = [json_ld.person(one.name, one.same_as_list) for one in speakers.values()]
    parts = [_session(session, edition, info) for session in sessions] if len(sessions) > 1 else []
    if not is_course:
        return {"performer": people, "subEvent": parts}
    rule = json_ld.schedule([(session.start, session.end) for session in sessions])
    return {"instructor": people, "subEvent": parts, "courseSchedule": rule}


def _session(session: Session, edition: EventEdition, info: Info) -> Node:
    return {
        "@type": "Event",
        "name": words(session.topic, edition) or words(edition.label, edition),
        "startDate": json_ld.moment(session.start),
        "endDate": json_ld.moment(session.end),
        "location": _place(edition, session.venue, info) if session.venue_id and session.venue else None,
    }


# ---------------------------------------------------------------- awards
def _ceremony(edition: AwardEdition, page: ProgrammePage, info: Info) -> Node | None:
    ceremony = edition.ceremony
    if ceremony is None or ceremony.date is None:
        return None
    where = words(ceremony.place, edition)
    behind = {node["@id"]: node for node in _behind(page, info)}
    for organisation in related(edition, "co_awarders"):
        node = organisation_node(edition, organisation, info)
        behind.setdefault(node["@id"], node)
    return {
        "@type": "Event",
        "@id": _id(edition, page),
        "name": _title(edition, page),
        "url": absolute_url(page.url_path),
        "startDate": json_ld.partial_date(ceremony.date, ceremony.date_precision),
        "eventStatus": json_ld.event_status(status_of_edition(edition, info), rescheduled=False),
        "location": {"@type": "Place", "name": where} if where else None,
        "organizer": list(behind.values()),
        "superEvent": reference(programme_id(page)),
    }


def _awarded_books(edition: AwardEdition, page: ProgrammePage, info: Info) -> Node | None:
    rows = [
        _book(book, info)
        | {"award": f"{_title(edition, page)}: {words(named(info, result.category).name, edition)}"}
        for result in related(edition, "results")
        if result.outcome == AwardOutcome.AWARDED
        for book in _admitted(edition, related(result, "books"), info)
    ]
    if not rows:
        return None
    return {
        "@type": "ItemList",
        "@id": f"{_id(edition, page)}-books",
        "name": _title(edition, page),
        "itemListElement": [
            {"@type": "ListItem", "position": place, "item": row} for place, row in enumerate(rows, start=1)
        ],
    }


def _admitted(source: Any, rows: list[Any], info: Info) -> list[Any]:
    return [seen for row in rows if (seen := admit(info.context, source, row)) is not None]


def _book(book: Book, info: Info) -> Node:
    people: dict[str, list[Node]] = {name: [] for name in _CREATORS.values()}
    for person in contributors(book, info):
        people[_CREATORS[ContributorRole(person.role)]].append({"@type": "Person", "name": person.name})
    return {
        "@type": "Book",
        "@id": f"{frontend_url()}/#book-{book.pk}",
        "name": book.title,
        "inLanguage": book.language,
        "isbn": book.isbn,
        "sameAs": book.cobiss_url,
        "datePublished": str(book.year) if book.year else None,
        "publisher": {"@type": "Organization", "name": book.publisher} if book.publisher else None,
        **people,
    }


# ---------------------------------------------------------------- publications
def _publication(edition: PublicationEdition, page: ProgrammePage, info: Info) -> Node:
    cover = admit(info.context, edition, edition.cover)
    issued = json_ld.partial_date(edition.published_on, edition.published_on_precision)
    return {
        "@type": "Book",
        "@id": _id(edition, page),
        "name": words(edition.own_title, edition) or _title(edition, page),
        "url": absolute_url(page.url_path),
        "isbn": edition.isbn,
        "sameAs": edition.cobiss_url,
        "datePublished": issued or str(edition.year),
        "publisher": _behind(page, info),
        "isPartOf": reference(programme_id(page)),
        "image": image_object(cover, info) if cover is not None else None,
        "encoding": _file(admit(info.context, edition, edition.document)),
    }


def _file(file: Any) -> Node | None:
    if file is None:
        return None
    return {
        "@type": "MediaObject",
        "name": file.title,
        "contentUrl": file.full_url,
        "contentSize": f"{file.size} B",
        "encodingFormat": file.content_type,
        "inLanguage": file.language,
    }
