from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from centres.calendars.reading import read_calendar
from centres.calendars.tasks import hand_over_due
from centres.models import CalendarProvider, CalendarState


class Command(BaseCommand):
    help = "Has the worker read the calendars of others that are due. The clock runs it at each turn."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--now", action="store_true", help="read all of them here and now, and say what came of it"
        )

    def handle(self, *args: Any, now: bool, **options: Any) -> None:
        if not now:
            hand_over_due()
            return
        failed = []
        for provider in CalendarProvider.objects.filter(active=True):
            read_calendar(provider.pk)
            said = CalendarState.objects.get(provider=provider).said
            self.stdout.write(f"{provider.code}: {said or f'{provider.editions.count()} events'}")
            if said:
                failed.append(provider.code)
        if failed:
            raise CommandError(f"Not read: {', '.join(failed)}.")
