"""Wagtail's views beside its lists and forms, which tell of rows that their reader has no rights on.

The addresses stand in front of Wagtail's own (`config.urls`); the endpoints take the place of its own in its router.
"""

from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.models import Page
from wagtail.permissions import page_permission_policy, policy_registry

from centres.rights.policies import READING, SnippetPolicy

USE = ("choose", "change")


def known_to(user: Any, model: type[Model]) -> QuerySet[Any]:
    """Return the rows of ``model`` that may be named to ``user``, because lists or choosers show them."""
    rows: QuerySet[Any]
    policy = policy_registry.get_by_type(model)
    if issubclass(model, Page):
        rows = page_permission_policy.explorable_instances(user)
    elif isinstance(policy, SnippetPolicy):
        rows = policy.readable(user)
    else:
        rows = policy.instances_user_has_any_permission_for(user, READING.union(USE))
    return rows


def knows_page(user: Any, key: int) -> bool:
    """Return whether the page with ``key`` may be named to ``user``."""
    return bool(known_to(user, Page).filter(pk=key).exists())


class KnownRows:
    """An action on many rows that says of those which one may not touch only what one knows already."""

    request: HttpRequest
    model: type[Model]

    def get_actionable_objects(self) -> tuple[list[Any], dict[str, Any]]:
        objects, others = super().get_actionable_objects()  # type: ignore[misc]
        kept_back = others["items_with_no_access"]
        known = set(
            known_to(self.request.user, self.model)
            .filter(pk__in=[row.pk for row in kept_back])
            .values_list("pk", flat=True)
        )
        return objects, others | {"items_with_no_access": [row for row in kept_back if row.pk in known]}


@cache
def _narrowed(action: type[BulkAction]) -> Any:
    return type(action.__name__, (KnownRows, action), {"__module__": action.__module__})


def bulk_action(request: HttpRequest, app_label: str, model_name: str, action: str) -> HttpResponse:
    """Serve any registered action on many rows, Wagtail's own and those of others."""
    try:
        model = apps.get_model(app_label, model_name)
    except LookupError as error:
        raise Http404 from error
    found = bulk_action_registry.get_bulk_action_class(app_label, model_name, action)
    if found is None:
        raise Http404
    answer: HttpResponse = _narrowed(found)(request, model).dispatch(request)
    return answer


class UsableFiles:
    """An endpoint of the admin's API with the files that its reader may choose or change."""

    request: Any
    model: type[Model]

    def get_queryset(self) -> QuerySet[Any]:
        policy = policy_registry.get_by_type(self.model)
        usable = policy.instances_user_has_any_permission_for(self.request.user, USE)
        rows: QuerySet[Any] = super().get_queryset()  # type: ignore[misc]
        return rows & usable


class UsableImages(UsableFiles, ImagesAdminAPIViewSet):
    """Images in the admin's API."""


class UsableDocuments(UsableFiles, DocumentsAdminAPIViewSet):
    """Documents in the admin's API."""


def in_the_admin(view: Any) -> Any:
    """Return ``view`` for those who may enter the admin, in their language, and kept by no cache."""
    return never_cache(require_admin_access(view))


urlpatterns = [
    path("bulk/<str:app_label>/<str:model_name>/<str:action>/", in_the_admin(bulk_action)),
]
