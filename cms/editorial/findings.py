"""Checks of a page's words and pictures, whatever the page is about."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.blocks import BaseStreamBlock, BaseStructBlock, ListBlock, RichTextBlock, StreamValue
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.models import Locale

from cms.body.blocks import skipped_levels
from cms.body.rich_text import plain_text
from cms.models.words import words_of
from cms.translating.state import TranslationState, originals, other_locales, with_translation

# A block of running text this long is a wall on a phone: about two screens.
LONG_TEXT = 250
# Ten minutes at 200 words a minute; most readers leave earlier.
LONG_PAGE = 2000
# Words shorter than this may well be the same in two languages: names, numbers.
SAME_WORDS = 40
# WCAG 2.2, 2.4.4: the purpose of a link can be told from its words.
_EMPTY_LINKS = {
    "sl": {"tukaj", "tu", "sem", "klik", "kliknite", "kliknite tukaj", "povezava", "več", "preberite več"},
    "en": {"here", "click here", "click", "link", "this link", "more", "read more"},
}
_LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at, in the reader's language; ``place`` is the address at which to mend it."""

    words: str
    place: str


def findings(page: Any) -> list[Finding]:
    """Return what an editor should look at in ``page``, as it was saved last; none if all is well."""
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    checks: tuple[Callable[[Any, str], Iterable[Finding]], ...] = (
        _pictures, _headings, _links, _length, _untranslated_words, _translations,
    )  # fmt: skip
    return [finding for check in checks for finding in check(page, edit)]


# ---------------------------------------------------------------- pictures
def _pictures(page: Any, _edit: str) -> Iterator[Finding]:
    code = page.locale.language_code
    shown = [*_own_pictures(page), *_pictures_of_blocks(page)]
    for image in {image.pk: image for image in shown}.values():
        if not image.alt_text.get(code):
            yield Finding(
                _("The image “%(title)s” has no alternative text in the language of this page.")
                % {"title": image.title},
                reverse("wagtailimages:edit", args=[image.pk]),
            )


def _own_pictures(page: Any) -> list[Any]:
    columns = [
        column.name
        for column in page._meta.concrete_fields
        if isinstance(column, models.ForeignKey) and column.related_model is get_image_model()
    ]
    return [image for name in columns if (image := getattr(page, name)) is not None]


def _pictures_of_blocks(page: Any) -> list[Any]:
    """Pictures in the body that are not marked as decoration and have no words of their own there."""
    figures = [child.value for child in _blocks(page) if child.block_type == "figure"]
    return [
        value["image"]
        for value in figures
        if value.get("image") and not value.get("decorative") and not value.get("alt_text")
    ]


# ---------------------------------------------------------------- text
def _headings(page: Any, edit: str) -> Iterator[Finding]:
    for stream in _streams(page):
        children = list(stream)
        for index, error in skipped_levels(stream).items():
            yield Finding(error.messages[0], _at(edit, children[index]))


def _links(page: Any, edit: str) -> Iterator[Finding]:
    for html, place in _rich_texts(page, edit):
        for inner in _LINK.findall(html):
            words = plain_text(inner).strip(" \n.:»«“”")
            if any(words.lower() in empty for empty in _EMPTY_LINKS.values()) or re.match(
                r"(https?://|www\.)", words
            ):
                yield Finding(
                    _("The link “%(words)s” does not say where it leads. Name its goal.") % {"words": words},
                    place,
                )


def _length(page: Any, edit: str) -> Iterator[Finding]:
    whole = 0
    for html, place in _rich_texts(page, edit):
        count = len(plain_text(html).split())
        whole += count
        if count > LONG_TEXT and "<li" not in html and "<h" not in html:
            yield Finding(
                _(
                    "A text of %(count)d words without a heading or list is hard to read on a phone. Divide it."
                )
                % {"count": count},
                place,
            )
    if whole > LONG_PAGE:
        minutes = round(whole / 200)
        yield Finding(
            ngettext(
                "Reading this page takes about %d minute. Shorten it, or divide it into pages.",
                "Reading this page takes about %d minutes. Shorten it, or divide it into pages.",
                minutes,
            )
            % minutes,
            edit,
        )


# ---------------------------------------------------------------- translation
def _untranslated_words(page: Any, edit: str) -> Iterator[Finding]:
    """What a translation says in the very words of its original."""
    if page.locale.language_code == settings.LANGUAGE_CODE:
        return
    original = page.get_translations().filter(locale__language_code=settings.LANGUAGE_CODE).first()
    if original is None:
        return
    theirs = words_of(original)
    same = [
        name
        for name, words in words_of(page).items()
        if theirs.get(name) == words and len(str(words)) > SAME_WORDS
    ]
    if same:
        names = dict.fromkeys(_name_of(page, name) for name in same)
        yield Finding(
            _("Not translated yet, word for word as in the original: %(fields)s.")
            % {"fields": ", ".join(names)},
            edit,
        )


def _name_of(page: Any, name: str) -> str:
    field = page._meta.get_field(name.split(".", maxsplit=1)[0])
    label = getattr(field, "verbose_name", None) or field.related_model._meta.verbose_name
    return str(label)


def _translations(page: Any, edit: str) -> Iterator[Finding]:
    """Which translations of a published original are missing or behind."""
    if page.locale.language_code != settings.LANGUAGE_CODE or not page.live:
        return
    for locale in other_locales():
        state, translation = _state(page, locale)
        if state in (TranslationState.MISSING, TranslationState.OUTDATED):
            place = (
                reverse("wagtailadmin_pages:edit", args=[translation])
                if translation
                else reverse("simple_translation:submit_page_translation", args=[page.pk])
            )
            yield Finding(
                _("%(language)s: the translation is %(state)s.")
                % {"language": locale.get_display_name(), "state": state.label},
                place,
            )


def _state(page: Any, locale: Locale) -> tuple[TranslationState, int | None]:
    row = with_translation(originals(type(page)).filter(pk=page.pk), locale).get()
    return TranslationState(row.translation_state), row.translation_id


# ---------------------------------------------------------------- walking
def _streams(page: Any) -> Iterator[StreamValue]:
    for column in page._meta.concrete_fields:
        if isinstance(column, StreamField):
            yield getattr(page, column.name)


def _blocks(page: Any) -> Iterator[Any]:
    for stream in _streams(page):
        yield from stream


def _at(edit: str, child: Any) -> str:
    # Wagtail's form unfolds the block that the address names.
    return f"{edit}#block-{child.id}-section"


def _rich_texts(page: Any, edit: str) -> Iterator[tuple[str, str]]:
    """Yield each rich text of ``page`` as stored, with the place of its block or of the page."""
    for column in page._meta.concrete_fields:
        if isinstance(column, RichTextField) and (html := getattr(page, column.name)):
            yield html, edit
    for child in _blocks(page):
        for html in _inside(child.block, child.value):
            yield html, _at(edit, child)


def _inside(block: Any, value: Any) -> Iterator[str]:
    if isinstance(block, RichTextBlock):
        if value is not None:
            yield value.source
    elif isinstance(block, BaseStreamBlock):
        for child in value:
            yield from _inside(child.block, child.value)
    elif isinstance(block, BaseStructBlock):
        for name, below in block.child_blocks.items():
            yield from _inside(below, value.get(name))
    elif isinstance(block, ListBlock):
        for item in value or ():
            yield from _inside(block.child_block, item)
