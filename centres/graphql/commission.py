"""The commission and its records. What belongs to a review's findings is shown only after the decision."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Q

from centres.graphql.graph import graph
from centres.models import (
    CentrePage,
    CommissionPage,
    EffectAssessment,
    Goal,
    GoalAssessment,
    LegalBasis,
    Review,
    ReviewCycle,
)
from cms.graphql.fields.partial_date import PartialDate
from cms.graphql.loading.batching import batched, related
from cms.graphql.loading.context import Info
from cms.graphql.loading.localised import chain_for, chain_of, hand_on, mark
from cms.graphql.loading.pages import by_key, in_chain, locale_ids, visible


@graph.query("commission(locale: String, fallback: [String!]): CommissionPage")
def commission(_root: Any, info: Info, locale: str | None = None, fallback: list[str] | None = None) -> Any:
    """Page of the commission that appoints and reviews the centres."""
    chain = chain_for(locale, fallback)
    rows = in_chain(info.context, visible(info.context, CommissionPage), chain)
    return mark(rows.order_by("path").first(), chain)


@graph.query(
    'legalBases("Kinds to return. Omit it for all kinds." kind: [LegalBasisKind!], '
    '"Return only entries that are in force on this day." validOn: Date, locale: String): [LegalBasis!]!'
)
def legal_bases(
    _root: Any,
    info: Info,
    kind: list[str] | None = None,
    valid_on: date | None = None,
    locale: str | None = None,
) -> list[Any]:
    """Regulations, recommendations, standards and strategies on which the centres' work is based."""
    chain = chain_for(locale)
    rows = visible(info.context, LegalBasis).order_by("kind", "valid_from", "pk")
    if kind is not None:
        rows = rows.filter(kind__in=kind)
    if valid_on is not None:
        rows = rows.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=valid_on))
        rows = rows.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=valid_on))
    return [mark(row, chain) for row in rows]


@graph.field("CommissionPage.reviewCycles")
def review_cycles(_page: CommissionPage, info: Info) -> list[Any]:
    return list(visible(info.context, ReviewCycle).order_by("-starts_on", "-pk"))


@graph.field("ReviewCycle.to")
def end_of_cycle(cycle: ReviewCycle, _info: Info) -> PartialDate:
    return PartialDate(cycle.ends_on, cycle.ends_on_precision)


@graph.field("ReviewCycle.reviews")
def reviews_of_cycle(cycle: ReviewCycle, info: Info) -> list[Any]:
    chain = chain_of(cycle)

    def load(group: list[Any]) -> dict[Any, list[Any]]:
        found: dict[Any, list[Any]] = defaultdict(list)
        centres = visible(info.context, CentrePage).filter(locale__in=locale_ids(info.context, chain))
        rows = visible(info.context, Review).filter(cycle__in=[row.pk for row in group])
        rows = rows.filter(centre_key__in=centres.values("translation_key"))
        for review in rows.order_by("due_on", "pk"):
            found[review.cycle_id].append(review)
        return found

    return list(batched(cycle, ("reviews", chain.codes), load))


@graph.field("Review.centre")
def centre_of_review(review: Review, info: Info) -> Any:
    chain = chain_of(review)

    def load(group: list[Any]) -> dict[Any, Any]:
        pages = by_key(info.context, CentrePage, {row.centre_key for row in group}, chain)
        return {row.pk: pages.get(row.centre_key) for row in group}

    return batched(review, ("centre", chain.codes), load, lambda: None)


@graph.field("Review.adequacy", "Review.outcome")
def finding(review: Review, info: Info) -> str | None:
    return (getattr(review, info.field_name) or None) if review.is_decided else None


@graph.field("Review.publicSummary")
def public_summary(review: Review, _info: Info) -> str:
    return review.public_summary.pick(chain_of(review).codes)[0] if review.is_decided else ""


@graph.field("Review.goalAssessments")
def goal_assessments(review: Review, info: Info) -> list[Any]:
    return _assessments(review, "goal_assessments", assessed_goal, info)


@graph.field("Review.effectAssessments")
def effect_assessments(review: Review, info: Info) -> list[Any]:
    return _assessments(review, "effect_assessments", assessed_effect, info)


def _assessments(review: Review, name: str, assessed: Callable[..., Any], info: Info) -> list[Any]:
    """Return the assessments of what stands on a page that the visitor may see; none before the decision."""
    rows = related(review, name) if review.is_decided else []
    for row in rows:
        hand_on(review, row)
    return [row for row in rows if assessed(row, info) is not None]


@graph.field("GoalAssessment.goal")
def assessed_goal(assessment: GoalAssessment, info: Info) -> Any:
    return _in_locale(assessment, "goal", info)


@graph.field("EffectAssessment.effect")
def assessed_effect(assessment: EffectAssessment, info: Info) -> Any:
    return _in_locale(assessment, "effect", info)


def _in_locale(assessment: Any, name: str, info: Info) -> Any:
    """Return the goal or effect of the centre's page in the best locale of the chain."""
    context, chain = info.context, chain_of(assessment)

    def load(group: list[Any]) -> dict[Any, Any]:
        own = {row.pk: getattr(row, name) for row in group}
        model = type(next(iter(own.values()))) if own else Goal
        order = {pk: place for place, pk in enumerate(locale_ids(context, chain))}
        in_chain = Q(
            translation_key__in={row.translation_key for row in own.values()}, page__locale__in=order
        )
        # Where no locale of the chain has it, the row that was assessed, if its page may be seen.
        twins = model.objects.filter(
            in_chain | Q(pk__in={row.pk for row in own.values()}), context.gate.q(CentrePage, "page__")
        ).select_related("page")
        best: dict[Any, Any] = {}
        for twin in sorted(twins, key=lambda row: -order.get(row.page.locale_id, len(order))):
            best[twin.translation_key] = twin
        return {pk: best.get(row.translation_key) for pk, row in own.items()}

    return batched(assessment, (name, chain.codes), load, lambda: None)
