"""The lists of terms that editors keep: audiences, topics, formats, fields, networks, award categories."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from grapple.models import GraphQLString
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import RevisionMixin

from cms.fields import LocalisedTextField
from cms.models import CodedModel, Term

TERM_PANELS = [FieldPanel("name"), FieldRowPanel([FieldPanel("code"), FieldPanel("sort_order")])]


class Audience(RevisionMixin, Term):
    """People whom a centre or a programme serves."""

    panels = TERM_PANELS

    class Meta(Term.Meta):
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")


class Topic(RevisionMixin, Term):
    """What a centre or a programme is about."""

    panels = TERM_PANELS

    class Meta(Term.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")


class ProgrammeFormat(RevisionMixin, Term):
    """The shape of a programme: seminar, workshop, symposium, quiz and so on."""

    panels = TERM_PANELS

    class Meta(Term.Meta):
        verbose_name = _("programme format")
        verbose_name_plural = _("programme formats")


class AwardCategory(RevisionMixin, Term):
    """A category of an award, with the years in which it was or is given."""

    valid_from_year = models.PositiveSmallIntegerField(
        _("first year"), null=True, blank=True, help_text=_("Empty if the category has always existed.")
    )
    valid_to_year = models.PositiveSmallIntegerField(
        _("last year"), null=True, blank=True, help_text=_("Empty while the category is in use.")
    )

    panels = [*TERM_PANELS, FieldRowPanel([FieldPanel("valid_from_year"), FieldPanel("valid_to_year")])]

    class Meta(Term.Meta):
        verbose_name = _("award category")
        verbose_name_plural = _("award categories")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to_year__isnull=True)
                | models.Q(valid_from_year__isnull=True)
                | models.Q(valid_to_year__gte=models.F("valid_from_year")),
                name="award_category_years_in_order",
                violation_error_message=_(
                    "The last year cannot be before the first year. Correct one of them."
                ),
            )
        ]

    def exists_in(self, year: int) -> bool:
        """Return whether the category was given in ``year``."""
        return (self.valid_from_year or year) <= year <= (self.valid_to_year or year)


class FieldKind(models.TextChoices):
    FIELD = "FIELD", _("field")
    SERVICE = "SERVICE", _("service")


class CompetenceField(RevisionMixin, CodedModel):
    """The field or service that a centre develops for all libraries."""

    kind = models.CharField(
        _("kind"),
        max_length=7,
        choices=FieldKind.choices,
        default=FieldKind.FIELD,
        help_text=_("A field of work or a service for libraries."),
    )

    panels = [FieldPanel("name"), FieldRowPanel([FieldPanel("code"), FieldPanel("kind")])]

    graphql_fields = [
        GraphQLString("code", description="Stable code of the field. Pass it to filters."),
        GraphQLString("name", description="Name in the requested locale."),
        GraphQLString("kind", description="Whether it is a field of work or a service."),
    ]

    class Meta:
        ordering = ["code"]
        verbose_name = _("field of competence")
        verbose_name_plural = _("fields of competence")


class Network(RevisionMixin, CodedModel):
    """A network of libraries that centres serve."""

    description = LocalisedTextField(
        _("description"),
        multiline=True,
        blank=True,
        help_text=_("One or two sentences: which libraries belong to it."),
    )

    panels = [FieldPanel("name"), FieldPanel("code"), FieldPanel("description")]

    graphql_fields = [
        GraphQLString("code", description="Stable code of the network."),
        GraphQLString("name", description="Name in the requested locale."),
        GraphQLString("description", description="Which libraries belong to the network."),
    ]

    class Meta:
        ordering = ["code"]
        verbose_name = _("network of libraries")
        verbose_name_plural = _("networks of libraries")


def no_such_year(category: AwardCategory, year: int) -> ValidationError:
    """Return the error for a result in a category that was not given in ``year``."""
    return ValidationError(
        _("The category “%(category)s” was not given in %(year)d. Choose another one or correct its years."),
        code="category_year",
        params={"category": category, "year": year},
    )
