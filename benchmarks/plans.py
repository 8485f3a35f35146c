"""Which indexes orders and filters use among 40,000 programmes: python -m benchmarks.plans [--write]

Run it by scripts/with_postgres.py. It fills the database of DATABASE_URL, which must be empty, and asks each list of
the contract by every order and filter for its first 20 rows, after a change of the content. A table of which a
statement reads more than 10,000 rows one after the other is named. With --write the table goes into docs/plans.md.
"""

# ruff: noqa: E501
import logging
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

PAGE = Path(__file__).parents[1] / "docs" / "plans.md"
PROGRAMMES = 40_000
ROUNDS = int(os.environ.get("ROUNDS", "3"))
_LARGE = 10_000
_GATE = "'on collection'"  # in the statement that every first request after a change begins with
_HEAD = "| List | By | ms | Statements | Indexes of the rows | Read from end to end |"
_PERIOD = '{from: "2027-03-01T00:00:00+01:00", to: "2027-03-31T23:59:59+02:00"}'
_FILTERS = {
    "programmes": (
        'centre: ["centre-7"]', "kind: [CAMPAIGN]", 'topic: ["topic-3"]', 'audience: ["audience-3"]', "cadence: [ONGOING]",
        'titleContains: "knji"', "hasOpenEdition: true", "hasOpenEdition: false", f"editions: {{starts: {_PERIOD}}}",
        "editions: {status: [OPEN]}", "editions: {year: 2019}", 'or: [{centre: ["centre-7"]}, {topic: ["topic-3"]}]',
        "not: {kind: [AWARD]}", 'and: [{kind: [TRAINING]}, {audience: ["audience-3"]}]',
    ),
    "editions": (
        'centre: ["centre-7"]', 'programme: ["p-77"]', "kind: [CAMPAIGN]", "status: [OPEN]", "status: [FINISHED]",
        "mode: [ONSITE]", 'audience: ["audience-3"]', "free: true", "hasFreeSeats: true", "rescheduled: true", "year: 2019",
        f"starts: {_PERIOD}", f"applicationsOpen: {_PERIOD}", "years: {from: 2015, to: 2016}", 'topic: ["topic-3"]',
        'city: ["Kraj 8"]', 'titleContains: "knji"', 'or: [{year: 2019}, {mode: [ONSITE]}]', "not: {free: true}",
    ),
    "books": (
        'contributor: "knji"', 'contributor: "knji", role: AUTHOR', "role: ILLUSTRATOR", "awarded: true", "awarded: false",
        "year: 2001", "years: {from: 2001, to: 2003}", 'award: ["p-77"]', 'category: ["l1"]', 'titleContains: "knji"',
        'isbn: ["9780000000042"]', 'cobissId: ["42"]',
    ),
    "centres": (
        'field: ["youth"]', 'host: ["library"]', 'audience: ["audience-3"]', "role: [PROMOTER]", "status: [ACTIVE]",
        'reviewDue: {from: "2027-01-01"}', 'topic: ["topic-3"]', 'titleContains: "center 1"',
    ),
    "pages": ("type: [PROGRAMME]", 'under: "/sl/centri/centre-7/"', 'titleContains: "knji"', 'publishedSince: "2020-01-01T00:00:00Z"'),
    "organisations": ('code: ["library"]', 'nameContains: "lib"', 'partnerOf: ["centre-7"]', "host: true"),
}  # fmt: skip


def _documents() -> Iterator[tuple[str, str, str]]:
    """Yield list, what it is asked by, and the document."""
    from config.schema import schema

    query: Any = schema.query_type
    for name, filters in _FILTERS.items():
        orders = query.fields[name].args.get("orderBy")
        values = list(orders.type.values) if orders else []
        for order in values:
            yield name, order, f"{{ {name}(orderBy: {order}, first: 20) {{ nodes {{ id }} }} }}"
        if values:
            yield (
                name,
                f"{values[0]}, last: 20",
                f"{{ {name}(orderBy: {values[0]}, last: 20) {{ nodes {{ id }} }} }}",
            )
        for one in filters:
            yield name, one, f"{{ {name}(filter: {{{one}}}, first: 20) {{ nodes {{ id }} }} }}"
        yield name, "totalCount", f"{{ {name} {{ totalCount }} }}"
        if name in {"programmes", "editions"}:
            yield name, "facets", f"{{ {name} {{ facets {{ name values {{ code count }} }} }} }}"
    between = f"between: {_PERIOD}"
    yield "sessions", between, f"{{ sessions({between}, first: 20) {{ nodes {{ id }} }} }}"
    both = f'{between}, filter: {{topic: ["topic-3"]}}'
    yield "sessions", both, f"{{ sessions({both}, first: 20) {{ nodes {{ id }} }} }}"
    yield "editionYears", "", "{ editionYears }"


def _asked(source: str) -> tuple[float, list[str]]:
    """Return the seconds that a request takes, and its statements."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from cms.publishing.version import advance

    taken = []
    for _round in range(ROUNDS):
        advance()
        with CaptureQueriesContext(connection) as seen:
            begun = time.perf_counter()
            response = Client(SERVER_NAME="localhost").post(
                "/graphql/", {"query": source}, content_type="application/json"
            )
            taken.append(time.perf_counter() - begun)
        if b'"errors"' in response.content[:200]:
            print(f"{source}: {response.content.decode()}", file=sys.stderr)
    return median(taken), [
        one["sql"]
        for one in seen.captured_queries
        if one["sql"].startswith(("SELECT", "(SELECT", "WITH")) and _GATE not in one["sql"]
    ]


def _nodes(plan: Any) -> Iterator[Any]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from _nodes(below)


def _plans(statements: list[str]) -> tuple[set[str], set[str]]:
    """Return the indexes that statements use, and the large tables that they read from end to end."""
    from django.db import connection

    indexes, whole = set(), set()
    with connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql.replace('%', '%%')}", ())
            for node in _nodes(cursor.fetchone()[0][0]["Plan"]):
                if "Index Name" in node and not node["Index Name"].endswith("_pkey"):
                    indexes.add(node["Index Name"])
                read = (node.get("Actual Rows", 0) + node.get("Rows Removed by Filter", 0)) * node.get(
                    "Actual Loops", 1
                )
                if node["Node Type"] == "Seq Scan" and read > _LARGE:
                    whole.add(node["Relation Name"])
    return indexes, whole


def main() -> None:
    """Fill the database, ask everything and print the table."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATA_DIR", folder)
        os.environ["DEBUG"] = "0"
        import django

        django.setup()
        logging.disable()
        from django.core.management import call_command

        from benchmarks.many_rows import make_many

        begun = time.perf_counter()
        call_command("migrate", verbosity=0)
        make_many(PROGRAMMES)
        print(f"Filled in {time.perf_counter() - begun:.0f} s", file=sys.stderr)
        lines = [_HEAD, "|---|---|--:|--:|---|---|"]
        for name, by, source in _documents():
            seconds, statements = _asked(source)
            indexes, whole = _plans(statements)
            used = ", ".join(sorted(re.sub(r"_[0-9a-f]{8}(_\w+|$)", "", index) for index in indexes))
            lines.append(
                f"| {name} | `{by}` | {seconds * 1000:.0f} | {len(statements)} | {used or '–'} | {', '.join(sorted(whole)) or '–'} |"
            )
            print(lines[-1], flush=True)
    if "--write" in sys.argv:
        head, _found, _old = PAGE.read_text(encoding="utf-8").partition(_HEAD)
        PAGE.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
