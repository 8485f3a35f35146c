"""Texts that editors maintain once and show in several places."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PublishingPanel
from wagtail.fields import RichTextField
from wagtail.models import DraftStateMixin, Page, ReferenceIndex, RevisionMixin, TranslatableMixin
from wagtail.search import index

from cms.body.rich_text import FEATURES
from cms.models.at_once import PublishedAtOnce
from cms.models.chosen_files import OwnFilesForm
from cms.models.previews import FrontendPreview


class SharedText(
    PublishedAtOnce,
    DraftStateMixin,
    RevisionMixin,
    FrontendPreview,
    TranslatableMixin,
    index.Indexed,
    models.Model,
):
    """A text that several pages show, one row per language; changing it changes all of them."""

    name = models.CharField(
        _("name"),
        max_length=120,
        help_text=_("For editors only: how you find this text when you choose it on a page."),
    )
    text = RichTextField(
        _("text"),
        features=FEATURES,
        help_text=_("A change is seen on every page that shows this text once you publish."),
    )

    archived = True
    base_form_class = OwnFilesForm
    panels = [FieldPanel("name"), FieldPanel("text"), PublishingPanel()]

    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("text"),
        index.FilterField("locale_id"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("shared text")
        verbose_name_plural = _("shared texts")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def preview_page_key(self) -> Any:
        """A page that shows this text, best one of the same language."""
        texts = SharedText.objects.filter(translation_key=self.translation_key)
        pages = [
            source
            for text in texts
            for source, _references in ReferenceIndex.get_grouped_references_to(text)
            if isinstance(source, Page) and source.live
        ]
        pages.sort(key=lambda page: (page.locale_id != self.locale_id, page.pk))
        return pages[0].translation_key if pages else None
