"""Writes content into a folder or a ZIP file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from cms.archive.exporting import exported
from cms.archive.files import write
from cms.archive.problems import ArchiveError


class Command(BaseCommand):
    help = "Write pages, snippets and files into a folder, or a .zip file, of plain files (docs/archive.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "path", type=Path, help="a new .zip file, or a folder that is empty or has an archive"
        )
        parser.add_argument(
            "--below", default="", help="the address of a page: only it, what is below and belongs to it"
        )

    def handle(self, *args: Any, path: Path, below: str, **options: Any) -> None:
        try:
            with transaction.atomic():  # keys are noted if the archive is written
                files = exported(below)
                write(path, files)
        except ArchiveError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{path}: {len(files):,} files")
