from typing import Any

from django.core.management.base import BaseCommand

from cms.publishing.change_log import take_stock


class Command(BaseCommand):
    help = "Compare every public object with what the log of changes says, and log the differences."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{take_stock()} objects are compared.")
