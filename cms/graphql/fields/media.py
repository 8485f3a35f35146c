"""Images in their presets and documents, with one statement for all of a list."""

from collections.abc import Iterable
from typing import Any

from cms.graphql.fields.pages import graph
from cms.graphql.loading.batching import batched, by_id
from cms.graphql.loading.context import Context, Info
from cms.graphql.loading.localised import chain_of, mark
from cms.graphql.loading.pages import visible
from cms.languages.locales import LocaleChain
from cms.media.images import ImageUse, ResponsiveImage, renditions_for
from cms.media.images import responsive as in_preset
from cms.models import Document, Image


def images(context: Context, ids: Iterable[int], chain: LocaleChain) -> dict[int, Any]:
    """Return the images that the visitor may see, by id."""
    found = by_id(context.store, visible(context, Image), ids, chain)
    for image in found.values():
        mark(image, chain)
    return found


def documents(context: Context, ids: Iterable[int], chain: LocaleChain) -> dict[int, Any]:
    """Return the documents that the visitor may see, by id."""
    return by_id(context.store, visible(context, Document), ids, chain)


def _row(image: Any) -> Any:
    return image.image if isinstance(image, ImageUse) else image


@graph.field("Image.title", "Image.width", "Image.height", "Image.focalPoint")
def column(image: Any, info: Info) -> Any:
    return getattr(_row(image), {"focalPoint": "focal_point"}.get(info.field_name, info.field_name))


@graph.field("Image.alt")
def alt(image: Any, _info: Info) -> str:
    use = image if isinstance(image, ImageUse) else ImageUse(image)
    return use.alt(chain_of(use.image).codes)


@graph.field("Image.decorative")
def decorative(image: Any, _info: Info) -> bool:
    return isinstance(image, ImageUse) and image.decorative


@graph.field("Image.responsive")
def responsive(image: Any, info: Info, preset: str) -> ResponsiveImage:
    info.context.check_deadline()
    row = _row(image)
    rows = batched(row, "renditions", lambda group: renditions_for([one.pk for one in group]))
    return in_preset(row, preset, rows)
