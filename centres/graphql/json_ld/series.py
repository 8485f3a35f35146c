"""What a programme is, without its editions: a course, a series of events or books, or a service."""

from centres import json_ld
from centres.graphql.json_ld.organisations import centre_node, organisation_node
from centres.graphql.programmes import centre_of_programme
from centres.json_ld import Node
from centres.models import CentrePage, ProgrammePage
from centres.models.choices import ProgrammeKind
from cms.graphql.fields.json_ld import named
from cms.graphql.loading.batching import related, related_through
from cms.graphql.loading.context import Info
from cms.graphql.loading.guard import admit
from cms.graphql.loading.localised import words
from cms.site import absolute_url

COURSES = (ProgrammeKind.TRAINING, ProgrammeKind.MEETING_SERIES)
_TYPES = {
    ProgrammeKind.TRAINING: "Course",
    ProgrammeKind.MEETING_SERIES: "Course",
    ProgrammeKind.CAMPAIGN: "EventSeries",
    ProgrammeKind.AWARD: "EventSeries",
    ProgrammeKind.QUALITY_SIGN: "EventSeries",
    ProgrammeKind.PUBLICATION: "BookSeries",
    ProgrammeKind.SERVICE: "Service",
}
# Under which name each type knows those who are behind it.
_BEHIND = {"Course": "provider", "EventSeries": "organizer", "BookSeries": "publisher", "Service": "provider"}


def programme_id(page: ProgrammePage) -> str:
    """Return the identifier of a programme, which is not that of its page."""
    return f"{absolute_url(page.url_path)}#programme"


def programme_node(page: ProgrammePage, info: Info) -> Node:
    """Return what every mention of a programme says of it."""
    kind = _TYPES[ProgrammeKind(page.kind)]
    return {
        "@type": kind,
        "@id": programme_id(page),
        "name": page.title,
        "description": page.summary,
        "url": absolute_url(page.url_path),
        _BEHIND[kind]: organisers(page, info),
    }


def programme_details(page: ProgrammePage, info: Info) -> Node:
    """Return what the page of a programme adds to that."""
    match _TYPES[ProgrammeKind(page.kind)]:
        case "Course":
            return {
                "about": subjects(page, info),
                "audience": audience_nodes(page, info),
                "funder": funder_nodes(page, info),
                "learningResourceType": words(named(info, page.format).name, page),
                "teaches": page.outcome_list,
                "timeRequired": json_ld.duration(page.duration_hours),
            }
        case "Service":
            return {
                "audience": audience_nodes(page, info),
                "serviceType": words(named(info, page.format).name, page),
            }
        case "BookSeries":
            since = str(page.since_year) if page.since_year else None
            return {"about": subjects(page, info), "audience": audience_nodes(page, info), "startDate": since}
        case _:
            return {
                "about": subjects(page, info),
                "audience": audience_nodes(page, info),
                "funder": funder_nodes(page, info),
            }


def organisers(page: ProgrammePage, info: Info) -> list[Node]:
    """Return the centre that runs a programme and those who organise it with the centre."""
    centre: CentrePage | None = admit(info.context, page, centre_of_programme(page, info))
    beside = related_through(page, "programme_co_organisers", "organisation")
    others = [organisation_node(page, organisation, info) for organisation in beside]
    return [*([centre_node(centre, info)] if centre is not None else []), *others]


def funder_nodes(page: ProgrammePage, info: Info) -> list[Node]:
    """Return those who pay for a programme."""
    given = related_through(page, "programme_funders", "organisation")
    return [organisation_node(page, organisation, info) for organisation in given]


def audience_nodes(page: ProgrammePage, info: Info) -> list[Node]:
    """Return whom a programme is for, in order of priority."""
    names = [
        words(named(info, audience).name, page)
        for audience in related_through(page, "programme_audiences", "audience")
    ]
    if page.kind in COURSES:
        return [{"@type": "EducationalAudience", "educationalRole": name} for name in names]
    return [{"@type": "Audience", "audienceType": name} for name in names]


def subjects(page: ProgrammePage, info: Info) -> list[Node]:
    """Return what a programme is about."""
    topics = [named(info, topic) for topic in related(page, "topics")]
    return [{"@type": "Thing", "name": words(topic.name, page)} for topic in topics]
