"""Centres and what belongs to them."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from centres.graphql.filters import watch_clock
from centres.graphql.graph import graph
from centres.models import (
    Appointment,
    Audience,
    CentreIndexPage,
    CentrePage,
    Organisation,
    Partner,
    Review,
    Topic,
)
from centres.status import ReviewDue, centre_status, current_appointments, review_dues
from cms.graphql.loading.batching import batched, related
from cms.graphql.loading.context import Info
from cms.graphql.loading.localised import chain_for, chain_of, mark
from cms.graphql.loading.pages import by_key, find_by_slug, in_chain, visible
from cms.languages.sorting import sort_key


@dataclass
class OrganisationPartnership:
    """A centre that an organisation works with."""

    centre: CentrePage
    relation: str


@graph.query("centreIndex(locale: String, fallback: [String!]): CentreIndexPage")
def centre_index(_root: Any, info: Info, locale: str | None = None, fallback: list[str] | None = None) -> Any:
    """The page that lists all centres and explains what a competence centre is."""
    chain = chain_for(locale, fallback)
    rows = in_chain(info.context, visible(info.context, CentreIndexPage), chain)
    return mark(rows.order_by("path").first(), chain)


@graph.query(
    'centre("Last segment of the centre\'s path, in any locale." slug: String!, '
    "locale: String, fallback: [String!]): CentrePage"
)
def centre(
    _root: Any, info: Info, slug: str, locale: str | None = None, fallback: list[str] | None = None
) -> Any:
    """One centre by its slug. Null if there is no such public centre."""
    chain = chain_for(locale, fallback)
    keys = find_by_slug(info.context, CentrePage, [slug], chain)
    return by_key(info.context, CentrePage, keys[:1], chain).get(keys[0]) if keys else None


@graph.query(
    'organisation("Code of the organisation, such as nuk." code: String!, locale: String): Organisation'
)
def organisation(_root: Any, info: Info, code: str, locale: str | None = None) -> Any:
    """One organisation by its code. Null if there is no such organisation."""
    chain = chain_for(locale)
    return mark(visible(info.context, Organisation).filter(code=code).first(), chain)


@graph.query("topics(locale: String): [Term!]!")
def topics(_root: Any, info: Info, locale: str | None = None) -> list[Any]:
    """All topics, for lists of filters."""
    return _terms(info, Topic, locale)


@graph.query("audiences(locale: String): [Term!]!")
def audiences(_root: Any, info: Info, locale: str | None = None) -> list[Any]:
    """All audiences, for lists of filters."""
    return _terms(info, Audience, locale)


def _terms(info: Info, model: Any, locale: str | None) -> list[Any]:
    chain = chain_for(locale)
    rows = [mark(row, chain) for row in visible(info.context, model)]
    return sorted(
        rows, key=lambda row: (row.sort_order, sort_key(row.name.pick(chain.codes)[0], chain.requested))
    )


@graph.field("CentrePage.partners")
def partners(page: CentrePage, _info: Info, relation: list[str] | None = None) -> list[Any]:
    return [
        partner for partner in related(page, "partners") if relation is None or partner.relation in relation
    ]


@graph.field("CentrePage.appointments")
def appointments(page: CentrePage, info: Info) -> list[Any]:
    return _records(
        page, "appointments", lambda: visible(info.context, Appointment).order_by("-decided_on", "-pk")
    )


@graph.field("CentrePage.currentAppointment")
def current_appointment(page: CentrePage, info: Info) -> Any:
    return next((record for record in appointments(page, info) if is_current(record, info)), None)


@graph.field("Appointment.current")
def is_current(appointment: Appointment, info: Info) -> bool:
    watch_clock(info.context)

    def load(group: list[Any]) -> dict[Any, bool]:
        rows = current_appointments(info.context.now).filter(pk__in=[row.pk for row in group])
        return dict.fromkeys(rows.values_list("pk", flat=True), True)

    return bool(batched(appointment, "current", load, bool))


@graph.field("CentrePage.reviews")
def reviews(page: CentrePage, info: Info) -> list[Any]:
    return _records(page, "reviews", lambda: visible(info.context, Review).order_by("-due_on", "-pk"))


def _records(page: CentrePage, name: str, rows: Callable[[], Any]) -> list[Any]:
    """Return the commission's records of a centre, which are the same for all its translations."""

    def load(group: list[Any]) -> dict[Any, list[Any]]:
        found: dict[Any, list[Any]] = defaultdict(list)
        for record in rows().filter(centre_key__in={row.translation_key for row in group}):
            found[record.centre_key].append(record)
        return {row.pk: found[row.translation_key] for row in group}

    return list(batched(page, name, load))


@graph.field("CentrePage.status")
def status(page: CentrePage, info: Info) -> str:
    watch_clock(info.context)

    def load(group: list[Any]) -> dict[Any, str]:
        rows = CentrePage.objects.filter(pk__in=[row.pk for row in group])
        return dict(rows.annotate(now_is=centre_status(info.context.now)).values_list("pk", "now_is"))

    return str(batched(page, "status", load, lambda: "CANDIDATE"))


@graph.field("CentrePage.reviewDue")
def review_due(page: CentrePage, info: Info) -> ReviewDue | None:
    def load(group: list[Any]) -> dict[Any, ReviewDue | None]:
        dues = review_dues({row.translation_key for row in group}, info.context.now)
        return {row.pk: dues.get(row.translation_key) for row in group}

    return batched(page, "review_due", load, lambda: None)


@graph.field("Organisation.partnerOf")
def partner_of(organisation: Organisation, info: Info) -> list[OrganisationPartnership]:
    chain = chain_of(organisation)

    def load(group: list[Any]) -> dict[Any, list[OrganisationPartnership]]:
        rows = Partner.objects.filter(organisation__in=[row.pk for row in group]).filter(
            info.context.gate.q(CentrePage, "page__")
        )
        named = list(rows.values_list("organisation_id", "page__translation_key", "relation").order_by("pk"))
        pages = by_key(info.context, CentrePage, {key for _pk, key, _relation in named}, chain)
        found: dict[Any, dict[Any, OrganisationPartnership]] = defaultdict(dict)
        for pk, key, relation in named:
            if key in pages:
                found[pk].setdefault((key, relation), OrganisationPartnership(pages[key], relation))
        return {pk: sorted(some.values(), key=lambda one: one.centre.sort_key) for pk, some in found.items()}

    return list(batched(organisation, ("partner_of", chain.codes), load))
