"""The page of the admin that shows a month as a calendar."""

import re
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from centres.dates import add_months, local_day
from centres.desk.month import weeks_of
from centres.desk.reach import centres_of, has_centres, may_read
from centres.models import EventEdition

ADDRESS = "centres_month"
_MONTH = re.compile(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])")


def may_see(user: Any) -> bool:
    """Return whether the calendar could have anything for ``user``."""
    return may_read(user, EventEdition) or has_centres(user)


class MonthView(WagtailAdminTemplateMixin, TemplateView):
    """A month, by default this one: ``month`` (2027-03) and ``centre`` (a slug) in the address choose.

    A month or a centre that is not there is answered with this month, or with all centres.
    """

    template_name = "centres_desk/month.html"
    page_title = gettext_lazy("Calendar")
    header_icon = "calendar-alt"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_see(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, here]

    def get_page_subtitle(self) -> str:
        return self._words(self._month())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        month = self._month()
        centres = list(centres_of(self.request.user))
        slug = self.request.GET.get("centre", "")
        centre = next((one for one in centres if one.slug == slug), None)
        return super().get_context_data(**kwargs) | {
            "weeks": weeks_of(month, self.request.user, centre),
            "month": month,
            "words": self._words(month),
            "centres": centres,
            "centre": centre,
            "before": self._step(add_months(month, -1)),
            "after": self._step(add_months(month, 1)),
            "now": self._step(local_day(timezone.now()).replace(day=1)),
        }

    def _month(self) -> date:
        found = _MONTH.fullmatch(self.request.GET.get("month", ""))
        return date(int(found[1]), int(found[2]), 1) if found else local_day(timezone.now()).replace(day=1)

    def _words(self, month: date) -> str:
        return capfirst(str(formats.date_format(month, "F Y")))

    def _step(self, month: date) -> dict[str, str]:
        asked = self.request.GET.copy()
        asked["month"] = f"{month:%Y-%m}"
        return {"words": self._words(month), "url": f"?{asked.urlencode()}"}


class _Item(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see(request.user)


def register() -> None:
    """Give the calendar its address and a place among the reports."""

    def urls() -> list[URLPattern]:
        return [path("reports/month/", MonthView.as_view(), name=ADDRESS)]

    hooks.register("register_admin_urls", urls)
    hooks.register("register_reports_menu_item", item)


def item() -> MenuItem:
    return _Item(_("Calendar"), reverse(ADDRESS), name="month", icon_name=MonthView.header_icon, order=190)
