"""A rebuild beside a site that serves, the check of the engine, and what the command says."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from cms.search import checks, index, rebuild
from cms.search.models import SearchDocument, SearchGeneration, SearchPosting, TouchedPage
from tests.cms.searching import page, titles

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def built(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin with a whole index, and wait for no queries that are under way elsewhere."""
    monkeypatch.setattr(rebuild, "_GRACE_SECONDS", 0)
    run()


@pytest.fixture
def lost_turn(built: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have somebody else hold the turn, who may be long dead."""
    monkeypatch.setattr(rebuild, "only_turn", lambda: nullcontext(False))


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("rebuild_search", *arguments, stdout=out)
    return out.getvalue()


def contents() -> tuple[list[Any], list[Any]]:
    """Return all that the serving index holds, without keys of rows."""
    documents = SearchDocument.objects.filter(generation__serves=True).order_by("page_id")
    postings = SearchPosting.objects.filter(generation__serves=True).order_by("locale", "key")
    return (
        [(one.page_id, one.locale, one.title, one.text, one.borrowed, one.keys) for one in documents],
        [(one.locale, one.key, one.head, one.word, bytes(one.packed)) for one in postings],
    )


def test_a_rebuilt_index_is_the_same_as_one_that_grew() -> None:
    page("Pravljica", "Branje in hruške, NUK-a, knjižnično-muzejski.")
    page("Javno", "Pravljičarji.").unpublish()
    page("Hruška", "Kos in koš.")
    grown = contents()
    said = run()
    assert contents() == grown
    assert SearchGeneration.objects.count() == 1
    assert "Pages read: " in said
    assert titles("hrušk") == ["Hruška", "Pravljica"]


def test_a_rebuild_repairs_an_index_that_lost_rows() -> None:
    page("Pravljica")
    SearchPosting.objects.all().delete()
    assert titles("pravljica") == []
    run()
    assert titles("pravljica") == ["Pravljica"]


def test_the_old_index_serves_and_changes_count_while_a_rebuild_works(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept, gone = page("Pravljica"), page("Hruška")
    seen: list[Any] = []

    def meanwhile(what: str, done: int, total: int) -> None:
        if what == "Words written" and not seen:
            seen.append(titles("pravljica"))
            kept.title = "Pravljičar"
            kept.save_revision().publish()
            gone.delete()
            page("Branje")
            seen.append(titles("pravljičar"))

    rebuild.rebuild(meanwhile)
    assert seen == [["Pravljica"], ["Pravljičar"]]
    assert titles("pravljica ") == titles("hruška ") == []
    assert titles("pravljičar") == ["Pravljičar"]
    assert titles("branje") == ["Branje"]
    assert not TouchedPage.objects.exists()
    assert not SearchPosting.objects.filter(generation__serves=True, key__startswith="hrusk").exists()


def test_a_rebuild_that_was_killed_leaves_the_old_index_and_the_next_one_clears_up() -> None:
    page("Pravljica")

    class Killed(BaseException):
        pass

    def die(what: str, done: int, total: int) -> None:
        if what == "Words written":
            raise Killed

    with pytest.raises(Killed):
        rebuild.rebuild(die)
    assert titles("pravljica") == ["Pravljica"]
    assert SearchGeneration.objects.count() == 2
    run()
    assert SearchGeneration.objects.count() == 1
    assert titles("pravljica") == ["Pravljica"]


# A process that has the turn at rebuilding the database in its environment, and holds it until it is killed.
HOLD = """
import json, os, time
from django.conf import settings
settings.configure(DATABASES={"default": json.loads(os.environ["DATABASE"])})
from cms.search.only_one import only_turn
with only_turn() as alone:
    print(alone, flush=True)
    time.sleep(60)
"""


@contextmanager
def another_process() -> Iterator[subprocess.Popen[str]]:
    names = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
    database = {name: connection.settings_dict[name] for name in names}
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", HOLD],
        env={"PATH": os.environ["PATH"], "DATABASE": json.dumps(database, default=str)},
        stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        try:
            assert process.stdout
            assert process.stdout.readline() == "True\n"
            yield process
        finally:
            process.kill()


def test_two_rebuilds_do_not_work_at_once_but_one_that_was_killed_is_dead_at_once() -> None:
    page("Pravljica")
    with another_process() as other:
        half_made = SearchGeneration.objects.create(engine="of the other", serves=False)
        with pytest.raises(CommandError, match="Another rebuild is at work"):
            run()
        assert SearchGeneration.objects.filter(pk=half_made.pk).exists()
        other.kill()
    deadline = time.monotonic() + 10
    while True:  # the kernel tells PostgreSQL in a moment
        try:
            run()
            break
        except CommandError:
            assert time.monotonic() < deadline
    assert not SearchGeneration.objects.filter(pk=half_made.pk).exists()
    assert titles("pravljica") == ["Pravljica"]


@pytest.mark.usefixtures("lost_turn")
def test_a_rebuild_whose_turn_outlives_it_is_dead_after_two_minutes_without_a_sign() -> None:
    half_made = SearchGeneration.objects.create(engine="of the other", serves=False)
    with pytest.raises(CommandError, match="Another rebuild is at work"):
        run()
    SearchGeneration.objects.filter(pk=half_made.pk).update(seen_at=timezone.now() - timedelta(minutes=3))
    run()
    assert not SearchGeneration.objects.filter(pk=half_made.pk).exists()


@pytest.mark.usefixtures("lost_turn")
def test_a_rebuild_that_began_a_moment_later_than_another_throws_nothing_of_it_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    really_is_running = rebuild._is_running
    begun: list[SearchGeneration] = []

    def is_running() -> bool:
        answer = really_is_running()
        if not begun:
            begun.append(SearchGeneration.objects.create(engine="of the other", serves=False))
        return answer

    monkeypatch.setattr(rebuild, "_is_running", is_running)
    with pytest.raises(CommandError, match="Another rebuild is at work"):
        run()
    assert SearchGeneration.objects.filter(pk=begun[0].pk).exists()


def test_a_rebuild_is_left_out_where_the_index_is_up_to_date() -> None:
    page("Pravljica")
    assert "up to date" in run("--if-needed")
    SearchGeneration.objects.update(engine="keys 0")
    assert "The search index serves" in run("--if-needed")
    assert SearchGeneration.objects.get().engine == index.engine()


def test_an_index_that_only_grew_with_changes_is_built_as_a_whole() -> None:
    SearchGeneration.objects.all().delete()
    page("Pravljica")
    (warning,) = checks.check_engine(databases=["default"])
    assert "never built" in warning.msg
    run("--if-needed")
    assert checks.check_engine(databases=["default"]) == []


def test_an_index_of_another_engine_is_warned_of() -> None:
    page("Pravljica")
    assert checks.check_engine(databases=["default"]) == []
    SearchGeneration.objects.update(engine="keys 0, lemmagen3 1.0, sl")
    (warning,) = checks.check_engine(databases=["default"])
    assert warning.id == "cms_search.W001"
    assert "rebuild_search" in (warning.hint or "")
    assert checks.check_engine(databases=None) == []


def test_a_page_that_did_not_change_is_not_written_again() -> None:
    made = page("Pravljica")
    before = SearchDocument.objects.get(page_id=made.pk)
    ids = set(SearchPosting.objects.values_list("pk", flat=True))
    index.index_page(made)
    assert set(SearchPosting.objects.values_list("pk", flat=True)) == ids
    assert SearchDocument.objects.get(page_id=made.pk).pk == before.pk
