"""Notes what an operation writes to, so that its end logs what differs for the public.

The log is written in the transaction of the change itself, so that it can neither be lost nor come early. The content
version is not moved here: triggers of the database do that, see `cms.publishing.triggers`.
"""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models.deletion import Collector
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.actions.copy_for_translation import CopyForTranslationAction, CopyPageForTranslationAction
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create import CreateAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.delete import DeleteAction
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.edit import EditAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.actions.revert_to_revision import RevertToRevisionAction
from wagtail.actions.unpublish import UnpublishAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import (
    Collection,
    CollectionMember,
    CollectionViewRestriction,
    DraftStateMixin,
    Locale,
    Page,
    PageViewRestriction,
    TranslatableMixin,
)
from wagtail.signals import page_published, page_unpublished, post_page_move, published

from cms.models import note_words
from cms.publishing import change_log, operation
from cms.publishing.beside import OWN, is_beside, register
from cms.publishing.objects import belongs, object_models, ref_of, stands_alone
from cms.publishing.operation import touch, touch_beside, touch_pointing_at, whole
from cms.publishing.registry import entry_of

_ACTIONS = (
    ConvertAliasPageAction, CopyForTranslationAction, CopyPageAction, CopyPageForTranslationAction, CreateAction,
    CreatePageAliasAction, DeleteAction, DeletePageAction, EditAction, MovePageAction, PublishRevisionAction,
    RevertToRevisionAction, UnpublishAction, UnpublishPageAction,
)  # fmt: skip


def connect() -> None:
    """Listen to all that can change a response; called once when the app is ready."""
    operation.settle = change_log.settle
    for action in _ACTIONS:
        whole(action, "execute")
    for model in apps.get_models():
        if issubclass(model, Page) or stands_alone(model) or belongs(model):
            whole(model, "save")
    for model, type_, tell in OWN:
        log_beside(model, type_, tell)
    # Rows go one by one, those that belong to others first.
    whole(Collector, "delete")
    for signal in (pre_save, post_save, pre_delete, post_delete):
        signal.connect(on_written)
    m2m_changed.connect(on_relation_changed)
    page_published.connect(on_page_published)
    published.connect(on_published)
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(on_page_turned)
    for signal in (post_save, post_delete):
        signal.connect(on_page_restricted, sender=PageViewRestriction)
        signal.connect(on_collection_restricted, sender=CollectionViewRestriction)
        signal.connect(on_locale_changed, sender=Locale)


def log_beside(model: type[models.Model], type_: str, tell: Callable[[Any], Any]) -> None:
    """Log rows of a model that is no object of the graph: where ``tell`` returns something else of one than before.

    ``type_`` names the type of the graph that shows them, and is the tag of responses that do.
    """
    register(model, type_, tell)
    whole(model, "save")


def on_written(
    sender: Any,
    instance: Any,
    signal: Any,
    raw: bool = False,
    update_fields: Any = None,
    *,
    created: bool = False,
    **_kwargs: Any,
) -> None:
    """Note a row that is an object of the graph, belongs to one or lends it words; of one that goes, what shows it."""
    if not raw and instance.pk is not None and is_beside(sender):
        touch_beside(sender, instance.pk, new=created)
    if raw or (update_fields is not None and entry_of(sender).draft_columns.issuperset(update_fields)):
        return
    lends = isinstance(instance, DraftStateMixin) and not isinstance(instance, Page)
    if instance.pk is not None and (lends or ref_of(instance) is not None):
        touch(instance)
        if signal is pre_delete:
            touch_pointing_at(instance)


def on_relation_changed(instance: Any, action: str, **_kwargs: Any) -> None:
    if action.startswith("post_") and ref_of(instance) is not None:
        touch(instance)


def on_page_published(instance: Page, **_kwargs: Any) -> None:
    if hasattr(instance, "shared_fields"):
        note_words(instance)  # facts went along when the page was saved


def on_published(instance: Any, **_kwargs: Any) -> None:
    if isinstance(instance, TranslatableMixin) and not isinstance(instance, Page):
        note_words(instance)


def on_page_turned(instance: Page, **_kwargs: Any) -> None:
    touch(instance)


def on_page_restricted(instance: PageViewRestriction, raw: bool = False, **_kwargs: Any) -> None:
    if not raw and (page := Page.objects.filter(pk=instance.page_id).first()):
        touch(page)


def on_collection_restricted(instance: CollectionViewRestriction, raw: bool = False, **_kwargs: Any) -> None:
    collection = Collection.objects.filter(pk=instance.collection_id).first()
    if collection is not None and not raw:
        touch_files(collection)


def touch_files(collection: Collection) -> None:
    """Note all that is in a collection and below it, where a restriction or a move may show or hide it."""
    for model in object_models():
        if issubclass(model, CollectionMember):
            touch(*model._default_manager.filter(collection__path__startswith=collection.path))


def on_locale_changed(instance: Locale, raw: bool = False, **_kwargs: Any) -> None:
    if not raw:
        touch(*Page.objects.filter(locale_id=instance.pk, live=True))
