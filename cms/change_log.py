"""Writes the log of changes: what became visible, changed, moved or went."""

from typing import Any

from django.db import models
from django.utils import timezone
from wagtail.models import Page

from cms.changes import advance
from cms.models import Change
from cms.visibility import Gate


def page_appeared(page: Page) -> None:
    """Log that a page was published: as PUBLISHED where the public could not see it before, else as UPDATED."""
    version = advance()
    if not Gate(now=timezone.now(), version=version).allows(page):
        return
    known = last_kind(page.pk)
    seen = known is not None and known not in (Change.Kind.UNPUBLISHED, Change.Kind.DELETED)
    _write(Change.Kind.UPDATED if seen else Change.Kind.PUBLISHED, page)


def page_vanished(page: Page, kind: Change.Kind) -> None:
    """Log that a page is no longer there for the public, if it ever was."""
    advance()
    known = last_kind(page.pk)
    if known is not None and known not in (Change.Kind.UNPUBLISHED, Change.Kind.DELETED):
        _write(kind, page)


def branch_moved(page: Page) -> None:
    """Log the new path of a page and of all below it that the public may see."""
    version = advance()
    gate = Gate(now=timezone.now(), version=version)
    for row in Page.objects.filter(path__startswith=page.path).filter(gate.q(Page)):
        _write(Change.Kind.MOVED, row)


def branch_visibility_changed(page: Page) -> None:
    """Log for a page and all below it what a new or lifted restriction shows or hides."""
    version = advance()
    gate = Gate(now=timezone.now(), version=version)
    for row in Page.objects.filter(path__startswith=page.path):
        known = last_kind(row.pk)
        seen = known is not None and known not in (Change.Kind.UNPUBLISHED, Change.Kind.DELETED)
        if gate.allows(row) != seen:
            _write(Change.Kind.UNPUBLISHED if seen else Change.Kind.PUBLISHED, row)


def row_changed(row: Any, kind: Change.Kind) -> None:
    """Log a change of a row that has a type of its own in the graph; pages are logged by the functions above."""
    if isinstance(row, Page) or not hasattr(row, "graphql_fields"):
        return
    advance()
    Change.objects.create(kind=kind, type=type_name(row), object_id=str(row.pk))


def last_kind(page_id: int) -> str | None:
    """Return the kind of the newest change of a page, or None."""
    kinds = Change.objects.filter(object_id=str(page_id), locale__isnull=False).order_by("-pk")
    return kinds.values_list("kind", flat=True).first()


def type_name(row: models.Model) -> str:
    """Return the name of a row's type in the graph."""
    return str(getattr(row, "graphql_type", None) or type(row).__name__)


def _write(kind: Change.Kind, page: Page) -> None:
    model = page.specific_class or Page
    Change.objects.create(
        kind=kind,
        type=str(getattr(model, "graphql_type", None) or model.__name__),
        object_id=str(page.pk),
        translation_key=page.translation_key,
        locale=page.locale.language_code,
        path=page.url_path,
    )
