"""Wagtail's addresses that name the steps of workflows to everybody who may enter the admin.

These stand in front of Wagtail's own (`config.urls`), which this module imports: it is for that file alone.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from wagtail.admin.urls.workflows import urlpatterns as of_workflows
from wagtail.admin.viewsets.pages import page_viewset_registry
from wagtail.models import Page, Workflow
from wagtail.permissions import policy_registry

from centres.rights.beside import in_the_admin, known_to
from centres.rights.views import came_to

CHOOSER = "task_chooser/"

_ask = page_viewset_registry.as_view("confirm_workflow_cancellation", page_id_kwarg="page_id")


def confirm_cancellation(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask whether publishing a page shall end its workflow; only who may publish it hears of that."""
    if not get_object_or_404(Page, pk=page_id).permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    answer: HttpResponse = _ask(request, page_id=page_id)
    return answer


def of_known_page(name: str) -> Any:
    """Return Wagtail's view ``name`` of a page in a workflow for those who work with the page or review it.

    Wagtail says first that the page, by its name, waits for nobody, and asks for rights later.
    """
    view = page_viewset_registry.as_view(name, page_id_kwarg="page_id")

    def answer(request: HttpRequest, page_id: int, **kwargs: Any) -> HttpResponse:
        page = get_object_or_404(Page, pk=page_id)
        step = page.current_workflow_task
        if not known_to(request.user, Page).filter(pk=page_id).exists() and not (
            step and step.user_can_access_editor(page.specific, request.user)
        ):
            raise PermissionDenied
        if "task_id" in kwargs and not came_to(page, kwargs["task_id"]):
            raise Http404
        made: HttpResponse = view(request, page_id=page_id, **kwargs)
        return made

    return in_the_admin(answer)


_STATE = "<int:page_id>/<slug:action_name>/<int:task_state_id>/"


def for_makers_of_workflows(view: Any) -> Any:
    """Return ``view``, which offers the steps of all workflows, for those who may put them together."""

    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not policy_registry.get_by_type(Workflow).user_has_any_permission(request.user, ("add", "change")):
            raise PermissionDenied
        made: HttpResponse = view(request, **kwargs)
        return made

    return answer


urlpatterns = [
    path(f"pages/workflow/action/{_STATE}", of_known_page("workflow_action")),
    path(f"pages/workflow/collect_action_data/{_STATE}", of_known_page("collect_workflow_action_data")),
    path("pages/workflow/preview/<int:page_id>/<int:task_id>/", of_known_page("workflow_preview")),
    path("pages/workflow/confirm_cancellation/<int:page_id>/", in_the_admin(confirm_cancellation)),
    *(
        path(f"workflows/{own.pattern}", in_the_admin(for_makers_of_workflows(own.callback)))
        for own in of_workflows
        if str(own.pattern).startswith(CHOOSER)
    ),
]
