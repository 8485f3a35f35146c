"""Saves what an archive brings as editors do: validated, with a version and an entry in the history."""

from typing import Any

from taggit.managers import TaggableManager
from wagtail.fields import StreamField
from wagtail.log_actions import log
from wagtail.models import DraftStateMixin, Page, RevisionMixin

from cms.archive.bodies import check_body
from cms.archive.contents import Version
from cms.archive.kinds import TIMES, shape_of
from cms.archive.problems import Wrong
from cms.sheets.saving import publish_new


def save(thing: Any, version: Version, user: Any) -> None:
    """Save ``thing`` as published, or as a draft if it is one. Raises `ValidationError` and `Wrong`.

    What a saving changes by itself, such as its times, is then written as the archive has it. A model with
    ``archived_beside`` has a method ``restore_beside``, which gets the values by their names.
    """
    kept = _written_by_saving(thing, version.fields)
    live = getattr(thing, "live", True)
    if live:
        _check_bodies(thing)
    if not isinstance(thing, DraftStateMixin):
        _save_plain(thing, user)
    elif live:
        _publish(thing, user)
    else:
        _save_draft(thing, user)
    _restore(thing, version, kept)


def _check_bodies(thing: Any) -> None:
    model: Any = type(thing)
    for column in shape_of(model).columns:
        if isinstance(column, StreamField):
            try:
                check_body(getattr(thing, column.name))
            except Wrong as error:
                raise error.at(column.name) from None


def _save_plain(thing: Any, user: Any) -> None:
    is_new = thing.pk is None
    thing.full_clean()
    thing.save()
    revision = thing.save_revision(user=user, clean=False) if isinstance(thing, RevisionMixin) else None
    log(thing, "wagtail.create" if is_new else "wagtail.edit", user=user, revision=revision)


def _publish(thing: Any, user: Any) -> None:
    if thing.pk is None:
        thing.full_clean()
        publish_new(thing, user)
        return
    if not isinstance(thing, Page):  # a page is validated when it is published
        thing.full_clean()
    thing.save_revision(user=user, clean=False).publish(user=user)


def _save_draft(thing: Any, user: Any) -> None:
    is_new = thing.pk is None
    if not is_new and type(thing)._base_manager.filter(pk=thing.pk, live=True).exists():
        type(thing)._base_manager.get(pk=thing.pk).unpublish(user=user)
    thing.save()
    revision = thing.save_revision(user=user, clean=False)
    log(thing, "wagtail.create" if is_new else "wagtail.edit", user=user, revision=revision)


def _restore(thing: Any, version: Version, kept: dict[str, Any]) -> None:
    model, fields = type(thing), version.fields
    if kept:
        model._base_manager.filter(pk=thing.pk).update(**kept)
    beside = {name: fields[name] for name in getattr(model, "archived_beside", ()) if name in fields}
    if beside:
        thing.restore_beside(beside)
    for one in model._meta.many_to_many:
        if isinstance(one, TaggableManager):
            getattr(thing, one.name).set(fields.get(one.name, []))


def _written_by_saving(thing: Any, fields: dict[str, Any]) -> dict[str, Any]:
    names = (*TIMES, *getattr(type(thing), "archived_fields", ()))
    return {name: getattr(thing, name) for name in names if name in fields}
