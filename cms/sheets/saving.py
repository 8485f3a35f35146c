"""Saves what a spreadsheet brings as the admin's forms do: with a version, an entry in the history and the workflow.

Each saving leaves a step, from which `cms.sheets.undoing` finds the way back.
"""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import DraftStateMixin, LockableMixin, Page, WorkflowMixin
from wagtail.signals import published

DRAFT, PUBLISHED, SUBMITTED = "draft", "published", "submitted"


@dataclass(frozen=True)
class Step:
    """What one saving did: ``before`` and ``public`` are the newest and the published version that it replaced.

    ``revision`` is the version that it made; whoever saves another one afterwards has the last word.
    """

    model: str
    pk: Any
    new: bool
    live: bool
    before: dict[str, Any] | None
    public: dict[str, Any] | None
    revision: int | None
    beside: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """Return it as it is stored."""
        return dict(vars(self))


def check_lock(thing: Any, user: Any) -> None:
    """Raise `ValidationError` if somebody keeps ``thing`` from being edited."""
    lock = thing.get_lock() if isinstance(thing, LockableMixin) and thing.pk else None
    if lock is not None and lock.for_user(user):
        raise ValidationError(
            _("This is locked, or somebody is reviewing it. Ask for it to be unlocked, or delete the row.")
        )


def stored_versions(thing: Any) -> tuple[bool, dict[str, Any] | None, dict[str, Any] | None]:
    """Return whether ``thing`` is published, its newest version, and the published one if that is another."""
    model: Any = type(thing)
    row = model._base_manager.get(pk=thing.pk)
    live = bool(getattr(row, "live", True))
    if getattr(row, "has_unpublished_changes", False) and row.latest_revision is not None:
        return live, row.latest_revision.content, row.serializable_data() if live else None
    return live, row.serializable_data(), None


def save_new(thing: Any, user: Any, *, parent: Any = None) -> Any:
    """Save ``thing`` as a draft, or at once if its model has none; return its version."""
    if isinstance(thing, DraftStateMixin):
        thing.live = False
    if isinstance(thing, Page):
        thing.owner, thing.locale = user, parent.locale
        parent.add_child(instance=thing)
    else:
        thing.save()
    revision = thing.save_revision(user=user, clean=False)
    log(thing, "wagtail.create", user=user, revision=revision, content_changed=True)
    return revision


def publish_new(thing: Any, user: Any) -> Any:
    """Save ``thing``, which is no page, as published at once; a draft that is published would save all of it twice."""
    thing.live, thing.has_unpublished_changes = True, False
    thing.first_published_at = thing.last_published_at = timezone.now()
    thing.save()
    revision = thing.save_revision(user=user, clean=False, changed=False)
    thing.live_revision = revision
    type(thing)._base_manager.filter(pk=thing.pk).update(live_revision=revision)
    log(thing, "wagtail.create", user=user, revision=revision, content_changed=True)
    log(thing, "wagtail.publish", user=user, revision=revision)
    published.send(sender=type(thing), instance=thing, revision=revision)
    return revision


def save_version(thing: Any, user: Any) -> Any:
    """Save ``thing`` as the newest draft, or at once if its model has none; return its version."""
    if not isinstance(thing, DraftStateMixin):
        thing.save()
    revision = thing.save_revision(user=user, clean=False)
    log(thing, "wagtail.edit", user=user, revision=revision, content_changed=True)
    return revision


def bring_out(thing: Any, revision: Any, user: Any, *, may_publish: bool) -> str:
    """Publish a version if its editor may, else submit it to its workflow if it has one; return what became of it."""
    if not isinstance(thing, DraftStateMixin):
        return PUBLISHED
    if may_publish:
        revision.publish(user=user)
        return PUBLISHED
    if isinstance(thing, WorkflowMixin) and not thing.workflow_in_progress and (flow := thing.get_workflow()):
        flow.start(thing, user)
        return SUBMITTED
    return DRAFT
