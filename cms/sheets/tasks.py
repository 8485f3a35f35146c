"""What the worker does with a spreadsheet: check it, import it, undo it."""

import logging
from collections.abc import Callable
from contextlib import closing

from django.conf import settings
from django.core.exceptions import ValidationError
from django.tasks import task
from django.utils import timezone, translation
from wagtail.users.models import UserProfile

from cms.models import SheetImport
from cms.publishing.operation import operation
from cms.sheets.importing import import_file
from cms.sheets.progress import Progress
from cms.sheets.report import Place, Problem, Report
from cms.sheets.saving import Step
from cms.sheets.undoing import undo

logger = logging.getLogger(__name__)

State = SheetImport.State


@task(backend="queue")
def check(pk: int) -> None:
    """Find out what a spreadsheet would do."""
    _work(pk, State.CHECKING, _check)


@task(backend="queue")
def bring_in(pk: int) -> None:
    """Import a spreadsheet, if it still does what its editor has seen."""
    _work(pk, State.IMPORTING, _bring_in)


@task(backend="queue")
def take_back(pk: int) -> None:
    """Undo an import."""
    _work(pk, State.UNDOING, _take_back)


def _work(pk: int, state: str, work: Callable[[SheetImport], None]) -> None:
    """Do the work if the import is in ``state``: a task may be done twice where a worker was killed."""
    row = SheetImport.objects.select_related("user").filter(pk=pk, state=state).first()
    if row is None:
        return
    profile = UserProfile.objects.filter(user=row.user).first()
    with translation.override(profile.get_preferred_language() if profile else settings.LANGUAGE_CODE):
        try:
            # In one transaction with what is imported, so that a worker that dies leaves both or neither.
            with operation():
                work(row)
                row.finished_at = timezone.now()
                row.save(update_fields=["state", "report", "steps", "finished_at"])
        except Exception:
            logger.exception("The spreadsheet %s (%s) cannot be worked on", row.pk, row.file_name)
            SheetImport.objects.filter(pk=pk).update(state=State.FAILED, finished_at=timezone.now())


def _run(row: SheetImport, keep: Callable[[Report], bool]) -> tuple[Report, list[Step]]:
    with closing(Progress(row.pk)) as told:
        try:
            return import_file(bytes(row.content), row.user, publish=row.publish, keep=keep, told=told)
        except ValidationError as error:
            return Report([Problem(Place(row.file_name, 1), " ".join(error.messages))]), []


def _check(row: SheetImport) -> None:
    report, _steps = _run(row, lambda _report: False)
    _note(row, report)


def _note(row: SheetImport, report: Report) -> None:
    row.report = report.as_json()
    row.state = State.REFUSED if report.problems else State.CHECKED


def _bring_in(row: SheetImport) -> None:
    seen = Report.from_json(row.report)
    report, steps = _run(row, lambda report: report.outcomes == seen.outcomes)
    if report.problems or report.outcomes != seen.outcomes:
        _note(row, report)  # somebody changed something since: the editor looks at it again
        return
    row.state = State.DONE
    row.steps = [step.as_json() for step in steps]


def _take_back(row: SheetImport) -> None:
    try:
        undo([Step(**step) for step in row.steps], row.user)
    except ValidationError as error:
        row.report = row.report | {"undo": " ".join(error.messages)}
        row.state = State.DONE
    else:
        row.state, row.steps = State.UNDONE, []
