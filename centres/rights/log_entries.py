"""The history of the site: of what Wagtail logged, what its reader may see the row of.

Wagtail asks for a right on the model. Where a policy narrows rights to rows, entries are narrowed to the same rows;
those of rows that are gone are for administrators then, because nobody can say whose they were.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.models import ModelLogEntry
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import policy_registry

from centres.rights.beside import known_to
from centres.rights.policies import ANY


def viewable_by_user(manager: Any, user: Any) -> QuerySet[Any]:
    """Return the entries of ``manager`` about rows that may be named to ``user``."""
    entries: QuerySet[Any] = manager.all()
    if user.is_superuser:
        return entries
    shown = Q(pk__in=[])
    kinds = entries.order_by().values_list("content_type_id", flat=True).distinct()
    for kind in ContentType.objects.filter(pk__in=list(kinds)):
        model = kind.model_class()
        if model is None:
            continue
        policy = policy_registry.get_by_type(model)
        if not policy.user_has_any_permission(user, ANY):
            continue
        about: dict[str, Any] = {"content_type": kind}
        if not _is_by_model(policy):
            about["object_id__in"] = keys_of(known_to(user, model))
        shown |= Q(**about)
    return entries.filter(shown)


def _is_by_model(policy: Any) -> bool:
    own = type(policy).instances_user_has_any_permission_for
    return own is ModelPermissionPolicy.instances_user_has_any_permission_for


def keys_of(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return the keys of ``rows`` as text, as columns for rows of any model keep them."""
    return rows.order_by().values_list(Cast("pk", output_field=CharField()), flat=True)


def connect() -> None:
    """Have Wagtail's history of the site ask `viewable_by_user`."""
    type(ModelLogEntry.objects).viewable_by_user = viewable_by_user
