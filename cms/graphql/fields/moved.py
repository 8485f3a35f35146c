"""Every redirect and every path that is gone, for hosts that serve files."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import batched
from typing import Any

from django.db.models import Q
from wagtail.contrib.redirects.models import Redirect as Row
from wagtail.models import Page

from cms.graphql.fields.pages import graph
from cms.graphql.fields.routes import Hop, canonical, endings, expired, follow, is_local, own_redirects
from cms.graphql.loading.connections import Connection, Order, Part, connect_listed
from cms.graphql.loading.context import Context, Info
from cms.graphql.loading.pages import visible
from cms.publishing.beside import REDIRECTS
from cms.running.rows_read import uncounted


@dataclass(frozen=True, slots=True)
class Redirect:
    """What a server answers for a path at which no page is: where to go instead, or that it is gone."""

    path: str
    location: str | None
    permanent: bool
    pk: int = 0  # cursors have a key; no path is in the list twice


type Moved = tuple[Redirect, ...]

_BY_PATH = Order("PATH", "path")
_PATHS_AT_ONCE = 2_000
# The lists of the last content versions: a list is made of all rows, and read in parts.
_MOST_KEPT = 2
_kept: dict[Any, Moved] = {}


@graph.query("redirects(first: Int = 100, after: String, last: Int, before: String): RedirectConnection!")
def redirects(_root: Any, info: Info, **paging: Any) -> Connection:
    """Every redirect and every path that is gone, by path. It is for hosts that serve files."""
    context = info.context
    context.tags |= {REDIRECTS, Page.__name__}
    return connect_listed(_moved(context), _BY_PATH, Part.of(**paging))


def _moved(context: Context) -> Moved:
    if not (context.public and context.version):
        return _read(context)
    key = context.version, context.gate.next_time()
    if (found := _kept.get(key)) is None:
        with uncounted():
            found = _read(context)
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        _kept[key] = found
    return found


def _read(context: Context) -> Moved:
    """Return what `resolve_route` gives for each path that it redirects or knows to be gone."""
    hops = _hops(context)
    gone = {path for path in endings().values_list("path", flat=True) if path}
    gone |= set(expired(context).values_list("url_path", flat=True))
    targets = {canonical(hop.target) for hop in hops.values() if hop.target and is_local(hop.target)}
    wanted = {*hops, *gone, *targets}
    pages = set(_at(context, wanted, context.gate.q(Page)))
    found = []
    for path in sorted({*hops, *gone} - pages):
        if end := follow(path, hops.get, pages.__contains__):
            found.append(Redirect(_as_requested(path), end.location, end.permanent))
        elif path in gone:
            found.append(Redirect(_as_requested(path), None, permanent=True))
    return tuple(sorted(found, key=lambda one: one.path))


def _hops(context: Context) -> dict[str, Hop]:
    """Return the redirects that a path can find, by path."""
    chosen = own_redirects().exclude(redirect_page=None).order_by().values("redirect_page")
    pages = dict(visible(context, Page).filter(pk__in=chosen).order_by().values_list("pk", "url_path"))
    hops: dict[str, Hop] = {}
    for old, page, link, permanent in own_redirects().values_list(
        "old_path", "redirect_page", "redirect_link", "is_permanent"
    ):
        path = canonical(old)
        if Row.normalise_path(path) == old:
            hops.setdefault(path, Hop((link or None) if page is None else pages.get(page), permanent))
    return hops


def _at(context: Context, paths: Iterable[str], condition: Q) -> Iterator[str]:
    """Yield those paths at which a page is that meets ``condition``."""
    for some in batched(paths, _PATHS_AT_ONCE, strict=False):
        context.check_deadline()
        yield from (
            Page.objects.filter(condition, url_path__in=some).order_by().values_list("url_path", flat=True)
        )


def _as_requested(path: str) -> str:
    """Return a path as browsers request it: that of a file has no slash at its end."""
    return path.rstrip("/") if "." in path.rstrip("/").rpartition("/")[2] else path
