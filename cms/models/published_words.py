"""Which words of a page were last published, and on which words of the original they are based."""

from typing import Any

from django.conf import settings
from django.db import models
from wagtail.models import Locale

from cms.models.words import digest


class PublishedWords(models.Model):
    """The fingerprint of what one language version says, taken when it is published.

    ``based_on`` is the fingerprint that the version in the site's own language had then; as soon as that one has
    another, the translation is behind. A change of facts changes no fingerprint.
    """

    translation_key = models.UUIDField()
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    based_on = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "locale"], name="words_of_one_language_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.translation_key} {self.locale}"


def note_words(thing: Any) -> None:
    """Remember the words of ``thing``, a page or a text in one language, which was published just now."""
    own = settings.LANGUAGE_CODE
    based_on = ""
    if thing.locale.language_code != own:
        original = PublishedWords.objects.filter(
            translation_key=thing.translation_key, locale__language_code=own
        )
        based_on = original.values_list("digest", flat=True).first() or ""
    PublishedWords.objects.update_or_create(
        translation_key=thing.translation_key,
        locale=thing.locale,
        defaults={"digest": digest(thing), "based_on": based_on},
    )
