"""Random filters, orders, facets and ways of paging: the graph gives what plain Python gives, in as many statements.

``COMBINATIONS`` and ``SEED`` draw more and others.
"""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from random import Random
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from centres.models import Audience, ProgrammeAudience, ProgrammePage, Topic
from centres.models.edition import EditionAvailability
from cms.graphql.loading.conditions import DEEPEST
from tests import factories as make
from tests.centres import plain_lists
from tests.graph import Refused, ask

pytestmark = pytest.mark.django_db

COUNT = int(os.environ.get("COMBINATIONS", "15"))


@pytest.fixture(autouse=True)
def patient(settings: Any) -> None:
    settings.CMS_GRAPHQL_TIMEOUT = 120.0  # a busy machine is no fault of a filter


KINDS = ("TRAINING", "MEETING_SERIES", "CAMPAIGN", "SERVICE", "AWARD", "PUBLICATION")
CADENCES = ("ONE_OFF", "ANNUAL", "ONGOING")
STATUSES = ("ANNOUNCED", "OPEN", "FULL", "CLOSED", "RUNNING", "FINISHED", "POSTPONED", "CANCELLED")
TITLES = ("Čebele", "Zgodbe", "Žabe", "Šola", "abeceda", "Branje", "Črke", "Besede", "Knjige")
ORDERS = {
    "programmes": ("TITLE_ASC", "TITLE_DESC", "NEXT_START_ASC", "LAST_PUBLISHED_DESC"),
    "editions": ("START_ASC", "START_DESC", "YEAR_ASC", "YEAR_DESC"),
}
QUERY = """query ($filter: {type}Filter, $order: {type}Order, $locale: String, $fallback: [String!],
                  $first: Int, $after: String, $last: Int, $before: String) {{
  found: {field}(filter: $filter, orderBy: $order, locale: $locale, fallback: $fallback,
                 first: $first, after: $after, last: $last, before: $before) {{
    totalCount nodes {{ path }} pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }}
    facets(names: [TOPIC, AUDIENCE, KIND, MODE, MONTH]) {{ name values {{ code count }} }}
  }}
}}"""
QUERIES = {
    field: QUERY.format(field=field, type=type_)
    for field, type_ in (("programmes", "Programme"), ("editions", "Edition"))
}

type Draws = tuple[Callable[[Any], dict[str, Any]], ...]


