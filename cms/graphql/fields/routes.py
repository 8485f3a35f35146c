"""What is at a path: a page, a redirect, or the mark of a page that is gone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Q
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.graphql.loading.context import Context
from cms.graphql.loading.localised import chain_for, mark
from cms.graphql.loading.pages import specific_of, visible
from cms.languages.locales import locale_codes
from cms.models.changes import Change

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
    row = visible(context, Page).filter(url_path=path).first()
    if row is not None:
        chain = chain_for(context.gate.boundaries.locales[row.locale_id])
        page = specific_of(context, row, chain)
        return PageRoute(mark(page, chain)) if page is not None else None
    return _follow(context, path) or _gone(context, path)


def canonical(path: str) -> str:
    """Return a path as pages carry it: one slash at each end, no query and no fragment."""
    plain = path.partition("?")[0].partition("#")[0].strip().strip("/")
    return f"/{plain}/" if plain else "/"


def _follow(context: Context, path: str) -> RedirectRoute | None:
    """Return the end of the chain of redirects that begins at ``path``; None in a loop or where it leads nowhere."""
    seen: set[str] = set()
    permanent = True
    here = path
    while here not in seen and len(seen) < _MOST_HOPS:
        seen.add(here)
        redirect = (
            Redirect.objects.filter(old_path=Redirect.normalise_path(here))
            .filter(Q(site__isnull=True) | Q(site__is_default_site=True))
            .order_by("site_id", "pk")
            .first()
        )
        if redirect is None:
            return None
        permanent = permanent and redirect.is_permanent
        target = _target(context, redirect)
        if target is None:
            return None
        if not _is_local(target) or visible(context, Page).filter(url_path=canonical(target)).exists():
            return RedirectRoute(target, permanent)
        here = canonical(target)
    return None


def _target(context: Context, redirect: Redirect) -> str | None:
    if redirect.redirect_page_id is None:
        return redirect.redirect_link or None
    return (
        visible(context, Page).filter(pk=redirect.redirect_page_id).values_list("url_path", flat=True).first()
    )


def _is_local(target: str) -> bool:
    return not urlsplit(target).netloc and target.startswith("/")


def _gone(context: Context, path: str) -> GoneRoute | None:
    """Return the mark of a page that the public could see at ``path`` and that is unpublished, expired or deleted."""
    row = Page.objects.filter(url_path=path, live=True).first()
    if row is not None:
        # What is live and yet not to be seen has either expired, or is nobody's business.
        expired = row.expire_at is not None and row.expire_at <= context.now
        return GoneRoute(row.expire_at) if expired and not context.gate.closes(row) else None
    ended = (
        Change.objects.filter(path=path, kind__in=(Change.Kind.UNPUBLISHED, Change.Kind.DELETED))
        .order_by("-pk")
        .first()
    )
    return GoneRoute(ended.changed_at) if ended is not None else None
