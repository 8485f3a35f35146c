"""The results of `make bench` as text."""

# ruff: noqa: E501
import os
import platform
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from benchmarks.reads import NAMES

SYSTEMS = {
    "bare": "bare grapple",
    "rest": "Wagtail REST",
    "cold": "ours, uncached",
    "warm": "ours, cached",
    "get": "ours, cached, GET",
    "304": "ours, 304",
    "plain": "constant, Django",
    "constant": "constant, server",
}
AIMS = {"list": 7, "page": 2, "nested": 9, "filtered": 2}


def report(results: Any) -> str:
    """Return everything that was measured, in Markdown."""
    return "\n".join(_lines(results)) + "\n"


def _lines(results: Any) -> Iterator[str]:
    yield "# How fast"
    yield ""
    yield (
        f"Written by `make bench` on {datetime.now(UTC):%Y-%m-%d}, in {results.seconds / 60:.0f} minutes, on "
        f"{os.cpu_count()} cores, Python {platform.python_version()}, PostgreSQL, all on one machine over loopback. "
        f"The load before it began was {results.load[0]:.1f} (one minute) and {results.load[1]:.1f} (five): "
        "what else ran slows all systems alike, as their reads take turns; compare columns, not runs."
    )
    yield ""
    yield from _explained()
    for connections in (1, 16):
        yield f"## {connections} connection{'s' if connections > 1 else ''}: responses per second, p50 / p99 in ms"
        yield ""
        yield from _rates(results, connections)
    yield from _ratios(results)
    yield from _statements(results)
    if results.large:
        yield from _scale(results)
    yield from _memory(results)


def _explained() -> Iterator[str]:
    yield "- **bare grapple**: wagtail-grapple's stock schema and view, **Wagtail REST**: its API v2, both on the same"
    yield "  database, server and connections that stay open, without our middleware and logs. What one of them cannot"
    yield "  return in one request it returns in part: grapple has no total, REST no programmes below centres."
    yield "- **ours, uncached**: each request has a variable of its own that its document does not declare, so that no"
    yield "  response is found in the cache, while documents are. **ours, cached**: the same request again; **GET**: with the query in the"
    yield "  address, as a CDN asks; **304**: the same GET with `If-None-Match`."
    yield "- **constant, Django**: a view without middleware that returns as many bytes; **constant, server**: the same"
    yield "  from a WSGI application without a framework. All run on granian with two workers of four threads."
    yield "- **at least**: how many times as fast as bare grapple a read is meant to be."
    yield ""


def _rates(results: Any, connections: int) -> Iterator[str]:
    yield "| read | " + " | ".join(SYSTEMS.values()) + " |"
    yield "|---|" + "---|" * len(SYSTEMS)
    for read, name in NAMES.items():
        cells = []
        for system in SYSTEMS:
            times = results.times[system, read, connections]
            cells.append(f"**{times.rate:,.0f}** {times.quantile(0.5):.1f} / {times.quantile(0.99):.1f}")
        yield f"| {name} | " + " | ".join(cells) + " |"
    yield ""


def _ratios(results: Any) -> Iterator[str]:
    yield "## Ratios at one connection"
    yield ""
    yield "How many times as fast the response is, by medians: a mean includes what else the machine did meanwhile."
    yield ""
    yield "| read | uncached : bare | at least | uncached : REST | cached : constant of Django | cached : constant of the server | 304 : cached, GET |"
    yield "|---|---|---|---|---|---|---|"
    for read, name in NAMES.items():
        took = {system: results.times[system, read, 1].quantile(0.5) for system in SYSTEMS}
        least = f"{AIMS[read]}" if read in AIMS else ""
        yield (
            f"| {name} | **{took['bare'] / took['cold']:.1f}** | {least} | {took['rest'] / took['cold']:.1f} "
            f"| {took['plain'] / took['warm']:.0%} | {took['constant'] / took['warm']:.0%} "
            f"| {took['get'] / took['304']:.2f} |"
        )
    yield ""


def _statements(results: Any) -> Iterator[str]:
    yield "## Statements and bytes"
    yield ""
    yield "Ours: first response after a change of the content / uncached responses / cached responses."
    yield ""
    yield "| read | bare grapple | Wagtail REST | ours | bytes: bare | REST | ours |"
    yield "|---|---|---|---|---|---|---|"
    counts, size = results.statements, results.bytes
    for read, name in NAMES.items():
        ours = counts["ours"][read]
        yield (
            f"| {name} | {counts['bare'][read]['next']} | {counts['rest'][read]['next']} "
            f"| {ours['first']} / {ours['next']} / {ours['kept']} "
            f"| {size['bare', read]:,} | {size['rest', read]:,} | {size['cold', read]:,} |"
        )
    yield ""


def _scale(results: Any) -> Iterator[str]:
    yield f"## From 400 to {results.large:,} programmes"
    yield ""
    yield "Medians in ms at one connection, uncached responses; statements; indexes that the plans use on the large one."
    yield ""
    yield "| read | 400 | large | times | statements | read row by row | indexes |"
    yield "|---|---|---|---|---|---|---|"
    for read, name in NAMES.items():
        small = results.times["cold", read, 1].quantile(0.5)
        large = results.times["large", read, 1].quantile(0.5)
        counts = results.statements["ours"][read], results.statements["large"][read]
        plans = [plan["plan"]["Plan"] for plan in counts[1]["plans"]]
        indexes = sorted({name for plan in plans for name in _indexes(plan)})
        whole = sorted({name for plan in plans for name in _whole_tables(plan)})
        yield (
            f"| {name} | {small:.2f} | {large:.2f} | {large / small:.2f} | {counts[0]['next']} : {counts[1]['next']} "
            f"| {', '.join(whole) or 'no large table'} | {', '.join(f'`{one}`' for one in indexes)} |"
        )
    yield ""


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from _nodes(below)


def _indexes(plan: dict[str, Any]) -> Iterator[str]:
    return (node["Index Name"] for node in _nodes(plan) if "Index Name" in node)


def _whole_tables(plan: dict[str, Any]) -> Iterator[str]:
    """Yield the tables of which a plan reads more than a thousand rows one after the other."""
    for node in _nodes(plan):
        read = node.get("Actual Rows", 0) + node.get("Rows Removed by Filter", 0)
        if node["Node Type"] == "Seq Scan" and read > 1000:
            yield f"`{node['Relation Name']}`"


def _memory(results: Any) -> Iterator[str]:
    yield "## Memory"
    yield ""
    yield "Workers and their parent in MB after the measurement: " + ", ".join(
        f"{name} {size:,.0f}" for name, size in results.memory.items()
    )
    yield ""
    if results.growth:
        yield "| requests of 1,000 documents | MB |"
        yield "|---|---|"
        for done, size in results.growth:
            yield f"| {done:,} | {size:,.0f} |"
        yield ""