class Drawn:
    """Draws content and filters from a seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.centres = [make.centre(name) for name in ("Pionirska", "Domoznanstvo")]
        self.topics = [make.coded(Topic, code) for code in ("a", "b", "c")]
        self.audiences = [make.coded(Audience, code) for code in ("x", "y")]
        self.cities = ("Ptuj", "Kranj")
        self.number = 0

    def some(self, values: Any, most: int = 2) -> list[Any]:
        return self.random.sample(list(values), self.random.randint(1, min(most, len(values))))

    # ---------------------------------------------------------------- content
    def add(self, count: int) -> None:
        """Add programmes with editions, some of them hidden, some translated."""
        for _ in range(count):
            self.number += 1
            kind = KINDS[self.number % len(KINDS)]
            programme = make.programme(
                self.centres[self.number % 2],
                f"{self.random.choice(TITLES)} {self.number}",
                kind=kind,
                cadence=self.random.choice(CADENCES),
                topics=self.some(self.topics, 3),
                programme_audiences=[ProgrammeAudience(audience=one) for one in self.some(self.audiences)],
            )
            self._editions(programme, kind)
            if self.number % 3 == 0:
                parent = programme.get_parent()
                if not parent.get_translations().exists():
                    make.translated(parent.specific)
                make.translated(ProgrammePage.objects.get(pk=programme.pk), title=f"Stories {self.number}")
            if self.number % 11 == 0:
                programme.unpublish()
            if self.number % 13 == 0:
                PageViewRestriction.objects.create(page=programme, restriction_type="login")

    def _editions(self, programme: Any, kind: str) -> None:
        for place in range(self.random.randint(0, 3)):
            if kind in {"AWARD", "PUBLICATION"}:
                create = make.award if kind == "AWARD" else make.publication
                edition = create(programme, 2024 + place)
            else:
                edition = self._event(programme)
            if self.random.random() < 0.15:
                edition.unpublish()

    def _event(self, programme: Any) -> Any:
        start = make.moment(
            self.random.choice((2026, 2027)), self.random.randint(1, 12), self.random.randint(1, 28), 9
        )
        facts: dict[str, Any] = {"mode": "ONLINE"}
        if self.random.random() < 0.5:
            facts = {"mode": "ONSITE", "venue": make.venue(city=self.random.choice(self.cities))}
        if self.random.random() < 0.4:
            facts["fees"] = [make.fee()]
        if self.random.random() < 0.4:
            facts["applications_open"] = make.moment(start.year - 1, 12, 1)
            facts["applications_close"] = start - timedelta(days=self.random.choice((1, 20)))
        if self.random.random() < 0.2:
            facts["status_override"], facts["cancel_reason"] = "CANCELLED", {"sl": "Bolezen."}
        taken = 0
        if self.random.random() < 0.4:
            facts["capacity"], taken = 10, self.random.choice((3, 10))
        edition = make.event(programme, start, **facts)
        if taken:
            EditionAvailability.objects.update_or_create(edition=edition, defaults={"seats_taken": taken})
        return edition

    # ---------------------------------------------------------------- filters
    def filter(self, field: str, depth: int = 0) -> dict[str, Any]:
        one = self._condition(field)
        for name in self.some(("and", "or", "not"), 2) if depth < 2 and self.random.random() < 0.6 else ():
            if name == "not":
                one["not"] = self.filter(field, depth + 1)
            else:
                one[name] = [self.filter(field, depth + 1) for _ in range(self.random.randint(1, 3))]
        return one

    def _condition(self, field: str) -> dict[str, Any]:
        draw = self.random.choice(
            self._of_both + (self._of_programmes if field == "programmes" else self._of_editions)
        )
        return draw(self)

    _of_both: Draws = (
        lambda self: {},
        lambda self: {"centre": self.some(("pionirska", "domoznanstvo", "ni"))},
        lambda self: {"kind": self.some(KINDS, 3)},
        lambda self: {"topic": self.some(("a", "b", "c", "ni"))},
        lambda self: {"audience": self.some(("x", "y"))},
        lambda self: {"titleContains": self.random.choice(("ŽABE", "be", "stories", "č", "1"))},
    )
    _of_programmes: Draws = (
        lambda self: {"cadence": self.some(CADENCES)},
        lambda self: {"hasOpenEdition": self.random.choice((True, False))},
        lambda self: {"editions": self.filter("editions", 1)},
        lambda self: {"editions": self.filter("editions", 1)},
    )
    _of_editions: Draws = (
        lambda self: {"status": self.some(STATUSES, 4)},
        lambda self: {"mode": self.some(("ONLINE", "ONSITE"))},
        lambda self: {"city": self.some((*self.cities, "Nikjer"))},
        lambda self: {"free": self.random.choice((True, False))},
        lambda self: {"rescheduled": self.random.choice((True, False))},
        lambda self: {"hasFreeSeats": self.random.choice((True, False))},
        lambda self: {"year": self.random.choice((2025, 2026, 2027))},
        lambda self: {"years": {"from": 2025, "to": self.random.choice((2025, 2026))}},
        lambda self: {"starts": {"from": make.moment(2027, self.random.randint(1, 9), 1).isoformat()}},
        lambda self: {"applicationsOpen": {"to": make.moment(2026, 12, 31).isoformat()}},
        lambda self: {
            "programme": self.some([page.slug for page in ProgrammePage.objects.order_by("pk")] or ["ni"])
        },
    )

    def asked(self) -> tuple[str, dict[str, Any]]:
        """Return a list and the variables with which it is asked."""
        field = self.random.choice(tuple(ORDERS))
        locale, *fallback = self.random.choice((["sl"], ["en"], ["en", "sl"]))
        wanted = self.filter(field)
        order = self.random.choice(ORDERS[field])
        return field, {"filter": wanted, "order": order, "locale": locale, "fallback": fallback}


def name(row: Any) -> Any:
    """Return what a node's path says of a plain row."""
    return row[1].url_path if isinstance(row, tuple) else row.pk


