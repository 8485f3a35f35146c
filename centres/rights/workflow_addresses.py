"""Wagtail's addresses that name the steps of workflows to everybody who may enter the admin.

These stand in front of Wagtail's own (`config.urls`), which this module imports: it is for that file alone.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from wagtail.admin.urls.workflows import urlpatterns as of_workflows
from wagtail.admin.viewsets.pages import page_viewset_registry
from wagtail.models import Page, Workflow
from wagtail.permissions import policy_registry

from centres.rights.beside import in_the_admin

CHOOSER = "task_chooser/"

_ask = page_viewset_registry.as_view("confirm_workflow_cancellation", page_id_kwarg="page_id")


def confirm_cancellation(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask whether publishing a page shall end its workflow; only who may publish it hears of that."""
    if not get_object_or_404(Page, pk=page_id).permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    answer: HttpResponse = _ask(request, page_id=page_id)
    return answer


def for_makers_of_workflows(view: Any) -> Any:
    """Return ``view``, which offers the steps of all workflows, for those who may put them together."""

    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not policy_registry.get_by_type(Workflow).user_has_any_permission(request.user, ("add", "change")):
            raise PermissionDenied
        made: HttpResponse = view(request, **kwargs)
        return made

    return answer


urlpatterns = [
    path("pages/workflow/confirm_cancellation/<int:page_id>/", in_the_admin(confirm_cancellation)),
    *(
        path(f"workflows/{own.pattern}", in_the_admin(for_makers_of_workflows(own.callback)))
        for own in of_workflows
        if str(own.pattern).startswith(CHOOSER)
    ),
]
