"""An edition of an award or of a quality sign."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from grapple.models import GraphQLCollection, GraphQLForeignKey, GraphQLInt, GraphQLString
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.models import Orderable

from centres.dates import day_end, day_start, first_day, last_day, precision_field, year_span
from centres.forms import EditionForm, RowsForm
from centres.models.book import Book
from centres.models.drafts import SurvivingDraft
from centres.models.edition import Edition, EditionType
from centres.models.organisations import Organisation
from centres.models.vocabulary import AwardCategory, no_such_year
from centres.rows import RowRules, Rows
from cms.fields import LocalisedText, LocalisedTextField, ProtectedManyToManyField
from cms.graphql_fields import GraphQLPartialDate, field


@dataclass(frozen=True)
class Ceremony:
    """When and where an award was given."""

    date: date | None
    date_precision: str
    place: LocalisedText


@dataclass(frozen=True)
class AwardCounts:
    """Numbers of one year of a quality sign."""

    published: int | None
    evaluated: int | None
    signed: int | None
    publishers: int | None


class AwardEdition(Edition):
    """The awards or signs of quality of one year."""

    edition_type = EditionType.AWARD

    production_year = models.PositiveSmallIntegerField(
        _("year of the books"),
        null=True,
        blank=True,
        help_text=_("Year the books came out, not the year of the award."),
    )
    announced_on = models.DateField(
        _("announced on"), null=True, blank=True, help_text=_("When the results were made known.")
    )
    announced_on_precision = precision_field()
    ceremony_on = models.DateField(
        _("ceremony on"), null=True, blank=True, help_text=_("When the award was given.")
    )
    ceremony_on_precision = precision_field()
    ceremony_place = LocalisedTextField(
        _("place of the ceremony"), max_length=255, blank=True, help_text=_("House and city.")
    )
    co_awarders: Any = ProtectedManyToManyField(
        Organisation,
        verbose_name=_("co-awarders"),
        blank=True,
        related_name="+",
        help_text=_("Who gives the award together with the centre."),
    )
    jury = models.TextField(
        _("jury"), blank=True, help_text=_("Members of the jury, one a line. It is not published.")
    )
    count_published = models.PositiveIntegerField(
        _("books published"), null=True, blank=True, help_text=_("Empty if it is not known; 0 means none.")
    )
    count_evaluated = models.PositiveIntegerField(
        _("books evaluated"), null=True, blank=True, help_text=_("Empty if it is not known; 0 means none.")
    )
    count_signed = models.PositiveIntegerField(
        _("books with the sign"),
        null=True,
        blank=True,
        help_text=_("Empty if it is not known; 0 means none."),
    )
    count_publishers = models.PositiveIntegerField(
        _("publishers"), null=True, blank=True, help_text=_("Empty if it is not known; 0 means none.")
    )

    base_form_class = EditionForm

    award_panels = [
        *Edition.common_panels,
        FieldRowPanel([FieldPanel("year"), FieldPanel("production_year")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("announced_on"), FieldPanel("announced_on_precision")]),
                FieldRowPanel([FieldPanel("ceremony_on"), FieldPanel("ceremony_on_precision")]),
                FieldPanel("ceremony_place"),
            ],
            _("Announcement and ceremony"),
        ),
        FieldPanel("co_awarders"),
        FieldPanel("jury"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("count_published"), FieldPanel("count_evaluated")]),
                FieldRowPanel([FieldPanel("count_signed"), FieldPanel("count_publishers")]),
            ],
            _("Numbers"),
        ),
        PublishingPanel(),
    ]
    result_panels = [InlinePanel("results", heading=_("Results"), label=_("Result"))]
    edit_handler = TabbedInterface(
        [ObjectList(award_panels, heading=_("Award")), ObjectList(result_panels, heading=_("Results"))]
    )

    graphql_fields = [
        *Edition.interface_fields,
        GraphQLInt("production_year", description="Year in which the judged books were published."),
        GraphQLPartialDate("announced_on", description="Date on which the results were announced."),
        field("ceremony: Ceremony", "Date and place of the award ceremony. Null if there is none."),
        GraphQLCollection(
            GraphQLForeignKey,
            "co_awarders",
            "centres.Organisation",
            description="Organisations that give the award together with the centre.",
        ),
        field("counts: AwardCounts!", "Figures of the award year, such as the number of evaluated books."),
        GraphQLCollection(
            GraphQLForeignKey,
            "results",
            "centres.AwardResult",
            description="Results of the year, one per category.",
        ),
    ]

    class Meta:
        verbose_name = _("award edition")
        verbose_name_plural = _("award editions")

    @property
    def ceremony(self) -> Ceremony | None:
        """When and where the award was given; None where nothing is known of it."""
        if self.ceremony_on is None and not self.ceremony_place:
            return None
        return Ceremony(self.ceremony_on, self.ceremony_on_precision, self.ceremony_place)

    @property
    def counts(self) -> AwardCounts:
        """The numbers of the year, each None where it is not known."""
        return AwardCounts(
            self.count_published, self.count_evaluated, self.count_signed, self.count_publishers
        )

    def span(self) -> tuple[datetime | None, datetime | None]:
        """From the announcement to the ceremony, as far as they are known; else the whole year."""
        dates = (
            (self.announced_on, self.announced_on_precision),
            (self.ceremony_on, self.ceremony_on_precision),
        )
        known = [(day, precision) for day, precision in dates if day]
        if not known:
            return year_span(self.year)
        return (
            day_start(min(first_day(day, precision) for day, precision in known)),
            day_end(max(last_day(day, precision) for day, precision in known)),
        )

    def check_rows(self, rows: Rows) -> None:
        """Refuse a result in a category that was not given in this year."""
        for result in rows["results"]:
            if not result.category.exists_in(self.year):
                raise no_such_year(result.category, self.year)


class AwardOutcome(models.TextChoices):
    AWARDED = "AWARDED", _("awarded")
    NOT_AWARDED = "NOT_AWARDED", _("not awarded")


class AwardResult(SurvivingDraft, RowRules, Orderable, ClusterableModel):
    """Result of one award category: one book, several books or none."""

    edition = ParentalKey(AwardEdition, on_delete=models.CASCADE, related_name="results")
    category = models.ForeignKey(
        AwardCategory,
        verbose_name=_("category"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("It must have been given in this year."),
    )
    outcome = models.CharField(
        _("outcome"),
        max_length=11,
        choices=AwardOutcome.choices,
        help_text=_("Record “not awarded” as a result."),
    )
    books: Any = ProtectedManyToManyField(
        Book,
        verbose_name=_("books"),
        blank=True,
        related_name="award_results",
        help_text=_("One book, several that share the award, or none if it was not awarded."),
    )
    citation = LocalisedTextField(
        _("citation"), multiline=True, blank=True, help_text=_("What the jury says about it.")
    )

    base_form_class = RowsForm

    panels = [
        FieldRowPanel([FieldPanel("category"), FieldPanel("outcome")]),
        FieldPanel("books"),
        FieldPanel("citation"),
    ]

    graphql_fields = [
        GraphQLForeignKey("category", "centres.AwardCategory", description="Category of the award."),
        GraphQLString("outcome", description="Whether the award was given in this category."),
        field(
            "books: [Book!]!",
            "Books that received the award. Several books share it; the list is empty if it was not given.",
        ),
        GraphQLString("citation", description="The jury's statement about the result."),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("result")
        verbose_name_plural = _("results")

    def __str__(self) -> str:
        return f"{self.category if self.category_id else ''}: {self.get_outcome_display()}"

    def check_rows(self, rows: Rows) -> None:
        """Refuse an award without a book and a book without an award."""
        if self.outcome == AwardOutcome.AWARDED and not rows["books"]:
            raise ValidationError({"books": _("Choose the awarded book, or “not awarded” as the outcome.")})
        if self.outcome == AwardOutcome.NOT_AWARDED and rows["books"]:
            raise ValidationError({"books": _("Remove the books, or choose “awarded” as the outcome.")})
