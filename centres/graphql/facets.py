"""What programmes and editions are counted by. Each value can be chosen as a filter, and leaves as many."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from centres.graphql.graph import graph
from centres.models import Audience, CentrePage, Edition, ProgrammeAudience, Topic
from centres.models.choices import ProgrammeKind
from centres.models.event import DeliveryMode
from cms.graphql.loading.context import Context
from cms.graphql.loading.facets import Counted, Facet, Label, Rows
from cms.graphql.loading.pages import by_key, visible
from cms.languages.locales import LocaleChain

type Describe = Callable[[Context, LocaleChain, Collection[Any]], Mapping[Any, Label]]


def _choices(choices: Any) -> Describe:
    def describe(_context: Context, chain: LocaleChain, values: Collection[Any]) -> Mapping[Any, Label]:
        with override(chain.requested):
            return {value: Label(value, str(choices(value).label)) for value in values}

    return describe


def _terms(model: Any) -> Describe:
    def describe(context: Context, chain: LocaleChain, values: Collection[Any]) -> Mapping[Any, Label]:
        terms = visible(context, model).filter(pk__in=values) if values else ()
        return {term.pk: Label(term.code, term.name.pick(chain.codes)[0]) for term in terms}

    return describe


def _centres(context: Context, chain: LocaleChain, values: Collection[Any]) -> Mapping[Any, Label]:
    pages = by_key(context, CentrePage, values, chain)
    return {key: Label(page.slug, page.short_name) for key, page in pages.items()}


def _months(_context: Context, chain: LocaleChain, values: Collection[Any]) -> Mapping[Any, Label]:
    with override(chain.requested):
        return {month: Label(f"{month:%Y-%m}", date_format(month, "F Y")) for month in values}


def _month() -> Any:
    return TruncMonth("starts_at", tzinfo=timezone.get_default_timezone())


def _by(path: str) -> Callable[[Context, Rows], Counted]:
    return lambda _context, rows: Counted(rows, F(path))


def _by_audience(path: str) -> Callable[[Context, Rows], Counted]:
    """Count by the audiences of programmes; one that is there twice counts once, as it is found once."""
    earlier = ProgrammeAudience.objects.filter(
        page=OuterRef("page"), audience=OuterRef("audience"), pk__lt=OuterRef("pk")
    )
    first = ProgrammeAudience.objects.filter(~Exists(earlier))

    def counted(_context: Context, rows: Rows) -> Counted:
        return Counted(rows.filter(**{f"{path}__in": first}), F(f"{path}__audience"))

    return counted


def _by_edition(value: Callable[[], Any]) -> Callable[[Context, Rows], Counted]:
    """Count the programmes that have an edition with that value."""

    def counted(context: Context, programmes: Rows) -> Counted:
        of_programmes = programmes.values("translation_key")
        editions = visible(context, Edition).filter(programme_key__in=of_programmes)
        return Counted(editions, value(), "programme_key", "programme__centre_key")

    return counted


graph.facets_of(
    "Programme",
    Facet("CENTRE", _by("centre_key"), _centres),
    Facet("TOPIC", _by("topics"), _terms(Topic)),
    Facet("AUDIENCE", _by_audience("programme_audiences"), _terms(Audience)),
    Facet("KIND", _by("kind"), _choices(ProgrammeKind)),
    Facet("MODE", _by_edition(lambda: F("eventedition__mode")), _choices(DeliveryMode)),
    Facet("MONTH", _by_edition(_month), _months),
)
graph.facets_of(
    "Edition",
    # A programme's facts are the same in every locale, so any of its pages will do.
    Facet("CENTRE", _by("programme__centre_key"), _centres),
    Facet("TOPIC", _by("programme__topics"), _terms(Topic)),
    Facet("AUDIENCE", _by_audience("programme__programme_audiences"), _terms(Audience)),
    Facet("KIND", _by("programme__kind"), _choices(ProgrammeKind)),
    Facet("MODE", _by("eventedition__mode"), _choices(DeliveryMode)),
    Facet("MONTH", lambda _context, rows: Counted(rows, _month()), _months),
)
