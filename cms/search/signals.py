"""Keeps the index in step with everything that changes what pages are found by, in the transaction of the
change."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, Page, ReferenceIndex, TranslatableMixin
from wagtail.signals import page_unpublished, post_page_move

from cms.models import SharedText
from cms.search.catalogue import catalogue
from cms.search.index import index_page, index_pages, remove_pages

# Columns that say nothing to the public; a save of these alone may carry a draft in memory.
_NO_WORDS = frozenset(
    (
        "draft_title",
        "has_unpublished_changes",
        "go_live_at",
        "expire_at",
        "latest_revision",
        "latest_revision_created_at",
        "live_revision",
        "locked",
        "locked_at",
        "locked_by",
        "owner",
        "slug",
        "url_path",
    )
)

type PagesOf = Callable[[Any], Iterable[int]]


def connect() -> None:
    """Listen to all that pages take words from; called once when the app is ready."""
    post_save.connect(on_saved)
    post_delete.connect(on_page_deleted, sender=Page)
    page_unpublished.connect(on_page_unpublished)
    post_page_move.connect(on_page_moved)
    for signal in (post_save, post_delete):
        signal.connect(on_collection_restricted, sender=CollectionViewRestriction)
    for model in sources():
        pre_save.connect(on_source_changing, sender=model)
        pre_delete.connect(on_source_changing, sender=model)
        post_delete.connect(on_source_deleted, sender=model)
        for relation in model._meta.local_many_to_many:
            m2m_changed.connect(on_source_relation, sender=relation.remote_field.through)


def sources() -> dict[type[models.Model], PagesOf]:
    """Return the models that lend their words to pages, with the way from a row to those pages."""
    return {SharedText: pages_showing, get_document_model(): pages_showing, **catalogue().sources}


def pages_showing(row: models.Model) -> set[int]:
    """Return the ids of the pages with words of a row or its translation: chosen there, or on what lends them words."""
    rows = row.get_translations(inclusive=True) if isinstance(row, TranslatableMixin) else [row]
    references = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(row),
        to_object_id__in=[str(one.pk) for one in rows],
    )
    by_type: dict[int, set[str]] = defaultdict(set)
    for content_type, key in references.values_list("content_type", "object_id"):
        by_type[content_type].add(key)
    found: set[int] = set()
    for content_type, keys in by_type.items():
        model = ContentType.objects.get_for_id(content_type).model_class()
        if model is not None and issubclass(model, Page):
            found |= {int(key) for key in keys}
        elif model is not None and (pages_of := catalogue().sources.get(model)):
            lending = model._default_manager.filter(pk__in=keys)
            found |= {page_id for one in lending for page_id in pages_of(one)}
    return found


def on_saved(instance: Any, raw: bool = False, update_fields: Any = None, **_kwargs: Any) -> None:
    if raw or (update_fields is not None and set(update_fields) <= _NO_WORDS):
        return
    if isinstance(instance, Page):
        # A save of some columns may come from an object with a draft in its others.
        if update_fields is None and type(instance) is instance.specific_class:
            index_page(instance)
        else:
            index_pages([instance.pk])
    elif pages_of := sources().get(type(instance)):
        index_pages({*instance.pages_before_change, *pages_of(instance)})


def on_page_unpublished(instance: Page, **_kwargs: Any) -> None:
    remove_pages([instance.pk])


def on_page_moved(instance: Page, **_kwargs: Any) -> None:
    index_pages(Page.objects.filter(path__startswith=instance.path).values_list("pk", flat=True))


def on_page_deleted(instance: Page, **_kwargs: Any) -> None:
    remove_pages([instance.pk])


def on_source_changing(sender: type[models.Model], instance: Any, **_kwargs: Any) -> None:
    # Once the row is gone or leads elsewhere, nothing tells any more which pages had its words.
    before = sender._default_manager.filter(pk=instance.pk).first() if instance.pk else None
    instance.pages_before_change = list(sources()[sender](before)) if before else []


def on_source_deleted(instance: Any, **_kwargs: Any) -> None:
    index_pages(instance.pages_before_change)


def on_source_relation(instance: Any, action: str, **_kwargs: Any) -> None:
    if action.startswith("post_") and (pages_of := sources().get(type(instance))):
        index_pages(pages_of(instance))


def on_collection_restricted(instance: CollectionViewRestriction, **_kwargs: Any) -> None:
    index_documents_of(instance.collection)


def index_documents_of(collection: Collection) -> None:
    """Reindex the pages that use documents of a collection or of one below it."""
    # What the object remembers of its place may be old.
    collections = Collection.objects.get(pk=collection.pk).get_descendants(inclusive=True)
    index_documents(get_document_model().objects.filter(collection__in=collections))


def index_documents(documents: Iterable[models.Model]) -> None:
    """Reindex the pages that use ``documents``."""
    index_pages({page_id for document in documents for page_id in pages_showing(document)})
