from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

KEPT = timedelta(days=14)


class Command(BaseCommand):
    help = "Deletes tasks of the queue that succeeded two weeks ago. Failed ones stay until a person decides."

    def handle(self, *args: Any, **options: Any) -> None:
        old = DBTaskResult.objects.filter(
            status=TaskResultStatus.SUCCESSFUL, finished_at__lt=timezone.now() - KEPT
        )
        self.stdout.write(f"{old.delete()[0]} tasks deleted.")
