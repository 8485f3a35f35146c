from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.running.backup.archive import ArchiveError, Manifest, checked
from cms.running.backup.restoring import restore
from cms.running.progress import Progress


class Command(BaseCommand):
    help = "Brings back what `back_up` wrote. The file is checked as a whole before anything is changed."
    # The checks ask the database, which may have no tables yet.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--check", action="store_true", help="only check the file and say what is in it")
        parser.add_argument("--replace", action="store_true", help="delete the content that this site has")

    def handle(self, *args: Any, path: Path, check: bool, replace: bool, **options: Any) -> None:
        progress = Progress(self.stdout)
        try:
            if check:
                with checked(path, progress) as archive:
                    self._tell(archive.manifest)
                return
            self._tell(restore(path, replace=replace, progress=progress, say=self.stdout.write))
        except ArchiveError as error:
            raise CommandError(str(error)) from error

    def _tell(self, manifest: Manifest) -> None:
        rows = sum(table.rows for table in manifest.tables.values())
        self.stdout.write(
            f"A backup of {manifest.made_at}, version {manifest.version}: "
            f"{rows:,} rows, {len(manifest.uploads):,} uploads."
        )
