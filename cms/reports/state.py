"""The state of the system: what an operator asks first when something is wrong."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage, storages
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.tasks import TaskResultStatus
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods
from django_tasks_db.models import DBTaskResult
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.models import Change, Chore, Receiver
from cms.running import clock, queue
from cms.running.backup import making
from cms.search.index import engine, serving

_LATE = timedelta(minutes=5)
_OLD_BACKUP = timedelta(days=7)
_FREE_BYTES = 1024**3
_SHOWN = 100


@dataclass(frozen=True)
class Fact:
    """One line: what it is about, what is so, and whether that is well."""

    name: str
    text: str
    well: bool = True


def facts() -> Iterator[Fact]:
    """Yield what is known of the system, in the active language. Raises the errors of a database that is away."""
    yield Fact(_("Version"), settings.CMS_VERSION)
    yield _database()
    yield _migrations()
    yield from _queue()
    yield _receivers()
    yield _clock()
    yield _index()
    yield _storage()
    yield _backup()


def _database() -> Fact:
    number = ".".join(str(part) for part in connection.get_database_version())
    return Fact(_("Database"), f"{connection.display_name} {number}")


def _migrations() -> Fact:
    executor = MigrationExecutor(connection)
    left = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if not left:
        return Fact(_("Migrations"), _("all applied"))
    return Fact(_("Migrations"), ngettext("%(n)d to apply", "%(n)d to apply", left) % {"n": left}, well=False)


def _queue() -> Iterator[Fact]:
    waiting = DBTaskResult.objects.filter(backend_name=queue.QUEUE).ready()
    oldest = waiting.order_by("enqueued_at").first()
    late = oldest is not None and timezone.now() - max(oldest.enqueued_at, _due(oldest)) > _LATE
    text = _("nothing waits")
    if oldest:
        text = _("%(n)d waiting, the first for %(time)s") % {
            "n": waiting.count(),
            "time": timesince(oldest.enqueued_at),
        }
    if late:
        text = f"{text}. {_('Is a worker running?')}"
    yield Fact(_("Queue"), text, not late)
    failed = queue.dead_letters().count()
    yield Fact(_("Failed tasks"), str(failed), not failed)


def _due(task: DBTaskResult) -> Any:
    return task.enqueued_at if task.run_after > timezone.now() else task.run_after


def _receivers() -> Fact:
    """Return how far the receivers of changes are behind, and which get nothing any more."""
    receivers = list(Receiver.objects.order_by("name"))
    if not receivers:
        return Fact(_("Receivers of changes"), _("there are none"))
    paused = [receiver.name for receiver in receivers if receiver.paused]
    if paused:
        return Fact(
            _("Receivers of changes"), _("paused: %(names)s") % {"names": ", ".join(paused)}, well=False
        )
    last = min(receiver.position for receiver in receivers)
    first = Change.objects.filter(pk__gt=last).order_by("pk").first()
    if first is None:
        return Fact(_("Receivers of changes"), _("all have everything"))
    text = _("one lacks what changed %(time)s ago") % {"time": timesince(first.changed_at)}
    return Fact(_("Receivers of changes"), text, timezone.now() - first.changed_at <= _LATE)


def _clock() -> Fact:
    turn = Chore.objects.filter(name=clock.TURN).first()
    if turn is None or turn.done_at is None:
        return Fact(_("Clock"), _("has never run: nothing is published at its time"), well=False)
    late = timezone.now() - turn.done_at > _LATE
    text = _("last turn %(time)s") % {"time": date_format(timezone.localtime(turn.done_at), "j. n. Y H:i:s")}
    return Fact(_("Clock"), f"{text}. {_('Is keep_time running?')}" if late else text, not late)


def _index() -> Fact:
    generation = serving()
    if generation is None:
        return Fact(_("Search index"), _("missing; run rebuild_search"), well=False)
    if generation.engine != engine():
        return Fact(_("Search index"), _("of an earlier version; run rebuild_search"), well=False)
    return Fact(_("Search index"), _("up to date"))


def _storage() -> Fact:
    name = ""
    try:
        name = default_storage.save("state/probe", ContentFile(b"x"))
        with default_storage.open(name) as file:
            read = file.read()
        default_storage.delete(name)
    except Exception as error:  # noqa: BLE001  # of whatever storage is configured
        return Fact(_("Uploads"), f"{_('cannot be written')}: {error}", well=False)
    if read != b"x":
        return Fact(_("Uploads"), _("what is written is not what is read"), well=False)
    if not isinstance(storages["default"], FileSystemStorage):
        return Fact(_("Uploads"), _("can be written"))
    try:
        free = shutil.disk_usage(settings.DATA_DIR).free
    except OSError:
        return Fact(_("Uploads"), _("can be written"))
    text = _("can be written; %(free)s GB free on the disk") % {"free": f"{free / 1024**3:.0f}"}
    return Fact(_("Uploads"), text, free > _FREE_BYTES)


def _backup() -> Fact:
    last = Chore.objects.filter(name=making.DONE).first()
    if last is None or last.done_at is None:
        return Fact(_("Backup"), _("none by back_up"))  # a site may be backed up by other means
    text = date_format(timezone.localtime(last.done_at), "j. n. Y H:i:s")
    return Fact(_("Backup"), text, timezone.now() - last.done_at <= _OLD_BACKUP)


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Show the facts and the tasks that failed; a superuser may have these tried again or deleted."""
    if not request.user.is_superuser:
        raise PermissionDenied
    if request.method == "POST":
        return _decide(request)
    failed = [
        {"pk": task.pk, "name": task.task_name, "at": task.finished_at, "error": task.traceback.strip()}
        for task in queue.dead_letters()[:_SHOWN]
    ]
    return render(request, "cms/reports/state.html", {"facts": list(facts()), "failed": failed})


def _decide(request: HttpRequest) -> HttpResponse:
    try:
        task = UUID(request.POST.get("task", ""))
    except ValueError:
        raise Http404 from None
    rows = DBTaskResult.objects.filter(pk=task, status=TaskResultStatus.FAILED)
    if request.POST.get("do") == "again":
        if queue.try_again(rows):
            messages.success(request, _("The task is in the queue again."))
    else:
        rows.delete()
        messages.success(request, _("The task is deleted."))
    return redirect("system_state")


class _StateItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)


def register() -> None:
    """Put the page into the settings' menu and give it its address."""
    hooks.register("register_admin_urls", lambda: [path("system/", page, name="system_state")])
    hooks.register(
        "register_settings_menu_item",
        lambda: _StateItem(
            gettext_lazy("State of the system"),
            reverse("system_state"),
            name="system-state",
            icon_name="circle-check",
            order=950,
        ),
    )
