"""Makes a backup of a site, also while it serves and is written to."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.files.storage import storages
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from cms.media.copying import place_of
from cms.models import Chore
from cms.running.backup.archive import Manifest, Progress, Writer, written
from cms.running.backup.rows import tables_at

DONE = "back_up"


def back_up(path: Path, progress: Progress) -> Manifest:
    """Write a backup into a new file, and return what is in it.

    All rows are of one time. Uploads are read after them: one too many does no harm. Raises ArchiveError.
    """
    with _one_time():
        migrations = sorted(MigrationRecorder(connection).applied_migrations())
        manifest = Manifest(settings.CMS_VERSION, timezone.now().isoformat(), migrations)
        with written(path, manifest) as writer:
            _add_tables(writer, migrations, progress)
            _add_uploads(writer, progress)
    Chore.note_done(DONE)
    return manifest


@contextmanager
def _one_time() -> Iterator[None]:
    """Let all that is read in the block be of one time, while others go on writing."""
    if connection.in_atomic_block:
        yield
        return
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")  # Django's own would keep all writers waiting
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _add_tables(writer: Writer, migrations: list[tuple[str, str]], progress: Progress) -> None:
    tables = tables_at(migrations)
    for number, table in enumerate(tables, start=1):
        writer.add_table(table.name, table.columns, table.lines())
        progress("Tables", number, len(tables))


def _add_uploads(writer: Writer, progress: Progress) -> None:
    place = place_of(storages["default"])
    names = sorted(name for name, _size in place.names())
    for number, name in enumerate(names, start=1):
        try:
            file = place.read(name)
        except FileNotFoundError:  # deleted meanwhile
            continue
        with file:
            writer.add_upload(name, file)
        progress("Uploads", number, len(names))
