"""Rules between models that must not import each other. `connect` hands them to the models at start."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from centres.models.appointment import Appointment
from centres.models.centre import CentrePage
from centres.models.claims import claims_to_confirm
from centres.models.review import EffectAssessment, GoalAssessment, Review, ReviewOutcome, ReviewState
from centres.rows import Rows

ASSESSMENTS: tuple[tuple[str, str, Any], ...] = (
    ("goals", "goal", GoalAssessment),
    ("expected_effects", "effect", EffectAssessment),
)


def connect() -> None:
    """Give the models the rules that need models defined after them; called once when the app is ready."""
    CentrePage.claims_to_confirm = claims_to_confirm
    CentrePage.check_assessed_stay = check_assessed_stay
    Appointment.was_reviewed = was_reviewed


def was_reviewed(renewal: Appointment) -> bool:
    """Return whether a decided review of the centre says that its title is renewed."""
    renewals = (ReviewOutcome.RENEW, ReviewOutcome.RENEW_WITH_CONDITIONS)
    decided = Review.objects.filter(live=True, state=ReviewState.DECIDED, outcome__in=renewals)
    return decided.filter(centre_key=renewal.centre.translation_key).exists()


def check_assessed_stay(centre: Any, rows: Rows) -> None:
    """Raise a `ValidationError` where an assessed goal or effect of ``centre`` is missing from ``rows``.

    Which language the assessed row has makes no difference: a row that goes takes its twins with it.
    """
    for relation, name, assessments in ASSESSMENTS:
        kept = {row.translation_key for row in rows[relation]}
        gone = (
            assessments.objects.filter(**{f"{name}__page__translation_key": centre.translation_key})
            .exclude(**{f"{name}__translation_key__in": kept})
            .select_related(name)
            .first()
        )
        if gone is not None:
            raise ValidationError(
                _("“%(text)s” was assessed by the commission and stays. Change its text instead."),
                code="assessed",
                params={"text": getattr(gone, name).text},
            )


def put_back_assessed(draft: Any) -> list[Any]:
    """Give ``draft``, in memory, the rows of its public page that it lost before the commission assessed them.

    Returns them. If an editor adds the row again, it is not the row that was assessed.
    """
    back = []
    for relation, name, assessments in ASSESSMENTS:
        rows = getattr(draft, relation)
        assessed = assessments.objects.filter(**{f"{name}__page__translation_key": draft.translation_key})
        public = draft._meta.get_field(relation).related_model.objects.filter(page=draft.pk)
        lost = list(
            public.filter(translation_key__in=assessed.values(f"{name}__translation_key")).exclude(
                translation_key__in=[row.translation_key for row in rows.all()]
            )
        )
        rows.add(*lost)
        back += lost
    return back


def has_assessed(**pages: Any) -> bool:
    """Return whether a goal or effect is assessed on one of ``pages``, given as lookups of a page."""
    return any(
        assessments.objects.filter(
            **{f"{name}__page__{lookup}": value for lookup, value in pages.items()}
        ).exists()
        for _relation, name, assessments in ASSESSMENTS
    )
