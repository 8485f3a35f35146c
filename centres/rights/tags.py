"""Tags that Wagtail offers beside lists of files: those of files that everybody may use, not words of others."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, QuerySet
from taggit.models import Tag, TaggedItem
from wagtail.admin import filters
from wagtail.images.views import chooser

from centres.rights.groups import SHARED_FILES


def shared_tags(model: Any, count: int = 10) -> QuerySet[Tag]:
    """Return the ``count`` most frequent tags of the rows of ``model`` in the collection that everybody may use."""
    kind = ContentType.objects.get_for_model(model)
    shared = model._default_manager.filter(collection__name=SHARED_FILES).values("pk")
    items = TaggedItem.objects.filter(content_type=kind, object_id__in=shared)
    tags: QuerySet[Tag] = Tag.objects.filter(pk__in=items.values("tag")).annotate(
        item_count=Count("taggit_taggeditem_items")
    )
    return tags.order_by("-item_count")[:count]


def connect() -> None:
    """Have Wagtail's filters and choosers offer `shared_tags`: they ask for the tags of all files."""
    for module in (filters, chooser):
        module.popular_tags_for_model = shared_tags
