"""Loads the demo in steps that may be cut off at any moment and taken up again."""

from collections.abc import Callable
from datetime import date

from django.db import transaction

from centres.demo import (
    dates,
    stage_editions,
    stage_media,
    stage_pages,
    stage_records,
    stage_site,
    stage_terms,
    users,
)
from centres.demo.clock import Clock
from centres.demo.models import DemoRecord
from centres.demo.store import Store

COMPLETE = "complete"

type Say = Callable[[str], None]


def is_complete() -> bool:
    """Return whether the demo was once loaded to its end; one small read."""
    return DemoRecord.objects.filter(key=COMPLETE).exists()


def load(today: date, say: Say) -> None:
    """Make all of the demo that is not there and move its invented dates to ``today``.

    What is there stays as editors left it, but for those dates.
    """
    with transaction.atomic():
        store = Store(Clock(today))
        say("  Lists, organisations and people")
        stage_terms.load(store)
    stage_media.load(store, say)
    with transaction.atomic():
        say("  The tree of pages")
        stage_terms.load_shared_texts(store, "intro")
        stage_pages.load_tree(store)
        stage_terms.load_shared_texts(store, "oversight")
    stage_pages.publish_all(store, say)
    with transaction.atomic():
        say("  Records of the commission, editions")
        stage_records.load(store)
        stage_editions.load(store)
    with transaction.atomic():
        stage_site.load(store)
        users.load(store)
        if COMPLETE in store and (moved := dates.move(store)):
            say(f"  {moved} things with invented dates moved")
        store.done(COMPLETE)
