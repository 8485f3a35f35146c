"""The root of the site and pages of no domain."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from grapple.models import GraphQLImage, GraphQLStreamfield
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.models import Orderable, Page

from cms.body.field import BodyField
from cms.graphql_fields import field
from cms.models import BasePage
from cms.models.facts import TranslatedRow
from home.reserved import is_reserved

HOME_DEPTH = 2


class HomePage(BasePage):
    """Home page of the site in one locale. Its slug is the locale code."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["home.InfoPage", "centres.CentreIndexPage", "centres.CommissionPage"]

    lead_image = models.ForeignKey(
        "cms.Image",
        verbose_name=_("lead image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown at the top of the page; it needs an alternative text."),
    )
    body = BodyField(verbose_name=_("body"), blank=True, help_text=_("What the site is about."))

    translated_fields = ("body",)
    shared_fields = ("lead_image",)
    shared_relations = ("featured_centre_rows", "featured_programme_rows")

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("lead_image"),
        FieldPanel("body"),
        InlinePanel("featured_centre_rows", heading=_("Featured centres"), label=_("Centre")),
        InlinePanel("featured_programme_rows", heading=_("Featured programmes"), label=_("Programme")),
    ]

    graphql_fields = [
        *BasePage.graphql_fields,
        GraphQLImage("lead_image", description="Image for the top of the page. Null if there is none."),
        GraphQLStreamfield("body", description="Content blocks of the page, in order."),
        field("featuredCentres: [CentrePage!]!", "Centres that editors feature on the home page, in order."),
        field(
            "featuredProgrammes: [ProgrammePage!]!",
            "Programmes that editors feature on the home page, in order.",
        ),
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def clean(self) -> None:
        super().clean()
        if self.locale_id and self.slug and self.slug != self.locale.language_code:
            raise ValidationError(
                {
                    "slug": _("The address of a home page is the code of its language. Write “%s” here.")
                    % self.locale.language_code
                }
            )


class FeaturedPage(TranslatedRow, Orderable):
    """A page that the home page puts forward; the graph shows it in the asked language."""

    class Meta(Orderable.Meta):
        abstract = True


class FeaturedCentre(FeaturedPage):
    """A centre that the home page puts forward."""

    home = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="featured_centre_rows")
    page = models.ForeignKey(
        Page,
        verbose_name=_("centre"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Its page in any language."),
    )

    panels = [PageChooserPanel("page", "centres.CentrePage")]

    class Meta(FeaturedPage.Meta):
        verbose_name = _("featured centre")
        verbose_name_plural = _("featured centres")


class FeaturedProgramme(FeaturedPage):
    """A programme that the home page puts forward."""

    home = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="featured_programme_rows")
    page = models.ForeignKey(
        Page,
        verbose_name=_("programme"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Its page in any language."),
    )

    panels = [PageChooserPanel("page", "centres.ProgrammePage")]

    class Meta(FeaturedPage.Meta):
        verbose_name = _("featured programme")
        verbose_name_plural = _("featured programmes")


class InfoPage(BasePage):
    """General information page, such as “About”, the accessibility statement or the legal notice."""

    parent_page_types = ["home.HomePage", "home.InfoPage", "centres.CentrePage", "centres.CommissionPage"]
    subpage_types = ["home.InfoPage"]

    body = BodyField(verbose_name=_("body"), blank=True, help_text=_("The text of the page."))

    translated_fields = ("body",)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]

    graphql_fields = [
        *BasePage.graphql_fields,
        GraphQLStreamfield("body", description="Content blocks of the page, in order."),
    ]

    class Meta:
        verbose_name = _("information page")
        verbose_name_plural = _("information pages")

    def clean(self) -> None:
        """Refuse addresses directly below the home page that the site answers itself, such as its calendar."""
        super().clean()
        may_be_below_home = self.depth is None or self.get_parent().depth == HOME_DEPTH
        if may_be_below_home and self.slug and is_reserved(self.slug):
            raise ValidationError(
                {
                    "slug": _(
                        "The site's own calendar, search or list of programmes is at this address. Choose another."
                    )
                }
            )
