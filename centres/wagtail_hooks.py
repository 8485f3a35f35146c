"""What the domain adds to Wagtail's admin."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from centres.advice import advice_on
from centres.models import Appointment, CentrePage, Edition, ProgrammePage, Review
from centres.viewsets import CentreListing, CommissionGroup, DirectoryGroup, EditionGroup, VocabularyGroup

for group in (EditionGroup, CommissionGroup, DirectoryGroup, VocabularyGroup):
    register_snippet(group)


@hooks.register("register_admin_viewset")
def register_centre_listing() -> ViewSet:
    return CentreListing()


@hooks.register("before_delete_page")
def refuse_deletion_of_what_has_records(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Say why a page cannot go: editions or records of the commission hang on it or below it."""
    if request.method != "POST" or not (why := records_of(page)):
        return None
    messages.error(request, why)
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_copy_page")
def refuse_published_copy_of_a_centre(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Have a copy of a centre begin as a draft: two centres of a library cannot share a name."""
    if request.method != "POST" or not request.POST.get("publish_copies"):
        return None
    if not CentrePage.objects.filter(path__startswith=page.path).exists():
        return None
    messages.error(
        request, _("A copied centre needs a name of its own. Copy it without publishing, then edit it.")
    )
    return redirect("wagtailadmin_pages:copy", page.pk)


@hooks.register("before_bulk_action")
def refuse_bulk_deletion(
    request: HttpRequest, action_type: str, objects: list[Any], _action: Any
) -> HttpResponse | None:
    """Hold deletion of many pages to the same rule."""
    if request.method != "POST" or action_type != "delete":
        return None
    for page in objects:
        if isinstance(page, Page) and (why := records_of(page)):
            messages.error(request, f"{page.title}: {why}")
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def advise(request: HttpRequest, page: Page) -> None:
    """Tell the editor of a centre what to think about."""
    if isinstance(page, CentrePage):
        for words in advice_on(page):
            messages.warning(request, words)


def records_of(page: Page) -> str:
    """Return why ``page`` and all below it cannot be deleted, or nothing."""
    branch: dict[str, Any] = {"path__startswith": page.path}
    if editions := Edition.objects.filter(programme__in=ProgrammePage.objects.filter(**branch)).count():
        return _(
            "Editions of a programme here are still kept (%(count)d). "
            "Delete them first, or unpublish the page."
        ) % {"count": editions}
    centres = CentrePage.objects.filter(**branch)
    if (
        Appointment.objects.filter(centre__in=centres).exists()
        or Review.objects.filter(centre__in=centres).exists()
    ):
        return _("The commission keeps records of a centre here. Unpublish the page instead of deleting it.")
    return ""
