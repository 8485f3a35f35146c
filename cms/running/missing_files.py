"""Finds rows whose file is not where the storage keeps it, as after a restore without the uploads."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.core.files.storage import Storage
from django.db import models

from cms.models import Document, Image, Rendition


@dataclass(frozen=True)
class Missing:
    """A row without its file."""

    row: models.Model
    kind: str
    title: str
    name: str


def missing_files(progress: Callable[[int, int], None]) -> Iterator[Missing]:
    """Yield every row of images, their sizes and documents whose file the storage does not have.

    ``progress`` is called with the number of files looked at, and of all.
    """
    kinds: list[tuple[str, models.QuerySet]] = [
        ("image", Image.objects.all()),
        ("size", Rendition.objects.select_related("image")),
        ("document", Document.objects.all()),
    ]
    total = sum(rows.count() for _kind, rows in kinds)
    seen = 0
    there = _presence(Image._meta.get_field("file").storage)
    for kind, rows in kinds:
        for row in rows.order_by("pk").iterator(chunk_size=500):
            seen += 1
            progress(seen, total)
            if not there(row.file.name):
                title = row.image.title if isinstance(row, Rendition) else row.title
                yield Missing(row, kind, title, row.file.name)


def _presence(storage: Storage) -> Callable[[str], bool]:
    """Return what tells whether a file is there. A bucket is listed once: a request for each file takes hours."""
    if not hasattr(storage, "names"):
        return storage.exists
    names = {name for name, _size in storage.names()}
    return names.__contains__
