"""Tells whoever published, or approved, something that breaks a rule what is wrong and where to mend it.

The admin publishes at a dozen addresses, and its hooks are asked at some of them only.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.localization import get_localized_response
from wagtail.log_actions import LogFormatter

from cms.models.at_once import NotPublishedError


class RefusalMiddleware:
    """Answers `NotPublishedError` with a message, on the form where to mend it if that is the reader's to do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return refusal(request, exception) if isinstance(exception, NotPublishedError) else None


def refusal(request: HttpRequest, refused: NotPublishedError) -> HttpResponse:
    """Answer in the language of the reader, which is known inside Wagtail's views only."""
    answer: HttpResponse = get_localized_response(_refuse, request, refused)
    return answer


def _refuse(request: HttpRequest, refused: NotPublishedError) -> HttpResponse:
    content = refused.content
    words = _("Nothing was published. “%(title)s” has to be mended first: %(why)s")
    messages.error(request, words % {"title": str(content), "why": refused.why})
    place = AdminURLFinder(request.user).get_edit_url(content) or reverse("wagtailadmin_home")
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        # What the pop-up of a workflow understands: it closes and leads there.
        return JsonResponse({"step": "success", "redirect": place})
    return redirect(place)


class RefusedAtItsTime(LogFormatter):
    """A line in the history of what was not published at its time."""

    label = gettext_lazy("Not published at its time")

    def format_message(self, log_entry: Any) -> str:
        return _("Not published at its time: %(why)s") % {"why": log_entry.data["why"]}
