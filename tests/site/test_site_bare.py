"""Pages of content with nothing but what must be there: each kind of programme and edition, and no picture anywhere."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests import factories as make

pytestmark = pytest.mark.django_db
KINDS: dict[str, Callable[..., Any]] = {
    "TRAINING": make.event, "MEETING_SERIES": make.event, "CAMPAIGN": make.event, "SERVICE": make.event,
    "PUBLICATION": make.publication, "AWARD": make.award, "QUALITY_SIGN": make.award,
}  # fmt: skip
AROUND = [
    "/sl/",
    "/sl/programi/",
    "/sl/koledar/",
    "/sl/kompetencni-centri/",
    "/en/",
    "/en/programmes/",
    "/en/calendar/",
]


def shows(client: Client, path: str, text: str) -> bool:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return text in answer.content.decode()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("with_edition", [False, True])
def test_a_programme_of_any_kind_has_a_page(client: Client, kind: str, with_edition: bool) -> None:
    centre = make.centre()
    programme = make.programme(centre, "Program brez vsega", kind=kind)
    if with_edition:
        when = [make.moment(2099, 1, 1, 10)] if KINDS[kind] is make.event else [2099]
        dates = {"applications_open": make.moment(2020, 1, 1), "applications_close": make.moment(2098, 1, 1)}
        KINDS[kind](programme, *when, **dates)
    assert shows(client, programme.url_path, "Program brez vsega</h1>")
    assert shows(client, centre.url_path, "Program brez vsega")
    for path in AROUND:
        shows(client, path, "")
    assert shows(client, "/sl/programi/", 'class="no-picture"')


def test_a_site_with_nothing_in_it_has_all_its_pages(client: Client) -> None:
    for path in ("/sl/", "/sl/programi/", "/sl/koledar/", "/sl/koledar/?month=2027-04", "/sl/iskanje/?q=nič"):
        assert shows(client, path, "</main>")
