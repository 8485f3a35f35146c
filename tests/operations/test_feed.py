"""Law: `changes` names every object whose public response differs, exactly once a commit, and nothing else."""

import os
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from centres.models import Partner
from cms.models import SharedText
from cms.publishing.change_log import log_due, take_stock
from home.models import InfoPage
from tests import factories as make
from tests.operations.content import build as content
from tests.operations.dump import BESIDE, differences, dump, entries, newest
from tests.operations.editor import Editor
from tests.operations.random_operations import operations

pytestmark = pytest.mark.django_db

COUNT = int(os.environ.get("OPERATIONS", "60"))
# The clock publishes one by one, each in a transaction of its own.
SEVERAL = {"turn_the_clock", "publish_what_is_scheduled"}
BEGIN = datetime(2027, 3, 1, 9, tzinfo=UTC)


def test_the_log_is_the_difference_between_two_dumps(admin_client: Client) -> None:
    with time_machine.travel(BEGIN, tick=False) as traveller:
        content()
        take_stock()
        editor = Editor(1, admin_client, traveller)
        before, done = dump(), Counter[str]()
        for number, (name, perform) in enumerate(operations(editor, COUNT)):
            traveller.shift(60)
            if log_due():  # what only time brought is not the operation's
                before = dump()
            since = newest()
            done[name] += perform()
            after, logged = dump(), entries(since)
            expected = differences(before, after)
            if name in SEVERAL:
                logged = net(logged)
            assert len(logged) == len({entry[1:] for entry in logged}), (number, name, logged)
            assert set(logged) == expected, (number, name, explained(set(logged), expected, before, after))
            before = after
        print(done)


def test_a_row_that_is_written_by_itself_is_told_of_all_that_show_it() -> None:
    content()
    take_stock()
    partner = Partner.objects.first()
    assert partner is not None
    for write in (partner.save, change(partner), partner.delete):
        before, since = dump(), newest()
        write()
        logged = entries(since)
        assert len(logged) == len(set(logged))
        assert set(logged) == differences(before, dump())
    assert {model for _kind, model, _pk in logged} == {"wagtailcore.page", "centres.organisation"}


def test_pages_that_show_what_is_deleted_are_named() -> None:
    content()
    target = make.below(make.home(), InfoPage(title="Cilj", summary=make.SUMMARY))
    linking = page_with_link(make.home(), target)
    take_stock()
    text = SharedText.objects.get()
    showing = InfoPage.objects.filter(title="Povezave")
    for gone, pages in ((text, list(showing)), (target, [linking])):
        since = newest()
        gone.delete()
        assert {("UPDATED", "wagtailcore.page", str(page.pk)) for page in pages} <= set(entries(since))


def test_a_page_whose_link_now_leads_to_a_translation_is_named() -> None:
    target = make.below(make.home(), InfoPage(title="Cilj", summary=make.SUMMARY))
    linking = page_with_link(make.home("en"), target)
    take_stock()
    updated = ("UPDATED", "wagtailcore.page", str(linking.pk))
    since = newest()
    translation = make.translated(target, title="Target")
    assert updated in entries(since)
    for take_away in (translation.unpublish, translation.delete):
        make.publish(type(translation).objects.get(pk=translation.pk))
        since = newest()
        take_away()
        assert updated in entries(since)


def page_with_link(parent: Any, target: Any) -> Any:
    text = f'<p><a linktype="page" id="{target.pk}">tam</a></p>'
    block = {"type": "paragraph", "id": "00000000-0000-4000-8000-000000000007", "value": {"text": text}}
    return make.below(parent, InfoPage(title="Kaže", summary=make.SUMMARY, body=[block]))


def change(partner: Partner) -> Callable[[], None]:
    def write() -> None:
        partner.relation = "FUNDS"
        partner.save()

    return write


def consistent() -> bool:
    """Return whether the log, read from its beginning, gives what the public sees now."""
    public: set[Any] = set()
    for kind, *key in entries(0):
        (public.discard if kind in {"UNPUBLISHED", "DELETED"} else public.add)(tuple(key))
    settings = {model._meta.label_lower for model in BESIDE}  # they are there before the log begins
    return {key for key in public if key[0] not in settings} == {
        key for key in dump() if key[0] not in settings
    }


def net(logged: list[Any]) -> list[Any]:
    """Return what several commits come to: an object that was published and then updated is a published one."""
    kinds: dict[Any, str] = {}
    for kind, *key in logged:
        known = kinds.get(tuple(key))
        kinds[tuple(key)] = known if known in {"PUBLISHED", "MOVED"} and kind == "UPDATED" else kind
    return [(kind, *key) for key, kind in kinds.items()]


def explained(logged: set[Any], expected: set[Any], before: Any, after: Any) -> Any:
    wrong = logged ^ expected
    return [
        (entry, "logged" if entry in logged else "missing", before.get(entry[1:]), after.get(entry[1:]))
        for entry in sorted(wrong)
    ][:3]
