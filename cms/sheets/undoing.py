"""Takes an import back: what it brought goes, what it changed is as before, unless somebody changed it since."""

from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import DraftStateMixin

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
    if step.new:
        _delete(thing, user)
    else:
        _restore(thing, step, user)


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
    if step.live:
        _saved(thing, step.public or step.before, user).publish(user=user)
    elif thing.live:
        thing.unpublish(user=user)
    if not step.live or step.public is not None:
        _saved(type(thing)._base_manager.get(pk=thing.pk), step.before, user)


def _saved(thing: Any, content: Any, user: Any) -> Any:
    old = thing.with_content_json(content)
    return old.save_revision(user=user, clean=False, log_action="wagtail.revert")


def _put_back_beside(thing: Any, step: Step) -> None:
    sheet = sheet_of(type(thing))
    for column in sheet.columns if sheet else ():
        if column.beside is not None and column.field in step.beside:
            column.beside(thing, step.beside[column.field])
