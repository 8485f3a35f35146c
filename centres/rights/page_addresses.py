"""Wagtail's addresses of pages that name a page, a draft too, to everybody who knows its number.

These stand in front of Wagtail's own (`config.urls`), which this module imports: it is for that file alone.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from wagtail.admin.views.chooser import BrowseView
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.admin.viewsets.pages import page_viewset_registry
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from centres.rights.beside import in_the_admin, known_to

type View = Callable[..., HttpResponse]

PAGE_TYPES = "reports/page-types-usage/"

_choose = BrowseView.as_view()
_move = page_viewset_registry.as_view("move_confirm", page_id_kwarg="page_to_move_id")


def choose_below(request: HttpRequest, parent_page_id: int) -> HttpResponse:
    """Offer the pages below one that is published, or that is on the way to one's own."""
    page = get_object_or_404(Page, pk=parent_page_id)
    if not (page.live or _knows(request.user, page.pk)):
        raise Http404
    return _choose(request, parent_page_id)


def explorer(view: View) -> View:
    """Return ``view``, which shows a page with those below it, for those who work there or on the way down.

    All others are led to where their own branches begin, as Wagtail leads them from pages outside of all of these.
    """

    def answer(request: HttpRequest, parent_page_id: int) -> HttpResponse:
        top = page_permission_policy.explorable_root_instance(request.user)
        # Who works with no page at all is told so by Wagtail.
        if top is None or parent_page_id == top.pk or _knows(request.user, parent_page_id):
            return view(request, parent_page_id=parent_page_id)
        return redirect("wagtailadmin_explore", top.pk)

    return answer


def move(request: HttpRequest, page_to_move_id: int, destination_id: int) -> HttpResponse:
    """Ask whether a page shall be moved; Wagtail asks anybody, and looks at the rights only when it is done."""
    page, target = (get_object_or_404(Page, pk=key) for key in (page_to_move_id, destination_id))
    if not page.permissions_for_user(request.user).can_move_to(target):
        raise PermissionDenied
    return _move(request, page_to_move_id=page_to_move_id, destination_id=destination_id)


class PageTypesView(PageTypesUsageReportView):
    """How many pages there are of each type; which was changed last is told to those who know that page."""

    def decorate_paginated_queryset(self, page_types: Any) -> Any:
        rows = super().decorate_paginated_queryset(page_types)
        changed = [row.last_edited_page.pk for row in rows if row.last_edited_page]
        known = set(known_to(self.request.user, Page).filter(pk__in=changed).values_list("pk", flat=True))
        for row in rows:
            if row.last_edited_page and row.last_edited_page.pk not in known:
                row.last_edited_page = None
        return rows


def _knows(user: Any, key: int) -> bool:
    return bool(known_to(user, Page).filter(pk=key).exists())


def _explored(name: str) -> View:
    view: View = page_viewset_registry.as_view(name, parent_page_id_kwarg="parent_page_id")
    return explorer(view)


urlpatterns = [
    path("choose-page/<int:parent_page_id>/", in_the_admin(choose_below)),
    path("pages/<int:parent_page_id>/", in_the_admin(_explored("index"))),
    path("pages/<int:parent_page_id>/results/", in_the_admin(_explored("index_results"))),
    path("pages/<int:page_to_move_id>/move/<int:destination_id>/confirm/", in_the_admin(move)),
    path(PAGE_TYPES, in_the_admin(PageTypesView.as_view())),
    path(f"{PAGE_TYPES}results/", in_the_admin(PageTypesView.as_view(results_only=True))),
]
