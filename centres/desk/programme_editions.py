"""The editions that the form of a programme lists, with what its reader may do with them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone
from wagtail.permissions import policy_registry

from centres.desk.edition_urls import KINDS, address_of
from centres.models import ProgrammePage
from centres.models.choices import EditionStatus
from centres.models.edition import EditionType
from centres.status import edition_status
from cms.publishing.visibility import live_q

_EDIT, _COPY = "edit", "copy"


@dataclass(frozen=True, slots=True)
class Row:
    """One edition; an address is empty where the reader may not go there."""

    name: str
    state: str
    publishing: str
    edit_url: str
    copy_url: str


@dataclass(frozen=True, slots=True)
class Editions:
    """All editions of a programme, the newest first, and where one is added."""

    rows: tuple[Row, ...] = ()
    add_url: str = ""


def editions_of(programme: ProgrammePage, user: Any) -> Editions:
    """Return what ``user`` sees of the editions of ``programme``, in whichever language its page is.

    A programme that is not saved, or has no kind yet, has none.
    """
    if not programme.pk or not programme.kind:
        return Editions()
    model = KINDS[EditionType.of(programme.kind)]
    policy = policy_registry.get_by_type(model)
    now = timezone.now()
    editions = model.objects.filter(programme_key=programme.translation_key)
    own = policy.instances_user_has_any_permission_for(user, ["change"])
    changed = set(own.filter(pk__in=editions.values("pk")).values_list("pk", flat=True))
    found = editions.filter(live_q(now) | Q(pk__in=changed)).annotate(status=edition_status(now))
    may_add = policy.user_has_permission(user, "add")
    rows = tuple(
        Row(
            name=str(edition),
            state=str(EditionStatus(edition.status).label) if edition.live else "–",
            publishing=str(edition.status_string),
            edit_url=address_of(model, _EDIT, edition.pk) if edition.pk in changed else "",
            copy_url=address_of(model, _COPY, edition.pk) if may_add and edition.pk in changed else "",
        )
        for edition in found.select_related("programme", "availability")
    )
    add_url = f"{address_of(model, 'add')}?programme={programme.pk}" if may_add else ""
    return Editions(rows, add_url)
