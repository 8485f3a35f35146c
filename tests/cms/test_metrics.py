"""What Prometheus hears, and who else hears nothing."""

import hashlib
import logging
import re
import time
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client

from cms.graphql.protocol import execution
from cms.models import Change, Receiver, TrustedDocument
from cms.running import counting, metrics
from cms.running.clock import Clock
from cms.running.counting import Names, Operation
from tests.logs import Lines

pytestmark = pytest.mark.django_db
PROMETHEUS = {"authorization": "Bearer secret"}


@pytest.fixture(autouse=True)
def token(settings: Any) -> None:
    settings.CMS_METRICS_TOKEN = "secret"


@pytest.fixture(autouse=True)
def no_names_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give names to labels as a new process does: other tests have asked by more names than become labels."""
    monkeypatch.setattr(counting, "_names", Names(of_callers=100))


def figures(client: Client) -> dict[str, float]:
    answer = client.get("/-/metrics", headers=PROMETHEUS)
    assert answer.status_code == 200
    lines = [line for line in answer.content.decode().splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def test_requests_are_counted_by_method_and_status_alone(client: Client) -> None:
    name = 'cms_requests_total{cached="no",method="GET",status="200"}'
    before = figures(client).get(name, 0)
    client.get("/-/live")
    client.get("/-/live?secret=1")
    after = figures(client)
    assert after[name] == before + 3
    assert not [one for one in after if re.search("live|secret", one)]


def test_queue_receivers_and_clock_are_told(client: Client, settings: Any) -> None:
    settings.CMS_DAILY_COMMANDS = []
    Receiver.objects.create(name="Front", address="https://front.example/")
    Change.objects.create(kind="UPDATED", type="Person", object_id="1")
    Clock().turn()
    told = figures(client)
    assert told['cms_tasks{state="ready"}'] == 0
    assert told['cms_receiver_lag{receiver="Front"}'] == 1
    assert told["cms_clock_age_seconds"] < 60
    assert told["cms_database_up"] == 1


def test_a_database_that_is_away_is_told_too(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> Any:
        raise DatabaseError

    monkeypatch.setattr(metrics, "_of_the_site", away)
    assert figures(client)["cms_database_up"] == 0


def test_there_is_nothing_for_others(client: Client, settings: Any) -> None:
    assert client.get("/-/metrics").status_code == 404
    assert client.get("/-/metrics", headers={"authorization": "Bearer wrong"}).status_code == 404
    settings.CMS_METRICS_TOKEN = ""
    assert client.get("/-/metrics", headers={"authorization": "Bearer "}).status_code == 404


def test_the_line_of_a_request_has_fields(client: Client, access_log: Lines) -> None:
    client.get("/-/live?token=secret")
    (line,) = access_log()
    assert (line["method"], line["path"], line["status"], line["cached"]) == ("GET", "/-/live", 200, False)
    assert line["bytes"] > 0
    assert line["milliseconds"] >= 0


def ask(client: Client, query: str, status: int = 200) -> None:
    assert client.post("/graphql/", {"query": query}, content_type="application/json").status_code == status


def test_operations_are_counted_by_name_and_status_and_those_of_no_cache_are_timed(client: Client) -> None:
    asked = 'cms_operations_total{cached="no",operation="Asked",status="200"}'
    timed, unnamed = 'cms_operation_seconds_count{operation="Asked"}', asked.replace("Asked", "(unnamed)")
    before = figures(client)
    ask(client, "query Asked { __typename }")
    ask(client, "query Asked { __typename }")
    ask(client, "query Asked { __typename } query Other { __typename }")
    ask(client, "{ __typename }")
    told = figures(client)
    assert [told[name] - before.get(name, 0) for name in (asked, timed, unnamed)] == [2, 2, 1]


def test_a_registered_document_is_counted_by_its_name(client: Client) -> None:
    query = "query OfTheFrontend { __typename }"
    sha256 = hashlib.sha256(query.encode()).hexdigest()
    TrustedDocument.objects.create(sha256=sha256, source=query, name="OfTheFrontend")
    assert client.get("/graphql/", {"documentId": f"sha256:{sha256}"}).status_code == 200
    assert figures(client)['cms_operations_total{cached="no",operation="OfTheFrontend",status="200"}'] == 1


def test_names_that_callers_invent_become_a_bounded_number_of_labels() -> None:
    names = Names(of_callers=10)
    invented = {names.label(Operation("", f"Name{number}", registered=False)) for number in range(1000)}
    assert len(invented) == 11
    assert names.label(Operation("", "Name3", registered=False)) == "Name3"
    assert names.label(Operation("", "OfTheFrontend", registered=True)) == "OfTheFrontend"
    registered = {names.label(Operation("", f"Ours{number}", registered=True)) for number in range(1000)}
    assert "(other)" in registered
    assert len(registered) == 20


def test_a_slow_operation_is_named_by_its_document(
    client: Client, caplog: pytest.LogCaptureFixture, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.WARNING)
    settings.CMS_SLOW_MILLISECONDS = 1_000_000
    query = "query TakesLong { __typename }"
    ask(client, query)
    assert not [one for one in caplog.records if one.name == "cms.slow"]
    run = execution.run

    def slowly(*arguments: Any) -> Any:
        time.sleep(0.01)
        return run(*arguments)

    monkeypatch.setattr(execution, "run", slowly)
    settings.CMS_SLOW_MILLISECONDS = 1
    ask(client, "query TakesLonger { __typename }")
    (line,) = [one.getMessage() for one in caplog.records if one.name == "cms.slow"]
    sha256 = hashlib.sha256(b"query TakesLonger { __typename }").hexdigest()
    assert f"Slow operation {sha256[:12]} TakesLonger: " in line


def test_the_line_of_an_operation_names_its_document(client: Client, access_log: Lines) -> None:
    query = "query Names { __typename }"
    client.post("/graphql/", {"query": query}, content_type="application/json")
    client.get("/-/live")
    asked, other = access_log()
    assert asked["operation"] == f"{hashlib.sha256(query.encode()).hexdigest()[:12]} Names"
    assert "operation" not in other


def test_the_line_of_a_cached_response_names_its_document_too(client: Client, access_log: Lines) -> None:
    query = "query FromTheCache { centres(first: 1) { nodes { title } } }"
    for _time in range(2):
        ask(client, query)
    first, second = access_log()
    assert first["operation"] == second["operation"]
    assert second["operation"].endswith(" FromTheCache")
