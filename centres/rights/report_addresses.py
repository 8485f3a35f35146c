"""Wagtail's reports and suggestions that ask for a right on a model and then name rows of others.

These stand in front of Wagtail's own (`config.urls`), which this module imports: it is for that file alone.
"""

from typing import Any

import django_filters  # type: ignore[import-untyped]
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.http import HttpRequest, JsonResponse
from django.urls import path
from taggit.models import Tag, TaggedItem
from wagtail.admin.views.reports.locked_pages import LockedPagesReportFilterSet, LockedPagesView
from wagtail.admin.views.reports.workflows import (
    WorkflowReportFilterSet,
    WorkflowTasksReportFilterSet,
    WorkflowTasksView,
    WorkflowView,
)
from wagtail.admin.views.tags import TAGS_AUTOCOMPLETE_LIMIT
from wagtail.models import Page, Task, TaskState, Workflow, WorkflowState, get_default_page_content_type
from wagtail.permissions import page_permission_policy, policy_registry
from wagtail.snippets.models import get_editable_models

from centres.rights.beside import in_the_admin, known_to
from centres.rights.log_entries import keys_of
from cms.models import Document, Image


def changeable(user: Any, prefix: str = "") -> Q:
    """Return the condition for workflow states of what ``user`` may change; ``prefix`` leads to the state."""
    pages = page_permission_policy.instances_user_has_permission_for(user, "change")
    found = _of(prefix, "base_content_type", get_default_page_content_type(), pages)
    for model in get_editable_models(user):
        rows = policy_registry.get_by_type(model).instances_user_has_permission_for(user, "change")
        found |= _of(prefix, "content_type", ContentType.objects.get_for_model(model), rows)
    return found


def _of(prefix: str, column: str, kind: ContentType, rows: QuerySet[Any]) -> Q:
    return Q(**{f"{prefix}{column}": kind, f"{prefix}object_id__in": keys_of(rows)})


def _states(request: HttpRequest) -> QuerySet[Any]:
    states: QuerySet[Any] = WorkflowState.objects.filter(changeable(request.user))
    return states


def _workflows(request: HttpRequest) -> QuerySet[Any]:
    return Workflow.objects.filter(pk__in=_states(request).values("workflow"))


def _tasks(request: HttpRequest) -> QuerySet[Any]:
    return Task.objects.filter(
        pk__in=TaskState.objects.filter(workflow_state__in=_states(request)).values("task")
    )


def _requesters(request: HttpRequest) -> QuerySet[Any]:
    people = get_user_model()._default_manager.filter(pk__in=_states(request).values("requested_by"))
    return people.order_by("username")


class WorkflowFilters(WorkflowReportFilterSet):
    """Wagtail's filters, which offer what stands in the list."""

    workflow = django_filters.ModelChoiceFilter(queryset=_workflows)
    requested_by = django_filters.ModelChoiceFilter(queryset=_requesters)


class WorkflowTaskFilters(WorkflowTasksReportFilterSet):
    """The same for the list of tasks."""

    workflow = django_filters.ModelChoiceFilter(field_name="workflow_state__workflow", queryset=_workflows)
    task = django_filters.ModelChoiceFilter(queryset=_tasks)


def _specific(state: WorkflowState) -> None:
    """Put the row itself in the place of the one that it continues, which no view of the admin knows."""
    model = state.content_type.model_class()
    if model is not None and not isinstance(state.content_object, model | Page):
        state.content_object = model._default_manager.filter(pk=state.object_id).first()


class OwnWorkflowsView(WorkflowView):
    """The workflows of what one may change."""

    filterset_class = WorkflowFilters

    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset()
        return rows.filter(changeable(self.request.user))

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        for state in object_list:
            _specific(state)
        return super().decorate_paginated_queryset(object_list)


class OwnWorkflowTasksView(WorkflowTasksView):
    """The steps in the workflows of what one may change."""

    filterset_class = WorkflowTaskFilters

    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset()
        return rows.filter(changeable(self.request.user, "workflow_state__"))

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        for state in object_list:
            _specific(state.workflow_state)
        return super().decorate_paginated_queryset(object_list)


def _lockers(request: HttpRequest) -> QuerySet[Any]:
    locked = known_to(request.user, Page).filter(locked=True)
    return get_user_model()._default_manager.filter(pk__in=locked.values("locked_by")).order_by("username")


class LockedFilters(LockedPagesReportFilterSet):
    """Wagtail's filters, which offer who locked a page of the list."""

    locked_by = django_filters.ModelChoiceFilter(queryset=_lockers)

    class Meta(LockedPagesReportFilterSet.Meta):
        pass


class KnownLockedPagesView(LockedPagesView):
    """The locked pages that one works with: not one that one locked before one lost the right."""

    filterset_class = LockedFilters

    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset()
        return rows.filter(pk__in=known_to(self.request.user, Page).values("pk"))


def suggest_tags(request: HttpRequest, app_name: str = "", model_name: str = "") -> JsonResponse:
    """Suggest tags of files that one may use; words on the files of others are theirs."""
    term = request.GET.get("term", "")
    used = Q(pk__in=[])
    for model in (Image, Document):
        kind = ContentType.objects.get_for_model(model)
        used |= Q(content_type=kind, object_id__in=known_to(request.user, model).values("pk"))
    tags = Tag.objects.filter(
        name__istartswith=term, pk__in=TaggedItem.objects.filter(used).values("tag")
    ).order_by("name")
    names = tags.values_list("name", flat=True)[:TAGS_AUTOCOMPLETE_LIMIT] if term else []
    return JsonResponse(list(names), safe=False)


_VIEWS: dict[str, Any] = {
    "workflow": OwnWorkflowsView,
    "workflow_tasks": OwnWorkflowTasksView,
    "locked": KnownLockedPagesView,
}

urlpatterns = [
    *(path(f"reports/{name}/", in_the_admin(view.as_view())) for name, view in _VIEWS.items()),
    *(
        path(f"reports/{name}/results/", in_the_admin(view.as_view(results_only=True)))
        for name, view in _VIEWS.items()
    ),
    path("tag-autocomplete/", in_the_admin(suggest_tags)),
    path("tag-autocomplete/<slug:app_name>/<slug:model_name>/", in_the_admin(suggest_tags)),
]
