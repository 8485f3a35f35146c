"""The report of pages whose translation is missing, not published or behind the original."""

from typing import Any

import django_filters  # type: ignore[import-untyped]
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import ContentTypeFilter, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.coreutils import get_content_type_label
from wagtail.models import Locale, Page, get_page_content_types
from wagtail.permissions import page_permission_policy

from cms.reports.report import Report
from cms.translating.offer import open_languages
from cms.translating.state import GAPS, TranslationState, originals, other_locales, with_translation

SUBMIT = "simple_translation.submit_translation"
_EDITING = {"add", "change", "publish"}


def gaps_for(user: Any, locale: Locale) -> QuerySet[Page]:
    """Return the published originals that concern ``user`` and have no translation up to date in ``locale``."""
    return of_concern(user, locale).filter(translation_state__in=GAPS)


def of_concern(user: Any, locale: Locale) -> QuerySet[Page]:
    """Return the published originals with their translation that ``user`` edits, or all for who translates."""
    pages = with_translation(originals(Page).filter(depth__gt=1), locale)
    if not user.has_perm(SUBMIT):
        own = page_permission_policy.instances_user_has_any_permission_for(user, _EDITING)
        pages = pages.filter(pk__in=own.order_by().values("pk"))
    return pages.select_related("content_type", "locale").order_by("path")


def state_label(page: Any) -> str:
    return str(TranslationState(page.translation_state).label)


class TranslationFilterSet(WagtailFilterSet):
    """Which translations the report lists."""

    locale = django_filters.ChoiceFilter(
        label=_("Language"),
        choices=lambda: [(locale.language_code, locale.get_display_name()) for locale in other_locales()],
        method="as_it_is",
    )
    state = django_filters.ChoiceFilter(
        label=_("Translation"), choices=TranslationState.choices, field_name="translation_state"
    )
    content_type = ContentTypeFilter(
        label=_("Kind of page"), queryset=lambda request: get_page_content_types(include_base_page_type=False)
    )

    class Meta:
        model = Page
        fields = ["locale", "state", "content_type"]

    def as_it_is(self, queryset: QuerySet[Page], _name: str, _value: str) -> QuerySet[Page]:
        # The language decides what is joined, so the view has seen to it.
        return queryset


class TranslationReport(Report):
    """The pages of the site's own language, with the state of their translation into one other."""

    name = "translation-gaps"
    order = 310
    model = Page
    page_title = _("Translations of pages")
    header_icon = "globe"
    filterset_class = TranslationFilterSet
    purpose = _(
        "Published pages whose translation is missing, is not published yet or says what the original said earlier. "
        "Facts such as dates, seats and partners need no translation: they are the same in every language."
    )
    nothing = _("Every published page is translated, and every translation is up to date.")
    list_export = ["title", "kind", "language", "state", "last_published_at"]
    export_headings = {
        "title": _("Title"),
        "kind": _("Kind of page"),
        "language": _("Language"),
        "state": _("Translation"),
        "last_published_at": _("Original published"),
    }

    @classmethod
    def may_see(cls, user: Any) -> bool:
        return bool(
            user.has_perm(SUBMIT)
            or page_permission_policy.user_has_any_permission(user, ("change", "publish"))
        )

    @cached_property
    def locale(self) -> Locale | None:
        """The language that was chosen, or the first one."""
        chosen = other_locales().filter(language_code=self.request.GET.get("locale", "")).first()
        return chosen or other_locales().first()

    def get_base_queryset(self) -> QuerySet[Page]:
        if self.locale is None:
            return Page.objects.none()
        shown = of_concern if self.request.GET.get("state") else gaps_for
        return shown(self.request.user, self.locale)

    def get_filtered_queryset(self) -> QuerySet[Page]:
        queryset: QuerySet[Page] = self.get_queryset()
        return queryset

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        open_ones = open_languages(object_list, self.request.user)
        for page in object_list:
            page.language = self.locale.get_display_name() if self.locale else ""
            page.state = state_label(page)
            page.kind = get_content_type_label(page.content_type)
            page.can_translate = self.locale is not None and self.locale.pk in open_ones.get(page.pk, ())
        return object_list

    @cached_property
    def columns(self) -> list[Column]:
        """Where to mend it: the translation, else the form that makes one, else the original."""
        return [
            TitleColumn("title", label=_("Title"), get_url=_place_to_mend),
            Column("kind", label=_("Kind of page")),
            Column("language", label=_("Language")),
            StatusTagColumn(
                "state", label=_("Translation"), primary=lambda page: page.translation_state == "CURRENT"
            ),
            DateColumn("last_published_at", label=_("Original published")),
        ]


def _place_to_mend(page: Any) -> str:
    if page.translation_id:
        return reverse("wagtailadmin_pages:edit", args=[page.translation_id])
    if page.can_translate:
        return reverse("simple_translation:submit_page_translation", args=[page.pk])
    return reverse("wagtailadmin_pages:edit", args=[page.pk])
