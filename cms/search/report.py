"""Counts what the public searches for, by day, without anything that tells who asked.

A reader never writes: a query only raises a number in this process's memory. A thread of its own writes the
sums down from time to time; what was not written yet is lost with the process, and nothing else is.
"""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from threading import Event, Lock, Thread

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from cms.search import keys
from cms.search.models import QueryCount

logger = logging.getLogger(__name__)

MAX_TEXT = 80
_MAX_WORDS = 8
# New texts beyond this number are not noted until the next writing, so that a flood stays small.
_MOST_TEXTS = 1_000
# A flood that goes on all day must not fill the disk either: 90 days of this are some hundred megabytes.
_MOST_A_DAY = 10_000
# What may tell who somebody is: addresses of mail, telephone and registration numbers.
_PERSONAL = re.compile(r"@|\d[\d\s./-]{4,}\d")
_YEARS = re.compile(r"\b(?:19|20)\d\d(?:[/–-](?:\d\d){1,2})?\b")


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as it is counted: without case, blanks and time of day."""

    day: date
    locale: str
    text: str


@dataclass(slots=True)
class Tally:
    """How often it was asked, and how many pages it found the last time."""

    times: int = 0
    hits: int = 0


class Counter:
    """The counts of this process that are not written down yet."""

    def __init__(self) -> None:
        self._tallies: dict[Asked, Tally] = {}
        self._lock = Lock()

    def add(self, asked: Asked, hits: int) -> None:
        """Count a query once more."""
        with self._lock:
            if asked not in self._tallies and len(self._tallies) >= _MOST_TEXTS:
                return
            tally = self._tallies.setdefault(asked, Tally())
            tally.times += 1
            tally.hits = hits

    def take(self) -> dict[Asked, Tally]:
        """Return the counts and begin again from nothing."""
        with self._lock:
            taken, self._tallies = self._tallies, {}
        return taken


_counter = Counter()
_writer_lock = Lock()
_writer: Thread | None = None
_stop = Event()


def record(text: str, locale: str, hits: int) -> None:
    """Count a query that the public asked, unless its text may tell who asked or says nothing."""
    if (normal := normalised(text)) and settings.CMS_SEARCH_REPORT_SECONDS:
        _counter.add(Asked(timezone.localdate(), locale, normal), hits)
        _start_writer()


def normalised(text: str) -> str:
    """Return the text under which a query is counted, or nothing for one that is not."""
    words = keys.clean(text).casefold().split()
    normal = " ".join(words)
    if len(words) > _MAX_WORDS or len(normal) > MAX_TEXT or _PERSONAL.search(_YEARS.sub("", normal)):
        return ""
    return normal if any(char.isalpha() for char in normal) else ""


def write_down() -> None:
    """Add the counts of this process to the table and delete what is older than the report reaches."""
    tallies = without_unfinished(_counter.take())
    with transaction.atomic():
        days = {asked.day for asked in tallies}
        room = {day: _MOST_A_DAY - QueryCount.objects.filter(day=day).count() for day in days}
        for asked, tally in sorted(tallies.items(), key=lambda item: (item[0].day, item[0].text)):
            same = QueryCount.objects.filter(day=asked.day, locale=asked.locale, text=asked.text)
            more = {"times": F("times") + tally.times, "hits": tally.hits}
            if same.update(**more) or room[asked.day] <= 0:
                continue
            room[asked.day] -= 1
            _row, made = same.get_or_create(
                day=asked.day,
                locale=asked.locale,
                text=asked.text,
                defaults={"times": tally.times, "hits": tally.hits},
            )
            if not made:  # by another process, since
                same.update(**more)
        last = timezone.localdate() - timedelta(days=settings.CMS_SEARCH_REPORT_DAYS)
        QueryCount.objects.filter(day__lt=last).delete()


def without_unfinished(tallies: Mapping[Asked, Tally]) -> dict[Asked, Tally]:
    """Return the counts without texts that break off within a word of another text of the same day.

    Search as you type asks for ``knj`` and ``knjižn`` on the way to ``knjižnica``.
    """
    texts = sorted((asked.day, asked.locale, asked.text) for asked in tallies)
    unfinished = {
        shorter
        for shorter, longer in pairwise(texts)
        if shorter[:2] == longer[:2] and _breaks_off(shorter[2], longer[2])
    }
    return {
        asked: tally
        for asked, tally in tallies.items()
        if (asked.day, asked.locale, asked.text) not in unfinished
    }


def _breaks_off(shorter: str, longer: str) -> bool:
    return longer.startswith(shorter) and longer[len(shorter)].isalnum()


def _start_writer() -> None:
    global _writer  # noqa: PLW0603  # one thread per process, started by its first query, after any fork
    if _writer is None or not _writer.is_alive():
        with _writer_lock:
            if _writer is None or not _writer.is_alive():
                _writer = Thread(target=_write_again_and_again, name="search-report", daemon=True)
                _writer.start()


def _write_again_and_again() -> None:
    while not _stop.wait(settings.CMS_SEARCH_REPORT_SECONDS):
        try:
            write_down()
        except Exception:
            logger.exception("The counts of search queries could not be written down; they are lost.")
        finally:
            connection.close()
