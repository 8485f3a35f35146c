"""Images and documents: facts with one row each, described in every language of the site."""

import logging
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from grapple.models import GraphQLInt, GraphQLString
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition, SourceImageIOError
from wagtail.search import index

from cms.fields import LocalisedTextField
from cms.graphql_fields import field
from cms.media.images import backend_url, make_renditions_task, placeholder
from cms.media.photographs import BROKEN_PROFILE
from cms.media.uploads import check_document, check_image, in_utf8, without_metadata

logger = logging.getLogger(__name__)


def _uploader(related_name: str) -> Any:
    """Return Wagtail's column with an accessor of its own; the usual one clashes with Wagtail's models."""
    uploader: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name=related_name,
    )
    uploader.wagtail_reference_index_ignore = True
    return uploader


def _tags(related_name: str) -> Any:
    return TaggableManager(
        verbose_name=_("tags"),
        help_text=_("Words by which editors find it."),
        blank=True,
        related_name=related_name,
    )


@dataclass(frozen=True, slots=True)
class FocalPoint:
    """The point that stays visible in every crop, as fractions of width and height from the top left."""

    x: float
    y: float


class Image(AbstractImage):
    """An image that editors upload once and use in many places."""

    file: Any
    # `alt_text` describes the image in every language for people who do not see it.
    description = None
    alt_text = LocalisedTextField(
        _("alternative text"),
        max_length=255,
        help_text=_(
            "What the image shows, for people who cannot see it: one sentence without “image of”. "
            "Where the image is mere decoration, say so at the place where you use it."
        ),
    )
    credit = models.CharField(
        _("credit"),
        max_length=255,
        blank=True,
        default="",
        help_text=_("Who made the image and under which terms, such as: Photo: Ana Novak, CC BY 4.0."),
    )
    placeholder = models.TextField(editable=False, default="")
    uploaded_by_user = _uploader("uploaded_images")
    tags = _tags("tagged_images")

    admin_form_fields = (
        "title",
        "file",
        "alt_text",
        "credit",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    search_fields = [
        *[entry for entry in AbstractImage.search_fields if entry.field_name != "description"],
        index.SearchField("alt_words"),
        index.AutocompleteField("alt_words"),
        index.SearchField("credit"),
    ]

    graphql_fields = [
        GraphQLString(
            "title", description="Title of the image in the editor. Use `alt` as the alternative text."
        ),
        field(
            "alt: String!",
            "Alternative text. Empty if the image is decorative in this place.",
        ),
        field(
            "decorative: Boolean!",
            "Whether the image adds no information to the text, so that screen readers can skip it.",
        ),
        GraphQLInt("width", description="Width of the original image in pixels."),
        GraphQLInt("height", description="Height of the original image in pixels."),
        field("focalPoint: FocalPoint", "Point that stays visible in every crop. Null if none is set."),
        field(
            'responsive("Preset that fits the place where the image is shown." preset: ImagePreset!): ResponsiveImage!',
            "Attributes for a picture element. Sizes are fixed by the presets.",
        ),
    ]

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", _("Can choose image"))]

    @property
    def alt_words(self) -> str:
        """The alternative texts of all languages, for the search in the admin."""
        return " ".join(self.alt_text.values())

    @property
    def default_alt_text(self) -> str:
        """What Wagtail's admin shows for the image where no other text was given."""
        return str(self.alt_text) or str(self.title)

    @property
    def focal_point(self) -> FocalPoint | None:
        """The middle of the area that the editor marked, or ``None``."""
        if self.focal_point_x is None or self.focal_point_y is None or not (self.width and self.height):
            return None
        return FocalPoint(
            round(min(self.focal_point_x / self.width, 1.0), 4),
            round(min(self.focal_point_y / self.height, 1.0), 4),
        )

    def clean(self) -> None:
        """Refuse a new file that is not what it seems or would do harm; see `cms.media.uploads.check_image`."""
        super().clean()
        if self._has_new_file():
            check_image(self.file)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and have the renditions made once the transaction is through."""
        replaced = not self._state.adding and self._has_new_file()
        if self._has_new_file():
            self._take_in_file()
        with transaction.atomic():
            super().save(*args, **kwargs)
            if replaced:
                self.renditions.all().delete()
            self._hand_over_renditions()

    def _hand_over_renditions(self) -> None:
        """Have the renditions made: a queue in the database is written to at once, and is committed with the image."""
        if make_renditions_task.get_backend().supports_defer:
            make_renditions_task.enqueue(self.pk)
        else:  # what does the work by itself waits for the end of the transaction
            transaction.on_commit(partial(make_renditions_task.enqueue, self.pk))

    def create_rendition(self, spec: Any) -> Any:
        """Make one of the sizes of the admin. Raises `SourceImageIOError` where that fails."""
        try:
            return super().create_rendition(spec)
        except (OSError, *BROKEN_PROFILE) as error:
            logger.exception("A size of image %s could not be made", self.pk)
            raise SourceImageIOError(str(error)) from error

    def get_rendition(self, spec: Any) -> Any:
        """Return one of the sizes of the admin; one that shows nothing where it cannot be made now."""
        try:
            return super().get_rendition(spec)
        except SourceImageIOError:
            missing = Rendition(image=self, width=0, height=0)
            missing.file.name = "not-found"
            return missing

    def _has_new_file(self) -> bool:
        return bool(self.file) and (self._state.adding or not self.file._committed)

    def _take_in_file(self) -> None:
        # Cameras write where a photograph was taken; that must not reach the public with the file.
        if (clean := without_metadata(self.file)) is not None:
            stored = self.file.name if self.file._committed else None
            self.file = clean
            if stored:
                self.file.storage.delete(stored)
        self._set_image_file_metadata()
        self.placeholder = placeholder(self.file)
        if self.file._committed:
            self.file.close()


class Rendition(AbstractRendition):
    """One stored size and format of an image."""

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"],
                name="one_rendition_per_spec_and_focal_point",
            )
        ]


def document_languages() -> list[tuple[str, str]]:
    """Return the languages a document may be in: those of the site first, then those of its neighbours."""
    others = ["de", "it", "hu", "hr", "bs", "sr", "fr", "es"]
    own = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
    return [(code, gettext(LANG_INFO[code]["name"])) for code in dict.fromkeys([*own, *others])]


def default_document_language() -> str:
    """Return the language that a document is in until an editor says otherwise: the site's own."""
    return str(settings.LANGUAGE_CODE)


class Document(AbstractDocument):
    """A file to download."""

    file: Any

    class Accessibility(models.TextChoices):
        YES = "YES", _("yes")
        NO = "NO", _("no")
        UNKNOWN = "UNKNOWN", _("not checked yet")

    language = models.CharField(
        _("language"),
        max_length=12,
        choices=document_languages,
        default=default_document_language,
        help_text=_("The language in which the document is written."),
    )
    accessible = models.CharField(
        _("accessible"),
        max_length=7,
        choices=Accessibility.choices,
        default=Accessibility.UNKNOWN,
        help_text=_("Whether a screen reader can read it: real text, headings, alternative texts, order."),
    )
    rights = models.CharField(
        _("rights"),
        max_length=255,
        blank=True,
        default="",
        help_text=_("Who holds the rights and what others may do with the document, such as: CC BY-SA 4.0."),
    )

    uploaded_by_user = _uploader("uploaded_documents")
    tags = _tags("tagged_documents")

    admin_form_fields = ("title", "file", "language", "accessible", "rights", "collection", "tags")

    graphql_fields = [
        GraphQLString("title", description="Title of the document, in the document's own language."),
        field("url: String!", "Address at which the file is downloaded.", source="full_url"),
        field("size: Int!", "Size of the file in bytes."),
        field("fileType: String!", "Extension of the file name in lower case, such as pdf."),
        GraphQLString("language", description="Language code of the document's text."),
        GraphQLString("accessible", description="Whether assistive technology can read the document."),
    ]

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", _("Can choose document"))]

    @property
    def size(self) -> int:
        """Size in bytes; 0 where it is not known. Unlike Wagtail's own method this never writes."""
        return self.file_size or 0

    @property
    def file_type(self) -> str:
        """The extension of the file's name in lower case."""
        return str(self.file_extension).lower()

    @property
    def full_url(self) -> str:
        """The absolute address, through the view that guards private collections."""
        return backend_url(self.url)

    def clean(self) -> None:
        """Refuse a new file that is not what its name says; see `cms.media.uploads.check_document`."""
        super().clean()
        if self._has_new_file():
            check_document(self.file)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._has_new_file():
            if (text := in_utf8(self.file)) is not None:
                stored = self.file.name if self.file._committed else None
                self.file = text
                if stored:
                    self.file.storage.delete(stored)
            self._set_document_file_metadata()
        super().save(*args, **kwargs)

    def _has_new_file(self) -> bool:
        return bool(self.file) and (self._state.adding or not self.file._committed)
