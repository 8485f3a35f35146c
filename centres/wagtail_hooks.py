"""What the domain adds to Wagtail's admin."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import Button
from wagtail.models import Collection, Page
from wagtail.snippets.models import register_snippet

from centres import places, review_view, set_up_view
from centres.advice import advice_on
from centres.centre_listing import CentreListing
from centres.models import Appointment, CentrePage, CentreTeam, Edition, ProgrammePage, Review
from centres.models.own_pages import choosable_pages
from centres.review_view import ReviewView, SelfReportsView
from centres.rights.beside import UsableDocuments, UsableImages
from centres.rights.publishing import why_not_published_by
from centres.rules import has_assessed, put_back_assessed
from centres.set_up_view import SetUpView
from centres.viewsets import CommissionGroup, DirectoryGroup, EditionGroup, VocabularyGroup
from cms.editorial.finding import findable
from cms.editorial.messages import saves_by_itself

for group in (EditionGroup, CommissionGroup, DirectoryGroup, VocabularyGroup):
    register_snippet(group)


@hooks.register("register_admin_viewset")
def register_centre_listing() -> ViewSet:
    return CentreListing()


@hooks.register("register_admin_urls")
def own_addresses() -> list[URLPattern]:
    return [
        path("centres/<int:pk>/set-up/", SetUpView.as_view(), name=set_up_view.ADDRESS),
        path("reviews/", SelfReportsView.as_view(), name=review_view.LIST),
        path("reviews/<int:pk>/", ReviewView.as_view(), name=review_view.ADDRESS),
    ]


@hooks.register("register_log_actions")
def steps_in_the_history(actions: Any) -> None:
    for step in review_view.STEPS:
        actions.register_action(f"centres.review.{step.name}", step.label, step.done)
    actions.register_action(
        places.ACTION, gettext_lazy("Set seats"), gettext_lazy("Seats set by another system")
    )


class _SelfReportsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return not request.user.is_superuser and bool(review_view.waiting_for(request.user))


@hooks.register("register_admin_menu_item")
def self_reports_in_the_menu() -> MenuItem:
    return _SelfReportsItem(
        gettext_lazy("Self-reports"), reverse_lazy(review_view.LIST), icon_name="form", order=325
    )


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def set_up_from_the_page(page: Page, user: Any, *args: Any, **kwargs: Any) -> Iterator[Button]:
    if button := set_up_view.set_up_button(page, user):
        yield button


@hooks.register("register_snippet_listing_buttons")
def review_from_the_list(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    if isinstance(snippet, Review):
        address = reverse(review_view.ADDRESS, args=[snippet.pk])
        yield Button(_("Next step"), address, icon_name="arrow-right", priority=15)


@hooks.register("construct_page_chooser_queryset")
def offer_own_and_published_pages(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    found: QuerySet[Page] = findable(choosable_pages(pages, request), request.user)
    return found


# After Wagtail's own, whose place they take.
@hooks.register("construct_admin_api", order=1)
def tell_of_usable_files(router: Any) -> None:
    router.register_endpoint("images", UsableImages)
    router.register_endpoint("documents", UsableDocuments)


@hooks.register("before_edit_page")
def show_what_was_assessed(request: HttpRequest, page: Page) -> None:
    """Have a draft that lost a goal before the commission assessed it opened, saved and published with it."""
    if not isinstance(page, CentrePage):
        return
    for row in put_back_assessed(page):
        if request.method == "GET":
            words = _("“%(text)s” is back on this page: the commission assessed it after it was removed.")
            messages.warning(request, words % {"text": row.text})


@hooks.register("before_publish_page")
def refuse_unconfirmed_claims(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Keep what changes a centre's title as a draft until the secretary of the commission confirmed it."""
    if not (why := why_not_published_by(request.user, page)):
        return None
    messages.warning(request, why)
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def refuse_unconfirmed_claims_of_many(
    request: HttpRequest, action_type: str, objects: list[Any], _action: Any
) -> HttpResponse | None:
    """Hold the publishing of many pages to the same rule."""
    if request.method != "POST" or action_type != "publish":
        return None
    for page in objects:
        if not isinstance(page, Page):
            continue
        for branch in Page.objects.filter(path__startswith=page.path).type(CentrePage).specific():
            if why := why_not_published_by(request.user, branch.get_latest_revision_as_object()):
                messages.error(request, why)
                return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


@hooks.register("before_delete_page")
def refuse_deletion_of_what_has_records(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Say why a page cannot go: editions or records of the commission hang on it or below it."""
    if request.method != "POST" or not (why := records_of(page)):
        return None
    messages.error(request, why)
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("describe_collection_contents")
def team_of_a_collection(collection: Collection) -> dict[str, Any] | None:
    """Count the team of a centre as something in its collection, which Wagtail does not delete then."""
    team = CentreTeam.objects.filter(collection=collection).first()
    if team is None:
        return None
    return {
        "count": 1,
        "count_text": _("The team of the centre “%(centre)s”, which keeps its files here") % {"centre": team},
        "url": reverse("wagtailusers_groups:edit", args=[team.editors_id]),
    }


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
    if isinstance(page, CentrePage) and not saves_by_itself(request):
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
        or has_assessed(**branch)
    ):
        return _("The commission keeps records of a centre here. Unpublish the page instead of deleting it.")
    return ""
