"""Decisions of the commission about the title of a centre."""

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from grapple.models import GraphQLString
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel, PublishingPanel
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin, WorkflowMixin

from centres.dates import add_months, first_day, last_day, local_day, precision_field
from centres.models.centre import CentrePage
from centres.models.drafts import SurvivingDraft
from centres.models.organisations import Organisation
from cms.fields import DatePrecision, LocalisedTextField
from cms.graphql_fields import field
from cms.models.at_once import PublishedAtOnce
from cms.models.chosen_files import OwnFilesForm
from cms.models.live_check import LiveCheck


class AppointmentAct(models.TextChoices):
    APPOINTED = "APPOINTED", _("appointed")
    STATUS_GRANTED = "STATUS_GRANTED", _("status granted")
    TITLE_GRANTED = "TITLE_GRANTED", _("title granted")
    RENEWED = "RENEWED", _("renewed")
    WITHDRAWN = "WITHDRAWN", _("withdrawn")


class AppointmentLevel(models.TextChoices):
    NATIONAL = "NATIONAL", _("national")
    REGIONAL = "REGIONAL", _("regional")


class Appointment(
    SurvivingDraft,
    PublishedAtOnce,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    models.Model,
):
    """A decision of the commission that gives, renews or withdraws a centre's title."""

    centre = models.ForeignKey(
        CentrePage,
        verbose_name=_("centre"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Whom the decision is about; the centre's page in any language."),
    )
    centre_key = models.UUIDField(editable=False, db_index=True)
    act = models.CharField(
        _("act"), max_length=14, choices=AppointmentAct.choices, help_text=_("In the words of the decision.")
    )
    title_awarded = LocalisedTextField(
        _("title awarded"),
        max_length=255,
        help_text=_("The whole title, such as “competence centre for local studies”."),
    )
    level = models.CharField(
        _("level"),
        max_length=8,
        choices=AppointmentLevel.choices,
        default=AppointmentLevel.NATIONAL,
        help_text=_("For which area the centre works."),
    )
    issuer: Any = models.ForeignKey(
        Organisation,
        verbose_name=_("issuer"),
        null=True,  # in a draft
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Who made the decision."),
    )
    decided_on: Any = models.DateField(
        _("decided on"), null=True, help_text=_("Not in the future. If the day is unknown choose its first.")
    )
    decided_on_precision = precision_field(DatePrecision.MONTH)
    valid_from: Any = models.DateField(
        _("valid from"), null=True, help_text=_("First day of the term, or of the withdrawal.")
    )
    valid_from_precision = precision_field(DatePrecision.MONTH)
    term_months = models.PositiveSmallIntegerField(
        _("term in months"),
        null=True,
        blank=True,
        default=36,
        validators=[MinValueValidator(1)],
        help_text=_("36 for three years; empty for a withdrawal."),
    )
    valid_until = models.DateField(editable=False, null=True, db_index=True)
    decision_number = models.CharField(
        _("number of the decision"), max_length=60, blank=True, help_text=_("As it stands on the decision.")
    )
    decision_document = models.ForeignKey(
        "cms.Document",
        verbose_name=_("decision"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The decision as a file; it is not published here."),
    )
    supersedes = models.ForeignKey(
        "self",
        verbose_name=_("takes the place of"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The earlier decision that this one takes the place of."),
    )
    review = models.OneToOneField(
        "centres.Review",
        verbose_name=_("review"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="written_appointment",
        help_text=_("The review whose decision wrote this."),
    )
    reason = LocalisedTextField(
        _("reason"),
        multiline=True,
        blank=True,
        help_text=_("A withdrawal needs a reason; it is not published here."),
    )

    # Set by `centres.rules`, because it needs the model of reviews.
    was_reviewed: ClassVar[Callable[["Appointment"], bool]]

    base_form_class = OwnFilesForm
    panels = [
        PageChooserPanel("centre", "centres.CentrePage"),
        FieldRowPanel([FieldPanel("act"), FieldPanel("level")]),
        FieldPanel("title_awarded"),
        FieldPanel("issuer"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("decided_on"), FieldPanel("decided_on_precision")]),
                FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_from_precision")]),
                FieldPanel("term_months"),
            ],
            _("Dates"),
        ),
        MultiFieldPanel(
            [FieldPanel("decision_number"), FieldPanel("decision_document"), FieldPanel("supersedes")],
            _("Decision"),
        ),
        FieldPanel("reason"),
        PublishingPanel(),
    ]

    public_with = "centre_key"
    archived_fields = ("review",)

    graphql_fields = [
        GraphQLString("act", description="Kind of decision that was made."),
        GraphQLString("title_awarded", description="Full title in the requested locale."),
        GraphQLString("level", description="Territory for which the centre is appointed."),
        field("issuer: Organisation!", "The organisation that made the decision.", always=True),
        field(
            "decidedOn: PartialDate!",
            "Date of the decision, which may be known only to the month or year.",
            always=True,
        ),
        field("validUntil: PartialDate", "Last day of the term. Null if the decision withdraws the title."),
        field("current: Boolean!", "Whether the centre's title rests on this decision today."),
    ]

    class Meta:
        ordering = ["-valid_from", "-decided_on", "-pk"]
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        indexes = [models.Index(fields=["centre_key", "valid_from"], name="appointment_by_centre")]
        constraints = [
            LiveCheck(
                condition=models.Q(act="WITHDRAWN", term_months__isnull=True)
                | (~models.Q(act="WITHDRAWN") & models.Q(term_months__isnull=False, term_months__gte=1)),
                name="appointment_has_term_unless_withdrawn",
                violation_error_message=_("Write the term in months; leave it empty only for a withdrawal."),
            )
        ]

    def __str__(self) -> str:
        name = self.centre.short_name if self.centre_id else ""
        day = f" {self.decided_on:%m/%Y}" if self.decided_on else ""
        return f"{name}: {self.get_act_display()}{day}"

    @property
    def is_term(self) -> bool:
        """Whether the decision gives a term, rather than taking the title away."""
        return self.act != AppointmentAct.WITHDRAWN

    @property
    def valid_until_precision(self) -> str:
        """How much of the last day is known: as much as of the first."""
        return self.valid_from_precision

    def term_end(self) -> date | None:
        """Return the last day of the term; the end of its month or year where the day is unknown."""
        if not (self.is_term and self.valid_from and self.term_months):
            return None
        return last_day(add_months(self.valid_from, self.term_months), self.valid_from_precision)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("update_fields") is None:
            self.centre_key = self.centre.translation_key
            self.valid_until = self.term_end()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        today = local_day(timezone.now())
        if self._decided_after(today):
            errors["decided_on"] = _(
                "A decision cannot be in the future. Write the day on which it was made."
            )
        if self.act == AppointmentAct.WITHDRAWN and not self.reason:
            errors["reason"] = _("A withdrawal needs a reason. Write why the title was taken away.")
        if self.centre_id and self.act == AppointmentAct.RENEWED and not self.was_reviewed():
            errors["act"] = _("Only a centre with a finished review can be renewed. Finish the review first.")
        if self.centre_id and self.term_end() and (other := self._overlapping()):
            errors["valid_from"] = _(
                "This term overlaps with another one of the centre (%(other)s). "
                "Change the first day or the term."
            ) % {"other": other}
        if errors:
            raise ValidationError(errors)

    def _decided_after(self, today: date) -> bool:
        if not self.decided_on:
            return False
        return first_day(self.decided_on, self.decided_on_precision) > today

    def _overlapping(self) -> "Appointment | None":
        """Return another term that must overlap with this one, however the unknown days are read."""
        acts = Appointment.objects.filter(centre_key=self.centre.translation_key, live=True).exclude(
            pk=self.pk
        )
        ends = sorted(act.valid_from for act in acts if not act.is_term)
        terms = [act for act in acts if act.is_term]
        return next((term for term in terms if overlap(self, term, ends)), None)


def overlap(one: Appointment, other: Appointment, withdrawals: list[date]) -> bool:
    """Return whether two terms must overlap: each certainly began before the other could have ended.

    A new term may begin in the month in which the old one ends; a withdrawal ends the term it falls into.
    """
    return _latest_start(one) < _earliest_end(other, withdrawals) and _latest_start(other) < _earliest_end(
        one, withdrawals
    )


def _latest_start(term: Appointment) -> date:
    return last_day(term.valid_from, term.valid_from_precision)


def _earliest_end(term: Appointment, withdrawals: list[date]) -> date:
    end = term.term_end() or term.valid_from
    cuts = [day for day in withdrawals if term.valid_from <= day < end]
    return cuts[0] if cuts else first_day(end, term.valid_from_precision)
