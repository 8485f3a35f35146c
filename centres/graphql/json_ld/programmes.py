"""The page of a programme: what it is, and those of its editions that somebody may still look for."""

from datetime import datetime
from typing import Any

from django.utils.translation import override

from centres import json_ld
from centres.dates import local_day
from centres.graphql.editions import status_of_edition
from centres.graphql.graph import graph
from centres.graphql.json_ld.editions import edition_node
from centres.graphql.json_ld.series import COURSES, programme_details, programme_node
from centres.json_ld import Node
from centres.models import Edition, EventEdition, ProgrammePage
from centres.models.choices import EditionStatus, ProgrammeKind
from cms.graphql.fields.json_ld import (
    image_object,
    or_empty,
    page_document,
)
from cms.graphql.loading.batching import related
from cms.graphql.loading.context import Info
from cms.graphql.loading.guard import admit
from cms.graphql.loading.localised import chain_of
from cms.graphql.schema.lists import listed

# Those that are over are left out, but for awards and publications, which are looked for afterwards.
_MOST_EDITIONS = 20
_NOT_OVER = [status for status in EditionStatus if status != EditionStatus.FINISHED]
_PARTS = {
    ProgrammeKind.TRAINING: "hasCourseInstance",
    ProgrammeKind.MEETING_SERIES: "hasCourseInstance",
    ProgrammeKind.CAMPAIGN: "subEvent",
    ProgrammeKind.AWARD: "subEvent",
    ProgrammeKind.QUALITY_SIGN: "subEvent",
    ProgrammeKind.PUBLICATION: "hasPart",
}


@graph.field("ProgrammePage.jsonLd")
@or_empty
def json_ld_of_programme(page: ProgrammePage, info: Info) -> str:
    image = admit(info.context, page, page.lead_image)
    with override(chain_of(page).requested):
        editions = [edition for row in _editions(page, info) if (edition := admit(info.context, page, row))]
        node = programme_node(page, info) | programme_details(page, info)
        if (name := _PARTS.get(ProgrammeKind(page.kind))) is not None:
            node[name] = [edition_node(edition, page, info) for edition in editions]
    node["image"] = image_object(image, info) if image is not None else None
    return page_document(page, info, node | _enrolment(page, editions, info))


def _editions(page: ProgrammePage, info: Info) -> list[Any]:
    if page.kind in (*COURSES, ProgrammeKind.CAMPAIGN):
        wanted = {"status": _NOT_OVER}
        return _listed(page, info, wanted, "START_ASC")
    return _listed(page, info, None, "YEAR_DESC")


def _listed(page: ProgrammePage, info: Info, wanted: Any, order: str) -> list[Any]:
    return listed(Edition).of(page, info, filter=wanted, order_by=order, first=_MOST_EDITIONS).nodes


def _enrolment(page: ProgrammePage, editions: list[Any], info: Info) -> Node:
    """Return what makes a course of several parts, for which people apply once, a programme as well."""
    if page.kind not in COURSES:
        return {}
    coming = (EditionStatus.ANNOUNCED, EditionStatus.OPEN, EditionStatus.FULL)
    for edition in editions:
        if not isinstance(edition, EventEdition) or status_of_edition(edition, info) not in coming:
            continue
        if edition.applications_close and len(related(edition, "sessions")) > 1:
            return {
                "@type": ["Course", "EducationalOccupationalProgram"],
                "applicationStartDate": _day(edition.applications_open),
                "applicationDeadline": _day(edition.applications_close),
            }
    return {}


def _day(moment: datetime | None) -> str | None:
    return None if moment is None else json_ld.day(local_day(moment))
