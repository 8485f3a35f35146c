"""Wagtail's choosers of pages, which call a published page of others by its published title, not by that of a draft.

The addresses stand in front of Wagtail's own (`config.urls`), which this module imports: it is for that file alone.
"""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.admin.views.chooser import (
    BrowseView,
    ChosenMultipleView,
    ExternalLinkView,
    PageTitleColumn,
    ParentPageColumn,
    SearchView,
    page_models_from_string,
)
from wagtail.models import Locale, Page
from wagtail.permissions import page_permission_policy

from centres.models.own_pages import choosable_pages
from centres.rights.beside import in_the_admin, knows_page
from centres.rights.page_titles import title_for


def _call(user: Any, page: Page) -> Page:
    """Give ``page``, which is not saved afterwards, the title that `title_for` returns."""
    page.draft_title = title_for(user, page)
    return page


class _Title(PageTitleColumn):
    def __init__(self, user: Any, **kwargs: Any) -> None:
        super().__init__("title", **kwargs)
        self._user = user

    def get_cell_context_data(self, instance: Page, parent_context: Any) -> Any:
        return super().get_cell_context_data(_call(self._user, instance), parent_context)


class _Parent(ParentPageColumn):
    def __init__(self, user: Any, **kwargs: Any) -> None:
        super().__init__("parent", **kwargs)
        self._user = user

    def get_value(self, instance: Page) -> Page:
        return _call(self._user, super().get_value(instance))


class Called:
    """A table of a chooser with the titles that its reader may know."""

    request: HttpRequest
    is_multiple_choice: Any

    @property
    def columns(self) -> list[Any]:
        user = self.request.user
        return [self._own(column, user) for column in super().columns]  # type: ignore[misc]

    def _own(self, column: Any, user: Any) -> Any:
        if isinstance(column, PageTitleColumn):
            return _Title(user, label=column.label, is_multiple_choice=column.is_multiple_choice)
        if isinstance(column, ParentPageColumn):
            return _Parent(user, label=column.label)
        return column


class ChooseView(Called, BrowseView):
    """The pages below one; at first those among which the reader works."""

    def get(self, request: HttpRequest, parent_page_id: int | None = None) -> HttpResponse:
        if parent_page_id is None and (place := where_one_works(request)) is not None:
            parent_page_id = place.pk
        answer: HttpResponse = super().get(request, parent_page_id)
        return answer


def where_one_works(request: HttpRequest) -> Page | None:
    """Return the page below which the reader has pages of the types that ``request`` names; None if there are none.

    Pages in the language of the admin come first: those of all languages have nothing but the root in common.
    """
    try:
        types = page_models_from_string(request.GET.get("page_type") or "wagtailcore.page")
    except (ValueError, LookupError):
        return None  # Wagtail's view refuses it
    if types == (Page,):
        top: Page | None = page_permission_policy.explorable_root_instance(request.user)
        return top if top is None or not top.is_root() else None
    own = page_permission_policy.explorable_instances(request.user).type(*types)
    spoken = own.filter(locale=Locale.get_active())
    pages = spoken if spoken.exists() else own
    return pages.first_common_ancestor() if pages.exists() else None


class FindView(Called, SearchView):
    """The pages that a word is found in."""


_choose = ChooseView.as_view()


def choose_below(request: HttpRequest, parent_page_id: int) -> HttpResponse:
    """Offer the pages below one that is published, or that is on the way to one's own."""
    page = get_object_or_404(Page, pk=parent_page_id)
    if not (page.live or knows_page(request.user, page.pk)):
        raise Http404
    return _choose(request, parent_page_id)


class ChosenPagesView(ChosenMultipleView):
    """The pages that a chooser was told to take, of those that it offers."""

    def get(self, request: HttpRequest) -> HttpResponse:
        # A key that is none stays Wagtail's to refuse.
        chosen = Page.objects.filter(pk__in=request.GET.getlist("id"), depth__gt=1)
        offered = choosable_pages(chosen, request).values_list("pk", flat=True)
        asked = request.GET.copy()
        asked.setlist("id", [str(key) for key in offered])
        request.GET = asked  # type: ignore[assignment]
        answer: HttpResponse = super().get(request)
        return answer

    def render_chosen_response(self, result: list[dict[str, Any]]) -> HttpResponse:
        pages = Page.objects.in_bulk([one["id"] for one in result])
        for one in result:
            one["adminTitle"] = title_for(self.request.user, pages[one["id"]])
        answer: HttpResponse = super().render_chosen_response(result)
        return answer


class LinkView(ExternalLinkView):
    """The form of a link to an address, which offers the page instead where the address is that of a page."""

    def post(self, request: HttpRequest) -> HttpResponse:
        answer: HttpResponse = super().post(request)
        told = json.loads(answer.content)
        found = told.get("internal") or told.get("result") or {}
        if "id" not in found:
            return answer
        page = get_object_or_404(Page, pk=found["id"]).specific
        found["adminTitle"] = title_for(request.user, page)
        if "internal" not in told:
            return render_modal_workflow(request, None, None, None, json_data=told)
        words = {
            "submitted_url": told["external"]["url"],
            "internal_url": page.get_full_url(request),
            "page": found["adminTitle"],
        }
        template = "wagtailadmin/chooser/confirm_external_to_internal.html"
        return render_modal_workflow(
            request,
            template,
            None,
            words,
            json_data={key: told[key] for key in ("step", "external", "internal")},
        )


urlpatterns = [
    path("choose-page/", in_the_admin(_choose)),
    path("choose-page/<int:parent_page_id>/", in_the_admin(choose_below)),
    path("choose-page/search/", in_the_admin(FindView.as_view())),
    path("choose-page/chosen-multiple/", in_the_admin(ChosenPagesView.as_view())),
    path("choose-external-link/", in_the_admin(LinkView.as_view())),
]
