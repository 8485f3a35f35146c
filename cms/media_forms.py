"""Wagtail's forms for uploads, with messages that say what to do."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm


class ImageForm(BaseImageForm):
    """``WAGTAILIMAGES_IMAGE_FORM_BASE``"""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            field = self.fields["file"]
            field.error_messages |= {
                "file_too_large": _(
                    "The image has %(file_size)s; at most %(max_filesize)s are allowed. "
                    "Save it smaller: 2400 pixels on the longer side are plenty."
                ),
                "file_too_many_pixels": _(
                    "The image has more pixels than this site can work with. "
                    "Make it smaller first: 2400 pixels on the longer side are plenty."
                ),
                "invalid_image": _(
                    "This is not an image, whatever its name says. Save it as JPEG or PNG in an image editor."
                ),
                "invalid_image_known_format": _(
                    "The name ends in .%(extension)s but the content is %(image_format)s. Rename the file."
                ),
            }


class DocumentForm(BaseDocumentForm):
    """``WAGTAILDOCS_DOCUMENT_FORM_BASE``"""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"].error_messages["file_too_large"] = _(
                "The document has %(file_size)s; at most %(max_filesize)s are allowed. "
                "Save it with smaller pictures, or in parts."
            )
