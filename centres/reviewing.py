"""The life of a review: planned, self-report, in review, decided. Every step is taken whole or not at all.

Each function works on the newest draft, publishes it and raises `ValidationError`: with the code ``wrong_state``
where the review is elsewhere, ``partial`` for somebody whom the host library employs, ``no_self_report`` where
there is nothing to hand in, and with the messages of the models' own rules.
"""

from functools import reduce
from operator import or_
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from centres.dates import add_months
from centres.models import Appointment, CentreTeam, Review
from centres.models.appointment import AppointmentAct
from centres.models.review import ReviewOutcome, ReviewState
from centres.rights.policies import is_partial
from cms.fields import DatePrecision
from cms.publishing.operation import keep_others_waiting, operation

# The state before and after each step.
STEPS = {
    "open": (ReviewState.PLANNED, ReviewState.SELF_REPORT),
    "hand_in": (ReviewState.SELF_REPORT, ReviewState.IN_REVIEW),
    "begin": (ReviewState.SELF_REPORT, ReviewState.IN_REVIEW),
    "return": (ReviewState.IN_REVIEW, ReviewState.SELF_REPORT),
    "decide": (ReviewState.IN_REVIEW, ReviewState.DECIDED),
}


def may_write_self_report(user: Any, review: Review) -> bool:
    """Return whether ``user`` is of the team of the centre under review, and it is the centre's turn."""
    return review.state == ReviewState.SELF_REPORT and _is_of_team(user, review, ("editors", "leads"))


def may_hand_in(user: Any, review: Review) -> bool:
    """Return whether ``user`` leads the centre under review, and it is the centre's turn."""
    return review.state == ReviewState.SELF_REPORT and _is_of_team(user, review, ("leads",))


def may_lead(user: Any) -> bool:
    """Return whether ``user`` leads reviews through their states, as the secretary of the commission does."""
    return bool(user.has_perm("centres.publish_review"))


@operation()
def write_self_report(review: Review, text: str, user: Any) -> None:
    """Keep ``text`` as the centre's account of its goals and effects."""
    draft = _draft(review, ReviewState.SELF_REPORT)
    draft.self_report = text
    _publish(draft, user)


@operation()
def open_self_report(review: Review, user: Any) -> None:
    """Ask the centre for its self-report."""
    _move(review, "open", user)


@operation()
def hand_in(review: Review, user: Any) -> None:
    """Hand the self-report to the commission; the centre can no longer change it."""
    if not _locked(review).self_report.strip():
        raise ValidationError(
            _("The self-report is empty. Write and save it, then hand it in."), code="no_self_report"
        )
    _move(review, "hand_in", user)


@operation()
def begin(review: Review, user: Any) -> None:
    """Begin the commission's review without waiting any longer for the self-report."""
    _move(review, "begin", user)


@operation()
def return_to_centre(review: Review, user: Any) -> None:
    """Give the self-report back to the centre, which completes it."""
    _move(review, "return", user)


@operation()
def decide(review: Review, user: Any) -> Appointment:
    """Close the review as its outcome says, and write the renewal or the withdrawal that follows from it.

    Returns the appointment; that of a review that was decided before is returned again.
    """
    if (written := Appointment.objects.filter(review=_locked(review)).first()) is not None:
        return written
    if is_partial(user, review.centre):
        raise ValidationError(
            _("The library of this centre employs you, so you cannot decide. Ask another member."),
            code="partial",
        )
    decided = _move(review, "decide", user)
    appointment = following(decided)
    appointment.full_clean()
    appointment.save()
    appointment.save_revision(user=user).publish(user=user, skip_permission_checks=True)
    return appointment


def foreseen(review: Review) -> Appointment:
    """Return, unsaved, the appointment that `decide` would write now, with its last day.

    Raises `ValidationError` with what `decide` would refuse, whoever decides.
    """
    draft: Review = review.get_latest_revision_as_object()
    draft.state = ReviewState.DECIDED
    draft.full_clean()
    appointment = following(draft)
    appointment.valid_until = appointment.term_end()
    try:
        appointment.full_clean()
    except ValidationError as error:
        error.error_dict.pop("act", None)  # a renewal needs a decided review, and this one is not decided yet
        if error.error_dict:
            raise
    return appointment


def following(review: Review) -> Appointment:
    """Return, unsaved, the appointment that follows from the outcome of a decided ``review``.

    A new term begins where the old one ends, as exactly as its first day was known; one that has run out
    already restarts on the day of the decision. A withdrawal counts from the day of the decision.
    """
    term, day = review.appointment, review.decided_on
    if day is None or term.valid_until is None or term.term_months is None:
        raise ValueError("Only a decided review of a term has something that follows.")
    appointment = Appointment(
        review=review,
        centre=review.centre,
        act=AppointmentAct.RENEWED,
        title_awarded=term.title_awarded,
        level=term.level,
        issuer=term.issuer,
        decided_on=day,
        decided_on_precision=DatePrecision.DAY,
        valid_from=day,
        valid_from_precision=DatePrecision.DAY,
        term_months=term.term_months,
        supersedes=term,
    )
    if review.outcome == ReviewOutcome.WITHDRAW:
        appointment.act = AppointmentAct.WITHDRAWN
        appointment.term_months = None
        appointment.reason = review.public_summary
    elif day <= term.valid_until:
        appointment.valid_from = add_months(term.valid_from, term.term_months)
        appointment.valid_from_precision = term.valid_from_precision
    return appointment


def _move(review: Review, step: str, user: Any) -> Review:
    before, after = STEPS[step]
    draft = _draft(review, before)
    draft.state = after
    _publish(draft, user)
    log(instance=draft, action=f"centres.review.{step}", user=user)
    return draft


def _draft(review: Review, state: ReviewState) -> Review:
    """Return the newest draft of ``review``, which must be in ``state``."""
    row = _locked(review)
    if row.state != state:
        raise ValidationError(
            _("This review is now in the state “%(now)s”; this step is only for “%(needed)s”."),
            code="wrong_state",
            params={"now": row.get_state_display(), "needed": state.label},
        )
    draft: Review = row.get_latest_revision_as_object()
    draft.state = row.state
    return draft


def _locked(review: Review) -> Review:
    keep_others_waiting(review)
    return Review.objects.get(pk=review.pk)


def _publish(draft: Review, user: Any) -> None:
    draft.full_clean()
    draft.save_revision(user=user, clean=False).publish(user=user, skip_permission_checks=True)


def _is_of_team(user: Any, review: Review, parts: tuple[str, ...]) -> bool:
    own = reduce(or_, (Q(**{f"{part}__user": user}) for part in parts))
    return bool(user.is_superuser) or CentreTeam.objects.filter(own, centre_key=review.centre_key).exists()
