"""The one gate: what a visitor may see. Nothing else in the project decides this.

A `Gate` answers the same question twice: as a condition in SQL (`Gate.q`) and for an object in hand
(`Gate.allows`). Anonymous visitors see rows that are live, whose go-live time has come and whose expiry has not. They
do not see pages below a page that is hidden, aliases of one, pages below a view restriction, and files in a
collection with one.
"""

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from wagtail.models import (
    CollectionMember,
    CollectionViewRestriction,
    DraftStateMixin,
    Page,
    PageViewRestriction,
)
from wagtail.permissions import policy_registry

from cms.publishing.boundaries import Restriction, boundaries, collections_below
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

    def shut_out_by(self, restrictions: Iterable[Restriction], kind: type[Any]) -> set[str]:
        """Return the paths below which view restrictions, which are rows of ``kind``, keep this visitor out."""
        opened = self._opened_by_groups(restrictions, kind)
        return {one.path for one in restrictions if one.pk not in opened and not self._passes(one, kind)}

    def _opened_by_groups(self, restrictions: Iterable[Restriction], kind: type[Any]) -> frozenset[int]:
        """Return the restrictions that a group lets this visitor pass; no statement where none names groups."""
        named = [one.pk for one in restrictions if one.kind == kind.GROUPS]
        if not named or not self.user.is_authenticated:
            return frozenset()
        rows = kind.objects.filter(pk__in=named, groups__in=self.user.groups.all())
        return frozenset(rows.values_list("pk", flat=True))

    def _passes(self, restriction: Restriction, kind: type[Any]) -> bool:
        if restriction.kind == kind.PASSWORD:
            return restriction.pk in (
                self.passwords if kind is PageViewRestriction else self.collection_passwords
            )
        return bool(self.user.is_authenticated and (restriction.kind == kind.LOGIN or self.user.is_superuser))


PUBLIC = Viewer()


@dataclass(frozen=True, slots=True)
class _Closed:
    """What is closed to a visitor: page paths, with all below them, and collections."""

    page_paths: tuple[str, ...]
    collections: frozenset[int]

    @classmethod
    def to(cls, viewer: Viewer, version: int) -> "_Closed":
        found = boundaries(version)
        pages = viewer.shut_out_by(found.on_pages, PageViewRestriction)
        collections = viewer.shut_out_by(found.on_collections, CollectionViewRestriction)
        paths = sorted(found.with_aliases(pages)) if pages else ()
        return cls(tuple(paths), collections_below(collections))


_closed_to_public = lru_cache(maxsize=4)(lambda version: _Closed.to(PUBLIC, version))


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
        self.boundaries = boundaries(version)
        self._closed = _closed_to_public(version) if viewer.is_public else _Closed.to(viewer, version)
        self._hidden = frozenset(
            pk for pk, window in self.boundaries.dependents.items() if not window.holds_at(now)
        )

    def next_time(self) -> datetime | None:
        """Return the next time at which something appears or disappears by itself."""
        place = bisect_right(self.boundaries.times, self.now)
        return next(iter(self.boundaries.times[place : place + 1]), None)

    @property
    def says(self) -> Hashable:
        """What the conditions of this gate depend on, beside the model; None where drafts are shown."""
        return None if self.viewer.drafts is not None else (self._last_time(), self._hidden, self._closed)

    def q(self, model: type[models.Model], prefix: str = "") -> Q:
        """Return the condition under which rows of ``model`` are visible; ``prefix`` is the path to it."""
        condition = Q()
        if issubclass(model, Page):
            condition &= self._page_q(prefix)
        elif issubclass(model, DraftStateMixin):
            condition &= self._row_q(model, prefix)
        if issubclass(model, CollectionMember) and self._closed.collections:
            condition &= ~Q(**{f"{prefix}collection__in": self._closed.collections})
        return condition

    def allows(self, obj: Any) -> bool:
        """Return whether the visitor may see ``obj``; an object of no gated kind passes."""
        if isinstance(obj, Page):
            return obj.depth > 1 and (self.shows_draft(obj) or self._is_open(obj))
        if isinstance(obj, DraftStateMixin) and not self._is_live(obj) and not self.shows_draft(obj):
            return False
        return not (isinstance(obj, CollectionMember) and obj.collection_id in self._closed.collections)

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
        return page.path.startswith(self._closed.page_paths)

    def _is_open(self, page: Page) -> bool:
        return self._is_live(page) and page.pk not in self._hidden and not self.closes(page)

    def _is_live(self, obj: Any) -> bool:
        if not obj.live:
            return False
        opens, ends = obj.go_live_at, obj.expire_at
        return (opens is None or opens <= self.now) and (ends is None or ends > self.now)

    def _last_time(self) -> datetime | None:
        """Return the last time at which something appeared or disappeared; None where nothing ever does."""
        # It tells the same as the clock, and the same statement serves until the next.
        times = self.boundaries.times
        if not times:
            return None
        place = bisect_right(times, self.now)
        return times[place - 1] if place else times[0] - timedelta(microseconds=1)

    def _live_q(self, prefix: str) -> Q:
        last = self._last_time()
        return Q(**{f"{prefix}live": True}) if last is None else live_q(last, prefix)

    def _row_q(self, model: type[models.Model], prefix: str) -> Q:
        rows = frozenset() if self.viewer.drafts is None else self.viewer.drafts.rows_of(model)
        if rows is None:
            return Q()
        return self._live_q(prefix) | Q(**{f"{prefix}pk__in": rows}) if rows else self._live_q(prefix)

    def _page_q(self, prefix: str) -> Q:
        condition = self._live_q(prefix)
        if self._hidden:
            condition &= ~Q(**{f"{prefix}pk__in": self._hidden})
        for path in self._closed.page_paths:
            condition &= ~Q(**{f"{prefix}path__startswith": path})
        drafts = self.viewer.drafts
        if drafts is not None and (pages := (drafts.pages or frozenset()) | drafts.further_pages):
            condition |= Q(**{f"{prefix}pk__in": pages})
        for path in drafts.page_paths if drafts else ():
            condition |= Q(**{f"{prefix}path__startswith": path})
        return condition & Q(**{f"{prefix}depth__gt": 1})
