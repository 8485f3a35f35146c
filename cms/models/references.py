"""What Wagtail's index of references misses: "where is this used" must know the books of an award.

It knows foreign keys, rich text and blocks, and takes anything from a field that has ``extract_references``;
many-to-many relations have none (wagtail.models.reference_index). It follows rows of a list that are saved, but not
those that are taken out.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models.signals import m2m_changed, post_delete
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.models import COMMENTS_RELATION_NAME
from wagtail.signal_handlers import (
    disable_reference_index_auto_update,
    reference_index_auto_update_disabled,
    update_reference_index_on_save,
)

_COLUMNS_OF_DRAFTS = frozenset(
    (
        COMMENTS_RELATION_NAME, "draft_title", "has_unpublished_changes", "latest_revision",
        "latest_revision_created_at",
    )
)  # fmt: skip


def connect() -> None:
    """Have all of them indexed; called once when all models are there."""
    for model in apps.get_models():
        for key in model._meta.local_fields:
            if isinstance(key, ParentalKey):
                post_delete.connect(partial(_on_row_deleted, key.name), sender=model, weak=False)
        for column in model._meta.local_many_to_many:
            if isinstance(column, ParentalManyToManyField):
                column.extract_references = partial(_references, column.related_model)
                m2m_changed.connect(_on_changed, sender=column.remote_field.through)


# Objects of inner blocks of `noted_once`; the outermost one notes them.
_others: ContextVar[list[models.Model] | None] = ContextVar("others", default=None)


@contextmanager
def noted_once(whole: models.Model, *, written: Iterable[str] | None = None) -> Iterator[None]:
    """Note what ``whole`` and its rows point at once, when the block that saves them ends.

    Wagtail notes all of it again for each saved row, even if only columns about a draft are ``written``; this does not.
    A block inside another one, such as that of a translation, notes its object when the outer block ends.
    """
    noted = [] if written is not None and _COLUMNS_OF_DRAFTS.issuperset(written) else [whole]
    if (others := _others.get()) is not None:
        yield
        others += noted
        return
    if getattr(reference_index_auto_update_disabled, "value", False):
        yield
        return
    with all_noted_once() as others:
        yield
        others.extend(noted)


@contextmanager
def all_noted_once() -> Iterator[list[models.Model]]:
    """Note what many objects point at, each once, when the block that saves them ends; for loading many of them.

    Yields the objects to note. If the block fails, nothing is noted.
    """
    others: list[models.Model] = []
    token = _others.set(others)
    try:
        with disable_reference_index_auto_update():
            yield others
    finally:
        _others.reset(token)
    for one in {(type(one), one.pk): one for one in others}.values():
        update_reference_index_on_save(one)


def _references(
    model: type[models.Model], chosen: Iterable[Any]
) -> Iterator[tuple[type[models.Model], str, str, str]]:
    for thing in chosen:
        yield model, str(thing.pk), "item", str(thing.pk)


def _on_changed(instance: Any, action: str, reverse: bool, **kwargs: Any) -> None:
    # The relation is written after its object was saved and indexed.
    if action.startswith("post_") and not reverse:
        update_reference_index_on_save(instance)


def _on_row_deleted(key: str, instance: Any, origin: Any, **kwargs: Any) -> None:
    if origin is instance or (
        isinstance(origin, models.QuerySet) and issubclass(origin.model, type(instance))
    ):
        # Otherwise it goes with what it belongs to.
        update_reference_index_on_save(getattr(instance, key))
