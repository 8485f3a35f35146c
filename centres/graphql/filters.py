"""Conditions of lists that no column has alone. An unknown code or slug finds nothing and is no error."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.lookups import In

from centres.graphql.graph import graph
from centres.graphql.rows import visible_editions
from centres.identifiers import isbn_key
from centres.models import (
    AwardEdition,
    AwardResult,
    CentrePage,
    Contributor,
    Edition,
    EventEdition,
    Partner,
    ProgrammePage,
)
from centres.models.choices import EditionStatus
from centres.status import centre_status, has_status, next_status_boundary, review_due
from cms.graphql.loading.conditions import plain, within
from cms.graphql.loading.context import Context
from cms.graphql.loading.pages import find_by_slug, visible
from cms.graphql.schema.lists import listed
from cms.languages.locales import LocaleChain
from cms.running.rows_read import uncounted

Rows = models.QuerySet[Any]


def watch_clock(context: Context) -> None:
    """Note that the response depends on statuses, so that it is not cached beyond the next possible change."""
    if "states" not in context.store:
        context.store["states"] = True
        context.valid_until(_boundary(context))


@lru_cache(maxsize=4)
def _known(_version: int) -> dict[datetime, datetime | None]:
    """Return a dictionary for the boundary of a content version after the time at which it was looked for."""
    return {}


def _boundary(context: Context) -> datetime | None:
    """Return the next time at which a status changes; read once for each content version and boundary."""
    known, now = _known(context.version), context.now
    for since, until in list(known.items()):
        if since <= now and (until is None or now < until):
            return until
    with uncounted():
        until = next_status_boundary(now)
    known.clear()
    known[now] = until
    return until


@graph.condition("CentreFilter.status: [CentreStatus!]")
def status_of_centre(context: Context, _chain: LocaleChain, value: list[str]) -> Q:
    """Statuses that the centre has today."""
    watch_clock(context)
    return Q(In(centre_status(context.now), value)) if value else Q(pk__in=())


@graph.condition("CentreFilter.reviewDue: DateRange")
def review_due_within(context: Context, _chain: LocaleChain, value: dict[str, datetime | None]) -> Q:
    """Days in which the next review is due."""
    due = CentrePage.objects.annotate(due=review_due(context.now)).filter(within("due", value))
    return Q(pk__in=due.order_by().values("pk"))


@graph.condition("ProgrammeFilter.centre: [String!]")
def centre_of_programme(context: Context, chain: LocaleChain, value: list[str]) -> Q:
    """Slugs of centres that run the programme."""
    return Q(centre_key__in=find_by_slug(context, CentrePage, value, chain))


@graph.condition("ProgrammeFilter.hasOpenEdition: Boolean")
def has_open_edition(context: Context, _chain: LocaleChain, value: bool) -> Q:
    """Whether an edition of the programme is open for applications now."""
    watch_clock(context)
    editions = visible(context, EventEdition).filter(programme_key=OuterRef("translation_key"))
    taking = Exists(editions.filter(has_status(context.now, [EditionStatus.OPEN])).values("pk"))
    return Q(taking) if value else ~Q(taking)


@graph.condition("ProgrammeFilter.editions: EditionFilter")
def has_edition(context: Context, chain: LocaleChain, value: dict[str, Any]) -> Q:
    """Conditions that a single edition of the programme must meet."""
    editions = visible(context, Edition).filter(listed(Edition).conditions.of(context, chain, value))
    return Q(translation_key__in=editions.order_by().values("programme_key"))


def _of_programmes(context: Context, condition: Q) -> Q:
    """Return the condition for editions of programmes that the visitor may see."""
    programmes = visible(context, ProgrammePage).filter(condition)
    return Q(programme_key__in=programmes.order_by().values("translation_key"))


@graph.condition("EditionFilter.centre: [String!]")
def centre_of_edition(context: Context, chain: LocaleChain, value: list[str]) -> Q:
    """Slugs of centres that run the edition's programme."""
    return _of_programmes(context, Q(centre_key__in=find_by_slug(context, CentrePage, value, chain)))


@graph.condition("EditionFilter.programme: [String!]")
def programme_of_edition(context: Context, chain: LocaleChain, value: list[str]) -> Q:
    """Slugs of programmes that the edition belongs to."""
    return Q(programme_key__in=find_by_slug(context, ProgrammePage, value, chain))


@graph.condition("EditionFilter.kind: [ProgrammeKind!]")
def kind_of_edition(context: Context, _chain: LocaleChain, value: list[str]) -> Q:
    """Kinds of programmes that the edition belongs to."""
    return _of_programmes(context, Q(kind__in=value))


@graph.condition("EditionFilter.audience: [String!]")
def audience_of_edition(context: Context, _chain: LocaleChain, value: list[str]) -> Q:
    """Codes of audiences of the edition's programme."""
    return _of_programmes(context, Q(programme_audiences__audience__code__in=value))


@graph.condition("EditionFilter.topic: [String!]")
def topic_of_edition(context: Context, _chain: LocaleChain, value: list[str]) -> Q:
    """Codes of topics of the edition's programme."""
    return _of_programmes(context, Q(topics__code__in=value))


