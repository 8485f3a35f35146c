from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.media.images import make_renditions
from cms.models import Image, Rendition
from cms.publishing.version import advance
from cms.running.missing_files import missing_files


class Command(BaseCommand):
    help = "Names every image, size and document whose file is missing, and ends with code 1 if there is one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--mend", action="store_true", help="make missing sizes again from originals that are there"
        )

    def handle(self, *args: Any, mend: bool, **options: Any) -> None:
        self._seen = 0
        found = list(missing_files(self._progress))
        lost = {one.row.pk for one in found if isinstance(one.row, Image)}
        sizes = [one.row for one in found if isinstance(one.row, Rendition) and one.row.image_id not in lost]
        if mend and sizes:
            Rendition.objects.filter(pk__in=[size.pk for size in sizes]).delete()
            advance()
            made = [make_renditions(image) for image in {size.image for size in sizes}]
            self.stdout.write(f"{sum(made)} sizes made again.")
            found = [one for one in found if one.row not in sizes]
        for one in found:
            self.stderr.write(f"missing: {one.kind} “{one.title}” ({one.row.pk}): {one.name}")
        if found:
            raise CommandError(
                f"{len(found)} of {self._seen} files are missing. Put them back from a backup"
                f"{'' if mend or not sizes else '; sizes are made again by check_files --mend'}."
            )
        self.stdout.write(f"{self._seen} files are there.")

    def _progress(self, seen: int, total: int) -> None:
        self._seen = seen
        if self.stdout.isatty() and (seen % 100 == 0 or seen == total):
            self.stdout.write(f"\r{seen} of {total} ", ending="\n" if seen == total else "")
