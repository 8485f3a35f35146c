"""What a request hands over is done by a worker: later, at least once, and seen where it can't be done."""

import threading
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction
from django.tasks import TaskResultStatus, task
from django.test import Client
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker as TaskWorker
from django_tasks_db.models import DBTaskResult

from cms.delivery import deliverer
from cms.media import images
from cms.models import Change, Image, Receiver
from cms.publishing.version import content_version
from cms.running import queue
from cms.running.clock import Clock
from cms.running.locks import alone
from tests.cms.pictures import jpeg
from tests.own_connections import Connect, connected

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parent.parent.parent
DATABASE = {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}
done: list[str] = []


@task(backend="queue")
def note(word: str) -> None:
    done.append(word)


@task(backend="queue")
def fail(word: str) -> None:
    done.append(word)
    raise OSError(f"no {word}")


@pytest.fixture(autouse=True)
def in_the_database(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    # It would cut off the test's transaction.
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)
    settings.TASKS = settings.TASKS | {"queue": DATABASE}
    done.clear()


def work() -> None:
    queue.Worker("test", batch=True).run()


def states() -> list[str]:
    return list(DBTaskResult.objects.values_list("status", flat=True))


def test_a_task_is_done_by_the_worker_and_only_if_its_transaction_was_committed() -> None:
    with transaction.atomic():
        note.enqueue("committed")
    with transaction.atomic():
        note.enqueue("rolled back")
        transaction.set_rollback(True)
    assert done == []
    work()
    assert done == ["committed"]


