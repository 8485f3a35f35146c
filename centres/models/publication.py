"""An edition of a publication that comes out again and again."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from grapple.models import GraphQLDocument, GraphQLImage, GraphQLString
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PublishingPanel

from centres.dates import day_end, day_start, first_day, last_day, precision_field, year_span
from centres.forms import EditionForm
from centres.identifiers import check_cobiss_id, cobiss_url
from centres.models.edition import Edition, EditionType
from centres.validation import check_isbn
from cms.fields import LocalisedTextField
from cms.graphql_fields import field


class PublicationEdition(Edition):
    """One year's issue of a publication, such as the Manual for reading quality youth books."""

    edition_type = EditionType.PUBLICATION

    own_title = LocalisedTextField(
        _("own title"),
        max_length=255,
        blank=True,
        help_text=_("The title of this issue, such as “Ozvezdje Knjiga”."),
    )
    published_on = models.DateField(
        _("published on"), null=True, blank=True, help_text=_("When it came out.")
    )
    published_on_precision = precision_field()
    isbn = models.CharField(
        _("ISBN"), max_length=17, blank=True, validators=[check_isbn], help_text=_("With or without hyphens.")
    )
    cobiss_id = models.CharField(
        _("COBISS.SI-ID"),
        max_length=20,
        blank=True,
        validators=[check_cobiss_id],
        help_text=_("Number of the record in the COBISS catalogue."),
    )
    document = models.ForeignKey(
        "cms.Document",
        verbose_name=_("document"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The file to download; say with the file whether a screen reader can read it."),
    )
    cover = models.ForeignKey(
        "cms.Image",
        verbose_name=_("cover"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Picture of the cover."),
    )
    production_year = models.PositiveSmallIntegerField(
        _("year of the books"),
        null=True,
        blank=True,
        help_text=_("Year in which the books that it covers came out."),
    )
    count_evaluated = models.PositiveIntegerField(
        _("books evaluated"), null=True, blank=True, help_text=_("Empty if it is not known; 0 means none.")
    )
    count_recommended = models.PositiveIntegerField(
        _("books recommended"), null=True, blank=True, help_text=_("Empty if it is not known; 0 means none.")
    )
    count_excellent = models.PositiveIntegerField(
        _("excellent books"), null=True, blank=True, help_text=_("Empty if it is not known; 0 means none.")
    )

    base_form_class = EditionForm

    panels = [
        *Edition.common_panels,
        FieldRowPanel([FieldPanel("year"), FieldPanel("production_year")]),
        FieldPanel("own_title"),
        FieldRowPanel([FieldPanel("published_on"), FieldPanel("published_on_precision")]),
        FieldRowPanel([FieldPanel("isbn"), FieldPanel("cobiss_id")]),
        FieldPanel("document"),
        FieldPanel("cover"),
        MultiFieldPanel(
            [FieldPanel("count_evaluated"), FieldPanel("count_recommended"), FieldPanel("count_excellent")],
            _("Numbers"),
        ),
        PublishingPanel(),
    ]

    graphql_fields = [
        *Edition.interface_fields,
        GraphQLString("own_title", description="Title of this issue. Empty if it has no title of its own."),
        field(
            "ownTitleLocale: String",
            "Locale code of `ownTitle`, for the lang attribute. Null if there is no title.",
        ),
        field("isbn: String", "International Standard Book Number of the issue. Null if it has none."),
        field("cobissId: String", "Number of the record in the COBISS catalogue. Null if it is unknown."),
        field("cobissUrl: String", "Address of the record in the COBISS catalogue. Null if it is unknown."),
        GraphQLDocument(
            "document", description="File to download. Null if there is none or it is not public."
        ),
        GraphQLImage("cover", description="Image of the cover. Null if there is none."),
    ]

    class Meta:
        verbose_name = _("publication edition")
        verbose_name_plural = _("publication editions")

    @property
    def cobiss_url(self) -> str | None:
        """Address of the record in the union catalogue."""
        return cobiss_url(self.cobiss_id)

    def span(self) -> tuple[datetime | None, datetime | None]:
        """The day, month or year in which it came out."""
        if self.published_on is None:
            return year_span(self.year)
        return (
            day_start(first_day(self.published_on, self.published_on_precision)),
            day_end(last_day(self.published_on, self.published_on_precision)),
        )
