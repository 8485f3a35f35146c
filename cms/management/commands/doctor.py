from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import override

from cms.reports.state import facts
from cms.running.one_line import one_line


class Command(BaseCommand):
    help = "Says how the system is: database, migrations, queue, clock, index, uploads. Code 1 if something is wrong."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = 0
        try:
            with override("en"):
                for fact in facts():
                    wrong += not fact.well
                    self.stdout.write(f"{'ok   ' if fact.well else 'WRONG'} {fact.name}: {fact.text}")
        except DatabaseError as error:
            raise CommandError(f"The database can't be used: {one_line(error)}") from None
        if wrong:
            raise CommandError(f"{wrong} of these need attention.")
