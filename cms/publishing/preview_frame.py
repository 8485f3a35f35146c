"""What the admin offers to a frontend that shows a preview: a new token for an old one, and Wagtail's user bar.

Both are below the admin's address and open only to users who are signed in there.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.userbar import BaseItem, Userbar
from wagtail.models import Page

from cms.models.previews import preview_address
from cms.publishing.preview import PreviewExpired, PreviewInvalid, open_preview, renewed


@require_safe
def renew(request: HttpRequest) -> HttpResponse:
    """Lead the editor of a draft to its preview with a new token. Raises PermissionDenied for everybody else."""
    token = request.GET.get("token", "")
    try:
        return HttpResponseRedirect(preview_address(renewed(request.user, token)))
    except PreviewInvalid as error:
        raise PermissionDenied from error


@require_safe
def user_bar(request: HttpRequest) -> HttpResponse:
    """Answer with Wagtail's user bar for a draft, as HTML to put at the end of the frontend's body.

    With ``panel=true`` it is that of the editor's own preview panel: hidden, and only there to check the page.
    Raises PermissionDenied where the token shows nothing.
    """
    try:
        draft = open_preview(request.GET.get("token", "")).instance
    except (PreviewExpired, PreviewInvalid) as error:
        raise PermissionDenied from error
    request.is_preview = True  # type: ignore[attr-defined]
    request.in_preview_panel = request.GET.get("panel") == "true"  # type: ignore[attr-defined]
    html = Userbar(object=draft).render_html({"request": request, "draft": draft})
    return HttpResponse(html, headers={"Cache-Control": "private, no-store"})


class EditDraftItem(BaseItem):
    """Leads from the preview of a draft that is no page to its editor; for pages Wagtail has an item of its own."""

    template_name = "cms/userbar_edit.html"

    def __init__(self, address: str) -> None:
        self.address = address


def add_edit_item(request: HttpRequest, items: list[Any], draft: Any) -> None:
    """Put the way to the editor into the user bar of a draft that is no page."""
    if (
        draft is None
        or isinstance(draft, Page)
        or not draft.pk
        or getattr(request, "in_preview_panel", False)
    ):
        return
    if address := AdminURLFinder(request.user).get_edit_url(draft):
        items.insert(1, EditDraftItem(address))


urlpatterns: list[URLPattern] = [
    path("preview/renew/", renew, name="preview_renew"),
    path("preview/user-bar/", user_bar, name="preview_user_bar"),
]