def test_an_upload_is_answered_before_its_sizes_are_made(
    settings: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    with django_capture_on_commit_callbacks(execute=True):
        image = Image.objects.create(title="Hruška", file=jpeg(size=(300, 200)), alt_text={"sl": "Hruška"})
    assert image.renditions.count() == 0
    shown = images.responsive(image, "CARD", [])
    assert shown.src.endswith(image.file.url)  # the original, meanwhile
    work()
    assert image.renditions.count() > 0


def test_the_sizes_of_an_image_are_handed_over_in_its_own_transaction() -> None:
    """A process may end right after the commit, so nothing is left to do then."""
    image = Image.objects.create(title="Slika", file=jpeg(), alt_text={"sl": "Polja"})
    (waiting,) = DBTaskResult.objects.all()
    assert waiting.args_kwargs["args"] == [image.pk]


def test_what_fails_is_tried_again_later_and_later_and_then_left_to_a_person() -> None:
    with time_machine.travel(timezone.now(), tick=False) as now:
        fail.enqueue("file")
        for attempt, pause in enumerate(queue.PAUSES, start=1):
            work()
            assert done == ["file"] * attempt
            assert states() == [TaskResultStatus.READY]
            now.shift(pause - timedelta(seconds=1))
            work()
            assert len(done) == attempt
            now.shift(timedelta(seconds=1))
        work()
        assert states() == [TaskResultStatus.FAILED]
        now.shift(timedelta(days=1))
        work()
        assert len(done) == len(queue.PAUSES) + 1


def dead() -> DBTaskResult:
    fail.enqueue("file")
    DBTaskResult.objects.update(worker_ids=["x"] * len(queue.PAUSES))
    work()
    return DBTaskResult.objects.get(status=TaskResultStatus.FAILED)


def test_a_superuser_sees_what_failed_and_has_it_tried_again_or_deleted(client: Client) -> None:
    client.force_login(User.objects.create_superuser("admin"))
    row = dead()
    page = client.get("/admin/system/").content.decode()
    assert "Neuspele naloge" in page
    assert "OSError: no file" in page
    client.post("/admin/system/", {"task": str(row.pk), "do": "again"})
    work()
    assert done == ["file"] * 2
    client.post("/admin/system/", {"task": str(row.pk), "do": "delete"})
    assert states() == []
    assert client.post("/admin/system/", {"task": "x", "do": "delete"}).status_code == 404


def test_nobody_else_sees_the_state_of_the_system(client: Client) -> None:
    from django.contrib.auth.models import Permission

    user = User.objects.create_user("urednica")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    assert client.get("/admin/system/", follow=True).redirect_chain
    assert "Stanje sistema" not in client.get("/admin/").content.decode()


def test_the_task_of_a_worker_that_died_is_done_by_another_one_and_a_living_worker_keeps_its_own() -> None:
    note.enqueue("word")
    DBTaskResult.objects.update(
        status=TaskResultStatus.RUNNING, started_at=timezone.now() - timedelta(minutes=1), worker_ids=["dead"]
    )
    row = DBTaskResult.objects.get()
    with alone(f"task-{row.pk}"):
        Clock().turn()
        assert states() == [TaskResultStatus.RUNNING]
    Clock().turn()
    work()
    assert done == ["word"]


def test_a_mail_waits_for_the_worker_and_nothing_of_it_is_kept(settings: Any) -> None:
    settings.MAILERS = {
        "default": {"BACKEND": "cms.running.mails.QueuedBackend"},
        "direct": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"},
    }
    message = EmailMultiAlternatives(
        "Geslo",
        "Povezava: x",
        "cms@example.si",
        ["a@example.si"],
        bcc=["b@example.si"],
        headers={"X-Id": "1"},
    )
    message.attach_alternative("<p>Povezava</p>", "text/html")
    assert message.send() == 1
    assert mail.outbox == []
    work()
    (sent,) = mail.outbox
    assert isinstance(sent, EmailMultiAlternatives)
    assert (sent.subject, sent.body, sent.to, sent.bcc) == (
        "Geslo",
        "Povezava: x",
        ["a@example.si"],
        ["b@example.si"],
    )
    assert sent.extra_headers == {"X-Id": "1"}
    alternatives: Any = vars(sent)["alternatives"]
    assert [tuple(one) for one in alternatives] == [("<p>Povezava</p>", "text/html")]
    assert states() == []


class BrokenMailer:
    def __init__(self, **_options: Any) -> None:
        pass

    def send_messages(self, _messages: Any) -> int:
        raise OSError("the mail server is away")


def test_a_mail_that_fails_can_not_be_read_in_the_database_and_expires(settings: Any) -> None:
    settings.MAILERS = {
        "default": {"BACKEND": "cms.running.mails.QueuedBackend"},
        "direct": {"BACKEND": f"{__name__}.BrokenMailer"},
    }

    def rows() -> str:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {DBTaskResult._meta.db_table}")  # noqa: S608
            return repr(cursor.fetchall())

    message = EmailMultiAlternatives(
        "Novo geslo",
        "https://cms.example/admin/password_reset/confirm/MQ/abc-123/",
        "cms@example.si",
        ["a@example.si"],
    )
    with time_machine.travel(timezone.now(), tick=False) as now:
        for _attempt in range(2):
            message.send()
            assert "abc-123" not in rows()
            assert "example.si" not in rows()
            for pause in (*queue.PAUSES, timedelta(0)):
                work()
                now.shift(pause)
                assert "abc-123" not in rows()
            assert states() == [TaskResultStatus.FAILED]
            assert "the mail server is away" in rows()
            # Sent again within the time that its link is valid; refused afterwards.
            settings.MAILERS = settings.MAILERS | {
                "direct": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}
            }
            if _attempt:
                now.shift(timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT))
            queue.try_again(queue.dead_letters())
            work()
            assert len(mail.outbox) == 1
            settings.MAILERS = settings.MAILERS | {"direct": {"BACKEND": f"{__name__}.BrokenMailer"}}
    assert "SealError" in rows()


def test_a_mail_that_was_sealed_with_an_earlier_key_is_sent(settings: Any) -> None:
    settings.MAILERS = {
        "default": {"BACKEND": "cms.running.mails.QueuedBackend"},
        "direct": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"},
    }
    EmailMultiAlternatives("Novica", "Besedilo", "cms@example.si", ["a@example.si"]).send()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key for tests"
    work()
    assert len(mail.outbox) == 1


