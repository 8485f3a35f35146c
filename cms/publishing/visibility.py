"""The one gate: what a visitor may see. Nothing else in the project decides this.

A `Gate` answers the same question twice: as a condition in SQL (`Gate.q`) and for an object in hand
(`Gate.allows`). Anonymous visitors see rows that are live, whose go-live time has come and whose expiry has not. They
do not see pages below a page that is hidden, aliases of one, pages below a view restriction, and files in a
collection with one.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache, reduce
from itertools import batched
from operator import or_
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import connection, models
from django.db.models import Q
from wagtail.models import (
    Collection,
    CollectionMember,
    CollectionViewRestriction,
    DraftStateMixin,
    Locale,
    Page,
    PageViewRestriction,
)
from wagtail.permissions import policy_registry

from cms.publishing.version import content_version


@dataclass(frozen=True)
class Drafts:
    """Of what ``user`` may see the draft: pages below paths of the tree, further pages, and rows that they may change.

    In a preview it is less: exactly ``pages``, the row ``itself``, and the rows that are shown ``on_pages`` of these
    translation keys.
    """

    user: Any = None
    page_paths: tuple[str, ...] = ()
    everything: bool = False
    pages: frozenset[int] | None = None
    on_pages: frozenset[str] = frozenset()
    further_pages: frozenset[int] = frozenset()
    itself: Any = None
    _rows: dict[type[models.Model], frozenset[Any]] = field(default_factory=dict, compare=False)

    def rows_of(self, model: type[models.Model]) -> frozenset[Any] | None:
        """Return the keys of the rows of ``model``, which are no pages, that are shown in draft; None for all.

        Wagtail's policies decide, as they do in the admin; one statement for a model and those built on it.
        """
        if self.everything:
            return None
        if model not in self._rows:
            self._rows[model] = frozenset(self._keys(model))
        return self._rows[model]

    def _keys(self, model: type[models.Model]) -> Iterator[Any]:
        if isinstance(self.itself, model):
            yield self.itself.pk
        for kind in apps.get_models():
            if not issubclass(kind, model):
                continue
            column = getattr(kind, "preview_page_column", "")
            if self.pages is not None and not (column and self.on_pages):
                continue
            rows = policy_registry.get_by_type(kind).instances_user_has_any_permission_for(
                self.user, {"change"}
            )
            if self.pages is not None:
                rows = rows.filter(**{f"{column}__in": self.on_pages})
            yield from rows.values_list("pk", flat=True)

    def has_page(self, page: Page) -> bool:
        """Return whether ``page`` is shown in draft."""
        if self.pages is not None:
            return page.pk in self.pages
        return page.path.startswith(self.page_paths) or page.pk in self.further_pages


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks, and what is shown to them in draft.

    ``passwords`` are the restrictions of pages whose password was given, ``collection_passwords`` those of collections:
    two tables, which count from one each.
    """

    user: Any = field(default_factory=AnonymousUser)
    passwords: frozenset[int] = frozenset()
    drafts: Drafts | None = None
    collection_passwords: frozenset[int] = frozenset()

    @property
    def is_public(self) -> bool:
        """Whether the response is public."""
        shown = self.passwords or self.collection_passwords or self.drafts is not None
        return not self.user.is_authenticated and not shown

    def passes(self, restriction: Any, groups: frozenset[int]) -> bool:
        """Return whether this visitor, who is in ``groups``, may pass a page's or collection's view restriction."""
        if restriction.restriction_type == restriction.PASSWORD:
            of_page = isinstance(restriction, PageViewRestriction)
            return restriction.pk in (self.passwords if of_page else self.collection_passwords)
        if not self.user.is_authenticated:
            return False
        if restriction.restriction_type == restriction.LOGIN or self.user.is_superuser:
            return True
        return not groups.isdisjoint(group.pk for group in restriction.groups.all())


PUBLIC = Viewer()
_BRANCHES_AT_ONCE = 200  # SQLite takes a thousand conditions, nested


@dataclass(frozen=True, slots=True)
class Boundaries:
    """What is closed to a visitor: page paths (with all below them) and collections; and the site's locales.

    ``times`` are the times, in order, at which something that is live is published or expires by itself.
    """

    page_paths: tuple[str, ...]
    collections: frozenset[int]
    locales: dict[int, str]
    times: tuple[datetime, ...]

    @classmethod
    def load(cls, viewer: Viewer) -> "Boundaries":
        """Read the restrictions that ``viewer`` does not pass; as many statements for many of them as for one."""
        on_pages = list(PageViewRestriction.objects.select_related("page").prefetch_related("groups"))
        on_collections = list(
            CollectionViewRestriction.objects.select_related("collection").prefetch_related("groups")
        )
        groups: frozenset[int] = frozenset()
        if any(one.restriction_type == one.GROUPS for one in (*on_pages, *on_collections)):
            groups = frozenset(viewer.user.groups.values_list("pk", flat=True))
        paths = _with_aliases({one.page.path for one in on_pages if not viewer.passes(one, groups)})
        closed = [one.collection.path for one in on_collections if not viewer.passes(one, groups)]
        below = reduce(or_, (Q(path__startswith=path) for path in closed), Q())
        collections = Collection.objects.filter(below).values_list("pk", flat=True) if closed else ()
        locales = dict(Locale.objects.values_list("pk", "language_code"))
        return cls(tuple(sorted(paths)), frozenset(collections), locales, _times())


