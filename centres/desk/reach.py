"""What concerns somebody: the centres, reviews and editions on which they may do anything at all."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from wagtail.models import Revision
from wagtail.permissions import page_permission_policy, policy_registry

from centres.models import CentrePage, EventEdition, Review
from centres.status import centre_status, edition_status, review_due
from cms.publishing.visibility import live_q

_ON_PAGES = ("add", "change", "publish")
_ON_ROWS = ("add", "change", "delete", "view")


def keeps_records(user: Any) -> bool:
    """Return whether ``user`` reads the commission's records, and so looks after every centre."""
    return any(user.has_perm(f"centres.{action}_appointment") for action in ("view", "change"))


def centres_of(user: Any) -> QuerySet[Any]:
    """Return the published centres that concern ``user``, one row each, with ``status`` and ``due``."""
    now = timezone.now()
    centres: QuerySet[Any] = CentrePage.objects.filter(
        live_q(now), locale__language_code=settings.LANGUAGE_CODE
    )
    if not keeps_records(user):
        own = page_permission_policy.instances_user_has_any_permission_for(user, _ON_PAGES)
        keys = CentrePage.objects.filter(pk__in=own.order_by().values("pk")).values("translation_key")
        centres = centres.filter(translation_key__in=keys)
    found = centres.annotate(status=centre_status(now), due=review_due(now))
    return found.select_related("host").order_by(F("due").asc(nulls_last=True), "sort_key", "pk")


def rows_of(user: Any, model: type[models.Model]) -> QuerySet[Any]:
    """Return the rows of ``model`` on which ``user`` may do anything; the policy of the model decides."""
    policy = policy_registry.get_by_type(model)
    own = policy.instances_user_has_any_permission_for(user, _ON_ROWS)
    return model._default_manager.filter(pk__in=own.values("pk"))


def publication_times(model: type[models.Model], when: Q) -> dict[int, datetime]:
    """Return when rows of ``model`` will be published by themselves, by key; ``when`` is a condition of revisions."""
    kind = ContentType.objects.get_for_model(model, for_concrete_model=False)
    due = Revision.objects.filter(Q(content_type=kind) | Q(base_content_type=kind), when)
    times = due.order_by("approved_go_live_at").values_list("object_id", "approved_go_live_at")
    return {int(key): time for key, time in times}


def reviews_of(user: Any) -> QuerySet[Review]:
    """Return the reviews that concern ``user`` and are not decided, the most urgent first."""
    return (
        rows_of(user, Review)
        .exclude(state="DECIDED")
        .select_related("centre", "cycle")
        .order_by("due_on", "pk")
    )


def events_of(user: Any) -> QuerySet[Any]:
    """Return the events that concern ``user``, with ``status``."""
    rows = rows_of(user, EventEdition).select_related("programme", "availability")
    return rows.annotate(status=edition_status(timezone.now())).order_by("starts_at", "pk")


def may_read(user: Any, model: type[models.Model]) -> bool:
    """Return whether ``user`` has any right on ``model``."""
    return bool(policy_registry.get_by_type(model).user_has_any_permission(user, _ON_ROWS))


def has_centres(user: Any) -> bool:
    """Return whether a list of centres could say anything to ``user``."""
    return keeps_records(user) or page_permission_policy.user_has_any_permission(user, _ON_PAGES)
