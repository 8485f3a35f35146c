"""Takes an import back: what it brought goes, what it changed is as before, unless somebody changed it since.

Who takes it back needs the rights that they needed to import it. They may have lost them meanwhile, and somebody with
more rights may have published what they only submitted.
"""

from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils.translation import gettext as _
from wagtail.locks import BasicLock
from wagtail.log_actions import log
from wagtail.models import DraftStateMixin, LockableMixin, WorkflowMixin

from cms.publishing.operation import operation
from cms.sheets.registry import sheet_of
from cms.sheets.saving import Step


def undo(steps: list[Step], user: Any) -> None:
    """Take ``steps`` back, the last first, all or none. Raises `ValidationError` that says what stands in the way."""
    with operation(), transaction.atomic():
        for step in reversed(steps):
            _undo(step, user)


def _undo(step: Step, user: Any) -> None:
    model: Any = apps.get_model(step.model)
    thing = model._base_manager.filter(pk=step.pk).first()
    if thing is None:
        if step.new:
            return  # somebody has deleted it already
        raise ValidationError(_("Something that the import changed was deleted since. It cannot be undone."))
    if thing.latest_revision_id != step.revision:
        raise ValidationError(
            _(
                "“%s” was changed after the import. Correct it by hand; the import cannot be undone as a whole."
            )
            % thing
        )
    _check_rights(thing, step, user)
    if step.new:
        _delete(thing, user)
    else:
        _restore(thing, step, user)


def _check_rights(thing: Any, step: Step, user: Any) -> None:
    sheet = sheet_of(type(thing))
    wanted = ["add" if step.new else "change"]
    if _is_published(thing, step):
        wanted.append("publish")
    if sheet is None or not all(sheet.may(user, action, thing) for action in wanted):
        words = _("You have no right to take back “%s” any more. Ask somebody who may publish it.")
        raise ValidationError(words % thing)
    lock = thing.get_lock() if isinstance(thing, LockableMixin) else None
    if isinstance(lock, BasicLock) and lock.for_user(user):
        raise ValidationError(_("“%s” is locked. Ask for it to be unlocked.") % thing)


def _is_published(thing: Any, step: Step) -> bool:
    """Return whether the public sees what the step brought, because of the import or of somebody who approved it."""
    return isinstance(thing, DraftStateMixin) and thing.live and thing.live_revision_id == step.revision


def _delete(thing: Any, user: Any) -> None:
    try:
        log(thing, "wagtail.delete", user=user, deleted=True)
        thing.delete()
    except (ProtectedError, RestrictedError) as error:
        words = _("“%s” is used elsewhere meanwhile. Remove it there first.")
        raise ValidationError(words % thing) from error


def _restore(thing: Any, step: Step, user: Any) -> None:
    _put_back_beside(thing, step)
    if not isinstance(thing, DraftStateMixin):
        old = thing.with_content_json(step.before)
        old.save()
        old.save_revision(user=user, clean=False, log_action="wagtail.revert")
        return
    if _is_published(thing, step):
        if step.live:
            _saved(thing, step.public or step.before, user).publish(user=user)
        else:
            thing.unpublish(user=user)
        if step.live and step.public is None:
            return
        thing = _rows_of(thing).get(pk=thing.pk)
    _put_back_draft(thing, step, user)


def _put_back_draft(thing: Any, step: Step, user: Any) -> None:
    """Make the draft what it was; what waits for others because of the import waits no longer."""
    if isinstance(thing, WorkflowMixin) and thing.workflow_in_progress:
        thing.current_workflow_state.cancel(user=user)
    _saved(thing, step.before, user)
    if step.live and step.public is None:  # it was as the public has it
        _rows_of(thing).filter(pk=thing.pk).update(has_unpublished_changes=False)


def _rows_of(thing: Any) -> Any:
    """Return the manager of all rows of the model of ``thing``."""
    return type(thing)._base_manager


def _saved(thing: Any, content: Any, user: Any) -> Any:
    old = thing.with_content_json(content)
    return old.save_revision(user=user, clean=False, log_action="wagtail.revert")


def _put_back_beside(thing: Any, step: Step) -> None:
    sheet = sheet_of(type(thing))
    for column in sheet.columns if sheet else ():
        if column.beside is not None and column.field in step.beside:
            column.beside(thing, step.beside[column.field])
