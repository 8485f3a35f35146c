"""The site's name and the words of its frontends, as editors keep them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from grapple.models import GraphQLString
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable

from cms.fields import LocalisedTextField
from cms.graphql_fields import field
from cms.preview_origins import refuse


@register_setting(icon="site", order=100)
class SiteSettings(BaseSiteSetting):
    """What the site is called and where its frontends show drafts."""

    name = LocalisedTextField(
        _("name of the site"), max_length=120, help_text=_("Shown in titles and in search results.")
    )
    preview_url = models.URLField(
        _("address of the preview"),
        blank=True,
        help_text=_(
            "Where the frontend shows drafts, such as https://www.example.si/predogled/. Empty: the built-in frontend."
        ),
    )

    publisher = LocalisedTextField(
        _("publisher"), max_length=200, blank=True, help_text=_("Who publishes the site; shown at its foot.")
    )
    contact_email = models.EmailField(
        _("e-mail address"),
        blank=True,
        help_text=_("For questions about the site and for reports of barriers; shown at its foot."),
    )
    accessibility_statement = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("accessibility statement"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The page in any language; its translations are shown in theirs."),
    )

    archived = True
    panels = [
        FieldPanel("name"),
        MultiFieldPanel(
            [
                FieldPanel("publisher"),
                FieldPanel("contact_email"),
                FieldPanel("accessibility_statement"),
            ],
            _("Foot of the page"),
        ),
        FieldPanel("preview_url"),
    ]

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("sites")

    def clean(self) -> None:
        """Refuse an address of the preview that is not on an origin of the deployment."""
        super().clean()
        if self.preview_url:
            try:
                refuse(self.preview_url)
            except ValidationError as error:
                raise ValidationError({"preview_url": error}) from error


@register_setting(icon="comment", order=110)
class SiteLabels(ClusterableModel, BaseSiteSetting):
    """Interface texts that every frontend needs, as editors maintain them."""

    skip_to_content = LocalisedTextField(
        _("skip to content"),
        max_length=80,
        help_text=_("The first link of every page, for people who use the keyboard."),
    )
    skip_to_menu = LocalisedTextField(
        _("skip to main menu"),
        max_length=80,
        help_text=_("The second link of every page, for people who use the keyboard."),
    )
    free = LocalisedTextField(_("free of charge"), max_length=80, help_text=_("Shown instead of a fee."))

    panels = [
        MultiFieldPanel(
            [FieldPanel("skip_to_content"), FieldPanel("skip_to_menu"), FieldPanel("free")], _("Words")
        ),
        InlinePanel("status_labels", heading=_("Names of states"), label=_("State")),
    ]

    graphql_fields = [
        GraphQLString("skip_to_content", description="Text of the link that skips to the content."),
        GraphQLString("skip_to_menu", description="Text of the link that skips to the main menu."),
        GraphQLString("free", description="Text to show instead of a fee if an event is free."),
        field("statusLabels: [CodeLabel!]!", "Names of all statuses, to show instead of their codes."),
        field(
            'enumLabels("Names of enums, such as ProgrammeKind. Omit it for all." enum: [String!]): [EnumLabel!]!',
            "Words for the values of the schema's enums in the requested locale.",
        ),
    ]

    class Meta:
        verbose_name = _("labels of the site")
        verbose_name_plural = _("labels of the site")


class CodeLabel(Orderable):
    """Name of one status in the requested locale."""

    labels = ParentalKey(SiteLabels, on_delete=models.CASCADE, related_name="status_labels")
    code = models.CharField(
        _("code"),
        max_length=40,
        help_text=_("The state's code as frontends get it, such as OPEN or CANCELLED."),
    )
    label = LocalisedTextField(_("name"), max_length=80, help_text=_("What visitors read."))

    graphql_fields = [
        GraphQLString("code", description="Code of the status, as enums serve it."),
        GraphQLString("label", description="Name of the status, to show to visitors."),
    ]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["labels", "code"], name="one_label_per_code")]
