"""Whoever moves, takes down, deletes or copies a page is told what becomes of its translations, and is asked."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.admin.views.pages.bulk_actions import DeleteBulkAction, MoveBulkAction, UnpublishBulkAction
from wagtail.admin.views.pages.copy import CopyView
from wagtail.admin.views.pages.delete import DeleteView
from wagtail.admin.views.pages.move import MoveConfirmView
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from cms.translating.places import followers, translations_stay

CHOICE = "translations"
ALONG, STAY = "along", "stay"


def ask_in_views_of_pages() -> None:
    """Put the question into Wagtail's own pages of confirmation."""
    PageViewSet.move_confirm_view_class = AskingMoveView
    PageViewSet.unpublish_view_class = AskingUnpublishView
    PageViewSet.delete_view_class = AskingDeleteView
    PageViewSet.copy_view_class = TellingCopyView
    for action in (AskingBulkMove, AskingBulkUnpublish, AskingBulkDelete):
        hooks.register("register_bulk_action", action, order=1)  # after Wagtail's own, whose place they take


class _Asking:
    """A page of confirmation that asks about the translations, with ``preselected`` as the answer to begin with."""

    request: HttpRequest
    preselected = STAY

    def chosen(self) -> str:
        sent = self.request.POST.get(CHOICE, self.preselected)
        return sent if sent in (ALONG, STAY) else self.preselected

    def asked(self, page: Page, **more: Any) -> dict[str, Any]:
        return {
            "translations": twins_of(page),
            "translations_choice": CHOICE,
            "preselected": self.preselected,
            "translation_count": 0,  # Wagtail's own sentence speaks of what is not asked
            "translation_descendant_count": 0,
        } | more


def twins_of(page: Page) -> list[Page]:
    """Return the translations of ``page``, in the order of their languages."""
    twins = Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)
    return list(twins.select_related("locale").order_by("locale__language_code"))


class AskingMoveView(_Asking, MoveConfirmView):
    template_name = "cms/pages/confirm_move.html"
    preselected = ALONG

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.pages_to_move = [self.page_to_move]  # the others follow by themselves
        with transaction.atomic():
            if self.chosen() == ALONG:
                return super().post(request, *args, **kwargs)
            with translations_stay():
                return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        places = followers(self.page_to_move, self.destination, self.request.user)
        return super().get_context_data(**kwargs) | self.asked(
            self.page_to_move, places=places, translations_to_move_count=0
        )


class AskingUnpublishView(_Asking, UnpublishView):
    template_name = "cms/pages/confirm_unpublish.html"

    def get_objects_to_unpublish(self) -> list[Any]:
        if self.request.method != "POST" or self.chosen() == STAY:
            return [self.object]
        twins = [twin.specific for twin in twins_of(self.object) if twin.live and twin.alias_of_id is None]
        allowed = [twin for twin in twins if twin.permissions_for_user(self.request.user).can_unpublish()]
        return [self.object, *allowed]

    def unpublish(self) -> Any:
        with transaction.atomic():
            return super().unpublish()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | self.asked(self.object)


class AskingDeleteView(_Asking, DeleteView):
    template_name = "cms/pages/confirm_delete.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.pages_to_delete: list[Page] = []
        twins = twins_of(self.page) if self.chosen() == ALONG else []
        for refuse in hooks.get_hooks("before_delete_page") if twins else []:
            for twin in twins:
                if hasattr(answer := refuse(request, twin), "status_code"):
                    return answer
        with transaction.atomic():
            answer = super().post(request, *args, **kwargs)
            gone = not Page.objects.filter(pk=self.page.pk).exists()
            for twin in twins if gone else []:
                if twin.permissions_for_user(request.user).can_delete():
                    twin.specific.delete(user=request.user)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | self.asked(self.page)


class TellingCopyView(CopyView):
    template_name = "cms/pages/copy.html"


class _AskingOfMany(_Asking):
    """A page of confirmation for many pages."""

    def get_actionable_objects(self) -> tuple[list[Any], dict[str, Any]]:
        pages, refused = super().get_actionable_objects()  # type: ignore[misc]
        self.translations = others_of(pages)
        return pages, refused

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return context | {
            "translations": self.translations,
            "translations_choice": CHOICE,
            "preselected": self.chosen(),
        }


class _TakingAlong(_AskingOfMany):
    """Translations that are taken along are held to the same rules as the pages that were chosen."""

    def get_actionable_objects(self) -> tuple[list[Any], dict[str, Any]]:
        pages, refused = super().get_actionable_objects()
        if self.request.method == "POST" and self.chosen() == ALONG:
            pages = pages + [twin for twin in self.translations if self.check_perm(twin)]  # type: ignore[attr-defined]
        return pages, refused


def others_of(pages: list[Page]) -> list[Page]:
    """Return the translations of ``pages`` that are not among them."""
    known = {page.pk for page in pages}
    found = {twin.pk: twin for page in pages for twin in twins_of(page) if twin.pk not in known}
    return list(found.values())


class AskingBulkMove(_AskingOfMany, MoveBulkAction):
    template_name = "cms/pages/confirm_bulk_move.html"
    preselected = ALONG

    def form_valid(self, form: Any) -> HttpResponse:
        if self.chosen() == ALONG:
            return super().form_valid(form)
        with translations_stay():
            return super().form_valid(form)


class AskingBulkUnpublish(_TakingAlong, UnpublishBulkAction):
    template_name = "cms/pages/confirm_bulk_unpublish.html"


class AskingBulkDelete(_TakingAlong, DeleteBulkAction):
    template_name = "cms/pages/confirm_bulk_delete.html"
