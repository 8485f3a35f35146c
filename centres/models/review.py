"""Reviews of centres by the commission."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from grapple.models import GraphQLForeignKey, GraphQLString
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    ObjectList,
    PageChooserPanel,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.models import DraftStateMixin, LockableMixin, Orderable, RevisionMixin, WorkflowMixin

from centres.forms import RowsForm
from centres.models.appointment import Appointment
from centres.models.centre import CentrePage
from centres.models.centre_rows import ExpectedEffect, Goal
from centres.models.commission import ReviewCycle
from centres.models.drafts import SurvivingDraft
from centres.models.organisations import Person
from centres.rows import RowRules, Rows
from cms.fields import DatePrecision, LocalisedTextField, ProtectedManyToManyField
from cms.graphql_fields import field
from cms.models.at_once import PublishedAtOnce
from cms.models.live_check import LiveCheck


class ReviewState(models.TextChoices):
    PLANNED = "PLANNED", _("planned")
    SELF_REPORT = "SELF_REPORT", _("self-report")
    IN_REVIEW = "IN_REVIEW", _("in review")
    DECIDED = "DECIDED", _("decided")


OPEN_STATES = (ReviewState.SELF_REPORT, ReviewState.IN_REVIEW)


class Adequacy(models.TextChoices):
    ADEQUATE = "ADEQUATE", _("adequate")
    PARTLY = "PARTLY", _("partly adequate")
    NOT_ADEQUATE = "NOT_ADEQUATE", _("not adequate")


class ReviewOutcome(models.TextChoices):
    RENEW = "RENEW", _("renew")
    RENEW_WITH_CONDITIONS = "RENEW_WITH_CONDITIONS", _("renew with conditions")
    WITHDRAW = "WITHDRAW", _("withdraw")


class Achievement(models.TextChoices):
    ACHIEVED = "ACHIEVED", _("achieved")
    PARTLY = "PARTLY", _("partly achieved")
    NOT_ACHIEVED = "NOT_ACHIEVED", _("not achieved")


class Review(  # type: ignore[django-manager-missing]  # rows below it are untyped
    SurvivingDraft,
    RowRules,
    PublishedAtOnce,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    ClusterableModel,
):
    """The commission's review of one centre at the end of a term.

    Internal notes, self-reports and reviewers are never part of the public graph.
    """

    centre = models.ForeignKey(
        CentrePage,
        verbose_name=_("centre"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Who is reviewed; the centre's page in any language."),
    )
    centre_key = models.UUIDField(editable=False, db_index=True)
    appointment: Any = models.ForeignKey(
        Appointment,
        verbose_name=_("appointment"),
        null=True,  # in a draft
        on_delete=models.PROTECT,
        related_name="reviews",
        help_text=_("The term that is reviewed; its last day is the day by which the review is due."),
    )
    cycle = models.ForeignKey(
        ReviewCycle,
        verbose_name=_("review cycle"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reviews",
        help_text=_("The round of all centres to which it belongs, if any."),
    )
    due_on = models.DateField(editable=False, null=True, db_index=True)
    due_on_precision = models.CharField(max_length=5, choices=DatePrecision.choices, editable=False)
    state = models.CharField(
        _("state"),
        max_length=11,
        choices=ReviewState.choices,
        default=ReviewState.PLANNED,
        db_index=True,
        help_text=_(
            "Planned, then the centre's self-report, then the commission's review, then the decision."
        ),
    )
    self_report = models.TextField(
        _("self-report"),
        blank=True,
        help_text=_("The centre's own account of its goals and effects. It is not published."),
    )
    reviewers: Any = ProtectedManyToManyField(
        Person,
        verbose_name=_("reviewers"),
        blank=True,
        related_name="+",
        help_text=_(
            "Members of the commission; nobody employed by the host library. They are not published."
        ),
    )
    adequacy = models.CharField(
        _("adequacy of operation"),
        max_length=12,
        choices=Adequacy.choices,
        blank=True,
        help_text=_("Needed to decide."),
    )
    outcome = models.CharField(
        _("outcome"),
        max_length=21,
        choices=ReviewOutcome.choices,
        blank=True,
        help_text=_("Needed to decide."),
    )
    decided_on = models.DateField(_("decided on"), null=True, blank=True, help_text=_("Needed to decide."))
    public_summary = LocalisedTextField(
        _("public summary"),
        multiline=True,
        blank=True,
        help_text=_("Needed to decide. No personal data or votes."),
    )
    internal_note = models.TextField(
        _("internal note"), blank=True, help_text=_("For the commission only; it is never published.")
    )

    base_form_class = RowsForm

    review_panels = [
        PageChooserPanel("centre", "centres.CentrePage"),
        FieldPanel("appointment"),
        FieldPanel("cycle"),
        FieldPanel("state", read_only=True),
        FieldPanel("self_report", read_only=True),
        FieldPanel("reviewers"),
        FieldPanel("internal_note"),
    ]
    assessment_panels = [
        HelpPanel(content=_("Assess every goal and expected effect of the centre in its own row.")),
        InlinePanel("goal_assessments", heading=_("Goals"), label=_("Goal")),
        InlinePanel("effect_assessments", heading=_("Expected effects"), label=_("Expected effect")),
    ]
    decision_panels = [
        FieldRowPanel([FieldPanel("adequacy"), FieldPanel("outcome")]),
        FieldPanel("decided_on"),
        FieldPanel("public_summary"),
        PublishingPanel(),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(review_panels, heading=_("Review")),
            ObjectList(assessment_panels, heading=_("Assessment")),
            ObjectList(decision_panels, heading=_("Decision")),
        ]
    )

    public_with = "centre_key"

    graphql_fields = [
        field("dueOn: PartialDate!", "Date by which the review must be finished.", always=True),
        GraphQLString("state", description="Stage that the review has reached."),
        field("centre: CentrePage!", "The centre that is reviewed."),
        GraphQLForeignKey(
            "cycle",
            "centres.ReviewCycle",
            description="The round that the review belongs to. Null if it belongs to none.",
        ),
        GraphQLString(
            "adequacy",
            description="The commission's judgement of the centre's work. Null until the commission has decided.",
        ),
        GraphQLString(
            "outcome",
            description="The commission's decision about the title. Null until the commission has decided.",
        ),
        GraphQLString(
            "public_summary",
            description="Public summary of the review. Empty until the commission has decided.",
        ),
        field(
            "goalAssessments: [GoalAssessment!]!",
            "Assessments of the centre's goals. Empty until the commission has decided.",
        ),
        field(
            "effectAssessments: [EffectAssessment!]!",
            "Assessments of the expected effects. Empty until the commission has decided.",
        ),
    ]

    class Meta:
        ordering = ["-due_on", "-pk"]
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            LiveCheck(
                condition=~models.Q(state="DECIDED")
                | (~models.Q(adequacy="") & ~models.Q(outcome="") & models.Q(decided_on__isnull=False)),
                name="review_decision_is_complete",
                violation_error_message=_(
                    "A decided review needs adequacy, outcome and the day of the decision."
                ),
            )
        ]

    def __str__(self) -> str:
        name = self.centre.short_name if self.centre_id else ""
        return f"{name}: {self.get_state_display()}"

    @property
    def is_decided(self) -> bool:
        """Whether its findings may be shown."""
        return self.state == ReviewState.DECIDED

    def save(self, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("update_fields") is None:
            self.centre_key = self.centre.translation_key
            if term := self.appointment:
                self.due_on = term.valid_until or term.valid_from
                self.due_on_precision = term.valid_from_precision
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if self.appointment and self.centre_id and self.appointment.centre_key != self.centre.translation_key:
            errors["appointment"] = _(
                "This is the appointment of another centre. Choose one of the centre under review."
            )
        if self.appointment and not self.appointment.is_term:
            errors["appointment"] = _("A withdrawal has no term to review. Choose the appointment before it.")
        if self.state != ReviewState.PLANNED and self.centre_id and not self._has_something_to_assess():
            errors["state"] = _(
                "The centre has no goals or expected effects yet. Have them published on its page first."
            )
        if self.is_decided:
            for name in ("adequacy", "outcome", "decided_on", "public_summary"):
                if not getattr(self, name):
                    errors[name] = _("A decision needs this. Fill it in, or choose another state.")
        if self.pk and (decided := self._decision()) and (self.state, self.outcome) != decided:
            errors["outcome"] = _("This review is decided. Its outcome can no longer be changed.")
        if errors:
            raise ValidationError(errors)

    def _decision(self) -> tuple[str, str] | None:
        """Return the state and the outcome with which an appointment was already written."""
        written = Review.objects.filter(pk=self.pk, written_appointment__isnull=False)
        return written.values_list("state", "outcome").first()

    def _has_something_to_assess(self) -> bool:
        return bool(self.centre.goals.exists() and self.centre.expected_effects.exists())

    def check_rows(self, rows: Rows) -> None:
        """Refuse a reviewer of the same house, goals of another centre, and a goal that is assessed twice."""
        for person in rows["reviewers"]:
            if self.centre_id and person.employer_id and person.employer_id == self.centre.host_id:
                raise ValidationError(
                    {
                        "reviewers": _(
                            "%(person)s is employed by the host library and cannot review it. Choose others."
                        )
                        % {"person": person}
                    }
                )
        goals = [row.goal for row in rows["goal_assessments"]]
        effects = [row.effect for row in rows["effect_assessments"]]
        for assessed in (goals, effects):
            keys = [row.translation_key for row in assessed]
            if any(row.page.translation_key != self.centre.translation_key for row in assessed):
                raise ValidationError(
                    _("Assess only goals and effects of the centre under review."), code="foreign"
                )
            if len(set(keys)) != len(keys):
                raise ValidationError(
                    _("A goal or effect is assessed twice. Remove one of the rows."), code="duplicate"
                )


class GoalAssessment(Orderable):
    """Assessment of one of a centre's goals."""

    review = ParentalKey(Review, on_delete=models.CASCADE, related_name="goal_assessments")
    goal = models.ForeignKey(
        Goal,
        verbose_name=_("goal"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("A goal of this centre."),
    )
    result = models.CharField(
        _("result"), max_length=12, choices=Achievement.choices, help_text=_("How far the goal was reached.")
    )
    evidence = LocalisedTextField(
        _("evidence"), multiline=True, blank=True, help_text=_("What shows it: numbers, documents, events.")
    )

    panels = [FieldRowPanel([FieldPanel("goal"), FieldPanel("result")]), FieldPanel("evidence")]

    graphql_fields = [
        GraphQLForeignKey("goal", "centres.Goal", description="The goal that was assessed."),
        GraphQLString("result", description="How far the goal was achieved."),
        GraphQLString("evidence", description="Evidence on which the assessment is based."),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("assessment of a goal")
        verbose_name_plural = _("assessments of goals")


class EffectAssessment(Orderable):
    """Assessment of one of a centre's expected effects."""

    review = ParentalKey(Review, on_delete=models.CASCADE, related_name="effect_assessments")
    effect = models.ForeignKey(
        ExpectedEffect,
        verbose_name=_("expected effect"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("An expected effect of this centre."),
    )
    result = models.CharField(
        _("result"), max_length=12, choices=Achievement.choices, help_text=_("How far it came about.")
    )
    evidence = LocalisedTextField(
        _("evidence"), multiline=True, blank=True, help_text=_("What shows it: numbers, documents, events.")
    )

    panels = [FieldRowPanel([FieldPanel("effect"), FieldPanel("result")]), FieldPanel("evidence")]

    graphql_fields = [
        GraphQLForeignKey(
            "effect", "centres.ExpectedEffect", description="The expected effect that was assessed."
        ),
        GraphQLString("result", description="How far the effect was achieved."),
        GraphQLString("evidence", description="Evidence on which the assessment is based."),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("assessment of an effect")
        verbose_name_plural = _("assessments of effects")
