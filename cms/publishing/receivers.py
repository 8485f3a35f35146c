"""Writes what editors do to public content into the log of changes, in the transaction of the change itself.

The content version is not moved here: triggers of the database do that, see `cms.publishing.triggers`.
"""

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models.signals import post_delete, post_save, pre_delete
from modelcluster.fields import ParentalKey
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    DraftStateMixin,
    Page,
    PageViewRestriction,
    TranslatableMixin,
)
from wagtail.signals import (
    page_published,
    page_unpublished,
    post_page_move,
    published,
    unpublished,
)

from cms.models import Change, note_words
from cms.models.facts import copy_facts
from cms.publishing import change_log

_DRAFT_COLUMNS = frozenset(
    ("draft_title", "latest_revision", "latest_revision_created_at", "has_unpublished_changes", "go_live_at")
)


def connect() -> None:
    """Listen to all that can change an answer; called once when the app is ready."""
    page_published.connect(on_page_published)
    page_unpublished.connect(on_page_unpublished)
    post_page_move.connect(on_page_moved)
    pre_delete.connect(on_page_deleted)
    published.connect(on_published)
    unpublished.connect(on_unpublished)
    for signal in (post_save, post_delete):
        signal.connect(on_restriction_changed, sender=PageViewRestriction)
        signal.connect(on_collection_restricted, sender=CollectionViewRestriction)
    for model in filter(stands_alone, apps.get_models()):
        post_save.connect(on_row_saved, sender=model)
        post_delete.connect(on_row_deleted, sender=model)


def on_page_published(instance: Page, **_kwargs: Any) -> None:
    change_log.page_appeared(instance)
    if hasattr(instance, "shared_fields"):
        note_words(instance)
        copy_facts(instance)


def on_page_unpublished(instance: Page, **_kwargs: Any) -> None:
    change_log.page_vanished(instance, Change.Kind.UNPUBLISHED)


def on_page_moved(instance: Page, url_path_before: str, url_path_after: str, **_kwargs: Any) -> None:
    if url_path_before != url_path_after:
        change_log.branch_moved(instance)


def on_page_deleted(sender: type[models.Model], instance: Any, **_kwargs: Any) -> None:
    # Deleting a page deletes a row of each of its tables; only the base table's speaks for the page.
    if sender is Page:
        change_log.page_vanished(instance, Change.Kind.DELETED)


def on_restriction_changed(instance: PageViewRestriction, **_kwargs: Any) -> None:
    change_log.branch_visibility_changed(instance.page)


def on_collection_restricted(instance: CollectionViewRestriction, raw: bool = False, **_kwargs: Any) -> None:
    collection = Collection.objects.filter(pk=instance.collection_id).first()
    if collection is not None and not raw:
        change_log.files_shown_or_hidden(collection)


def on_published(instance: Any, **_kwargs: Any) -> None:
    if stands_alone(type(instance)):
        change_log.row_changed(
            instance, Change.Kind.UPDATED if _was_public(instance) else Change.Kind.PUBLISHED
        )
    if isinstance(instance, TranslatableMixin) and not isinstance(instance, Page):
        note_words(instance)


def on_unpublished(instance: Any, **_kwargs: Any) -> None:
    if stands_alone(type(instance)):
        change_log.row_changed(instance, Change.Kind.UNPUBLISHED)


def _was_public(instance: Any) -> bool:
    return bool(instance.first_published_at != instance.last_published_at)


def on_row_saved(instance: Any, *, created: bool, raw: bool, update_fields: Any, **_kwargs: Any) -> None:
    if raw or (update_fields is not None and set(update_fields) <= _DRAFT_COLUMNS):
        return
    if not isinstance(instance, DraftStateMixin):
        change_log.row_changed(instance, Change.Kind.PUBLISHED if created else Change.Kind.UPDATED)


def on_row_deleted(instance: Any, **_kwargs: Any) -> None:
    if getattr(instance, "live", True):
        change_log.row_changed(instance, Change.Kind.DELETED)


def stands_alone(model: type[models.Model]) -> bool:
    """Return whether rows of ``model`` are things of their own in the graph: no pages, and no rows below others."""
    return (
        hasattr(model, "graphql_fields")
        and not issubclass(model, Page)
        and not any(isinstance(column, ParentalKey) for column in model._meta.fields)
    )
