"""A 304 describes no content, whatever was asked for."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(autouse=True)
def a_site(settings: Any) -> None:
    settings.CMS_GRAPHQL_EXPLORER = True
    settings.CMS_GRAPHQL_INTROSPECTION = True
    make.event(make.programme(make.centre("Pionirska")), make.moment(2027, 4, 7, 10))


ASKED = [
    "/graphql/?query={site{name}}",
    "/graphql/schema.graphql",
    "/sitemap.xml",
    "/sl/",
    "calendar-sl",
    "programmes-en",
]


@pytest.mark.parametrize("encoding", ["", "gzip", "br"])
@pytest.mark.parametrize("asked", ASKED)
def test_no_304_has_the_length_type_or_encoding_of_what_it_leaves_out(asked: str, encoding: str) -> None:
    path = asked if asked.startswith("/") else reverse(asked)
    client = Client(headers={"accept-encoding": encoding})
    first = client.get(path)
    assert first.status_code == 200
    conditions = [("if-none-match", first["ETag"])] if "ETag" in first else []
    conditions += [("if-modified-since", first["Last-Modified"])] if "Last-Modified" in first else []
    assert conditions
    for name, value in conditions:
        again = client.get(path, headers={name: value})
        assert (again.status_code, again.content) == (304, b"")
        described = {"content-length", "content-type", "content-encoding"}
        assert described.isdisjoint(header.lower() for header in again.headers)
