from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.media.images import make_renditions, unused_renditions
from cms.models import Image


class Command(BaseCommand):
    help = (
        "Makes the sizes that images lack, such as after a preset was changed. Safe to run again at any time."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--prune",
            action="store_true",
            help="delete the sizes that no preset and no focal point uses any more",
        )

    def handle(self, *_args: Any, prune: bool, **_options: Any) -> None:
        total = Image.objects.count()
        failed = []
        for number, image in enumerate(Image.objects.order_by("pk").iterator(), start=1):
            try:
                made = make_renditions(image)
                deleted = unused_renditions(image).delete()[0] if prune else 0
            except OSError as error:
                failed.append(image)
                self.stderr.write(f"{number}/{total} {image.title} ({image.pk}): {error.strerror or error}")
                continue
            if made or deleted:
                self.stdout.write(f"{number}/{total} {image.title}: {made} made, {deleted} deleted")
        if failed:
            raise CommandError(
                f"{len(failed)} of {total} images have no readable file. "
                "Put the files back from a backup, or upload the images again in the admin."
            )
        self.stdout.write(f"{total} images are complete.")
