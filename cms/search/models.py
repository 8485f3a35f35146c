"""The tables of search. Pages are not referenced by foreign keys: an index may only lag behind, never
block."""

import json
import zlib

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from cms.search.questions import phrase


class SearchGeneration(models.Model):
    """An index as a whole. A rebuild makes a new one beside that which serves, and then changes over."""

    engine = models.CharField(max_length=120)
    serves = models.BooleanField(default=False)
    started_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(auto_now=True)  # moves while a rebuild works

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["serves"], condition=models.Q(serves=True), name="one_generation_serves"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.engine}"


class SearchDocument(models.Model):
    """A page as search knows it: its words for snippets, and the keys under which it is found."""

    generation = models.ForeignKey(SearchGeneration, on_delete=models.CASCADE)
    page_id = models.PositiveIntegerField()
    locale = models.CharField(max_length=12)
    title = models.CharField(max_length=255)
    text = models.TextField()
    borrowed = models.TextField()  # what belongs to the page or is on it only until a known time
    stale_at = models.DateTimeField(null=True)  # when the first of that expires
    packed_keys = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["generation", "page_id"], name="one_document_per_page")
        ]
        indexes = [
            models.Index(
                fields=["stale_at"], condition=models.Q(stale_at__isnull=False), name="documents_that_expire"
            )
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def keys(self) -> dict[str, int]:
        """The keys of this page, each with the levels at which it counts."""
        found: dict[str, int] = json.loads(zlib.decompress(self.packed_keys))
        return found

    @keys.setter
    def keys(self, keys: dict[str, int]) -> None:
        self.packed_keys = zlib.compress(json.dumps(keys, separators=(",", ":"), sort_keys=True).encode(), 1)


class SearchPosting(models.Model):
    """A key and the pages that it finds. ``=`` starts a word as it is written, ``#`` a facet, ``^`` a
    title."""

    id = models.BigAutoField(primary_key=True)
    generation = models.ForeignKey(SearchGeneration, on_delete=models.CASCADE)
    locale = models.CharField(max_length=12)
    key = models.CharField(max_length=255)
    head = models.CharField(max_length=3)
    word = models.CharField(max_length=64)  # how authors write it, for suggestions
    packed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["generation", "locale", "key"], name="one_posting_per_key")
        ]
        indexes = [models.Index(fields=["generation", "locale", "head"], name="posting_head")]

    def __str__(self) -> str:
        return str(self.key)


class TouchedPage(models.Model):
    """A page that changed while a rebuild works; the rebuild looks at it again before it changes over."""

    page_id = models.PositiveIntegerField(primary_key=True)

    def __str__(self) -> str:
        return str(self.page_id)


class Synonym(models.Model):
    """Other words for a word, kept by editors and used from the next query on."""

    class Direction(models.TextChoices):
        BOTH = "BOTH", _("Both ways: each of the words finds the others")
        ONE_WAY = "ONE_WAY", _("One way: the word finds the others, but they do not find it")

    locale = models.ForeignKey(
        Locale,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("language"),
        help_text=_("The language of the texts in which the words are looked for."),
    )
    word = models.CharField(
        _("word"),
        max_length=80,
        help_text=_("What people type, in any form and with or without č, š, ž. It may be several words."),
    )
    others = models.TextField(
        _("other words"),
        max_length=500,
        help_text=_("What the pages say instead. Write each on a line of its own."),
    )
    direction = models.CharField(
        _("direction"),
        max_length=8,
        choices=Direction.choices,
        default=Direction.BOTH,
        help_text=_("Choose one way where the other words mean more than the word does."),
    )

    archived = True

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering = ["word", "pk"]

    def __str__(self) -> str:
        return str(self.word)

    @property
    def other_words(self) -> list[str]:
        """The other words, one each."""
        return [line.strip() for line in str(self.others).splitlines() if line.strip()]

    def clean(self) -> None:
        """Raise `ValidationError` for a word without letters or digits: no query could ever use it."""
        locale = self.locale.language_code if self.locale_id else settings.LANGUAGE_CODE
        if self.word and not phrase(self.word, locale):
            raise ValidationError({"word": _("Write at least one letter or digit.")})
        empty = [line for line in self.other_words if not phrase(line, locale)]
        if empty or (self.others and not self.other_words):
            raise ValidationError({"others": _("Every line needs at least one letter or digit.")})


class QueryCount(models.Model):
    """How often the public searched for something on one day, and how many pages it found at last."""

    day = models.DateField(_("day"))
    locale = models.CharField(_("language"), max_length=12)
    text = models.CharField(_("query"), max_length=80)
    times = models.PositiveIntegerField(_("times"), default=0)
    hits = models.PositiveIntegerField(_("pages found"), default=0)

    class Meta:
        verbose_name = _("search query")
        verbose_name_plural = _("search queries")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["day", "locale", "text"], name="one_count_per_query_and_day")
        ]

    def __str__(self) -> str:
        return str(self.text)
