"""What the gate is made of: restrictions, locales, and pages that hide others. Read once for each content version.

All of it is one statement, whose text is made once for a process: making it takes longer than asking it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, lru_cache, reduce
from itertools import batched
from operator import or_
from typing import Any, NamedTuple

from django.apps import apps
from django.db import connection, models
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    DraftStateMixin,
    Locale,
    Page,
    PageViewRestriction,
)

_BRANCHES_AT_ONCE = 200  # SQLite takes a thousand conditions, nested
_WINDOW = ("live", "go_live_at", "expire_at")


@dataclass(frozen=True, slots=True)
class Window:
    """From when until when something is public; None: from ever, for ever."""

    opens: datetime | None = None
    ends: datetime | None = None

    @classmethod
    def of(cls, live: bool, go_live_at: datetime | None, expire_at: datetime | None) -> "Window":
        """Return the window that a row's own columns give it."""
        return cls(go_live_at, expire_at) if live else NEVER

    def within(self, other: "Window") -> "Window":
        """Return the time in which both are public."""
        opens = [time for time in (self.opens, other.opens) if time is not None]
        ends = [time for time in (self.ends, other.ends) if time is not None]
        return Window(max(opens, default=None), min(ends, default=None))

    def holds_at(self, now: datetime) -> bool:
        """Return whether it is public at ``now``."""
        return (self.opens is None or self.opens <= now) and (self.ends is None or self.ends > now)


NEVER = Window(ends=datetime.min.replace(tzinfo=UTC))


class Restriction(NamedTuple):
    """A view restriction on the page or collection at ``path`` and on all below; ``kind`` is Wagtail's type of it."""

    pk: int
    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class Boundaries:
    """What the rows of one content version say of visibility, the same for all visitors.

    ``times`` are the times, in order, at which something that is live is published or expires by itself.
    ``dependents`` tells of the live pages that follow other pages, by primary key, when these let them be seen: a page
    follows those above it, an alias its source too. ``aliases`` are pairs of the paths of an alias and its source.
    """

    on_pages: tuple[Restriction, ...]
    on_collections: tuple[Restriction, ...]
    locales: Mapping[int, str]
    times: tuple[datetime, ...]
    dependents: Mapping[int, Window]
    aliases: tuple[tuple[str, str], ...]

    def with_aliases(self, closed: set[str]) -> set[str]:
        """Return paths of pages that are closed, with those of the aliases of all that is on them or below."""
        found, before = set(closed), 0
        while len(found) != before:  # an alias may have an alias
            before = len(found)
            found |= {path for path, source in self.aliases if source.startswith(tuple(found))}
        return found


@lru_cache(maxsize=4)
def boundaries(version: int) -> Boundaries:
    """Return the boundaries of a content version: one statement, or two where a page with others below it is hidden."""
    found: dict[str, list[Any]] = {what: [] for what in (_PAGE, _ON_PAGE, _ON_COLLECTION, _LOCALE, _TIME)}
    for row in _rows():
        found[row.what].append(row)
    times = {time for row in found[_TIME] for time in (row.go_live_at, row.expire_at) if time is not None}
    return Boundaries(
        on_pages=tuple(Restriction(row.pk, row.kind, row.path) for row in found[_ON_PAGE]),
        on_collections=tuple(Restriction(row.pk, row.kind, row.path) for row in found[_ON_COLLECTION]),
        locales={row.pk: row.kind for row in found[_LOCALE]},
        times=tuple(sorted(times)),
        dependents=_dependents(found[_PAGE]),
        aliases=tuple((row.path, row.source_path) for row in found[_PAGE] if row.source_path is not None),
    )


def collections_below(paths: Iterable[str]) -> frozenset[int]:
    """Return the keys of the collections at these paths and below; no statement without a path."""
    below = reduce(or_, (Q(path__startswith=path) for path in paths), Q())
    return frozenset(Collection.objects.filter(below).values_list("pk", flat=True)) if below else frozenset()


def _constant(sql: str, kind: type[models.Field[Any, Any]] = models.TextField) -> RawSQL:
    return RawSQL(sql, (), kind())  # noqa: S611  # of this file; a value would be a parameter, sent each time


_NO_TIME, _NO_TEXT, _EMPTY = _constant("NULL", models.DateTimeField), _constant("NULL"), _constant("''")
_NO_WINDOW = (_constant("NULL", models.BooleanField), _NO_TIME, _NO_TIME)
_NOTHING = (*_NO_WINDOW, _NO_TEXT, *_NO_WINDOW)  # in the columns that only pages have
_PAGE, _ON_PAGE, _ON_COLLECTION, _LOCALE, _TIME = "page", "on page", "on collection", "locale", "time"


