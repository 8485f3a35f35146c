"""Rows that responses are made from and that are no objects of the graph: the site's settings, redirects, synonyms.

A registered model says what the public is told by one of its rows. Where that differs at the end of an operation, the
log names the row under the type of the graph that shows it. What SQL or loaddata writes is not noticed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from cms.models import Change, SiteSettings
from cms.publishing.objects import Ref
from cms.publishing.visibility import Gate

# Tags of responses that show the name of the site, and of those that look for redirects.
SITE = "SiteInfo"
REDIRECTS = "Redirect"


@dataclass(frozen=True, slots=True)
class _Beside:
    """The type of the graph that shows rows of a model, and what the public is told by a row; None: nothing."""

    type: str
    tell: Callable[[Any], Any]


_registered: dict[type[models.Model], _Beside] = {}


def register(model: type[models.Model], type_: str, tell: Callable[[Any], Any]) -> None:
    """Say what the public is told by a row of ``model``; ``type_`` is the tag of responses that show it."""
    _registered[model] = _Beside(type_, tell)


def is_beside(model: Any) -> bool:
    """Return whether ``model`` is registered."""
    return model in _registered


def told(ref: Ref) -> Any:
    """Return what the public is told by a row as it is in the database; None where it is told nothing."""
    model, pk = ref
    row = model._base_manager.filter(pk=pk).first()
    return None if row is None else _registered[model].tell(row)


def changes_since(before: Mapping[Ref, Any]) -> list[Change]:
    """Return entries of the log for the rows that tell something else than ``before``."""
    return [
        Change(kind=kind, type=_registered[model].type, model=model._meta.label_lower, object_id=str(pk))
        for (model, pk), old in before.items()
        if (kind := _kind((model, pk), old, told((model, pk)))) is not None
    ]


def _kind(ref: Ref, old: Any, new: Any) -> Change.Kind | None:
    if old is None or new is None:
        if old is new:
            return None
        if new is not None:
            return Change.Kind.PUBLISHED
        model, pk = ref
        hidden = model._base_manager.filter(pk=pk).exists()
        return Change.Kind.UNPUBLISHED if hidden else Change.Kind.DELETED
    return Change.Kind.UPDATED if old != new else None


def _settings(row: SiteSettings) -> Any:
    if not row.site.is_default_site:
        return None
    return repr((row.name, row.publisher, row.contact_email, row.accessibility_statement_id))


def _site(row: Site) -> Any:
    return row.site_name if row.is_default_site else None


def _redirect(row: Redirect) -> Any:
    target: Any = row.redirect_link or None
    if row.redirect_page_id is not None:
        gate = Gate(now=timezone.now())
        target = (
            Page.objects.filter(gate.q(Page), pk=row.redirect_page_id).values_list("pk", flat=True).first()
        )
    return None if target is None else (row.old_path, row.site_id, target, row.is_permanent)


OWN = ((SiteSettings, SITE, _settings), (Site, SITE, _site), (Redirect, REDIRECTS, _redirect))
