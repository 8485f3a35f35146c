"""Documents of known frontends."""

from collections.abc import Callable, Mapping
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class TrustedDocument(models.Model):
    """A GraphQL document that a frontend registered when it was built, and that is served by its hash."""

    # Each returns sources by their hashes that come with the code of an app: they are served without a row as well.
    built_in: ClassVar[list[Callable[[], Mapping[str, str]]]] = []

    sha256 = models.CharField(
        _("hash"),
        max_length=64,
        unique=True,
        editable=False,
        help_text=_("SHA-256 of the document, under which the frontend asks for it."),
    )
    name = models.CharField(
        _("operations"),
        max_length=255,
        editable=False,
        help_text=_("The names of the document's operations."),
    )
    source = models.TextField(
        _("document"), editable=False, help_text=_("The document as it was registered.")
    )
    client = models.CharField(
        _("frontend"),
        max_length=100,
        blank=True,
        editable=False,
        help_text=_("The frontend whose build registered the document last."),
    )
    created_at = models.DateTimeField(
        _("first registered"), auto_now_add=True, help_text=_("When the document was first registered.")
    )
    registered_at = models.DateTimeField(
        _("last registered"),
        auto_now=True,
        help_text=_("When a build last contained the document. One that no build contains may be deleted."),
    )

    class Meta:
        verbose_name = _("trusted document")
        verbose_name_plural = _("trusted documents")
        ordering = ["name", "sha256"]
        # Documents come from builds: nobody adds or changes one by hand.
        default_permissions = ("view", "delete")

    def __str__(self) -> str:
        return self.name or self.sha256[:12]

    @classmethod
    def source_of(cls, sha256: str) -> str | None:
        """Return the source of a document that is registered or comes with the code."""
        stored = cls.objects.filter(sha256=sha256).values_list("source", flat=True).first()
        if stored is not None:
            return stored
        return next((found[sha256] for built_in in cls.built_in if sha256 in (found := built_in())), None)