def named(node: dict[str, str]) -> Any:
    path, _sign, fragment = node["path"].partition("#edition-")
    return int(fragment) if fragment else path


def parts(field: str, variables: dict[str, Any], size: int, *, backwards: bool) -> Iterator[list[Any]]:
    """Yield the parts of a list, read in one direction."""
    cursor, more = None, True
    while more:
        paging = {"last": size, "before": cursor} if backwards else {"first": size, "after": cursor}
        part = ask(QUERIES[field], **variables, **paging)["found"]
        info = part["pageInfo"]
        assert info["hasNextPage" if backwards else "hasPreviousPage"] is (cursor is not None)
        cursor = info["startCursor" if backwards else "endCursor"]
        more = info["hasPreviousPage" if backwards else "hasNextPage"]
        yield [named(node) for node in part["nodes"]]


def check(field: str, variables: dict[str, Any], size: int) -> int:
    """Compare one list with plain Python; return the statements of its first part."""
    plain = plain_lists.read()
    chain = [variables["locale"], *variables["fallback"]]
    rows = getattr(plain_lists, field)(plain, variables["filter"], variables["order"], chain)
    expected = [name(row) for row in rows]
    with CaptureQueriesContext(connection) as seen:
        found = ask(QUERIES[field], **variables, first=100)["found"]
    assert [named(node) for node in found["nodes"]] == expected
    assert found["totalCount"] == len(expected)
    counted = {
        one["name"]: {value["code"]: value["count"] for value in one["values"]} for one in found["facets"]
    }
    assert counted == {facet: dict(counts) for facet, counts in plain_lists.facets(rows).items()}
    forth = list(parts(field, variables, size, backwards=False))
    assert [row for part in forth for row in part] == expected
    back = list(parts(field, variables, size, backwards=True))
    assert [row for part in reversed(back) for row in part] == expected
    return len(seen)


def test_random_combinations_give_what_plain_python_gives_in_as_many_statements() -> None:
    with time_machine.travel(make.moment(2027, 3, 1, 12), tick=False):
        drawn = Drawn(int(os.environ.get("SEED", "11")))
        drawn.add(14)
        asked = [drawn.asked() for _ in range(COUNT)]
        few = [check(*one, size=drawn.random.randint(2, 5)) for one in asked]
        drawn.add(14)
        for number, (one, statements) in enumerate(zip(asked, few, strict=True)):
            assert check(*one, size=10) <= statements, (number, one)


NESTED = {
    "not": ("{not: ", "}"),
    "or": ("{or: [{kind: [AWARD]}, ", "]}"),
    "and": ('{and: [{topic: ["a"]}, ', "]}"),
}
SELECTED = "totalCount nodes { id } facets { name values { code } }"


@pytest.mark.parametrize("name", [*NESTED, "all in turn"])
@pytest.mark.parametrize(
    "inner", ["{hasOpenEdition: true}", "{editions: {status: [OPEN], not: {mode: [ONSITE]}}}"]
)
def test_the_deepest_filters_are_answered_and_deeper_ones_refused(name: str, inner: str) -> None:
    drawn = Drawn(3)
    drawn.add(3)
    turns = list(NESTED.values()) if name not in NESTED else [NESTED[name]]

    def nested(levels: int) -> str:
        parts = [turns[level % len(turns)] for level in range(levels)]
        return (
            "".join(begin for begin, _end in parts) + inner + "".join(end for _begin, end in reversed(parts))
        )

    own = 2 if "editions" in inner else 0
    deepest = nested(DEEPEST - own)
    roots = [f"programmes(filter: {deepest}, orderBy: NEXT_START_ASC) {{ {SELECTED} }}"]
    roots.append(f"centres {{ nodes {{ programmes(filter: {deepest}) {{ {SELECTED} }} }} }}")
    for root in roots:
        assert ask(f"{{ {root} }}")
    with pytest.raises(Refused) as refused:
        ask(f"{{ programmes(filter: {nested(DEEPEST - own + 1)}) {{ totalCount }} }}")
    assert refused.value.codes == ["BAD_USER_INPUT"]
