"""Rows of a centre: goals, people, partners, collections and so on.

Every row has a twin in each language of the page (`TranslatedRow`): own words, the same facts.
"""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from grapple.models import GraphQLBoolean, GraphQLDocument, GraphQLForeignKey, GraphQLInt, GraphQLString
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from centres.dates import precision_field
from centres.models.organisations import Organisation, Person, check_consent
from centres.models.vocabulary import Audience
from cms.graphql_fields import GraphQLDecimal, GraphQLPartialDate
from cms.models.facts import TranslatedRow


class CentreAudience(TranslatedRow, Orderable):
    """An audience that a centre serves."""

    page = ParentalKey("centres.CentrePage", on_delete=models.CASCADE, related_name="audiences")
    audience = models.ForeignKey(
        Audience,
        verbose_name=_("audience"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Who the centre serves."),
    )
    primary = models.BooleanField(
        _("primary"),
        default=False,
        help_text=_("Tick exactly one: the people the centre serves first of all."),
    )

    panels = [FieldRowPanel([FieldPanel("audience"), FieldPanel("primary")])]

    graphql_fields = [
        GraphQLForeignKey(
            "audience", "centres.Audience", description="The audience, as an entry of the vocabulary."
        ),
        GraphQLBoolean("primary", description="Whether this is the centre's main audience."),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("audience of a centre")
        verbose_name_plural = _("audiences of a centre")


class PartnerRelation(models.TextChoices):
    COMPLEMENTS = "COMPLEMENTS", _("the centre complements its programmes")
    COOPERATES = "COOPERATES", _("cooperates")
    STAKEHOLDER = "STAKEHOLDER", _("other stakeholder")
    FUNDS = "FUNDS", _("funds")


class Partner(TranslatedRow, Orderable):
    """An organisation that a centre works with, and how they work together."""

    page = ParentalKey("centres.CentrePage", on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="partnerships",
        help_text=_("With whom the centre works; not its own host library."),
    )
    relation = models.CharField(
        _("relation"),
        max_length=11,
        choices=PartnerRelation.choices,
        help_text=_("How the two work together. For two relations add two rows."),
    )
    note = models.CharField(
        _("note"), max_length=255, blank=True, help_text=_("What they do together, in a few words.")
    )

    translated_fields = ("note",)

    panels = [FieldPanel("organisation"), FieldPanel("relation"), FieldPanel("note")]

    graphql_fields = [
        GraphQLForeignKey(
            "organisation", "centres.Organisation", description="The organisation that is the partner."
        ),
        GraphQLString("relation", description="How the partner and the centre work together."),
        GraphQLString("note", description="Short text about what they do together. Empty if there is none."),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")


class StaffMember(TranslatedRow, Orderable):
    """A person who works at a centre."""

    page = ParentalKey("centres.CentrePage", on_delete=models.CASCADE, related_name="staff")
    person = models.ForeignKey(
        Person,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Work contacts only; the person must have agreed to be named."),
    )
    role = models.CharField(_("role"), max_length=160, help_text=_("What the person does at the centre."))

    translated_fields = ("role",)

    panels = [FieldPanel("person"), FieldPanel("role")]

    graphql_fields = [
        GraphQLForeignKey("person", "centres.Person", description="The person, with name and contact."),
        GraphQLString("role"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("member of staff")
        verbose_name_plural = _("members of staff")

    def clean(self) -> None:
        super().clean()
        try:
            check_consent(self.person if self.person_id else None)
        except ValidationError as error:
            raise ValidationError({"person": error}) from error


class SpecialCollection(TranslatedRow, Orderable):
    """A special collection of library material that a centre maintains."""

    page = ParentalKey("centres.CentrePage", on_delete=models.CASCADE, related_name="collections")
    name = models.CharField(_("name"), max_length=160, help_text=_("Name of the special collection."))
    description = models.TextField(_("description"), blank=True, help_text=_("What it holds and for whom."))
    size = models.PositiveIntegerField(
        _("size"), null=True, blank=True, help_text=_("Number of items; empty if it is not known.")
    )
    url = models.URLField(_("link"), blank=True, help_text=_("Where it is described or searched."))

    translated_fields = ("name", "description")

    panels = [
        FieldPanel("name"),
        FieldPanel("description"),
        FieldRowPanel([FieldPanel("size"), FieldPanel("url")]),
    ]

    graphql_fields = [
        GraphQLString("name", description="Name of the collection."),
        GraphQLString("description", description="What the collection contains and for whom it is."),
        GraphQLInt("size", description="Number of items in the collection. Null if it is unknown."),
        GraphQLString("url", description="Address of a description or catalogue of the collection."),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("special collection")
        verbose_name_plural = _("special collections")


class Goal(TranslatedRow, Orderable):
    """A goal that a centre has set itself until its next review."""

    page = ParentalKey("centres.CentrePage", on_delete=models.CASCADE, related_name="goals")
    text = models.TextField(
        _("goal"), help_text=_("Make it measurable: what will be different, and by when.")
    )
    indicator = models.CharField(
        _("indicator"),
        max_length=255,
        blank=True,
        help_text=_("What is counted, such as “trained librarians a year”."),
    )
    target = models.DecimalField(
        _("target"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("The number to reach."),
    )
    unit = models.CharField(
        _("unit"), max_length=60, blank=True, help_text=_("Unit of the target, such as “people”.")
    )

    translated_fields = ("text", "indicator", "unit")

    panels = [
        FieldPanel("text"),
        FieldPanel("indicator"),
        FieldRowPanel([FieldPanel("target"), FieldPanel("unit")]),
    ]

    graphql_fields = [
        GraphQLString("text", description="Text of the goal."),
        GraphQLString(
            "indicator", description="What is counted to measure the goal. Empty if nothing is counted."
        ),
        GraphQLDecimal("target", description="Number to reach. Null if the goal has no number."),
        GraphQLString("unit", description="Unit of the target, such as “people”."),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(target__isnull=True) | ~models.Q(unit=""),
                name="goal_target_needs_unit",
                violation_error_code="unit",
                violation_error_message=_(
                    "A target needs a unit. Write what the number counts, such as “people”."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.text


class EffectLevel(models.TextChoices):
    INDIVIDUAL = "INDIVIDUAL", _("each librarian")
    LIBRARY = "LIBRARY", _("the whole library")
    NETWORK = "NETWORK", _("the network of libraries")
    COMMUNITY = "COMMUNITY", _("the local community")


class ExpectedEffect(TranslatedRow, Orderable):
    """A change that a centre's work should bring about."""

    page = ParentalKey("centres.CentrePage", on_delete=models.CASCADE, related_name="expected_effects")
    text = models.TextField(
        _("expected effect"), help_text=_("What will be better because of the centre's work.")
    )
    level = models.CharField(
        _("level"), max_length=10, choices=EffectLevel.choices, help_text=_("For whom it will be better.")
    )

    translated_fields = ("text",)

    panels = [FieldPanel("text"), FieldPanel("level")]

    graphql_fields = [
        GraphQLString("text", description="Text of the expected effect."),
        GraphQLString("level", description="Group that benefits from the effect."),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("expected effect")
        verbose_name_plural = _("expected effects")

    def __str__(self) -> str:
        return self.text


class WorkKind(models.TextChoices):
    PROFESSIONAL = "PROFESSIONAL", _("professional work")
    DEVELOPMENT = "DEVELOPMENT", _("development work")
    RESEARCH = "RESEARCH", _("research work")


class Solution(TranslatedRow, Orderable):
    """A new solution that a centre introduced for all libraries."""

    page = ParentalKey("centres.CentrePage", on_delete=models.CASCADE, related_name="solutions")
    kind = models.CharField(
        _("kind"),
        max_length=12,
        choices=WorkKind.choices,
        help_text=_("Professional or development solution."),
    )
    title = models.CharField(_("title"), max_length=160, help_text=_("Name of the solution."))
    description = models.TextField(_("description"), blank=True, help_text=_("What libraries gain from it."))
    url = models.URLField(_("link"), blank=True, help_text=_("Where it can be read about or used."))

    translated_fields = ("title", "description")

    panels = [FieldPanel("title"), FieldPanel("kind"), FieldPanel("description"), FieldPanel("url")]

    graphql_fields = [
        GraphQLString("kind", description="Kind of work behind the solution."),
        GraphQLString("title"),
        GraphQLString("description"),
        GraphQLString("url", description="Address at which visitors read about the solution or use it."),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("solution")
        verbose_name_plural = _("solutions")


class ResultItem(TranslatedRow, Orderable):
    """A published result of a centre's professional or research work."""

    page = ParentalKey("centres.CentrePage", on_delete=models.CASCADE, related_name="results")
    kind = models.CharField(
        _("kind"),
        max_length=12,
        choices=WorkKind.choices,
        help_text=_("Kind of work that led to the result."),
    )
    title = models.CharField(
        _("title"), max_length=255, help_text=_("Title of the article, manual or study.")
    )
    year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1861), MaxValueValidator(2200)],
        help_text=_("Year of publication."),
    )
    url = models.URLField(_("link"), blank=True, help_text=_("Where it can be read."))
    document = models.ForeignKey(
        "cms.Document",
        verbose_name=_("document"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The file, if it is kept here."),
    )

    translated_fields = ("title",)

    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("year")]),
        FieldPanel("url"),
        FieldPanel("document"),
    ]

    graphql_fields = [
        GraphQLString("kind", description="Kind of work behind the result."),
        GraphQLString("title"),
        GraphQLInt("year", description="Year of publication. Null if it is unknown."),
        GraphQLString("url", description="Address at which the result can be read."),
        GraphQLDocument(
            "document", description="File with the result. Null if there is none or it is not public."
        ),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("result")
        verbose_name_plural = _("results")


class Milestone(TranslatedRow, Orderable):
    """A step in the history of a centre."""

    page = ParentalKey("centres.CentrePage", on_delete=models.CASCADE, related_name="milestones")
    date = models.DateField(
        _("date"), help_text=_("If only the month or year is known, choose its first day.")
    )
    date_precision = precision_field()
    text = models.TextField(_("text"), help_text=_("What happened, in one sentence."))

    translated_fields = ("text",)

    panels = [FieldRowPanel([FieldPanel("date"), FieldPanel("date_precision")]), FieldPanel("text")]

    graphql_fields = [
        GraphQLPartialDate("date", description="When it happened."),
        GraphQLString("text", description="What happened."),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["date", "sort_order"]
