"""The queue in the database: what a request hands over is done by a worker, again if it fails.

A task is written in the transaction of whoever hands it over, so it is done exactly if that is committed. It may be
done twice where a worker is killed, so a task must not mind. django-tasks-db keeps and claims the tasks; it neither
tries again nor notices a worker that died, which is what is here.
"""

import logging
import time
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import InterfaceError, OperationalError, connection
from django.db.models import QuerySet
from django.tasks import TaskResultStatus
from django.tasks.signals import task_finished
from django.utils import timezone
from django_tasks_db.backend import TaskResult
from django_tasks_db.management.commands.db_worker import Worker as TaskWorker
from django_tasks_db.models import DBTaskResult

from cms.running import alive
from cms.running.locks import alone
from cms.running.one_line import one_line

logger = logging.getLogger(__name__)

QUEUE = "queue"  # the name of the backend in settings.TASKS
# When to try again; after the last the task is left to a person, who sees it in the admin.
PAUSES = [
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
]
# Tasks whose arguments hold secrets, such as the link in a mail: nothing of them is kept once they are done.
_SECRET = ("cms.running.mails.",)
_CLAIMED = timedelta(seconds=10)
_AWAY_SECONDS = 5


class Worker(TaskWorker):
    """Does one task after the other, until `shutdown` is called."""

    def __init__(self, worker_id: str, *, interval: float = 1.0, batch: bool = False) -> None:
        super().__init__(
            queue_names=["*"],
            interval=interval,
            batch=batch,
            backend_name=QUEUE,
            startup_delay=False,
            max_tasks=None,
            worker_id=worker_id,
            excluded_queue_names=[],
        )

    def run(self) -> None:
        """Work until it is told to end; while the database is away, wait for it."""
        while self.running:
            try:
                super().run()
            except (OperationalError, InterfaceError) as error:
                logger.warning("The queue can't be read: %s", one_line(error))
                connection.close()
                time.sleep(_AWAY_SECONDS)
            else:
                return

    @property
    def running(self) -> bool:
        """Whether to go on. It is asked at each turn."""
        alive.note("worker")
        return self._running

    @running.setter
    def running(self, value: bool) -> None:
        self._running = value

    def stop_after(self, seconds: float) -> bool:
        """Wait some seconds for a thread beside the worker; return whether it is told to end as well."""
        time.sleep(seconds)
        return not self._running

    def shutdown(self, signum: int, frame: Any) -> None:
        """Go on to the end of the turn that is under way. A second signal ends the process at once.

        The library leaves from inside of the handler, wherever the process is: in a transaction, or with a lock.
        """
        self.running = False
        self.reset_signals()

    def run_task(self, db_task_result: Any) -> None:
        """Do a task, inside a lock that ends with this process."""
        with alone(_lock(db_task_result.pk)):
            super().run_task(db_task_result)


def _lock(task_id: UUID) -> str:
    return f"task-{task_id}"


def connect() -> None:
    """Listen to the end of tasks."""
    task_finished.connect(_finished, dispatch_uid="cms.running.queue")


def _finished(sender: Any, task_result: Any, **_kwargs: Any) -> None:
    if not isinstance(task_result, TaskResult):  # of a backend that does everything at once
        return
    rows = DBTaskResult.objects.filter(pk=task_result.id)
    if task_result.status == TaskResultStatus.SUCCESSFUL:
        if task_result.task.module_path.startswith(_SECRET):
            rows.delete()
        return
    attempts = len(task_result.worker_ids)
    name = task_result.task.module_path
    if attempts <= len(PAUSES):
        pause = PAUSES[attempts - 1]
        try_again(rows, pause)
        logger.warning("%s failed, try %s; again in %s", name, attempts, pause)
    else:
        logger.error("%s failed %s times and is not tried again", name, attempts)


def try_again(rows: QuerySet[DBTaskResult], pause: timedelta = timedelta(0)) -> int:
    """Put failed tasks back into the queue, and return how many."""
    return rows.filter(status=TaskResultStatus.FAILED).update(
        status=TaskResultStatus.READY, run_after=timezone.now() + pause, finished_at=None
    )


def rescue() -> int:
    """Put tasks back whose worker died, and return how many."""
    rescued = 0
    running = DBTaskResult.objects.filter(
        status=TaskResultStatus.RUNNING, started_at__lte=timezone.now() - _CLAIMED
    )
    for row in running:
        with alone(_lock(row.pk)) as dead:
            if dead:
                rescued += DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.RUNNING).update(
                    status=TaskResultStatus.READY
                )
    if rescued:
        logger.warning("%s tasks of workers that died are back in the queue", rescued)
    return rescued


def dead_letters() -> QuerySet[DBTaskResult]:
    """Return the tasks that failed so often that they are not tried again."""
    return DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).order_by("-finished_at")
