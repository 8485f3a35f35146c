from typing import Any

from django.core.management.base import BaseCommand

from cms.running import migration


class Command(BaseCommand):
    help = (
        "Brings the database and the search index to this version while the old one may still serve. "
        "If another process does so already, waits for it."
    )
    # The checks ask the database, which may have no tables yet.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        migration.upgrade(self.say)

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
