"""Rows of a programme: whom it is for, who takes part, who pays, and its codes elsewhere."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
)
from wagtail.models import Orderable

from centres.models.organisations import Organisation
from centres.models.programme import ProgrammePage
from centres.models.vocabulary import Audience
from cms.models.facts import TranslatedRow


class ProgrammeAudience(TranslatedRow, Orderable):
    """People whom a programme is for; their order is the order in which they get seats."""

    page = ParentalKey(ProgrammePage, on_delete=models.CASCADE, related_name="programme_audiences")
    audience = models.ForeignKey(
        Audience,
        verbose_name=_("audience"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Who it is for. Move the rows: those at the top get seats first."),
    )

    panels = [FieldPanel("audience")]

    class Meta(Orderable.Meta):
        verbose_name = _("audience of a programme")
        verbose_name_plural = _("audiences of a programme")


class ProgrammeCoOrganiser(TranslatedRow, Orderable):
    """An organisation that organises a programme together with the centre."""

    page = ParentalKey(ProgrammePage, on_delete=models.CASCADE, related_name="programme_co_organisers")
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Who organises it together with the centre."),
    )

    panels = [FieldPanel("organisation")]

    class Meta(Orderable.Meta):
        verbose_name = _("co-organiser")
        verbose_name_plural = _("co-organisers")


class ProgrammeFunder(TranslatedRow, Orderable):
    """An organisation that pays for a programme."""

    page = ParentalKey(ProgrammePage, on_delete=models.CASCADE, related_name="programme_funders")
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Who pays for it."),
    )

    panels = [FieldPanel("organisation")]

    class Meta(Orderable.Meta):
        verbose_name = _("funder")
        verbose_name_plural = _("funders")


class ExternalCode(TranslatedRow, Orderable):
    """The code of a programme in another catalogue, such as KATIS."""

    page = ParentalKey(ProgrammePage, on_delete=models.CASCADE, related_name="external_codes")
    scheme = models.CharField(
        _("catalogue"), max_length=40, help_text=_("Name of the catalogue, such as KATIS.")
    )
    code = models.CharField(_("code"), max_length=80, help_text=_("Code in another catalogue."))

    panels = [FieldRowPanel([FieldPanel("scheme"), FieldPanel("code")])]

    class Meta(Orderable.Meta):
        verbose_name = _("code in another catalogue")
        verbose_name_plural = _("codes in other catalogues")