def _with_aliases(closed: set[str]) -> set[str]:
    """Return paths of pages that are closed, with those of the aliases of all that is on them or below."""
    if not closed:
        return closed
    aliases = list(Page.objects.filter(alias_of__isnull=False).values_list("path", "alias_of__path"))
    found, before = set(closed), 0
    while len(found) != before:  # an alias may have an alias
        before = len(found)
        found |= {path for path, source in aliases if source.startswith(tuple(found))}
    return found


def _times() -> tuple[datetime, ...]:
    sql, parameters, column = _select_times()
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        times = [time for (time,) in cursor.fetchall()]
    for convert in connection.ops.get_db_converters(column):
        times = [convert(time, column, connection) for time in times]
    return tuple(sorted(set(times)))


@cache
def _select_times() -> tuple[str, tuple[Any, ...], Any]:
    """Return the statement, its parameters and the column; making it of so many tables takes longer than asking."""
    rows = [
        model._base_manager.filter(**{"live": True, f"{name}__isnull": False})
        .order_by()
        .values_list(name, flat=True)
        for model in apps.get_models()
        if issubclass(model, DraftStateMixin) and _has_own_times(model)
        for name in ("go_live_at", "expire_at")
    ]
    column = Page._meta.get_field("expire_at").get_col(Page._meta.db_table)
    return *rows[0].union(*rows[1:]).order_by().query.sql_with_params(), column


def _has_own_times(model: type[models.Model]) -> bool:
    return any(column.name == "expire_at" for column in model._meta.local_fields)


@dataclass(frozen=True, slots=True)
class _Window:
    """From when until when something is public; None: from ever, for ever."""

    opens: datetime | None = None
    ends: datetime | None = None

    @classmethod
    def of(cls, live: bool, go_live_at: datetime | None, expire_at: datetime | None) -> "_Window":
        return cls(go_live_at, expire_at) if live else _NEVER

    def within(self, other: "_Window") -> "_Window":
        """Return the time in which both are public."""
        opens = [time for time in (self.opens, other.opens) if time is not None]
        ends = [time for time in (self.ends, other.ends) if time is not None]
        return _Window(max(opens, default=None), min(ends, default=None))

    def holds_at(self, now: datetime) -> bool:
        return (self.opens is None or self.opens <= now) and (self.ends is None or self.ends > now)


_NEVER = _Window(ends=datetime.min.replace(tzinfo=UTC))
_COLUMNS = ("live", "go_live_at", "expire_at")


