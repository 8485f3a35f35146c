"""Rebuild the search index while the site serves."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.running.progress import Progress
from cms.search.index import engine, serving
from cms.search.rebuild import RebuildRunningError, rebuild


class Command(BaseCommand):
    help = "Build a new search index beside the one in use, then switch to it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-needed",
            action="store_true",
            help="Do nothing where an index of this engine and version serves already.",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        generation = serving()
        if options["if_needed"] and generation is not None and generation.engine == engine():
            self.stdout.write("The search index is up to date.")
            return
        try:
            count = rebuild(Progress(self.stdout))
        except RebuildRunningError:
            raise CommandError(
                "Another rebuild is at work. If its machine died, try again two minutes after its last sign."
            ) from None
        self.stdout.write(self.style.SUCCESS(f"The search index serves {count} pages, made by {engine()}."))
