"""Who: organisations, centres with the titles that they hold, the commission."""

from typing import Any

from centres import json_ld
from centres.graphql.centres import appointments, is_current, partners, reviews
from centres.graphql.contacts import staff
from centres.graphql.graph import graph
from centres.json_ld import Node
from centres.models import CentrePage, CommissionPage, Organisation, ProgrammePage
from centres.models.organisations import OrganisationKind
from cms.graphql.fields.json_ld import (
    image_object,
    named,
    or_empty,
    page_document,
)
from cms.graphql.loading.batching import related
from cms.graphql.loading.context import Info
from cms.graphql.loading.guard import admit
from cms.graphql.loading.localised import hand_on, words
from cms.graphql.schema.lists import listed
from cms.site import absolute_url, frontend_url


def organisation_node(source: Any, organisation: Organisation, info: Info) -> Node:
    """Return the node of an organisation that ``source`` names, in the language of ``source``."""
    named(info, organisation)
    return json_ld.organisation(
        f"{frontend_url()}/#organisation-{organisation.code}",
        words(organisation.name, source),
        is_library=organisation.kind == OrganisationKind.LIBRARY,
        acronym=organisation.acronym,
        url=organisation.url,
        city=organisation.city,
        isil=organisation.isil,
        same_as=organisation.same_as_list,
    )


def centre_id(page: CentrePage) -> str:
    """Return the identifier of a centre, which is not that of its page."""
    return f"{absolute_url(page.url_path)}#centre"


def centre_node(page: CentrePage, info: Info) -> Node:
    """Return what every mention of a centre says of it; one that trains people is educational."""
    trains = listed(ProgrammePage).of(page, info, filter={"kind": ["TRAINING"]}, first=1).nodes
    return {
        "@type": "EducationalOrganization" if trains else "Organization",
        "@id": centre_id(page),
        "name": page.official_name,
        "url": absolute_url(page.url_path),
        "parentOrganization": organisation_node(page, page.host, info),
    }


@graph.field("CentrePage.jsonLd")
@or_empty
def json_ld_of_centre(page: CentrePage, info: Info) -> str:
    image = admit(info.context, page, page.lead_image)
    names = [page.short_name, *page.name_variant_list]
    more = {
        "alternateName": [name for name in names if name != page.official_name],
        "description": page.summary,
        "email": page.contact_email,
        "telephone": page.contact_phone,
        "address": page.contact_address,
        "sameAs": page.contact_url,
        "image": image_object(image, info) if image is not None else None,
        "knowsAbout": _subjects(page, info),
        "employee": [_employee(member, info) for member in _below(page, staff(page, info))],
        "funder": [
            organisation_node(page, row.organisation, info) for row in partners(page, info, ["FUNDS"])
        ],
        "hasCertification": _certifications(page, info),
    }
    return page_document(page, info, centre_node(page, info) | more)


def _subjects(page: CentrePage, info: Info) -> list[str]:
    terms = [page.competence_field, *related(page, "related_fields"), *related(page, "topics")]
    return list(dict.fromkeys(words(named(info, term).name, page) for term in terms))


def _employee(member: Any, info: Info) -> Node:
    person = named(info, member.person)
    return json_ld.person(person.name, person.same_as_list, jobTitle=member.role)


def _certifications(page: CentrePage, info: Info) -> list[Node]:
    """Return the titles that the commission gave, the newest first; a withdrawal only ends one."""
    audits = {
        review.appointment_id: review.decided_on
        for review in reviews(page, info)
        if named(info, review).is_decided
    }
    return [
        json_ld.certification(
            words(act.title_awarded, page),
            organisation_node(page, act.issuer, info),
            active=is_current(act, info),
            datePublished=json_ld.partial_date(act.decided_on, act.decided_on_precision),
            validFrom=json_ld.partial_date(act.valid_from, act.valid_from_precision),
            expires=json_ld.partial_date(act.valid_until, act.valid_until_precision),
            auditDate=json_ld.day(audits.get(act.pk)),
        )
        for act in _below(page, appointments(page, info))
        if named(info, act).is_term
    ]


def _below(source: Any, rows: list[Any]) -> list[Any]:
    for row in rows:
        hand_on(source, row)
    return rows


@graph.field("CommissionPage.jsonLd")
@or_empty
def json_ld_of_commission(page: CommissionPage, info: Info) -> str:
    commission = {
        "@type": "Organization",
        "@id": f"{absolute_url(page.url_path)}#commission",
        "name": page.title,
        "description": page.summary,
        "url": absolute_url(page.url_path),
        "parentOrganization": organisation_node(page, page.parent_body, info),
    }
    return page_document(page, info, commission)


@graph.field("CentreIndexPage.jsonLd")
@or_empty
def json_ld_of_index(page: Any, info: Info) -> str:
    return page_document(page, info, kind="CollectionPage")
