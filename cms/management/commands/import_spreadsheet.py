"""Imports a spreadsheet, or shows what it would do."""

from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.running.progress import Progress
from cms.sheets.importing import import_file
from cms.sheets.report import Done


class Command(BaseCommand):
    help = "Show what a spreadsheet (.xlsx or .csv) would change, and import it with --import."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--user", required=True, help="whose rights count, and who is named in the history"
        )
        parser.add_argument(
            "--import", action="store_true", dest="keep", help="import it if there is no error"
        )
        parser.add_argument("--publish", action="store_true", help="publish what the user may publish")

    def handle(self, *args: Any, file: Path, user: str, keep: bool, publish: bool, **options: Any) -> None:
        model = get_user_model()
        who = model._default_manager.filter(**{model.USERNAME_FIELD: user, "is_active": True}).first()
        if who is None:
            raise CommandError(f"There is no active user {user}.")
        progress = Progress(self.stdout)
        try:
            report, _steps = import_file(
                file.read_bytes(),
                who,
                publish=publish,
                keep=lambda _report: keep,
                told=lambda done, total: progress("Rows", done, total),
            )
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        for problem in report.problems:
            place = problem.place
            column = f", {place.column}" if place.column else ""
            self.stderr.write(f"{place.sheet}, {place.row}{column}: {problem.words}")
        if report.problems:
            raise CommandError(f"{len(report.problems)} errors; nothing was changed.")
        counts = ", ".join(f"{report.counts.get(done, 0)} {done}" for done in Done)
        self.stdout.write(f"{'Imported' if keep else 'Would import'}: {counts}.")