class _Row(NamedTuple):
    what: str
    pk: int
    kind: str
    path: str
    live: bool
    go_live_at: datetime | None
    expire_at: datetime | None
    source_path: str | None
    source_live: bool | None
    source_go_live_at: datetime | None
    source_expire_at: datetime | None


_TIMES = ("go_live_at", "expire_at", "source_go_live_at", "source_expire_at")


def _rows() -> Iterator[_Row]:
    sql, parameters = _select()
    column = Page._meta.get_field("expire_at").get_col(Page._meta.db_table)
    converters = connection.ops.get_db_converters(column)

    def time(value: Any) -> Any:
        return reduce(lambda read, convert: convert(read, column, connection), converters, value)

    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows = cursor.fetchall()
    for row in map(_Row._make, rows):
        yield row._replace(**{name: time(getattr(row, name)) for name in _TIMES}) if converters else row


@cache
def _select() -> tuple[str, tuple[Any, ...]]:
    hidden = Q(live=False) | Q(expire_at__isnull=False) | Q(go_live_at__isnull=False)
    hiding = Page.objects.filter(Q(hidden, numchild__gt=0, depth__gt=1) | Q(alias_of__isnull=False))
    # The first one gives the columns their types.
    pages = hiding.order_by().values_list(
        _constant(f"'{_PAGE}'"),
        "pk",
        _EMPTY,
        "path",
        *_WINDOW,
        *(f"alias_of__{name}" for name in ("path", *_WINDOW)),
    )
    others = [
        _padded(PageViewRestriction, _ON_PAGE, "restriction_type", "page__path"),
        _padded(CollectionViewRestriction, _ON_COLLECTION, "restriction_type", "collection__path"),
        _padded(Locale, _LOCALE, "language_code", _EMPTY),
        *(_scheduled(model) for model in apps.get_models() if issubclass(model, DraftStateMixin)),
    ]
    statement = pages.union(*(one for one in others if one is not None), all=True).order_by()
    return statement.query.sql_with_params()


def _scheduled(model: type[models.Model]) -> QuerySet[Any, Any] | None:
    if not any(column.name == "expire_at" for column in model._meta.local_fields):
        return None  # the columns are its parent's
    timed = Q(go_live_at__isnull=False) | Q(expire_at__isnull=False)
    rows = model._base_manager.filter(timed, live=True).order_by()
    return rows.values_list(
        _constant(f"'{_TIME}'"), _constant("0", models.IntegerField), _EMPTY, _EMPTY, *_WINDOW, *_NOTHING[3:]
    )


def _padded(model: type[models.Model], what: str, kind: str, path: Any) -> QuerySet[Any, Any]:
    rows = model._base_manager.order_by()
    return rows.values_list(_constant(f"'{what}'"), "pk", kind, path, *_NOTHING)


def _dependents(pages: list[_Row]) -> Mapping[int, Window]:
    above: dict[str, Window] = {}
    aliases: dict[str, tuple[int, str, Window]] = {}
    for row in pages:
        above[row.path] = Window.of(row.live, row.go_live_at, row.expire_at)
        if row.source_path is not None:
            source = Window.of(bool(row.source_live), row.source_go_live_at, row.source_expire_at)
            aliases[row.path] = row.pk, row.source_path, source
    for _step in range(len(aliases)):  # an alias may have an alias, which may have pages below it
        before = dict(above)
        for path, (_pk, source_path, source) in aliases.items():
            of_source = above.get(source_path, source)  # an alias that itself follows another page
            above[path] = above[path].within(source).within(of_source).within(_above(source_path, above))
        if above == before:
            break
    found = {pk: above[path].within(_above(path, above)) for path, (pk, _path, _source) in aliases.items()}
    branches = sorted(path for path, window in above.items() if window != Window())
    for paths in batched(branches, _BRANCHES_AT_ONCE, strict=False):
        below = reduce(or_, (Q(path__startswith=path, depth__gt=len(path) // Page.steplen) for path in paths))
        for pk, path in Page.objects.filter(below, live=True).order_by().values_list("pk", "path"):
            found[pk] = found.get(pk, Window()).within(_above(path, above))
    return {pk: window for pk, window in found.items() if window != Window()}


def _above(path: str, windows: Mapping[str, Window]) -> Window:
    """Return when all pages above ``path`` are public."""
    ancestors = (path[:length] for length in range(Page.steplen, len(path), Page.steplen))
    return reduce(Window.within, (windows[start] for start in ancestors if start in windows), Window())