def test_two_makers_of_the_same_sizes_leave_one_file_of_each(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEDIA_ROOT = tmp_path
    image = Image.objects.create(title="Hruška", file=jpeg(size=(700, 500)), alt_text={"sl": "Hruška"})
    note_rows = images._note

    def second_is_quicker(rows: list[Any]) -> int:
        monkeypatch.setattr(images, "_note", note_rows)
        assert images.make_renditions(image) == len(rows)
        return note_rows(rows)

    monkeypatch.setattr(images, "_note", second_is_quicker)
    assert images.make_renditions(image) == 0
    assert {path.name for path in (tmp_path / "images").iterdir()} == {
        Path(one.file.name).name for one in image.renditions.all()
    }


def test_sizes_that_were_made_before_the_disk_was_full_are_kept_and_only_the_others_made_again(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEDIA_ROOT = tmp_path
    image = Image.objects.create(title="Hruška", file=jpeg(size=(700, 500)), alt_text={"sl": "Hruška"})
    stored, asked = images._stored, []

    def full(*arguments: Any) -> Any:
        asked.append(arguments)
        if len(asked) > 2:
            raise OSError(28, "No space left on device")
        return stored(*arguments)

    with monkeypatch.context() as patched:
        patched.setattr(images, "_stored", full)
        with pytest.raises(OSError, match="No space"):
            images.make_renditions(image)
    assert image.renditions.count() == 2
    assert len(list((tmp_path / "images").iterdir())) == 2
    assert images.make_renditions(image) == len(asked) - 2
    assert len(list((tmp_path / "images").iterdir())) == image.renditions.count() == len(asked)


def test_a_mail_with_a_file_goes_out_at_once(settings: Any) -> None:
    settings.MAILERS = {
        "default": {"BACKEND": "cms.running.mails.QueuedBackend"},
        "direct": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"},
    }
    message = EmailMultiAlternatives("Razpis", "V priponki.", "cms@example.si", ["a@example.si"])
    message.attach("razpis.txt", "besedilo", "text/plain")
    message.send()
    assert len(mail.outbox) == 1


def test_the_worker_waits_for_a_database_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    away = iter([True, False])

    def look(worker: TaskWorker) -> None:
        if next(away):
            raise OperationalError("server closed the connection")
        done.append("looked")

    monkeypatch.setattr(queue, "_AWAY_SECONDS", 0)
    monkeypatch.setattr(queue, "connection", Mock())
    monkeypatch.setattr(TaskWorker, "run", look)
    work()
    assert done == ["looked"]


def test_doctor_says_what_needs_attention() -> None:
    def doctor() -> str:
        out = StringIO()
        try:
            call_command("doctor", stdout=out)
        except CommandError as error:
            out.write(str(error))
        return out.getvalue()

    assert "WRONG Clock: has never run" in doctor()
    Clock().turn()
    call_command("rebuild_search", stdout=StringIO())
    assert "WRONG" not in doctor()
    with time_machine.travel(timezone.now() - timedelta(minutes=10)):
        note.enqueue("word")
    assert "WRONG Queue: 1 waiting" in doctor()
    work()
    receiver = Receiver.objects.create(name="Sprednji del", address="https://front.example/")
    deliverer.start_now(receiver)
    assert "ok    Receivers of changes: all have everything" in doctor()
    with time_machine.travel(timezone.now() - timedelta(minutes=10)):
        Change.objects.create(kind="UPDATED", type="InfoPage", object_id=1)
    assert "WRONG Receivers of changes: one lacks what changed 10" in doctor()
    Receiver.objects.update(paused=True)
    assert "WRONG Receivers of changes: paused: Sprednji del" in doctor()
    receiver.delete()
    dead()
    said = doctor()
    assert "WRONG Failed tasks: 1" in said
    assert said.endswith("1 of these need attention.")


def test_two_workers_share_the_work_and_do_nothing_twice(connect: Connect) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("Two threads write at once")
    with connected(connect):
        for number in range(20):
            note.enqueue(str(number))

    def one() -> None:
        with connected(connect):
            work()

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done, key=int) == [str(number) for number in range(20)]


def test_the_queue_and_the_clock_leave_cached_responses_alone(settings: Any) -> None:
    settings.CMS_DAILY_COMMANDS = []
    before = content_version()
    note.enqueue("word")
    work()
    Clock().turn()
    assert content_version() == before


def test_each_day_old_tasks_that_succeeded_are_deleted_and_no_others() -> None:
    with time_machine.travel(timezone.now() - timedelta(days=15)):
        note.enqueue("old")
        work()
        dead()
    note.enqueue("new")
    work()
    assert Clock().work_of_the_day() == []
    assert sorted(states()) == [TaskResultStatus.FAILED, TaskResultStatus.SUCCESSFUL]
