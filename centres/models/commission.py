"""The commission for centres: its page, what it works by, and its cycles of review."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from grapple.models import GraphQLCollection, GraphQLForeignKey, GraphQLInt, GraphQLStreamfield, GraphQLString
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PublishingPanel
from wagtail.models import DraftStateMixin, RevisionMixin

from centres.dates import last_day, precision_field
from centres.models.drafts import SurvivingDraft
from centres.models.organisations import Organisation
from centres.validation import lines
from cms.body.field import BodyField
from cms.fields import DatePrecision, LocalisedTextField
from cms.graphql_fields import GraphQLDate, GraphQLPartialDate, field
from cms.models import BasePage
from cms.models.at_once import PublishedAtOnce
from cms.models.live_check import LiveCheck


class CommissionPage(SurvivingDraft, BasePage):
    """Page of the commission that appoints and reviews the centres."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.InfoPage"]
    max_count_per_parent = 1

    body = BodyField(verbose_name=_("body"), blank=True, help_text=_("Who it is and how it works."))
    parent_body: Any = models.ForeignKey(
        Organisation,
        verbose_name=_("parent body"),
        null=True,  # in a draft
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The association at which the commission works."),
    )
    review_interval_months = models.PositiveSmallIntegerField(
        _("months between reviews"),
        default=36,
        validators=[MinValueValidator(1)],
        help_text=_("How often every centre is reviewed; 36 for every three years."),
    )
    tasks = models.TextField(_("tasks"), help_text=_("What the commission does, one task a line."))

    translated_fields = ("body", "tasks")
    shared_fields = ("parent_body", "review_interval_months")

    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("parent_body"), FieldPanel("review_interval_months")]),
        FieldPanel("tasks"),
        FieldPanel("body"),
    ]

    graphql_fields = [
        *BasePage.graphql_fields,
        GraphQLStreamfield("body", description="Content blocks of the page, in order."),
        field("parentBody: Organisation!", "The association to which the commission belongs.", always=True),
        GraphQLInt("review_interval_months", description="Months between two reviews of a centre."),
        field("tasks: [String!]!", "Tasks of the commission, one per entry.", source="task_list"),
        field("reviewCycles: [ReviewCycle!]!", "The commission's rounds of review, the newest first."),
    ]

    class Meta:
        verbose_name = _("commission")
        verbose_name_plural = _("commissions")

    @property
    def task_list(self) -> list[str]:
        """What the commission does."""
        return lines(self.tasks)


class LegalBasisKind(models.TextChoices):
    REGULATION = "REGULATION", _("regulation")
    RECOMMENDATION = "RECOMMENDATION", _("professional recommendation")
    STANDARD = "STANDARD", _("standard")
    STRATEGY = "STRATEGY", _("strategic document")


class LegalBasis(PublishedAtOnce, DraftStateMixin, RevisionMixin, models.Model):
    """A regulation, recommendation, standard or strategy on which the centres' work is based."""

    kind = models.CharField(
        _("kind"),
        max_length=14,
        choices=LegalBasisKind.choices,
        help_text=_("How binding it is decides the kind."),
    )
    title = LocalisedTextField(_("title"), max_length=500, help_text=_("Full title, as published."))
    url = models.URLField(
        _("link"), blank=True, help_text=_("Where the valid text stands, best in the register of law.")
    )
    valid_from = models.DateField(
        _("valid from"), null=True, blank=True, help_text=_("Empty if it is not known.")
    )
    valid_until = models.DateField(
        _("valid until"), null=True, blank=True, help_text=_("Last day; empty while it is in force.")
    )

    panels = [
        FieldPanel("title"),
        FieldPanel("kind"),
        FieldPanel("url"),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]),
        PublishingPanel(),
    ]

    graphql_fields = [
        GraphQLString(
            "kind", description="Whether it is a regulation, recommendation, standard or strategy."
        ),
        GraphQLString("title", description="Full title in the requested locale."),
        GraphQLString("url", description="Address of the text in force."),
        GraphQLDate("valid_from", description="First day on which it is in force. Null if it is unknown."),
        GraphQLDate("valid_until", description="Last day on which it is in force. Null while no end is set."),
    ]

    class Meta:
        ordering = ["kind", "-valid_from", "pk"]
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal bases")
        constraints = [
            LiveCheck(
                condition=models.Q(valid_from__isnull=True)
                | models.Q(valid_until__isnull=True)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="legal_basis_dates_in_order",
                violation_error_message=_("It ends before it begins to apply. Correct one of the two dates."),
            )
        ]

    def __str__(self) -> str:
        return str(self.title)


class CycleScope(models.TextChoices):
    ALL = "ALL", _("all centres")
    SELECTED = "SELECTED", _("selected centres")


class ReviewCycle(RevisionMixin, models.Model):
    """A round in which the commission reviews the centres."""

    name = LocalisedTextField(_("name"), max_length=160, help_text=_("Such as “Review 2024”."))
    scope = models.CharField(
        _("scope"),
        max_length=8,
        choices=CycleScope.choices,
        default=CycleScope.ALL,
        help_text=_("Which centres are reviewed in this round."),
    )
    starts_on = models.DateField(_("from"), help_text=_("When the round begins."))
    starts_on_precision = precision_field(DatePrecision.MONTH)
    ends_on = models.DateField(_("until"), help_text=_("When the round must be over."))
    ends_on_precision = precision_field(DatePrecision.MONTH)

    panels = [
        FieldPanel("name"),
        FieldPanel("scope"),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("starts_on_precision")]),
        FieldRowPanel([FieldPanel("ends_on"), FieldPanel("ends_on_precision")]),
    ]

    graphql_fields = [
        GraphQLString("name", description="Name in the requested locale."),
        field("from: PartialDate!", "Start of the round.", source="starts_on"),
        GraphQLPartialDate("to", source="ends_on", description="End of the round."),
        GraphQLCollection(
            GraphQLForeignKey, "reviews", "centres.Review", description="Reviews that belong to this round."
        ),
    ]

    class Meta:
        ordering = ["-starts_on", "-pk"]
        verbose_name = _("review cycle")
        verbose_name_plural = _("review cycles")

    def __str__(self) -> str:
        return str(self.name)

    def clean(self) -> None:
        super().clean()
        given = bool(self.starts_on and self.ends_on)  # type: ignore[truthy-bool]  # a form may leave it empty
        if given and last_day(self.ends_on, self.ends_on_precision) < self.starts_on:
            raise ValidationError(
                {"ends_on": _("The round ends before it begins. Correct one of the two dates.")}
            )

    def save(self, *args: object, **kwargs: object) -> None:
        # The end of a period is its last day, however little of the date is known.
        self.ends_on = last_day(self.ends_on, self.ends_on_precision)
        super().save(*args, **kwargs)  # type: ignore[arg-type]
