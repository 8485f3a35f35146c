"""The list of centres."""

from django.utils.translation import gettext_lazy as _
from grapple.models import GraphQLStreamfield
from wagtail.admin.panels import FieldPanel

from cms.body.field import BodyField
from cms.models import BasePage


class CentreIndexPage(BasePage):
    """The page that lists all centres and explains what a competence centre is."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["centres.CentrePage"]
    max_count_per_parent = 1

    body = BodyField(verbose_name=_("body"), blank=True, help_text=_("What all centres share."))

    translated_fields = ("body",)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]

    graphql_fields = [
        *BasePage.graphql_fields,
        GraphQLStreamfield("body", description="Content blocks of the page, in order."),
    ]

    class Meta:
        verbose_name = _("list of centres")
        verbose_name_plural = _("lists of centres")
