"""How long a hostile request keeps the server busy, and how much memory it takes: python -m benchmarks.hostile

Each request goes through the whole stack, in this process. Time is the processor's, the best of nine; memory is the
highest amount that Python held beyond what it held before. The database is that of DATA_DIR; fill it with the demo.
"""

# ruff: noqa: E501
import json
import logging
import os
import time
import tracemalloc
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
os.environ.setdefault("DEBUG", "0")
django.setup()

from django.test import Client  # noqa: E402

MOST_SECONDS = 0.05
MOST_BYTES = 20 * 1024 * 1024
ROUNDS = 9
ANSWERED = "answered"


def many(part: str, times: int) -> str:
    """Return a selection of ``times`` parts, numbered at each #."""
    return "{ " + " ".join(part.replace("#", str(number)) for number in range(times)) + " }"


def bomb(levels: int) -> str:
    """Return fragments of which each spreads the next one twice."""
    bodies = " ".join(f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(levels))
    return f"{{ ...F0 }} {bodies} fragment F{levels} on Query {{ __typename }}"


def nested(times: int) -> str:
    """Return children of children of children."""
    children = "children(first: 100) { nodes { id "
    return "{ centreIndex { " + children * times + "} } " * times + "} }"


def alternatives(levels: int) -> str:
    """Return children of children, asked of several types at each level."""
    types = ("CentreIndexPage", "CentrePage", "InfoPage", "HomePage")
    inside = "id"
    for level in range(levels):
        inside = f"... on {types[level % 4]} {{ parent {{ {inside} }} }} ... on {types[(level + 1) % 4]} {{ parent {{ id }} }}"
    return f"{{ centreIndex {{ {inside} }} }}"


def documents() -> dict[str, str]:
    """Return hostile documents by name; the first ones are those that were tried against bare grapple."""
    children = "children(first: 100) { nodes { id } }"
    return {
        "1,000 aliases of page": many('a#: page(id: "#") { title }', 1000),
        "100 children of 100 children of 100": nested(3),
        "19 searches": many('a#: search(query: "knjiga #", first: 100) { nodes { page { id } } }', 19),
        "80 lists of 100 programmes": many("a#: programmes(first: 100) { nodes { title } }", 80),
        "19 routes": many(f'a#: route(path: "/sl/#/") {{ ... on PageRoute {{ page {{ {children} }} }} }}', 19),
        "image of a size of its own": "{ centres { nodes { leadImage { responsive(preset: 9999) { src } } } } }",
        "structured data under 45 names": "{ editions(first: 100) { nodes { programme { centre "
        + many("a#: jsonLd", 45) + " } } } }",
        "a text under 45 names": "{ programmes(first: 100) { nodes { centre { programmes(first: 90) { nodes "
        + many("a#: summary", 45) + " } } } } }",
        "the same object 280 times": "{ centres { nodes " + many("parent { id }", 280) + " } }",
        "fragments that double 30 times": bomb(30),
        "fragments that double 100 times": bomb(100),
        "fragments in a circle": "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
        "200 levels": "{ centreIndex " + "{ parent " * 200 + "{ id } " + "} " * 200 + "}",
        "introspection that goes round": "{ __schema " + "{ types { fields { type " * 6 + "{ name }" + "} } } " * 6 + "}",
        "the same leaf 1,150 times": "{ site " + many("name", 1150) + " }",
        "2,000 directives": "{ site { name " + "@include(if: true) " * 2000 + "} }",
        "a list of 10,000": "{ centres(filter: {field: [" + '"a" ' * 10_000 + "]}) { totalCount } }",
        "580 lists in lists": "{ centres(filter: {field: " + "[" * 580 + "]" * 580 + "}) { totalCount } }",
        "a number of 60,000 digits": "{ centres(first: " + "9" * 60_000 + ") { totalCount } }",
        "a float of a huge power": "{ centres(first: 1e999999999) { totalCount } }",
        "a regular expression that never ends": '{ programmes(filter: {titleContains: "' + "(a+)+" * 300 + '!"}) { totalCount } }',
        "wildcards of SQL": '{ programmes(filter: {titleContains: "' + "%_" * 900 + '"}) { totalCount } }',
        "60,000 braces": "{" * 60_000,
        "60,000 quotes": '"' * 60_000,
        "comments": "#\n" * 18_000 + "{ site { name } }",
        "a word of 60,000 letters": "{ " + "a" * 60_000 + " }",
        "20 searches": many('a#: search(query: "knjiga #", first: 100) { nodes { page { id } } }', 20),
        "names that are almost right": "{ centres { nodes " + many("titel# naem#", 590) + " } }",
        "a long name that is almost right": "{ centres { nodes { " + "shortName" * 6000 + " } } }",
        "230 fragments in fragments": "{ centreIndex " + "{ ... on CentreIndexPage " * 230 + "{ id }" + " }" * 230 + " }",
        "children of every type, 14 levels": alternatives(14),
        "95 fragments of one object": "{ centreIndex " + many("... on CentreIndexPage { children { nodes { id } } }", 95) + " }",
        "fragments that nothing uses": "{ __typename } " + " ".join(f"fragment F{n} on Query {{ __typename }}" for n in range(165)),
        "290 variables": "query (" + " ".join(f"$a{n}: Int" for n in range(290)) + ") { __typename }",
        "50 conditions in one another": "{ programmes(filter: " + "{not: " * 49 + "{kind: [AWARD]}" + "}" * 49 + ") { totalCount } }",
        "51 conditions": "{ programmes(filter: {or: [" + "{kind: [AWARD]} " * 51 + "]}) { totalCount } }",
        "a filter 300 levels deep": "{ programmes(filter: " + "{not: " * 300 + "{kind: [AWARD]}" + "}" * 300 + ") { totalCount } }",
        "50 open editions in filters": "{ programmes(filter: {or: [" + "{hasOpenEdition: true} " * 24 + "{editions: {status: [OPEN]}} " * 12 + "]}) { totalCount } }",
        "20 lists with every facet": many("a#: editions(filter: {year: 20#}) { facets { name values { code label count } } }", 20),
        "facets below 100 programmes": "{ programmes(first: 100) { nodes { editions { facets { name values { code label count } } } } } }",
        "100 ids of nothing": "{ nodes(ids: [" + '"bm90aGluZzox" ' * 100 + "]) { id } }",
        "unknown arguments": "{ centres(" + " ".join(f"frist{n}: 1" for n in range(390)) + ") { totalCount } }",
    }  # fmt: skip


