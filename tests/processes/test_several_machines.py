"""Three nodes, a database with a standby, workers, clocks, a bucket and Varnish: what is shown where, and each fault.

A short version; `make rehearse` publishes 500 times, tries more faults and takes longer for each.
"""

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import uniform
from statistics import median
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from cms.models import Document, Receiver
from home.models import InfoPage
from tests import factories as make
from tests.processes.conftest import Bucket
from tests.processes.machines import Role, until
from tests.processes.people import Editor
from tests.processes.several import PATH, Site, running_site
from tests.processes.test_stale import address_of_database
from tests.processes.visitors import read, visitors
from tests.s3_server import error_500

# `make rehearse` does these: starting the machines alone takes minutes.
pytestmark = [
    pytest.mark.at_length,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="several processes write at once"),
]

# How often a rehearsal publishes; without it a short version runs.
REHEARSAL = int(os.environ.get("REHEARSAL", "0"))
LONG = bool(REHEARSAL)
PUBLISHED = REHEARSAL or 12
SECONDS_AWAY = 30 if LONG else 3
KILLS = 10
_begun: list[bool] = []
# s-maxage of public responses, and a moment for the fetch.
BOUND = 30


@pytest.fixture(scope="module")
def site(
    bucket: Bucket,
    varnish: None,
    real_transactions_of_all: None,
    figures: list[str],
) -> Iterator[Site]:
    # A site that does not start would be waited for again by each test.
    if _begun:
        pytest.fail("The site did not start; the first test says why.")
    _begun.append(True)
    # PostgreSQL is another user, and every run of pytest closes pytest's own folder to others.
    with tempfile.TemporaryDirectory(prefix="site-") as folder:
        template = address_of_database()
        with running_site(Path(folder), template, bucket.variables, figures) as site:
            yield site


# ---------------------------------------------------------------- nodes and the CDN
def test_what_one_node_takes_the_others_and_the_cdn_show(site: Site) -> None:
    a, *others = site.origins
    editor = Editor(a, "ana")
    assert editor.upload(a, "Razpis")
    assert site.upload_is_shown("Razpis")
    stale, delays = 0, []
    with visitors(site.origins, PATH) as answers:
        for number in range(PUBLISHED):
            title = f"Objava {number}."
            read(site.varnish.root, PATH)  # is in its cache now
            assert editor.publish(a, site.page, title)
            committed = time.monotonic()
            for root in others:
                stale += title not in read(root, PATH)[1]
                stale += title not in read(root, PATH, uncached=True)[1]
            until(
                lambda title=title: title in read(site.varnish.root, PATH)[1], "the CDN is stale", BOUND + 5
            )
            delays.append(time.monotonic() - committed)
    site.figures.append(
        f"{PUBLISHED} publications on A under load, {4 * PUBLISHED} answers of B and C: {stale} stale. Behind Varnish "
        f"fresh after {median(delays):.2f} s (median), {max(delays):.2f} s at most. Beside them {answers.sent} "
        f"requests, {dict(answers.by_status)}, the slowest in {answers.slowest:.1f} s."
    )
    assert stale == 0
    assert set(answers.by_status) == {200}
    assert median(delays) < 2


def test_a_cdn_that_nobody_purges_is_stale_no_longer_than_its_bound(site: Site) -> None:
    Receiver.objects.filter(kind="VARNISH").update(paused=True)
    read(site.varnish.root, PATH)
    assert Editor(site.origins[0], "ana").publish(site.origins[0], site.page, "Brez čiščenja.")
    seconds = until(lambda: "Brez čiščenja." in read(site.varnish.root, PATH)[1], "still stale", BOUND + 5)
    Receiver.objects.filter(kind="VARNISH").update(paused=False)
    site.figures.append(f"Without a purge Varnish is fresh after {seconds:.0f} s (bound: {BOUND} s).")


# ---------------------------------------------------------------- faults
def test_a_process_that_answers_is_killed(site: Site) -> None:
    with site.under_load("kill -9 of the process that answers, on A") as answers:
        site.nodes[0].kill_a_child()
        until(site.nodes[0].is_ready, "A does not come back")
    assert set(answers.by_status) == {200}


def test_a_node_is_killed_and_one_is_told_to_end(site: Site) -> None:
    with site.under_load("kill -9 of B, then SIGTERM of C, both started again") as answers:
        site.nodes[1].kill()
        site.nodes[1].start_again()
        until(site.nodes[1].is_ready, "B does not come back")
        assert site.nodes[2].stop() == 0
        site.nodes[2].start_again()
        until(site.nodes[2].is_ready, "C does not come back")
    assert set(answers.by_status) == {200}


def test_both_workers_are_killed(site: Site) -> None:
    with site.under_load("kill -9 of both workers, started again"):
        for worker in site.workers:
            worker.kill()
        time.sleep(1)
        for worker in site.workers:
            worker.start_again()


def test_of_two_clocks_one_is_killed_and_each_page_is_published_once(site: Site) -> None:
    with site.under_load("two clocks, one of them killed with -9, five pages whose time comes"):
        pages = [scheduled(number) for number in range(5)]
        site.clocks[0].kill()
        until(
            lambda: not Page.objects.filter(pk__in=pages, live=False).exists(), "they are not published", 120
        )
        site.clocks[0].start_again()
    done = PageLogEntry.objects.filter(action="wagtail.publish.scheduled", page__in=pages)
    assert sorted(done.values_list("page", flat=True)) == sorted(pages)


