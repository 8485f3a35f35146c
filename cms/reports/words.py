"""The report of facts and shared texts that have no words in one of the site's languages."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.admin.utils import quote
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail.permissions import policy_registry
from wagtail.snippets.models import get_snippet_models

from cms.fields import LocalisedTextField
from cms.reports.report import Report
from cms.translating.state import originals, other_locales, with_translation

# As many as anybody mends in a week; the report of a site with more says so.
MOST = 500


@dataclass(frozen=True, slots=True)
class Gap:
    """Words that somebody has yet to write."""

    title: str
    kind: str
    field: str
    language: str
    url: str


def gaps_for(user: Any, locale: Locale) -> Iterator[Gap]:
    """Yield what lacks words in ``locale`` and may be changed by ``user``; one or two statements per kind of thing.

    Of one kind of thing come few more than ``MOST``.
    """
    for model in get_snippet_models():
        policy = policy_registry.get_by_type(model)
        if not policy.user_has_permission(user, "change"):
            continue
        own = policy.instances_user_has_permission_for(user, "change")
        if issubclass(model, TranslatableMixin):
            yield from _untranslated(model, own, locale)
        else:
            yield from _without_words(model, own, locale)


def _without_words(model: type[models.Model], own: Any, locale: Locale) -> Iterator[Gap]:
    for fields, where, rows in _levels(model, own):
        lacking = Q()
        for column in fields:
            lacking |= _lacks(column.name, locale.language_code)
        for row in rows.filter(lacking).order_by("pk")[: MOST + 1]:
            thing = getattr(row, where) if where else row
            for column in fields:
                words = getattr(row, column.name)
                if words.get(settings.LANGUAGE_CODE) and not words.get(locale.language_code):
                    yield _gap(thing, column.verbose_name, locale)


def _levels(model: type[models.Model], own: Any) -> Iterator[tuple[list[LocalisedTextField], str, Any]]:
    """Yield a model and the models of its rows: their columns of words, the way back to the thing, the rows."""
    yield from _level(model, "", own)
    for child in apps.get_models():
        for column in child._meta.local_fields:
            if isinstance(column, ParentalKey) and column.remote_field.model is model:
                rows = child._default_manager.filter(**{f"{column.name}__in": own.values("pk")})
                yield from _level(child, column.name, rows.select_related(column.name))


def _level(model: type[models.Model], way: str, rows: Any) -> Iterator[tuple[Any, str, Any]]:
    columns = [column for column in model._meta.fields if isinstance(column, LocalisedTextField)]
    if columns:
        yield columns, way, rows


def _lacks(name: str, code: str) -> Q:
    """Words are there in the site's own language and not in that of ``code``."""
    own = f"{name}__{settings.LANGUAGE_CODE}"
    given = Q(**{f"{name}__has_key": settings.LANGUAGE_CODE}) & ~Q(**{own: ""})
    return given & (~Q(**{f"{name}__has_key": code}) | Q(**{f"{name}__{code}": ""}))


def _untranslated(model: type[models.Model], own: Any, locale: Locale) -> Iterator[Gap]:
    rows = with_translation(originals(model).filter(pk__in=own.values("pk")), locale)
    for row in rows.exclude(translation_state="CURRENT").order_by("pk")[: MOST + 1]:
        yield _gap(row, _("translation"), locale)


def _gap(thing: Any, field: Any, locale: Locale) -> Gap:
    model = type(thing)
    return Gap(
        title=str(thing),
        kind=capfirst(str(model._meta.verbose_name)),
        field=capfirst(str(field)),
        language=locale.get_display_name(),
        url=reverse(model.snippet_viewset.get_url_name("edit"), args=[quote(thing.pk)]),
    )


class MissingWordsReport(Report):
    """Facts and shared texts without words in one of the languages."""

    name = "missing-words"
    order = 320
    page_title = _("Missing words of facts")
    header_icon = "globe"
    queryset: Any = []
    purpose: Any = _(
        "Facts are kept once, with their few words side by side in every language. "
        "Where the words of a language are missing, visitors read the Slovenian ones."
    )
    nothing = _("All facts and shared texts that you look after have words in every language.")
    columns = [
        TitleColumn("title", label=_("Title"), get_url=lambda gap: gap.url),
        Column("kind", label=_("Kind")),
        Column("field", label=_("Field")),
        Column("language", label=_("Language")),
    ]
    list_export = ["title", "kind", "field", "language"]
    export_headings = {
        "title": _("Title"),
        "kind": _("Kind"),
        "field": _("Field"),
        "language": _("Language"),
    }

    @classmethod
    def may_see(cls, user: Any) -> bool:
        return any(
            policy_registry.get_by_type(model).user_has_permission(user, "change")
            for model in get_snippet_models()
            if not issubclass(model, Page)
        )

    def get_queryset(self) -> list[Gap]:
        gaps = (gap for locale in list(other_locales()) for gap in gaps_for(self.request.user, locale))
        found = list(islice(gaps, MOST + 1))
        if len(found) > MOST:
            cut = gettext("These are the first %(count)d; once they are mended, the next ones appear.")
            self.purpose = f"{type(self).purpose} {cut % {'count': MOST}}"
        return found[:MOST]

    def filter_queryset(self, rows: list[Gap]) -> list[Gap]:
        return rows
