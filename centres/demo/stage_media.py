"""Loads the pictures and documents."""

from collections.abc import Callable
from functools import partial

from django.core.files.base import ContentFile
from wagtail.models import Collection

from centres.demo.pictures import CREDIT, DOCUMENTS, PICTURES, DocumentContent, PictureContent
from centres.demo.store import Store
from cms.media import images
from cms.models import Document, Image
from cms.publishing.operation import operation


def load(store: Store, say: Callable[[str], None]) -> None:
    """Make the files that are not there yet, each in its own transaction, and the sizes that they lack."""
    total = len(PICTURES)
    for number, (key, picture) in enumerate(PICTURES.items(), 1):
        with operation():
            made = store.make(f"picture:{key}", partial(_picture, store, key, picture))
        if not made:
            images.make_renditions(store[f"picture:{key}"])
        if number % 7 == 0:
            say(f"  {number} of {total} pictures")
    with operation():
        for key, document in DOCUMENTS.items():
            store.make(f"document:{key}", partial(_document, store, document))


def _picture(store: Store, key: str, content: PictureContent) -> Image:
    image = Image(
        title=content.title,
        file=ContentFile(content.png(), f"{key}.png"),
        alt_text=content.alt_text,
        credit=CREDIT,
        collection=_collection(store, content.centre),
        **content.focal_area(),
    )
    image.full_clean(exclude=["width", "height"])
    image.save()
    return image


def _document(store: Store, content: DocumentContent) -> Document:
    document = Document(
        title=content.title,
        file=ContentFile(content.file.read_bytes(), content.file.name),
        language=content.language,
        accessible=content.accessible,
        rights=content.rights,
        collection=_collection(store, content.centre),
    )
    document.full_clean()
    document.save()
    return document


def _collection(store: Store, centre: str | None) -> Collection:
    """Return the collection of a centre, else the one above all."""
    key = f"collection:{centre}"
    return store[key] if centre and key in store else Collection.get_first_root_node()