def scheduled(number: int) -> int:
    """Make a page that goes live in a moment; return its key."""
    page = InfoPage(title=f"Ob času {number}", slug=f"ob-casu-{number}", summary=make.SUMMARY, live=False)
    page.locale = make.home().locale
    make.home().add_child(instance=page)
    page.go_live_at = timezone.now() + timedelta(seconds=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    return page.pk


def test_a_receiver_that_is_away_gets_everything_afterwards(site: Site) -> None:
    with site.under_load("the receiver refuses for a while") as answers:
        site.receiver.refuses = True
        time.sleep(SECONDS_AWAY)
        site.receiver.refuses = False
    assert set(answers.by_status) == {200}


def test_the_bucket_is_away(site: Site, bucket: Bucket) -> None:
    with site.under_load(f"bucket away for {SECONDS_AWAY} s") as answers, bucket.server.failing(error_500):
        time.sleep(SECONDS_AWAY)
    assert set(answers.by_status) == {200}


def test_the_database_is_killed_and_started_again(site: Site) -> None:
    with site.under_load("PostgreSQL killed with -9, started after 5 s"):
        site.primary.kill()
        time.sleep(5)
        site.primary.start()
        until(lambda: site.everything_runs, "the nodes are not ready")


def test_a_database_that_is_killed_at_any_moment_leaves_no_trace_in_any_log(site: Site) -> None:
    """Ten times, at a moment that differs, while editors publish and upload, workers work and clocks publish."""
    with site.under_load(f"PostgreSQL killed with -9 {KILLS} times, at random moments, started at once"):
        for number in range(KILLS):
            connection.close()
            scheduled(100 + number)
            time.sleep(uniform(0, 4))
            site.primary.kill()
            time.sleep(uniform(0, 2))
            site.primary.start()
            until(lambda: site.everything_runs, "the nodes are not ready")
    lines, shortest, traces = site.told_of_a_lost_database()
    site.figures.append(
        f"After {KILLS} kills of PostgreSQL the logs of nodes, workers and clocks have {lines} lines that it is away, "
        f"{shortest:.1f} s or more apart, and {len(traces)} traces."
    )
    assert traces == []


def test_the_primary_is_killed_and_the_standby_promoted(site: Site) -> None:
    with site.under_load("primary killed with -9, standby promoted"):
        site.primary.kill()
        begun = time.monotonic()
        site.standby.promote()
        until(lambda: site.everything_runs, "the nodes are not ready")
        seconds = time.monotonic() - begun
        site.primary = site.standby
    lines, shortest, traces = site.told_of_a_lost_database()
    site.figures.append(
        f"After the primary was killed all nodes were ready again within {seconds:.1f} s. Their logs have {lines} "
        f"lines that the database is away, {shortest:.1f} s or more apart, and {len(traces)} traces."
    )
    assert shortest > 0.9
    assert traces == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk of four megabytes, which root may."""
    command = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(tmp_path)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("Only root may mount a small disk.")
    yield tmp_path
    subprocess.run(["umount", "--lazy", str(tmp_path)], check=True)


def test_the_disk_of_a_node_with_a_folder_is_full(
    site: Site, small_disk: Path, tmp_path_factory: Any
) -> None:
    environment = {
        name: value for name, value in site.nodes[0].environment.items() if name != "MEDIA_URL_STORAGE"
    }
    environment["DATA_DIR"] = str(small_disk)
    node = Role("serve", tmp_path_factory.mktemp("full") / "node", environment)
    try:
        until(node.is_ready, "the node is not ready")
        editor = Editor(node.root, "ana")
        content = b"%PDF-1.7" + b"x" * 500_000
        done = [editor.upload(node.root, f"Polno {number}", content) for number in range(12)]
        assert set(done) == {True, False}
        titles = [f"Polno {number}" for number in range(12) if done[number]]
        stored = {one.title: one.url for one in Document.objects.filter(title__startswith="Polno")}
        assert sorted(stored) == sorted(titles)
        assert {read(node.root, address)[0] for address in stored.values()} == {200}
        assert read(node.root, PATH)[0] == 200
        Document.objects.filter(title__in=titles).delete()
        for file in (small_disk / "media" / "documents").iterdir():
            file.unlink()
        assert editor.upload(node.root, "Spet prostora", content)
    finally:
        node.stop()
    site.figures.append(
        f"Disk full: of 12 uploads {len(titles)} acknowledged and whole, {12 - len(titles)} refused with the form, "
        "none half stored; pages are answered, and with room there are uploads again."
    )


# ---------------------------------------------------------------- upgrade
def test_this_version_serves_while_the_next_one_migrates(site: Site) -> None:
    """Two migrations begin at once, one waits for the other; the nodes of this version go on, a newer one joins."""
    newer = {"DJANGO_SETTINGS_MODULE": "tests.processes.newer.settings"}
    with site.under_load("upgrade: this version serves while two `migrate` of the next one begin") as answers:
        said = site.run_at_once(["migrate", "migrate"], newer)
        assert sum("Applying 1 migrations" in one for one in said) == 1
        assert sum("Waiting for another process" in one for one in said) == 1
        assert site.everything_runs
        site.nodes[2].stop()
        site.nodes[2].start_again(newer)
        until(site.nodes[2].is_ready, "the node of the next version is not ready")
    assert set(answers.by_status) == {200}
