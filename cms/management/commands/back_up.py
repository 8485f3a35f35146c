from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cms.running.backup.archive import ArchiveError
from cms.running.backup.making import back_up
from cms.running.progress import Progress


class Command(BaseCommand):
    help = "Writes database and uploads into one file, while the site goes on. `restore` brings them back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "path", type=Path, help="a new file, or a folder, in which the file is named by the time"
        )

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        if path.is_dir():
            path /= f"cms-{timezone.localtime():%Y-%m-%d-%H%M%S}.zip"
        try:
            manifest = back_up(path, Progress(self.stdout))
        except ArchiveError as error:
            raise CommandError(str(error)) from error
        rows = sum(table.rows for table in manifest.tables.values())
        self.stdout.write(
            f"{path}: {rows:,} rows, {len(manifest.uploads):,} uploads, {path.stat().st_size:,} bytes"
        )
