"""Brings a site back from a backup."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from django.core.cache import caches
from django.core.files.base import File
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from cms.media.copying import place_of
from cms.publishing.version import advance
from cms.running import first_migration, migration
from cms.running.backup.archive import ArchiveError, Manifest, Progress, Reader, checked
from cms.running.backup.rows import Table, count_on, empty, tables_at
from cms.running.locks import in_turn

# A site that was only migrated has rows in none of them.
_IN_USE = ("auth_user", "cms_document", "cms_image", "wagtailcore_revision")
_IN_MEMORY = 4 * 1024 * 1024

type Say = Callable[[str], None]


def restore(path: Path, *, replace: bool, progress: Progress, say: Say) -> Manifest:
    """Bring back what a backup has, into a site without content, or with `replace` in place of all content.

    The whole archive is checked before anything is written. Uploads are written first and rows in one transaction, so
    the site is the old one or the new one, and an interrupted restore can be run again. A backup of an earlier version
    is migrated afterwards. Raises ArchiveError.
    """
    with checked(path, progress) as archive:
        tables = _tables(archive.manifest)
        with in_turn(
            "migrate", waiting=lambda: say("Waiting for another process that migrates this database")
        ):
            if not replace and (table := _in_use()):
                raise ArchiveError(
                    f"This site has content ({table}). Restore into an empty site, "
                    "or delete all of it with --replace."
                )
            _write_uploads(archive, progress)
            _write_rows(archive, tables, progress, say)
    migration.upgrade(say)
    advance()
    for cache in caches.all(initialized_only=True):
        cache.clear()
    say("Filling the search of the admin")
    call_command("update_index", verbosity=0)
    return archive.manifest


def _tables(manifest: Manifest) -> dict[str, Table]:
    """Return the tables of the archive. Raises ArchiveError where this version does not know them."""
    known = MigrationExecutor(None).loader.disk_migrations
    replaced = {node for one in known.values() for node in one.replaces}
    if unknown := sorted(set(manifest.migrations) - known.keys() - replaced):
        raise ArchiveError(
            f"The backup is of version {manifest.version} and has the migration {'.'.join(unknown[0])}, "
            "which this version lacks. Restore it with that version."
        )
    tables = {table.name: table for table in tables_at(manifest.migrations)}
    for name, table in manifest.tables.items():
        if name not in tables or set(table.columns) - set(tables[name].columns):
            raise ArchiveError(f"The backup has a table {name} that its migrations don't make.")
    return tables


def _in_use() -> str:
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in _IN_USE:
            if table in there:
                cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608  # a name from above
                if cursor.fetchone():
                    return table
    return ""


def _write_uploads(archive: Reader, progress: Progress) -> None:
    place = place_of(storages["default"])
    names = archive.manifest.uploads
    for number, name in enumerate(names, start=1):
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
            archive.copy_upload(name, spool)
            spool.seek(0)
            try:
                place.write(name, File(spool, name))
            except OSError as error:
                raise ArchiveError(f"{name} can't be written to the uploads: {error}.") from error
        progress("Uploads", number, len(names))


def _write_rows(archive: Reader, tables: dict[str, Table], progress: Progress, say: Say) -> None:
    migrations = set(archive.manifest.migrations)
    if set(MigrationRecorder(connection).applied_migrations()) != migrations:
        say("Making the tables of the backup's version")
        first_migration.begin_again()
        executor = MigrationExecutor(connection)
        executor.migrate(_ends(executor, migrations))
    with transaction.atomic():
        empty()
        for number, (name, table) in enumerate(archive.manifest.tables.items(), start=1):
            tables[name].load(table.columns, archive.rows(name))
            progress("Tables", number, len(archive.manifest.tables))
        count_on(tables.values())
        first_migration.note_finished()


def _ends(executor: MigrationExecutor, migrations: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the last one of `migrations` in each app."""
    nodes = executor.loader.graph.node_map
    return sorted(
        node
        for node in migrations & nodes.keys()
        if not any(child.key[0] == node[0] and child.key in migrations for child in nodes[node].children)
    )
