"""Brings the content of an archive into the site, or shows what it would do."""

from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.archive.files import reading
from cms.archive.importing import import_files
from cms.archive.problems import ArchiveError
from cms.running.progress import Progress


class Command(BaseCommand):
    help = "Bring an archive of export_content into this site: all of it, or nothing (docs/archive.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="a folder or a .zip file")
        parser.add_argument("--dry-run", action="store_true", help="only show what would change")
        parser.add_argument("--user", default="", help="who is named in the history")

    def handle(self, *args: Any, path: Path, dry_run: bool, user: str, **options: Any) -> None:
        model = get_user_model()
        who = model._default_manager.filter(**{model.USERNAME_FIELD: user}).first() if user else None
        if user and who is None:
            raise CommandError(f"There is no user {user}.")
        progress = Progress(self.stdout)
        try:
            with reading(path) as files:
                done = import_files(
                    files, who, keep=not dry_run, told=lambda done, total: progress("Files", done, total)
                )
        except ArchiveError as error:
            for problem in error.problems:
                self.stderr.write(str(problem))
            raise CommandError(f"{len(error.problems)} errors; nothing was changed.") from error
        for outcome in done:
            for line in outcome.lines():
                self.stdout.write(line)
        counts = {state: sum(one.state == state for one in done) for state in ("new", "changed", "same")}
        counted = ", ".join(f"{count:,} {state}" for state, count in counts.items())
        self.stdout.write(f"{'Would import' if dry_run else 'Imported'}: {counted}.")
