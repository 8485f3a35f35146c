"""Blocks of a body that show pictures, files and videos."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _
from grapple.helpers import register_streamfield_block
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.body.rich_text import FEATURES

MEDIA = _("Pictures and files")


@register_streamfield_block
class FigureBlock(blocks.StructBlock):
    """An image with a caption."""

    image = ImageChooserBlock(label=_("Image"))
    decorative = blocks.BooleanBlock(
        label=_("Decoration only"),
        required=False,
        help_text=_(
            "Tick it if the image says nothing that the text does not say; screen readers then pass over it."
        ),
    )
    alt_text = blocks.CharBlock(
        label=_("Alternative text here"),
        required=False,
        max_length=255,
        help_text=_("Only where the image's own description does not fit this place."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=300)
    credit = blocks.CharBlock(
        label=_("Credit"),
        required=False,
        max_length=255,
        help_text=_("Empty: the credit kept with the image."),
    )

    class Meta:
        icon = "image"
        group = MEDIA
        label = _("Image")
        label_format = "{caption}"
        form_layout = ["image", "caption", "decorative", "alt_text", "credit"]

    def clean(self, value: Any) -> Any:
        result = super().clean(value)
        if result["decorative"] and result["alt_text"]:
            message = _("Decoration has no alternative text: clear it, or take the tick away.")
            raise StructBlockValidationError({"alt_text": ValidationError(message)})
        described = (
            result["decorative"] or result["alt_text"] or (result["image"] and result["image"].alt_text)
        )
        if not described and not self.is_deferred_validation:
            message = _("Write here what the image shows, or tick that it is decoration only.")
            raise StructBlockValidationError({"alt_text": ValidationError(message)})
        return result


@register_streamfield_block
class DocumentBlock(blocks.StructBlock):
    """A file to download."""

    document = DocumentChooserBlock(label=_("Document"))
    description = blocks.TextBlock(
        label=_("Description"),
        required=False,
        help_text=_("What readers find in it; size and type are added."),
    )

    class Meta:
        icon = "doc-full"
        group = MEDIA
        label = _("Document")


@register_streamfield_block
class VideoBlock(blocks.StructBlock):
    """A video elsewhere on the web. Nothing is ever fetched from its address by this server."""

    url = blocks.URLBlock(label=_("Address of the video"), help_text=_("Beginning with https://"))
    title = blocks.CharBlock(
        label=_("Title"), max_length=200, help_text=_("Screen readers say it before playing.")
    )
    has_captions = blocks.BooleanBlock(
        label=_("The video has captions"),
        required=False,
        help_text=_("Checked captions, not automatic ones."),
    )
    transcript = blocks.RichTextBlock(
        features=FEATURES,
        label=_("Transcript"),
        required=False,
        help_text=_("What is said and shown; needed where captions are missing."),
    )

    class Meta:
        icon = "media"
        group = MEDIA
        label = _("Video")
        label_format = "{title}"

    def clean(self, value: Any) -> Any:
        result = super().clean(value)
        errors = {}
        if result["url"] and (message := video_problem(result["url"])):
            errors["url"] = ValidationError(message)
        # WCAG 2.2, success criteria 1.2.1 and 1.2.2.
        if not (result["has_captions"] or result["transcript"].source or self.is_deferred_validation):
            errors["transcript"] = ValidationError(
                _("Write a transcript, or confirm that the video has captions.")
            )
        if errors:
            raise StructBlockValidationError(errors)
        return result


def video_problem(url: str) -> Any:
    """Return what is wrong with a video's address, or ``None``: https, from a host of ``CMS_VIDEO_HOSTS``."""
    try:
        parts = urlsplit(url)
    except ValueError:  # a bracket that does not close
        parts = urlsplit("")
    if parts.scheme != "https" or parts.username or parts.password:
        return _("Give the address that begins with https:// and has no password in it.")
    if settings.CMS_VIDEO_HOSTS and parts.hostname not in settings.CMS_VIDEO_HOSTS:
        hosts = get_text_list(list(settings.CMS_VIDEO_HOSTS), _("or"))
        return _("Videos may come from %(hosts)s. Publish the video there first.") % {"hosts": hosts}
    return None