def bodies() -> dict[str, bytes]:
    """Return hostile bodies by name."""
    found = {name: json.dumps({"query": query}).encode() for name, query in documents().items()}
    question = "query ($a: String!) { search(query: $a) { totalCount } }"
    return found | {
        "1 MB of spaces": b'{"query": "' + b" " * 1_000_000 + b'"}',
        "1 MB of fields": json.dumps({"query": many("a#: site { name }", 45_000)}).encode(),
        "20,000 brackets of JSON": b"[" * 20_000,
        "invalid UTF-8": b'{"query": "{ site { name } }\xff\xfe"}',
        "half a surrogate": b'{"query": "{ page(path: \\"\\ud800\\") { id } }"}',
        "a NUL": json.dumps({"query": question, "variables": {"a": "\0"}}).encode(),
        "a long string in a variable": json.dumps({"query": question, "variables": {"a": "a" * 60_000}}).encode(),
        "a query of 400 words": json.dumps({"query": question, "variables": {"a": "knjiga " * 280}}).encode(),
        "a number of 60,000 digits in JSON": b'{"query": "{ __typename }", "variables": {"a": ' + b"9" * 60_000 + b"}}",
        "30,000 lists in lists in JSON": b'{"query": "{ __typename }", "variables": {"a": ' + b"[" * 30_000 + b"]" * 30_000 + b"}}",
        "4,000 keys of JSON": json.dumps({"query": question, "variables": {f"a{n}": n for n in range(4000)}}).encode(),
        "a cursor of noise": json.dumps({"query": '{ centres(after: "' + "%" * 1900 + '") { totalCount } }'}).encode(),
        "a path of dots": json.dumps({"query": '{ route(path: "' + "../" * 600 + '") { __typename } }'}).encode(),
        "a list of 1,000 operations": json.dumps([{"query": "{ site { name } }"}] * 1000).encode(),
    }  # fmt: skip


def measured(client: Client, body: bytes) -> tuple[str, float, int]:
    """Return what was answered, the seconds of the best of several rounds, and the most memory of one round."""
    taken: list[float] = []
    response: Any = None
    for _round in range(ROUNDS):
        begun = time.process_time()
        response = client.post("/graphql/", body, content_type="application/json")
        taken.append(time.process_time() - begun)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    client.post("/graphql/", body, content_type="application/json")
    most = tracemalloc.get_traced_memory()[1] - before
    tracemalloc.stop()
    answer = response.json()
    code = answer["errors"][0]["extensions"]["code"] if "errors" in answer else ANSWERED
    # An answer is kept, so only the first one was made.
    return code, taken[0] if code == ANSWERED else min(taken), most


def main() -> int:
    """Print a line for each hostile request; return 1 where one took too much."""
    logging.disable()
    client = Client(SERVER_NAME="localhost", raise_request_exception=False)
    client.post("/graphql/", b'{"query": "{ __typename }"}', content_type="application/json")
    failed = 0
    print(f"{'request':40} {'answer':26} {'ms':>7} {'MB':>6}")
    for name, body in bodies().items():
        code, seconds, most = measured(client, body)
        # What is answered is an ordinary request and takes what its cost allows.
        slow = seconds > MOST_SECONDS and code != ANSWERED
        too_much = slow or most > MOST_BYTES or code == "INTERNAL_SERVER_ERROR"
        failed |= too_much
        print(
            f"{name:40} {code:26} {seconds * 1000:7.1f} {most / 2**20:6.1f}{'  TOO MUCH' if too_much else ''}"
        )
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
