"""What the admin offers to a frontend that shows drafts: a new token for an old one, draft mode, Wagtail's user bar.

All are below the admin's address and open only to users who are signed in there.
"""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.userbar import BaseItem, Userbar
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from cms.models.previews import may_edit, preview_address
from cms.publishing.draft_mode import begin
from cms.publishing.preview import PreviewExpired, PreviewInvalid, open_preview, renewed

_DIGITS = 10


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


@require_GET
def draft_mode(request: HttpRequest) -> HttpResponse:
    """Lead an editor to the frontend's draft mode, to a page that they may edit if one is named.

    Raises Http404 where the deployment has no draft mode, PermissionDenied for the pages of others.
    """
    if not settings.CMS_DRAFT_MODE_URL:
        raise Http404
    path = "/"
    if named := request.GET.get("page"):
        page = get_object_or_404(Page, pk=named if named.isdecimal() and len(named) < _DIGITS else None)
        if not may_edit(request.user, page):
            raise PermissionDenied
        path = page.url_path
    query = urlencode({"code": begin(request.user, request.session.session_key or "", path)})
    address = f"{settings.CMS_DRAFT_MODE_URL}{'&' if '?' in settings.CMS_DRAFT_MODE_URL else '?'}{query}"
    headers = {"Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer"}
    return HttpResponseRedirect(address, headers=headers)


def draft_mode_button(page: Page, user: Any) -> Button | None:
    """Return the way from a page's form to the page in draft mode."""
    if not settings.CMS_DRAFT_MODE_URL or page.is_root() or not may_edit(user, page):
        return None
    address = f"{reverse('draft_mode')}?{urlencode({'page': page.pk})}"
    attrs = {"target": "_blank", "rel": "noreferrer"}
    return Button(_("In draft mode"), address, icon_name="view", attrs=attrs, priority=12)


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
    path("preview/site/", draft_mode, name="draft_mode"),
    path("preview/user-bar/", user_bar, name="preview_user_bar"),
]
