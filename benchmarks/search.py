"""Measures search on generated pages, and Wagtail's own search beside it in the same run.

    python -m benchmarks.search --pages 20000
    python scripts/with_postgres.py python -m benchmarks.search --pages 20000

It makes a database of its own: a SQLite file in a folder that it removes, or the empty one of DATABASE_URL.
"""

import argparse
import os
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # models are imported once the settings are known
    from home.models import InfoPage

ROWS = 20


def main() -> None:
    """Parse the arguments, prepare a database, measure and print."""
    parser = argparse.ArgumentParser(description="Measure search.")
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--queries", type=int, default=400)
    parser.add_argument("--beside", type=int, help="how many of them Wagtail answers too; all if not given")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="bench-search-"))
    os.environ["DATA_DIR"] = str(folder)
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/db.sqlite3")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    try:
        _run(options.pages, options.queries, options.beside or options.queries)
    finally:
        shutil.rmtree(folder)


def _run(pages: int, count: int, beside: int) -> None:
    import django
    from django.conf import settings

    django.setup()
    settings.CMS_SEARCH_CATALOGUE = "benchmarks.search_content.CATALOGUE"
    from django.core.management import call_command
    from django.db import connection

    if connection.introspection.table_names():
        sys.exit("The database of DATABASE_URL is not empty. Give an empty one; this would write into it.")
    from benchmarks.search_content import Language, make_pages

    call_command("migrate", verbosity=0)
    make_pages(pages)
    print(f"{connection.vendor} {'.'.join(map(str, connection.get_database_version()))}, {pages:,} pages")
    _indexes()
    queries = Language(seed=11).queries(count)
    _speed(queries, beside)
    _odds()


def _indexes() -> None:
    from django.core.management import call_command
    from wagtail.search import index

    from cms.search.models import SearchPosting
    from cms.search.rebuild import rebuild
    from home.models import InfoPage

    took = _timed(lambda: rebuild(lambda *_progress: None))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"rebuild_search: {took:.0f} s, {SearchPosting.objects.count():,} keys, {_size():.0f} MB, peak {peak:.0f} MB"
    )
    InfoPage.search_fields = [
        *InfoPage.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
    ]
    print(f"update_index (Wagtail): {_timed(lambda: call_command('update_index', verbosity=0)):.0f} s")


def _size() -> float:
    """Return the megabytes of the values in the search tables, without what the database adds."""
    from django.db.models import Sum
    from django.db.models.functions import Length

    from cms.search.models import SearchDocument, SearchPosting

    postings = SearchPosting.objects.aggregate(size=Sum(Length("packed")))["size"] or 0
    documents = SearchDocument.objects.aggregate(size=Sum(Length("packed_keys")))["size"] or 0
    return (postings + documents) / 1024**2


def _speed(queries: Sequence[str], beside: int) -> None:
    for query in queries[:20]:  # fills caches and plans
        _ours(query, whole=True)
    _wagtail(queries[0])
    measured: dict[str, list[float]] = {name: [] for name in _ways()}
    found: dict[str, int] = dict.fromkeys(measured, 0)
    for number, query in enumerate(queries):
        for name, way in _ways().items():
            if way is _wagtail and number >= beside:
                continue
            begun = time.perf_counter()
            found[name] += way(query)
            measured[name].append((time.perf_counter() - begun) * 1000)
    print("queries of 1 to 3 words, times in ms:")
    print(f"  {'':42} {'median':>7} {'p95':>7} {'max':>7} {'queries':>7} {'found':>9}")
    for name, times in measured.items():
        print(f"  {name:42} {_figures(times)} {len(times):>7} {found[name]:>9,}", flush=True)


def _figures(times: Sequence[float]) -> str:
    cuts = statistics.quantiles(times, n=20)
    return f"{statistics.median(times):7.1f} {cuts[18]:7.1f} {max(times):7.1f}"


def _ways() -> dict[str, Callable[[str], int]]:
    return {
        "search: 20 hits, total": lambda query: _ours(query, whole=False),
        "search: 20 hits, total, facets, snippets": lambda query: _ours(query, whole=True),
        "Wagtail: 20 hits, total": _wagtail,
    }


def _ours(query: str, *, whole: bool) -> int:
    from django.utils import timezone

    from cms.languages.locales import LocaleChain
    from cms.publishing.version import content_version
    from cms.publishing.visibility import Gate
    from cms.search.query import search

    version = content_version()
    gate = Gate(now=timezone.now(), version=version)
    result = search(query, gate=gate, chain=LocaleChain.of("sl"), first=ROWS, version=version)
    hits, total = result.hits, result.total
    if whole:
        _ = result.facets, [hit.snippet for hit in hits]
    return total


def _wagtail(query: str) -> int:
    from home.models import InfoPage

    found = InfoPage.objects.live().filter(locale_id=1).search(query, operator="and")
    list(found[:ROWS])
    return found.count()


def _odds() -> None:
    """Print what single things cost: a first query after a change, suggestions, strange input, publishing."""
    from cms.publishing.version import advance
    from home.models import InfoPage

    def first_after_change() -> None:
        advance()
        _ours("leto", whole=False)

    page = InfoPage.objects.order_by("pk")[7]
    strange = [
        "x" * 5000,
        "č " * 2500,
        "a b c d e f g h i j k l",
        "je in na v z",
        "'\"\x00;--",
        "knjiga " * 50,
    ]
    typos = ["knižnica", "izobrževanje", "člvek", "demokracjia", "prdsednik", "gosodarstvo vlaad"]
    common = ["leta", "dan", "delo čas", "ljudi svet otrok"]
    _line("first query after a change", [first_after_change] * 10)
    _line("commonest words, with facets and snippets", [partial(_ours, q, whole=True) for q in common * 5])
    _line("suggestion for a slip", [partial(_suggest, q) for q in typos * 3])
    _line("strange input", [partial(_ours, q, whole=True) for q in strange * 3])
    _line("publish a page with one new sentence", [partial(_publish, page, n) for n in range(10)])


def _suggest(query: str) -> None:
    from django.utils import timezone

    from cms.languages.locales import LocaleChain
    from cms.publishing.visibility import Gate
    from cms.search.query import search

    _ = search(query, gate=Gate(now=timezone.now()), chain=LocaleChain.of("sl"), first=ROWS).suggestion


def _publish(page: "InfoPage", number: int) -> None:
    from cms.search.index import index_page

    page.summary = f"Povsem nov stavek številka {number} o knjižnicah in o branju."
    index_page(page)


def _line(name: str, calls: Sequence[Callable[[], object]]) -> None:
    times = [_timed(call) * 1000 for call in calls]
    print(f"  {name:42} {_figures(times)}")


def _timed(call: Callable[[], object]) -> float:
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