@lru_cache(maxsize=4)
def _dependents(version: int) -> Mapping[int, _Window]:
    """Return of the live pages that follow other pages when these let them be seen, by primary key.

    A page follows those above it, an alias its source too. Two statements for each content version, the second one
    only where a page with others below it is hidden or will be.
    """
    hidden = Q(live=False) | Q(expire_at__isnull=False) | Q(go_live_at__isnull=False)
    rows = Page.objects.filter(Q(hidden, numchild__gt=0, depth__gt=1) | Q(alias_of__isnull=False))
    above: dict[str, _Window] = {}
    aliases: dict[str, tuple[int, str, _Window]] = {}
    sources = [f"alias_of__{name}" for name in ("path", *_COLUMNS)]
    for pk, path, alias_of, source, *facts in rows.values_list("pk", "path", "alias_of", *sources, *_COLUMNS):
        above[path] = _Window.of(*facts[3:])
        if alias_of is not None:
            aliases[path] = pk, source, _Window.of(*facts[:3])
    for _step in range(len(aliases)):  # an alias may have an alias, which may have pages below it
        before = dict(above)
        for path, (_pk, source, own) in aliases.items():
            above[path] = above[path].within(own).within(_above(source, above))
        if above == before:
            break
    found = {pk: above[path].within(_above(path, above)) for path, (pk, _source, _own) in aliases.items()}
    branches = sorted(path for path, window in above.items() if window != _Window())
    for paths in batched(branches, _BRANCHES_AT_ONCE, strict=False):
        below = reduce(or_, (Q(path__startswith=path, depth__gt=len(path) // Page.steplen) for path in paths))
        for pk, path in Page.objects.filter(below, live=True).order_by().values_list("pk", "path"):
            found[pk] = found.get(pk, _Window()).within(_above(path, above))
    return {pk: window for pk, window in found.items() if window != _Window()}


def _above(path: str, windows: Mapping[str, _Window]) -> _Window:
    """Return when all pages above ``path`` are public."""
    ancestors = (path[:length] for length in range(Page.steplen, len(path), Page.steplen))
    return reduce(_Window.within, (windows[start] for start in ancestors if start in windows), _Window())


@lru_cache(maxsize=4)
def _public_boundaries(version: int) -> Boundaries:
    # The restrictions of everybody change only with the content version, so one reading serves all requests.
    return Boundaries.load(PUBLIC)


def live_q(now: datetime, prefix: str = "") -> Q:
    """Return the condition under which what can be published is so at ``now``, swept by the clock already or not."""
    begun = Q(**{f"{prefix}go_live_at__isnull": True}) | Q(**{f"{prefix}go_live_at__lte": now})
    unending = Q(**{f"{prefix}expire_at__isnull": True}) | Q(**{f"{prefix}expire_at__gt": now})
    return Q(**{f"{prefix}live": True}) & begun & unending


class Gate:
    """The gate for one visitor at one time."""

    def __init__(self, viewer: Viewer = PUBLIC, *, now: datetime, version: int | None = None) -> None:
        self.viewer = viewer
        self.now = now
        self.version = version = content_version() if version is None else version
        self.boundaries = _public_boundaries(version) if viewer.is_public else Boundaries.load(viewer)
        self._hidden = frozenset(
            pk for pk, window in _dependents(version).items() if not window.holds_at(now)
        )

    def next_time(self) -> datetime | None:
        """Return the next time at which something appears or disappears by itself."""
        place = bisect_right(self.boundaries.times, self.now)
        return next(iter(self.boundaries.times[place : place + 1]), None)

    def q(self, model: type[models.Model], prefix: str = "") -> Q:
        """Return the condition under which rows of ``model`` are visible; ``prefix`` is the path to it."""
        condition = Q()
        if issubclass(model, Page):
            condition &= self._page_q(prefix)
        elif issubclass(model, DraftStateMixin):
            condition &= self._row_q(model, prefix)
        if issubclass(model, CollectionMember) and self.boundaries.collections:
            condition &= ~Q(**{f"{prefix}collection__in": self.boundaries.collections})
        return condition

    def allows(self, obj: Any) -> bool:
        """Return whether the visitor may see ``obj``; an object of no gated kind passes."""
        if isinstance(obj, Page):
            return obj.depth > 1 and (self.shows_draft(obj) or self._is_open(obj))
        if isinstance(obj, DraftStateMixin) and not self._is_live(obj) and not self.shows_draft(obj):
            return False
        return not (isinstance(obj, CollectionMember) and obj.collection_id in self.boundaries.collections)

    def visible(self, objects: Iterable[Any]) -> list[Any]:
        """Return those of ``objects`` that the visitor may see, in order."""
        return [obj for obj in objects if self.allows(obj)]

    def shows_draft(self, obj: Any) -> bool:
        """Return whether the visitor is an editor who sees this page or row in draft."""
        if self.viewer.drafts is None:
            return False
        if isinstance(obj, Page):
            return self.viewer.drafts.has_page(obj)
        rows = self.viewer.drafts.rows_of(type(obj))
        # What was never saved is in nobody's hands but its author's.
        return rows is None or obj.pk is None or obj.pk in rows

    def closes(self, page: Page) -> bool:
        """Return whether a view restriction on ``page`` or above it keeps the visitor out."""
        return page.path.startswith(self.boundaries.page_paths)

    def _is_open(self, page: Page) -> bool:
        return self._is_live(page) and page.pk not in self._hidden and not self.closes(page)

    def _is_live(self, obj: Any) -> bool:
        return bool(obj.live and _Window(obj.go_live_at, obj.expire_at).holds_at(self.now))

    def _live_q(self, prefix: str) -> Q:
        # The last of the times tells the same as the clock, and the same statement serves until the next.
        times = self.boundaries.times
        if not times:
            return Q(**{f"{prefix}live": True})
        place = bisect_right(times, self.now)
        return live_q(times[place - 1] if place else times[0] - timedelta(microseconds=1), prefix)

    def _row_q(self, model: type[models.Model], prefix: str) -> Q:
        rows = frozenset() if self.viewer.drafts is None else self.viewer.drafts.rows_of(model)
        if rows is None:
            return Q()
        return self._live_q(prefix) | Q(**{f"{prefix}pk__in": rows}) if rows else self._live_q(prefix)

    def _page_q(self, prefix: str) -> Q:
        condition = self._live_q(prefix)
        if self._hidden:
            condition &= ~Q(**{f"{prefix}pk__in": self._hidden})
        for path in self.boundaries.page_paths:
            condition &= ~Q(**{f"{prefix}path__startswith": path})
        drafts = self.viewer.drafts
        if drafts is not None and (pages := (drafts.pages or frozenset()) | drafts.further_pages):
            condition |= Q(**{f"{prefix}pk__in": pages})
        for path in drafts.page_paths if drafts else ():
            condition |= Q(**{f"{prefix}path__startswith": path})
        return condition & Q(**{f"{prefix}depth__gt": 1})
