"""Wagtail's addresses of pages that name a page, a draft too, to everybody who knows its number.

These stand in front of Wagtail's own (`config.urls`), which this module imports: it is for that file alone.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from wagtail.admin.views.page_privacy import SetPrivacyView
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.admin.viewsets.pages import page_viewset_registry
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from centres.models import CentrePage, CentreTeam
from centres.rights.beside import in_the_admin, known_to, knows_page
from cms.editorial.stale_forms import ask_again
from cms.publishing.operation import keep_others_waiting

type View = Callable[..., HttpResponse]

PAGE_TYPES = "reports/page-types-usage/"

_move = page_viewset_registry.as_view("move_confirm", page_id_kwarg="page_to_move_id")


def explorer(view: View) -> View:
    """Return ``view``, which shows a page with those below it, for those who work there or on the way down.

    All others are led to where their own branches begin, as Wagtail leads them from pages outside of all of these.
    """

    def answer(request: HttpRequest, parent_page_id: int) -> HttpResponse:
        top = page_permission_policy.explorable_root_instance(request.user)
        # Who works with no page at all is told so by Wagtail.
        if top is None or parent_page_id == top.pk or knows_page(request.user, parent_page_id):
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


class PrivacyView(SetPrivacyView):
    """Who may see a page; the groups of a centre are offered to those who may know of the centre.

    Whoever opened it before another one changed the same is asked.
    """

    def dispatch(self, request: HttpRequest, page_id: int, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            keep_others_waiting(get_object_or_404(Page, pk=page_id))
        answer: HttpResponse = super().dispatch(request, page_id, *args, **kwargs)
        return answer

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        groups = known_groups(self.request.user)
        if self.object:
            groups |= Group.objects.filter(pk__in=self.object.groups.values("pk"))
        form.fields["groups"].queryset = groups
        return ask_again(form)


def known_groups(user: Any) -> QuerySet[Group]:
    """Return the groups that may be named to ``user``: a centre that is not published keeps its own to itself."""
    centres = CentrePage.objects.filter(Q(live=True) | Q(pk__in=known_to(user, Page).values("pk")))
    hidden = CentreTeam.objects.exclude(centre_key__in=centres.values("translation_key"))
    return Group.objects.exclude(pk__in=hidden.values("editors")).exclude(pk__in=hidden.values("leads"))


def _explored(name: str) -> View:
    view: View = page_viewset_registry.as_view(name, parent_page_id_kwarg="parent_page_id")
    return explorer(view)


urlpatterns = [
    path("pages/<int:parent_page_id>/", in_the_admin(_explored("index"))),
    path("pages/<int:parent_page_id>/results/", in_the_admin(_explored("index_results"))),
    path("pages/<int:page_to_move_id>/move/<int:destination_id>/confirm/", in_the_admin(move)),
    path("pages/<int:page_id>/privacy/", in_the_admin(PrivacyView.as_view())),
    path(PAGE_TYPES, in_the_admin(PageTypesView.as_view())),
    path(f"{PAGE_TYPES}results/", in_the_admin(PageTypesView.as_view(results_only=True))),
]
