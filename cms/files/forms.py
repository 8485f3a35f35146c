"""Wagtail's forms for uploads, with messages that say what to do."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from cms.media.full_disks import storing_failed
from cms.media.photographs import opened, take
from cms.media.uploads import check_image

_PARTS = {
    "top": (0.5, 0.2, _("at the top")),
    "bottom": (0.5, 0.8, _("at the bottom")),
    "left": (0.2, 0.5, _("on the left")),
    "right": (0.8, 0.5, _("on the right")),
    "middle": (0.5, 0.5, _("in the middle")),
}
# How much of each side the part takes.
_SHARE = 0.4


class StoredFileForm:
    """A form with a file: it says if that could not be stored, and deletes the old one once the new one is there."""

    files: Any
    fields: Any
    original_file: Any
    changed_data: Any

    def full_clean(self) -> None:
        refusal = storing_failed() or self.why_refused()
        if refusal:
            self.files = MultiValueDict()  # nothing else may look at it
        super().full_clean()  # type: ignore[misc]
        if refusal:
            field = "file" if "file" in self.fields else None
            self._errors.pop("file", None)  # type: ignore[attr-defined]
            self.add_error(field, refusal)  # type: ignore[attr-defined]

    def why_refused(self) -> Any:
        """Return why the file must not be handed on to Wagtail's own checks, or nothing."""
        return None

    def save(self, commit: bool = True) -> Any:
        old, self.original_file = self.original_file, None
        saved = super().save(commit)  # type: ignore[misc]
        if commit and old and "file" in self.changed_data and old.name != saved.file.name:
            # Robust: the new file is stored, whatever becomes of the old one.
            transaction.on_commit(lambda: old.storage.delete(old.name), robust=True)
        return saved


class ImageForm(StoredFileForm, BaseImageForm):
    """``WAGTAILIMAGES_IMAGE_FORM_BASE``; a new image is asked for its most important part, which becomes the focal
    point. That of an image that is there already is drawn on it."""

    important_part = forms.ChoiceField(
        label=_("Most important part"),
        required=False,
        choices=[("", _("the whole image")), *((name, label) for name, (_x, _y, label) in _PARTS.items())],
        help_text=_("It stays where the image is cut. To be precise, draw it when you edit the image."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        upload = self.files.get(self.add_prefix("file"))
        if upload and not storing_failed():
            take(upload)
        if self.instance.pk:
            del self.fields["important_part"]
        if "alt_text" in self.fields:
            self.fields["alt_text"].ask_in_the_browser()
        if "file" in self.fields:
            field = self.fields["file"]
            field.widget.attrs["data-ask-first"] = ""  # see static/cms/asking_first.js
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

    def why_refused(self) -> Any:
        # Wagtail measures what it knows by its first bytes, and fails where nobody can read the rest.
        upload = self.files.get(self.add_prefix("file"))
        if not upload:
            return None
        try:
            if opened(upload) is None:
                check_image(upload)
        except ValidationError as error:
            return error.error_dict["file"]
        finally:
            upload.seek(0)
        return None

    def save(self, commit: bool = True) -> Any:
        image = self.instance
        part = _PARTS.get(self.cleaned_data.get("important_part", ""))
        if part and image.width and image.height:
            across, down, _label = part
            image.focal_point_x, image.focal_point_y = round(image.width * across), round(image.height * down)
            image.focal_point_width = round(image.width * _SHARE)
            image.focal_point_height = round(image.height * _SHARE)
        return super().save(commit)


class DocumentForm(StoredFileForm, BaseDocumentForm):
    """``WAGTAILDOCS_DOCUMENT_FORM_BASE``"""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"].error_messages["file_too_large"] = _(
                "The document has %(file_size)s; at most %(max_filesize)s are allowed. "
                "Save it with smaller pictures, or in parts."
            )
