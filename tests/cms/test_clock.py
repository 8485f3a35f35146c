"""What only time brings, comes: by the clock that runs beside the server, whether anybody asks or not."""

import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from cms.models import Chore
from cms.running.clock import Clock
from cms.running.locks import alone
from home.models import InfoPage
from tests import factories as make
from tests.graph import ask

pytestmark = pytest.mark.django_db

NEWS = "query ($after: String) { changes(after: $after) { cursor nodes { kind path } } }"


def news(cursor: str | None = None) -> Any:
    return ask(NEWS, after=cursor)["changes"]


def page(**facts: Any) -> InfoPage:
    home = make.home()
    page = home.add_child(
        instance=InfoPage(title="Razpis", summary=make.SUMMARY, live=False, locale=home.locale)
    )
    for name, value in facts.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return page


def test_a_scheduled_page_appears_and_is_told_among_the_changes() -> None:
    page(go_live_at=timezone.now() + timedelta(hours=1))
    cursor = news()["cursor"]
    call_command("keep_time", once=True)
    assert news(cursor)["nodes"] == []
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        call_command("keep_time", once=True)
        assert news(cursor)["nodes"] == [{"kind": "PUBLISHED", "path": "/sl/razpis/"}]


def test_a_draft_that_cannot_be_published_stops_no_other_one_and_is_reported(
    caplog: pytest.LogCaptureFixture,
) -> None:
    soon = timezone.now() + timedelta(hours=1)
    broken, whole, live = page(go_live_at=soon), page(go_live_at=soon, slug="drugi"), page(slug="tretji")
    broken.latest_revision.content["parent"] = "no page"
    broken.latest_revision.content["locale"] = 4_000
    broken.latest_revision.save()
    InfoPage.objects.filter(pk=live.pk).update(go_live_at=soon)
    live.refresh_from_db()
    live.save()
    cursor = news()["cursor"]
    with time_machine.travel(soon + timedelta(hours=1)):
        with pytest.raises(CommandError, match="Razpis"):
            call_command("publish_scheduled")
        whole.refresh_from_db()
        assert whole.live
        assert [node["path"] for node in news(cursor)["nodes"]] == ["/sl/drugi/", "/sl/tretji/"]
    assert "Razpis could not be published" in caplog.text


def test_an_expired_page_is_told_as_gone_once() -> None:
    page(expire_at=timezone.now() + timedelta(hours=1))
    cursor = news()["cursor"]
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        for _ in range(2):
            call_command("keep_time", once=True)
        assert news(cursor)["nodes"] == [{"kind": "UNPUBLISHED", "path": "/sl/razpis/"}]


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    calls: list[str] = []

    def call(command: str) -> None:
        calls.append(command)
        if command == "fails" and calls.count("fails") == 1:
            raise CommandError("No.")

    monkeypatch.setattr("cms.running.clock.call_command", call)
    return calls


def test_each_day_s_work_is_done_once_a_day(called: list[str], settings: Any) -> None:
    settings.CMS_DAILY_COMMANDS = ["sweep"]
    with time_machine.travel(timezone.now(), tick=False) as now:
        clock = Clock()
        for _ in range(3):
            clock.turn()
        assert called.count("sweep") == 1
        now.shift(timedelta(days=1))
        clock.turn()
    assert called.count("sweep") == 2
    assert called.count("publish_scheduled") == 4


def test_what_fails_is_logged_tried_again_after_an_hour_and_stops_nothing(
    called: list[str], settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.CMS_DAILY_COMMANDS = ["fails", "sweep"]
    with time_machine.travel("2027-03-01T09:00:00+01:00", tick=False) as now:
        minutes = iter(range(1, 91))

        def wait(_seconds: float) -> bool:
            now.shift(timedelta(minutes=1))
            minute = next(minutes)
            assert called.count("fails") == (1 if minute <= 60 else 2)
            return minute == 90

        Clock().run(wait)
    assert "fails failed" in caplog.text
    assert [called.count(name) for name in ("publish_scheduled", "fails")] == [90, 2]


def test_what_succeeded_is_not_run_again_with_what_failed(called: list[str], settings: Any) -> None:
    settings.CMS_DAILY_COMMANDS = ["fails", "sweep"]
    with time_machine.travel("2027-03-01T09:00:00+01:00", tick=False) as now:
        clock = Clock()
        for _ in range(3):
            clock.turn()
            now.shift(timedelta(hours=1))
        assert [called.count(name) for name in ("fails", "sweep")] == [2, 1]


def test_cron_publishes_each_minute_and_does_the_work_of_the_day_once(
    called: list[str], settings: Any
) -> None:
    settings.CMS_DAILY_COMMANDS = ["sweep"]
    call_command("keep_time", "--once")
    assert called == ["publish_scheduled"]
    call_command("keep_time", "--daily")
    assert called == ["publish_scheduled", "sweep"]


def test_cron_is_told_what_failed(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    def fail(command: str) -> None:
        raise RuntimeError

    settings.CMS_DAILY_COMMANDS = ["sweep"]
    monkeypatch.setattr("cms.running.clock.call_command", fail)
    with pytest.raises(CommandError, match="publish_scheduled"):
        call_command("keep_time", "--once")
    with pytest.raises(CommandError, match="sweep"):
        call_command("keep_time", "--daily")


def test_the_process_ends_when_it_is_told_to(tmp_path: Any) -> None:
    with subprocess.Popen(
        [sys.executable, "manage.py", "keep_time"],
        env={"DJANGO_SETTINGS_MODULE": "config.settings.test", "DATA_DIR": str(tmp_path)},
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ) as process:  # fmt: skip
        assert process.stdout
        assert process.stdout.readline() == "Keeping time\n"
        process.terminate()
        assert process.wait(20) == 0


def test_two_clocks_do_each_day_s_work_once(called: list[str], settings: Any) -> None:
    settings.CMS_DAILY_COMMANDS = ["sweep"]
    for clock in (Clock(), Clock()):
        clock.turn()
    assert called.count("sweep") == 1


def test_a_clock_publishes_nothing_while_another_one_does(called: list[str]) -> None:
    with alone("publish") as mine:
        assert mine
        assert Clock().publish()
    assert "publish_scheduled" not in called
    assert Clock().publish()
    assert called == ["publish_scheduled"]


def test_the_turn_is_noted(called: list[str]) -> None:
    Clock().turn()
    assert Chore.objects.get(name="clock").done_at
