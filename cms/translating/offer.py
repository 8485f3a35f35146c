"""The button "Translate": a page in another language is made from the one in hand.

Wagtail's own view asks for the right to edit the original; here a translator needs the right to add pages in the
language that is translated into, and nothing else.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from wagtail.contrib.simple_translation.forms import SubmitTranslationForm
from wagtail.contrib.simple_translation.views import SubmitPageTranslationView
from wagtail.models import Locale, Page
from wagtail.permissions import page_permission_policy


def open_languages(pages: Iterable[Page], user: Any) -> dict[int, set[int]]:
    """Return, by key of page, the keys of the locales into which ``user`` may translate it now.

    Its parent is there in that language and takes pages from the user. Four statements, however many pages.
    """
    wanted = {page.pk: page for page in pages}
    above = {page.path[: -page.steplen] for page in wanted.values()}
    parents = dict(Page.objects.filter(path__in=above).values_list("path", "translation_key"))
    own = page_permission_policy.instances_user_has_permission_for(user, "add")
    places = Page.objects.filter(
        translation_key__in=parents.values(), alias_of__isnull=True, pk__in=own.values("pk")
    )
    open_at: dict[Any, set[int]] = {}
    for key, locale in places.values_list("translation_key", "locale"):
        open_at.setdefault(key, set()).add(locale)
    done: dict[Any, set[int]] = {}
    keys = [page.translation_key for page in wanted.values()]
    for key, locale in Page.objects.filter(translation_key__in=keys).values_list("translation_key", "locale"):
        done.setdefault(key, set()).add(locale)
    return {
        pk: open_at.get(parents.get(page.path[: -page.steplen]), set()) - done[page.translation_key]
        for pk, page in wanted.items()
    }


class TranslateForm(SubmitTranslationForm):
    """Takes only languages in which the page can be made; Wagtail's form merely greys the others out."""

    def __init__(self, page: Page, user: Any, *args: Any) -> None:
        super().__init__(page, *args)
        open_ones = open_languages([page], user)[page.pk]
        self.fields["locales"].queryset = Locale.objects.filter(pk__in=open_ones)
        self.show_submit = bool(open_ones)


class TranslatePageView(SubmitPageTranslationView):
    """Makes drafts in other languages from a page that is published, or that the user may edit."""

    def get_object(self) -> Page:
        page = get_object_or_404(Page, id=self.kwargs["page_id"]).specific
        if page.is_root():
            raise Http404
        user = self.request.user
        if not (
            page.permissions_for_user(user).can_edit()
            or (page.live and open_languages([page], user)[page.pk])
        ):
            raise PermissionDenied
        return page

    def get_form(self) -> TranslateForm:
        data = [self.request.POST] if self.request.method == "POST" else []
        return TranslateForm(self.object, self.request.user, *data)


def urls() -> list[URLPattern]:
    """Return the address of the view; it is that of Wagtail's own, which it stands in front of."""
    return [path("translation/submit/page/<int:page_id>/", TranslatePageView.as_view())]
