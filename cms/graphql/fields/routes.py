"""What is at a path: a page, a redirect, or the mark of a page that is gone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.graphql.loading.context import Context
from cms.graphql.loading.localised import chain_for, mark
from cms.graphql.loading.pages import one_by_one, specific_of, visible
from cms.languages.locales import locale_codes
from cms.models.changes import Change
from cms.publishing.beside import REDIRECTS
from cms.publishing.tags import slug_tag, tag_of

_MOST_HOPS = 10


@dataclass
class PageRoute:
    """A page stands here."""

    page: Any


@dataclass
class RedirectRoute:
    """The path leads elsewhere."""

    location: str
    permanent: bool


@dataclass
class GoneRoute:
    """A page stood here."""

    since: datetime | None


def resolve_route(context: Context, path: str) -> PageRoute | RedirectRoute | GoneRoute | None:
    """Return what is at ``path``. The whole path must match, not only its end."""
    path = canonical(path)
    if path == "/":
        return RedirectRoute(f"/{locale_codes()[0]}/", permanent=False)
    if "\0" in path:
        return None
    context.tags.add(slug_tag(path))
    row = one_by_one(context, Page).filter(url_path=path).first()
    if row is not None:
        chain = chain_for(context.gate.boundaries.locales[row.locale_id])
        page = specific_of(context, row, chain)
        context.tags.add(tag_of(row))  # also where the response shows nothing but that a page is there
        return PageRoute(mark(page, chain)) if page is not None else None
    return _follow(context, path) or _gone(context, path)


def canonical(path: str) -> str:
    """Return a path as pages carry it: one slash at each end, no query and no fragment."""
    plain = path.partition("?")[0].partition("#")[0].strip().strip("/")
    return f"/{plain}/" if plain else "/"


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect: where it leads, None where the visitor may not see that page."""

    target: str | None
    permanent: bool


def follow(
    path: str, hop_at: Callable[[str], Hop | None], is_page: Callable[[str], bool]
) -> RedirectRoute | None:
    """Return the end of the chain of redirects that begins at ``path``; None in a loop or where it leads nowhere."""
    seen: set[str] = set()
    permanent = True
    here = path
    while here not in seen and len(seen) < _MOST_HOPS:
        seen.add(here)
        hop = hop_at(here)
        if hop is None or hop.target is None:
            return None
        permanent = permanent and hop.permanent
        if not is_local(hop.target) or is_page(canonical(hop.target)):
            return RedirectRoute(hop.target, permanent)
        here = canonical(hop.target)
    return None


def own_redirects() -> QuerySet[Redirect]:
    """Return the redirects of this site; where a path has several, the first counts."""
    own = Redirect.objects.filter(Q(site__isnull=True) | Q(site__is_default_site=True))
    return own.order_by(F("site_id").asc(nulls_last=True), "pk")


def _follow(context: Context, path: str) -> RedirectRoute | None:
    context.tags.add(REDIRECTS)

    def hop_at(here: str) -> Hop | None:
        redirect = own_redirects().filter(old_path=Redirect.normalise_path(here)).first()
        return None if redirect is None else Hop(_target(context, redirect), redirect.is_permanent)

    return follow(path, hop_at, lambda here: visible(context, Page).filter(url_path=here).exists())


def _target(context: Context, redirect: Redirect) -> str | None:
    if redirect.redirect_page_id is None:
        return redirect.redirect_link or None
    return (
        visible(context, Page).filter(pk=redirect.redirect_page_id).values_list("url_path", flat=True).first()
    )


def is_local(target: str) -> bool:
    """Return whether a redirect leads to a path of this site."""
    return not urlsplit(target).netloc and target.startswith("/")


_ENDS = (Change.Kind.UNPUBLISHED, Change.Kind.DELETED)


def expired(context: Context) -> QuerySet[Page]:
    """Return the pages that the public could see until they expired, of which the log does not tell that yet."""
    last = Change.objects.filter(path=OuterRef("url_path")).order_by("-pk").values("kind")[:1]
    rows = Page.objects.filter(live=True, expire_at__lte=context.now).annotate(last=Subquery(last))
    return rows.filter(last__isnull=False).exclude(last__in=_ENDS)


def endings() -> QuerySet[Change]:
    """Return the changes by which a page went from a path where nothing has been since, and was not hidden.

    What becomes of a page that is hidden is nobody's business: only what the public knew of a path decides.
    """
    later = Change.objects.filter(path=OuterRef("path"), pk__gt=OuterRef("pk"))
    ended = Change.objects.filter(path__isnull=False, kind__in=_ENDS, hidden=False)
    return ended.filter(~Exists(later))


def _gone(context: Context, path: str) -> GoneRoute | None:
    """Return the mark of a page that the public could see at ``path`` and that is unpublished, expired or deleted."""
    row = expired(context).filter(url_path=path).first()
    if row is not None:
        return GoneRoute(row.expire_at)
    ended = endings().filter(path=path).first()
    return None if ended is None else GoneRoute(ended.changed_at)
