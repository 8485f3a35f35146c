"""What people come to the admin for, one click away: quick actions, what they worked on last, what is scheduled."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.components import Component
from wagtail.images import get_image_model
from wagtail.models import ModelLogEntry, Page, PageLogEntry
from wagtail.permissions import page_permission_policy, policy_registry

from centres.desk.edition_urls import KINDS, address_of
from centres.desk.reach import publication_times, rows_of
from centres.models import CentrePage, EventEdition
from centres.rights.beside import known_to

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Link:
    """Where a click leads, and when something was or will be done; ``at`` is None for what is done now."""

    title: str
    url: str
    at: datetime | None = None


class QuickPanel(Component):
    """Quick actions, recent work and what is scheduled, for the person who signed in."""

    name = "quick"
    order = 50
    template_name = "centres_desk/quick.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        user = parent_context["request"].user
        return {
            "actions": list(actions_for(user)),
            "recent": recent_of(user),
            "scheduled": scheduled_for(user),
        }


def actions_for(user: Any) -> Iterator[Link]:
    """Yield what ``user`` may begin at once."""
    own = page_permission_policy.instances_user_has_permission_for(user, "add")
    if policy_registry.get_by_type(EventEdition).user_has_permission(user, "add"):
        yield Link(_("Add an event"), address_of(EventEdition, "add"))
    centres = list(CentrePage.objects.filter(pk__in=own.values("pk")).order_by("locale_id", "sort_key")[:2])
    if len(centres) == 1 or (centres and centres[0].locale_id != centres[-1].locale_id):
        add = reverse("wagtailadmin_pages:add", args=["centres", "programmepage", centres[0].pk])
        yield Link(_("Add a programme"), add)
    elif centres:
        yield Link(_("Add a programme"), reverse("centres:index"))
    if policy_registry.get_by_type(get_image_model()).user_has_permission(user, "add"):
        yield Link(_("Upload pictures"), reverse("wagtailimages:add_multiple"))


def recent_of(user: Any) -> Sequence[Link]:
    """Return what ``user`` changed last and may still edit, the newest first; a few statements, however much it is."""
    pages = PageLogEntry.objects.filter(user=user, content_changed=True)
    last_pages = pages.values("page_id").annotate(at=Max("timestamp")).order_by("-at")[: 2 * SHOWN]
    found = {row["page_id"]: row["at"] for row in last_pages}
    known: Any = known_to(user, Page).filter(pk__in=found)
    links = [_link(page, user, found[page.pk]) for page in known.specific()]
    for model in KINDS.values():
        name = model._meta.model_name
        rows = ModelLogEntry.objects.filter(user=user, content_changed=True, content_type__model=name)
        last = rows.values("object_id").annotate(at=Max("timestamp")).order_by("-at")[:SHOWN]
        moments = {int(row["object_id"]): row["at"] for row in last}
        own = rows_of(user, model).filter(pk__in=moments).select_related("programme")
        links += [_link(row, user, moments[row.pk]) for row in own]
    kept = [link for link in links if link.url]
    return sorted(kept, key=lambda link: link.at or timezone.now(), reverse=True)[:SHOWN]


def scheduled_for(user: Any) -> Sequence[Link]:
    """Return what will be published by itself of what ``user`` works with, the next first."""
    now = timezone.now()
    links: list[Link] = []
    for model, known in (
        (Page, known_to(user, Page)),
        *((one, rows_of(user, one)) for one in KINDS.values()),
    ):
        times = publication_times(model, Q(approved_go_live_at__gt=now))
        rows: Any = known.filter(pk__in=times)
        links += [_link(row, user, times[row.pk]) for row in (rows.specific() if model is Page else rows)]
    return sorted(links, key=lambda link: link.at or now)[:SHOWN]


def _link(thing: Any, user: Any, at: datetime) -> Link:
    title = thing.get_admin_display_title() if isinstance(thing, Page) else str(thing)
    return Link(title, AdminURLFinder(user).get_edit_url(thing) or "", at)
