"""Look-ups in statements that are written once find what the gate allows now."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from centres.models import CentrePage
from cms.graphql.loading import lookups
from cms.graphql.loading.context import Context
from cms.graphql.loading.lookups import looked_up
from cms.graphql.loading.pages import by_key
from cms.languages.locales import LocaleChain
from tests import factories as make

pytestmark = pytest.mark.django_db


def found(centre: CentrePage) -> list[str]:
    return [page.title for page in by_key(Context(), CentrePage, [centre.translation_key], CHAIN).values()]


CHAIN = LocaleChain("sl", ("sl", "en"))


def test_a_statement_serves_other_keys_and_is_written_once(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = make.centre("Ena"), make.centre("Dva")
    assert found(one) == ["Ena"]

    def written(*_given: Any) -> Any:
        raise AssertionError("written again")

    monkeypatch.setattr(lookups, "_written", written)
    assert (found(other), found(one)) == (["Dva"], ["Ena"])
    assert by_key(Context(), CentrePage, [], CHAIN) == {}


def test_a_lookup_follows_restrictions_and_times() -> None:
    centre, alone = make.centre("Ena"), make.centre("Dva")
    assert found(centre) == ["Ena"]
    restriction = PageViewRestriction.objects.create(page=centre, restriction_type="login")
    assert (found(centre), found(alone)) == ([], ["Dva"])
    restriction.delete()
    soon = timezone.now() + timedelta(minutes=5)
    Page.objects.filter(pk=centre.pk).update(expire_at=soon)
    Page.objects.filter(pk=alone.pk).update(go_live_at=soon)
    assert (found(centre), found(alone)) == (["Ena"], [])
    with time_machine.travel(soon + timedelta(minutes=1)):
        assert (found(centre), found(alone)) == ([], ["Dva"])
    Page.objects.filter(pk=alone.pk).update(live=False)
    assert found(alone) == []


def test_rows_of_a_lookup_are_those_that_django_makes() -> None:
    centre = make.centre("Ena", body=[{"type": "paragraph", "value": {"text": "<p>Besedilo</p>"}}])
    (row,) = looked_up(Context(), CentrePage, "pk", [centre.pk], gated=True)
    expected = CentrePage.objects.get(pk=centre.pk)
    for name in ("title", "translation_key", "body", "last_published_at", "summary", "live", "path"):
        assert getattr(row, name) == getattr(expected, name)