@graph.condition("EditionFilter.titleContains: String")
def title_of_edition(context: Context, _chain: LocaleChain, value: str) -> Q:
    """Part of the programme's title. Case and accents are ignored."""
    return _of_programmes(context, Q(folded_title__contains=plain(value)))


@graph.condition("EditionFilter.status: [EditionStatus!]")
def status_of_edition(context: Context, _chain: LocaleChain, value: list[str]) -> Q:
    """Statuses that the edition has now."""
    watch_clock(context)
    return has_status(context.now, value)


def _events(condition: Q) -> Q:
    return Q(pk__in=EventEdition.objects.filter(condition).order_by().values("pk"))


@graph.condition("EditionFilter.mode: [DeliveryMode!]")
def mode(_context: Context, _chain: LocaleChain, value: list[str]) -> Q:
    """How people take part in the event."""
    return _events(Q(mode__in=value))


@graph.condition("EditionFilter.free: Boolean")
def free(_context: Context, _chain: LocaleChain, value: bool) -> Q:
    """Whether the event is free of charge."""
    return _events(Q(free=value))


@graph.condition("EditionFilter.rescheduled: Boolean")
def rescheduled(_context: Context, _chain: LocaleChain, value: bool) -> Q:
    """Whether the event was moved to another date after publication."""
    return _events(Q(rescheduled=value))


@graph.condition("EditionFilter.hasFreeSeats: Boolean")
def has_free_seats(_context: Context, _chain: LocaleChain, value: bool) -> Q:
    """Whether seats are still available."""
    left = (
        Q(capacity__isnull=True)
        | Q(capacity__gt=F("availability__seats_taken"))
        | Q(availability__isnull=True)
    )
    return _events(left if value else ~left)


@graph.condition("EditionFilter.applicationsOpen: DateTimeRange")
def applications_open(_context: Context, _chain: LocaleChain, value: dict[str, datetime | None]) -> Q:
    """Range of times in which applications open."""
    return _events(within("applications_open", value))


@graph.condition("EditionFilter.city: [String!]")
def city(_context: Context, _chain: LocaleChain, value: list[str]) -> Q:
    """Cities in which the event takes place, spelt as in the venue's address."""
    return _events(Q(venue__city__in=value))


@graph.condition("OrganisationFilter.partnerOf: [String!]")
def partner_of(context: Context, chain: LocaleChain, value: list[str]) -> Q:
    """Slugs of centres that name the organisation as a partner."""
    keys = find_by_slug(context, CentrePage, value, chain)
    partners = Partner.objects.filter(page__in=visible(context, CentrePage).filter(translation_key__in=keys))
    return Q(pk__in=partners.order_by().values("organisation"))


@graph.condition("OrganisationFilter.host: Boolean")
def host(context: Context, _chain: LocaleChain, value: bool) -> Q:
    """Whether the organisation hosts a centre."""
    hosting = Exists(visible(context, CentrePage).filter(host=OuterRef("pk")).values("pk"))
    return Q(hosting) if value else ~Q(hosting)


@graph.condition("BookFilter.isbn: [String!]")
def isbn(_context: Context, _chain: LocaleChain, value: list[str]) -> Q:
    """ISBN of the book, with 10 or 13 digits, with or without hyphens."""
    return Q(isbn_key__in={isbn_key(one) for one in value} - {""})


def awarded_results(context: Context, chain: LocaleChain) -> Rows:
    """Return the results by which books got an award, in editions that the visitor may see."""
    editions = visible_editions(context, chain, AwardEdition)
    return AwardResult.objects.filter(edition__in=editions.values("pk"), outcome="AWARDED")


@graph.condition("BookFilter.awarded: Boolean")
def awarded(context: Context, chain: LocaleChain, value: bool) -> Q:
    """Whether the book received an award."""
    given = Exists(awarded_results(context, chain).filter(books=OuterRef("pk")))
    return Q(given) if value else ~Q(given)


@graph.condition("BookFilter.contributor: String", beside=("role",))
def contributor(_context: Context, _chain: LocaleChain, value: str, role: str | None) -> Q:
    """Part of a contributor's name. Case and accents are ignored."""
    people = Contributor.objects.filter(folded_name__contains=plain(value))
    people = people.filter(role=role) if role else people  # one and the same contributor
    return Q(pk__in=people.order_by().values("book"))


@graph.condition("BookFilter.role: ContributorRole")
def role(_context: Context, _chain: LocaleChain, value: str) -> Q:
    """Role of the contributor. Combine it with `contributor`."""
    return Q(pk__in=Contributor.objects.filter(role=value).order_by().values("book"))


@graph.condition("BookFilter.award: [String!]")
def award(context: Context, chain: LocaleChain, value: list[str]) -> Q:
    """Slugs of award programmes that awarded the book."""
    keys = find_by_slug(context, ProgrammePage, value, chain)
    return _of_results(awarded_results(context, chain).filter(edition__programme_key__in=keys))


@graph.condition("BookFilter.category: [String!]")
def category(context: Context, chain: LocaleChain, value: list[str]) -> Q:
    """Codes of categories in which the book was awarded."""
    return _of_results(awarded_results(context, chain).filter(category__code__in=value))


def _of_results(results: Rows) -> Q:
    through = AwardResult.books.through.objects.filter(awardresult__in=results.order_by().values("pk"))
    return Q(pk__in=through.values("book"))
