"""Views of snippets that ask for rights on the row in the address, not on its model as Wagtail's own do."""

from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.views import View
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.views.generic.workflow import PreviewRevisionForTask
from wagtail.models import TaskState
from wagtail.permissions import policy_registry

from centres.rights.policies import ANY, OfInstance


class RowChecked:
    """A view of one row: whatever it asks its policy is answered for that row."""

    model: Any
    kwargs: dict[str, Any]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        # Wagtail's views read the row and more while they are set up, before they ask for rights.
        self.kwargs = kwargs
        if not self.permission_policy.user_has_any_permission(request.user, ANY):
            raise PermissionDenied
        super().setup(request, *args, **kwargs)  # type: ignore[misc]

    @cached_property
    def permission_policy(self) -> Any:
        policy = policy_registry.get_by_type(self.model)
        row = row_or_404(self.model._default_manager.all(), unquote(str(self.kwargs["pk"])))
        return OfInstance(policy, row)


class RowCheckedWhole(RowChecked, PermissionCheckedMixin):
    """The same for a view that Wagtail leaves open to everybody who may enter the admin."""

    permission_required = "change"


class OwnStep:
    """A view of a step in a workflow that says nothing of a step that its row never came to."""

    def get_task(self) -> Any:
        task = super().get_task()  # type: ignore[misc]
        if not came_to(self.object, task.pk):  # type: ignore[attr-defined]
            raise Http404
        return task


def came_to(row: Any, task_key: int) -> bool:
    """Return whether ``row`` is or was in the step with ``task_key``; Wagtail names any step to who asks."""
    return TaskState.objects.filter(task=task_key, workflow_state__in=row.workflow_states.all()).exists()


def checked(view_class: type[View]) -> type[View]:
    """Return ``view_class`` as it is used below an address with the key of a row."""
    own = RowChecked if issubclass(view_class, PermissionCheckedMixin) else RowCheckedWhole
    bases = (own, OwnStep) if issubclass(view_class, PreviewRevisionForTask) else (own,)
    return type(view_class.__name__, (*bases, view_class), {"__module__": view_class.__module__})


class ReadableRows:
    """A list of those rows that its reader has rights on."""

    request: Any
    model: Any

    def get_base_queryset(self) -> QuerySet[Any]:
        policy = policy_registry.get_by_type(self.model)
        rows: QuerySet[Any] = super().get_base_queryset()  # type: ignore[misc]
        return rows.filter(pk__in=policy.readable(self.request.user).values("pk"))


class ChoosableRows:
    """A chooser that offers, and takes, only what its policy lets one choose."""

    request: Any
    model_class: Any

    def get_object_list(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = policy_registry.get_by_type(self.model_class).choosable(self.request.user)
        return rows

    def get_object(self, pk: Any) -> Any:
        return row_or_404(self.get_object_list(), pk)

    def get_objects(self, pks: Any) -> QuerySet[Any]:
        rows = self.get_object_list()
        if not all(is_key(rows.model, pk) for pk in pks):
            raise Http404
        return rows.filter(pk__in=pks)


def row_or_404(rows: QuerySet[Any], key: Any) -> Any:
    """Return the one of ``rows`` with a ``key`` that came in an address; raise `Http404` where there is none."""
    if not is_key(rows.model, key):
        raise Http404
    return get_object_or_404(rows, pk=key)


def is_key(model: type[Model], key: Any) -> bool:
    """Return whether a row of ``model`` can have ``key``: databases fail on a number that they cannot hold."""
    column: Any = model._meta.pk
    while column.remote_field:
        # The key of an edition is that of the row it continues.
        column = column.target_field
    try:
        column.run_validators(column.to_python(key))
    except ValidationError:
        return False
    return True
