"""Loads the demo in steps that may be cut off at any moment and taken up again."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from django.apps import apps
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from centres.demo import (
    dates,
    stage_editions,
    stage_media,
    stage_pages,
    stage_records,
    stage_site,
    stage_terms,
    teams,
    users,
)
from centres.demo.clock import Clock
from centres.demo.models import DemoRecord
from centres.demo.store import Store
from cms.publishing.change_log import log_due
from cms.publishing.operation import operation
from cms.search.index import indexed_once

COMPLETE = "complete"

type Say = Callable[[str], None]


def is_complete() -> bool:
    """Return whether the demo was once loaded to its end; one small read."""
    return DemoRecord.objects.filter(key=COMPLETE).exists()


def load(today: date, say: Say) -> None:
    """Make all of the demo that is not there and move its invented dates to ``today``.

    What is there stays as editors left it, but for those dates.
    """
    with _quietly(), indexed_once() as pages, disable_reference_index_auto_update():
        with operation():
            store = Store(Clock(today))
            known = set(store.records)
            say("  Lists, organisations and people")
            stage_terms.load(store)
        stage_media.load(store, say)
        with operation():
            say("  The tree of pages")
            stage_terms.load_shared_texts(store, "intro")
            stage_pages.load_tree(store)
            stage_terms.load_shared_texts(store, "oversight")
        stage_pages.publish_all(store, say)
        with operation():
            say("  Records of the commission, editions")
            stage_records.load(store)
            stage_editions.load(store)
        with operation():
            stage_site.load(store)
            teams.load(store)
            users.load(store)
            if COMPLETE in known and (moved := dates.move(store)):
                say(f"  {moved} things with invented dates moved")
            say("  References and search")
            # Of a loading that was cut off nobody has noted references or words.
            new = store.records.keys() - known if COMPLETE in known else store.records.keys()
            _note_references(store, new)
            pages |= {store[key].pk for key in new if key.startswith("page:")}
            store.done(COMPLETE)
    # An operation compares a few hundred objects; these are the others.
    log_due()


@contextmanager
def _quietly() -> Iterator[None]:
    """Keep the log of every single change out of the progress that people watch."""
    before = logging.root.manager.disable
    logging.disable(logging.INFO)
    try:
        yield
    finally:
        logging.disable(before)


def _note_references(store: Store, keys: Iterable[str]) -> None:
    """Note what the rows of ``keys`` point at, each once: Wagtail does so at every save, several times as long."""
    for key in sorted(keys):
        model = store.records[key].model
        is_twice = key.startswith("published:")
        if model and not is_twice and ReferenceIndex.model_is_indexable(apps.get_model(model)):
            ReferenceIndex.create_or_update_for_object(store[key])
