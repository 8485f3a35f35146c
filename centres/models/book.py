"""Books that awards and reading programmes speak of."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from grapple.models import GraphQLInt, GraphQLString
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, PublishingPanel
from wagtail.models import DraftStateMixin, Orderable, RevisionMixin

from centres.identifiers import check_cobiss_id, cobiss_url, isbn_key
from centres.models.choices import ContributorRole
from centres.validation import check_isbn
from cms.graphql_fields import COMPUTED, By, List, Where, field
from cms.languages.sorting import SORT_KEY_LENGTH, fold, sort_key
from cms.models.at_once import PublishedAtOnce


class Book(PublishedAtOnce, DraftStateMixin, RevisionMixin, ClusterableModel):
    """One edition of a book: a title in one language from one publisher."""

    title = models.CharField(_("title"), max_length=255, help_text=_("As it stands on the title page."))
    year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        db_index=True,
        blank=True,
        validators=[MinValueValidator(1550), MaxValueValidator(2200)],
        help_text=_("Year it came out."),
    )
    publisher = models.CharField(_("publisher"), max_length=160, blank=True, help_text=_("Such as “Miš”."))
    language = models.CharField(
        _("language"),
        max_length=12,
        default="sl",
        help_text=_("Code of the language it is written in, such as sl."),
    )
    genre = models.CharField(
        _("genre"), max_length=120, blank=True, help_text=_("Such as picture book or novel.")
    )
    theme = models.CharField(
        _("theme"), max_length=255, blank=True, help_text=_("What it is about, in a few words.")
    )
    target_group = models.CharField(
        _("target group"), max_length=120, blank=True, help_text=_("Such as “from 9 years”.")
    )
    physical_description = models.CharField(
        _("physical description"),
        max_length=160,
        blank=True,
        help_text=_("As in the catalogue: pages, illustrations, size."),
    )
    keywords = models.TextField(_("keywords"), blank=True, help_text=_("One a line."))
    isbn = models.CharField(
        _("ISBN"), max_length=17, blank=True, validators=[check_isbn], help_text=_("With or without hyphens.")
    )
    isbn_key = models.CharField(max_length=13, editable=False, db_index=True, default="")
    cobiss_id = models.CharField(
        _("COBISS.SI-ID"),
        max_length=20,
        blank=True,
        validators=[check_cobiss_id],
        help_text=_("Number of the record in the COBISS catalogue."),
    )
    sort_key = models.CharField(max_length=SORT_KEY_LENGTH, editable=False, db_index=True, default="")
    folded_title = models.CharField(max_length=510, editable=False, default="")

    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("year"), FieldPanel("publisher")]),
        FieldPanel("language"),
        FieldRowPanel([FieldPanel("isbn"), FieldPanel("cobiss_id")]),
        InlinePanel("contributors", heading=_("Authors, illustrators, translators"), label=_("Contributor")),
        FieldRowPanel([FieldPanel("genre"), FieldPanel("target_group")]),
        FieldPanel("theme"),
        FieldPanel("physical_description"),
        FieldPanel("keywords"),
        PublishingPanel(),
    ]

    # Rows that point here and are a part of the response; see `cms.publishing.objects`.
    shows = ("centres.AwardEdition",)
    graphql_fields = [
        GraphQLString("title", description="Title as printed on the title page."),
        GraphQLInt("year", description="Year of publication. Null if it is unknown."),
        GraphQLString("publisher", description="Name of the publisher."),
        GraphQLString("language", description="Language code of the book."),
        field("isbn: String", "International Standard Book Number of the book. Null if it is unknown."),
        field("cobissId: String", "Number of the record in the COBISS catalogue. Null if it is unknown."),
        field("cobissUrl: String", "Address of the record in the COBISS catalogue. Null if it is unknown."),
        field(
            'contributors("Return only contributors with this role." role: ContributorRole): [Contributor!]!',
            "Authors, illustrators and translators of the book.",
        ),
        field("awards: [BookAward!]!", "Awards and signs of quality that the book received."),
    ]

    graphql_list = List(
        "books",
        order={
            "TITLE": By(
                "sort_key", "By title, in alphabetical order.", "By title, in reverse alphabetical order."
            ),
            "YEAR": By(
                "year",
                "By year of publication, the oldest first.",
                "By year of publication, the newest first.",
            ),
        },
        filters={
            "contributor": COMPUTED,
            "role": COMPUTED,
            "awarded": COMPUTED,
            "year": Where("year", "Year of publication."),
            "years": Where("year", "Range of years of publication.", between=True),
            "award": COMPUTED,
            "category": COMPUTED,
            "titleContains": Where("folded_title", "Part of the title. Case and accents are ignored."),
            "isbn": COMPUTED,
            "cobissId": Where("cobiss_id", "Record numbers of the book in the COBISS catalogue."),
        },
        description="Books that received awards or appear in programmes, by title by default.",
    )

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name = _("book")
        verbose_name_plural = _("books")

    def __str__(self) -> str:
        return f"{self.title} ({self.year})" if self.year else self.title

    @property
    def cobiss_url(self) -> str | None:
        """Address of the record in the union catalogue."""
        return cobiss_url(self.cobiss_id)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = sort_key(self.title, settings.LANGUAGE_CODE)
        self.folded_title = fold(self.title)
        self.isbn_key = isbn_key(self.isbn)
        super().save(*args, **kwargs)


class Contributor(Orderable):
    """A person who wrote, illustrated or translated a book."""

    book = ParentalKey(Book, on_delete=models.CASCADE, related_name="contributors")
    name = models.CharField(_("name and surname"), max_length=160, help_text=_("As on the title page."))
    role = models.CharField(
        _("role"), max_length=11, choices=ContributorRole.choices, help_text=_("One row for every role.")
    )
    folded_name = models.CharField(max_length=320, editable=False, default="")

    panels = [FieldRowPanel([FieldPanel("name"), FieldPanel("role")])]

    graphql_fields = [
        GraphQLString("name", description="Name as printed on the title page."),
        GraphQLString("role", description="What the person did for the book."),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded_name = fold(self.name)
        super().save(*args, **kwargs)
