"""The page explorer with what people look for: how far the translation is, the next date and its places."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from centres.models import CentrePage, EventEdition
from centres.models.choices import CentreStatus, EditionStatus
from centres.status import centre_status, edition_status
from cms.publishing.visibility import live_q
from cms.translating.state import TranslationState, other_locales, with_translation


class DeskExplorerView(ExplorableIndexView):
    """Wagtail's explorer with two columns more; four statements, however many pages are shown."""

    base_columns = [
        *ExplorableIndexView.base_columns,
        Column("now_label", label=gettext_lazy("Now"), width="16%"),
        Column("translation_label", label=gettext_lazy("Translation"), width="12%"),
    ]

    def get_table(self, object_list: Any) -> Any:
        rows = list(object_list)
        describe(rows)
        return super().get_table(rows)


class DeskPageViewSet(PageViewSet):
    """All pages whose type has no viewset of its own."""

    model = Page
    index_view_class = DeskExplorerView


def describe(pages: list[Any]) -> None:
    """Set on each page what the columns show; a page of which there is nothing to say gets empty words."""
    said = {**_states(pages), **_next_dates(pages)}
    translated = _translations(pages)
    for page in pages:
        page.now_label = said.get(page.translation_key, "")
        page.translation_label = translated.get(page.pk, "")


def _translations(pages: list[Any]) -> dict[int, str]:
    locale = other_locales().first()
    if locale is None:
        return {}
    own = Page.objects.filter(
        pk__in=[page.pk for page in pages],
        depth__gt=1,
        live=True,
        locale__language_code=settings.LANGUAGE_CODE,
    )
    found = with_translation(own, locale).values_list("pk", "translation_state")
    return {pk: str(TranslationState(state).label) for pk, state in found}


def _states(pages: list[Any]) -> dict[Any, str]:
    now = timezone.now()
    centres: QuerySet[Any] = CentrePage.objects.filter(live_q(now), pk__in=[page.pk for page in pages])
    found = centres.annotate(status=centre_status(now))
    return {centre.translation_key: str(CentreStatus(centre.status).label) for centre in found}


def _next_dates(pages: list[Any]) -> dict[Any, str]:
    now = timezone.now()
    coming: QuerySet[Any] = EventEdition.objects.filter(
        live_q(now), programme_key__in=[page.translation_key for page in pages], ends_at__gte=now
    ).select_related("availability")
    found: dict[Any, str] = {}
    for event in coming.annotate(status=edition_status(now)).order_by("starts_at", "pk"):
        found.setdefault(event.programme_key, _date_and_places(event))
    return found


def _date_and_places(event: Any) -> str:
    day = formats.date_format(timezone.localtime(event.starts_at), "SHORT_DATE_FORMAT")
    words = f"{day}, {EditionStatus(event.status).label}"
    if event.seats_left is None:
        return words
    places = _("%(left)d of %(all)d places left") % {"left": event.seats_left, "all": event.capacity}
    return f"{words}, {places}"
