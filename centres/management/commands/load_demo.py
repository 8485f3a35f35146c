"""Fills the site with the demo."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from centres.demo import loader


class Command(BaseCommand):
    help = (
        "Loads the demo: adds what is missing and moves its invented dates to today. "
        "What editors changed stays as it is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--today", type=_day, help="the day for which invented dates are set: YYYY-MM-DD")
        parser.add_argument(
            "--only-if-missing", action="store_true", help="do nothing if it was loaded before"
        )
        parser.add_argument(
            "--yes", action="store_true", help="load it into a site that is not for development"
        )

    def handle(
        self, *args: Any, today: date | None, only_if_missing: bool, yes: bool, **options: Any
    ) -> None:
        if only_if_missing and loader.is_complete():
            return
        if not (settings.CMS_DEMO_PASSWORD or yes):
            raise CommandError(
                "This is not a development site. Add --yes to load the demo here all the same; "
                "its users are not made then."
            )
        day = today or timezone.localdate()
        try:
            loader.load(day, self._say)
        except ValidationError as error:
            raise CommandError(f"The demo cannot be loaded for {day}: {' '.join(error.messages)}") from error

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def _day(text: str) -> date:
    return date.fromisoformat(text)
