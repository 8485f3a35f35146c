"""How far the translations of pages and shared texts are: one rule, in SQL, for reports, lists and panels."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from cms.models import PublishedWords


class TranslationState(models.TextChoices):
    """The states of a translation, computed when somebody asks."""

    MISSING = "MISSING", _("missing")
    DRAFT = "DRAFT", _("not published yet")
    OUTDATED = "OUTDATED", _("behind the original")
    CURRENT = "CURRENT", _("up to date")


GAPS = (TranslationState.MISSING, TranslationState.DRAFT, TranslationState.OUTDATED)


def originals(model: type[models.Model]) -> QuerySet[Any]:
    """Return the published rows of ``model`` in the site's own language."""
    return model._default_manager.filter(live=True, locale__language_code=settings.LANGUAGE_CODE)


def with_translation(rows: QuerySet[Any], locale: Locale) -> QuerySet[Any]:
    """Add to originals ``translation_id`` and ``translation_state``, their translation into ``locale``."""
    own = {"translation_key": OuterRef("translation_key")}
    twins = rows.model._default_manager.filter(**own, locale=locale)
    if any(column.name == "alias_of" for column in rows.model._meta.fields):
        twins = twins.filter(alias_of__isnull=True)
    said = PublishedWords.objects.filter(**own)
    rows = rows.annotate(
        translation_id=Subquery(twins.values("pk")[:1]),
        _digest=Subquery(said.filter(locale=OuterRef("locale")).values("digest")[:1]),
        _based_on=Subquery(said.filter(locale=locale).values("based_on")[:1]),
    )
    # Where nothing was noted, because it was published before anything was, the dates have to do.
    earlier = twins.filter(last_published_at__lt=OuterRef("last_published_at"))
    state = Case(
        When(translation_id__isnull=True, then=Value(TranslationState.MISSING)),
        When(~Exists(twins.filter(live=True)), then=Value(TranslationState.DRAFT)),
        When(Q(_digest__isnull=False, _based_on__gt="") & ~Q(_based_on=F("_digest")), then=Value("OUTDATED")),
        When(
            Q(Q(_digest__isnull=True) | Q(_based_on__isnull=True)) & Exists(earlier), then=Value("OUTDATED")
        ),
        default=Value(TranslationState.CURRENT),
        output_field=CharField(),
    )
    return rows.annotate(translation_state=state)


def other_locales() -> QuerySet[Locale]:
    """Return the languages into which the site is translated, by code."""
    return Locale.objects.exclude(language_code=settings.LANGUAGE_CODE).order_by("language_code")
