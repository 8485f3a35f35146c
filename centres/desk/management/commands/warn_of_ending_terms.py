"""Write to leads and the secretary 365, 180, 90 and 30 days before a term ends."""

from datetime import datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_date

from centres.desk.term_warnings import due_warnings, send


class Command(BaseCommand):
    help = (
        "Writes mails before the terms of centres end: to be run once a day. It may run twice or late; "
        "every warning is sent once to each, and of several missed ones only the last."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--today", help="run as on this day (YYYY-MM-DD)")
        parser.add_argument("--dry-run", action="store_true", help="say what would be sent and send nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        if options["today"]:
            day = parse_date(options["today"])
            if day is None:
                raise CommandError("Write the day as YYYY-MM-DD.")
            now = timezone.make_aware(datetime.combine(day, time(12)))
        silent = refused = 0
        for warning in due_warnings(now):
            what = f"{warning.appointment.centre.short_name}: {warning.left} days"
            if options["dry_run"]:
                self.stdout.write(f"{what} (not sent)")
                continue
            sending = send(warning)
            if sending is None:
                silent += 1
                self.stderr.write(f"{what}: nobody to write to")
                continue
            if sending.written:
                self.stdout.write(f"{what}: {', '.join(sending.written)}")
            for email, reason in sending.refused.items():
                refused += 1
                self.stderr.write(f"{what}: {email} was not written to: {reason}")
        if silent:
            self.stderr.write(
                "A lead is a member of a group that may publish the centre's page; "
                "the secretary, of one that may add appointments. Both need an e-mail address."
            )
        if refused:
            raise CommandError(f"Mails that could not be sent: {refused}. The next run tries them again.")
