"""Writes the log of changes: what became visible, changed, moved or went."""

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import CharField, OuterRef, Subquery
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import Collection, CollectionMember, Page

from cms.models import Change
from cms.publishing.version import advance
from cms.publishing.visibility import Gate

_ENDED = (Change.Kind.UNPUBLISHED, Change.Kind.DELETED)


def page_appeared(page: Page) -> None:
    """Log that a page was published: as PUBLISHED where it was not public before, as MOVED with a new path.

    With a page that appears, what is live below it appears too.
    """
    version = advance()
    if not Gate(now=timezone.now(), version=version).allows(page):
        return
    last = last_change(page.pk)
    if last is None or last.kind in _ENDED:
        _write(Change.Kind.PUBLISHED, page)
        _branch_changed(page, version)
    elif last.path != page.url_path:
        branch_moved(page)
    else:
        _write(Change.Kind.UPDATED, page)


def page_vanished(page: Page, kind: Change.Kind) -> None:
    """Log that a page is no longer there for the public, if it ever was, and with it what is live below it."""
    version = advance()
    if is_public(page.pk):
        _write(kind, page)
    # Wagtail also says "unpublished" of a page that is being deleted, while its row is still live.
    if kind == Change.Kind.UNPUBLISHED and not Page.objects.filter(pk=page.pk, live=True).exists():
        _branch_changed(page, version)


def branch_moved(page: Page) -> None:
    """Log the new path of a page and of all below it that the public may see, and what it sees no more there."""
    _branch_changed(page, advance(), moved=True)


def branch_visibility_changed(page: Page) -> None:
    """Log for a page and all below it what a new or lifted restriction shows or hides."""
    _branch_changed(page, advance())


def _branch_changed(page: Page, version: int, *, moved: bool = False) -> None:
    gate = Gate(now=timezone.now(), version=version)
    newest = Change.objects.filter(
        object_id=Cast(OuterRef("pk"), CharField()), locale__isnull=False
    ).order_by("-pk")
    rows = Page.objects.filter(path__startswith=page.path).annotate(
        last_kind=Subquery(newest.values("kind")[:1]), last_path=Subquery(newest.values("path")[:1])
    )
    for row in rows.select_related("locale").order_by("path"):
        seen, allowed = row.last_kind is not None and row.last_kind not in _ENDED, gate.allows(row)
        if seen and not allowed:
            _write(Change.Kind.UNPUBLISHED, row, row.last_path)
        elif allowed and not seen:
            _write(Change.Kind.PUBLISHED, row)
        elif allowed and moved:
            _write(Change.Kind.MOVED, row)


def row_changed(row: models.Model, kind: Change.Kind) -> None:
    """Log a change of a row that is no page and has a type of its own in the graph.

    What hangs on something hidden is named to nobody; only that it went out of sight, where it was public before. A row
    hangs on its collection, on the page whose translation key stands in its column ``public_with``, and on its own
    column ``public_if``.
    """
    version = advance()
    if isinstance(row, CollectionMember) or hasattr(row, "public_with") or hasattr(row, "public_if"):
        gate = Gate(now=timezone.now(), version=version)
        hangs = _hangs_on_what_is_shown(row, gate)
        allowed = hangs and gate.allows(row)
        last = _of_row(type_name(row), str(row.pk)).first()
        # What was never logged was imported; it goes out of sight if nothing else had kept it out.
        seen = last.kind not in _ENDED if last else hangs and kind == Change.Kind.UNPUBLISHED
        if not (seen or allowed):
            return
        if kind != Change.Kind.DELETED and seen != allowed:
            kind = Change.Kind.PUBLISHED if allowed else Change.Kind.UNPUBLISHED
    Change.objects.create(kind=kind, type=type_name(row), object_id=str(row.pk))


def _hangs_on_what_is_shown(row: Any, gate: Gate) -> bool:
    if not getattr(row, getattr(row, "public_if", "pk")):
        return False
    if not hasattr(row, "public_with"):
        return True
    return any(map(gate.allows, Page.objects.filter(translation_key=getattr(row, row.public_with))))


def files_shown_or_hidden(collection: Collection) -> None:
    """Log of all that lies in a collection and below it what a restriction, or a move, shows or hides."""
    gate = Gate(now=timezone.now(), version=advance())
    for model in apps.get_models():
        if issubclass(model, CollectionMember) and hasattr(model, "graphql_fields"):
            _show_or_hide(model._default_manager.filter(collection__path__startswith=collection.path), gate)


def files_moved(files: models.QuerySet[Any]) -> None:
    """Log which of ``files`` came into sight or went out of it, where they were moved to another collection."""
    _show_or_hide(files, Gate(now=timezone.now(), version=advance()))


def _show_or_hide(files: models.QuerySet[Any], gate: Gate) -> None:
    newest = _of_row(type_name(files.model()), Cast(OuterRef("pk"), CharField()))
    for row in files.annotate(last_kind=Subquery(newest.values("kind")[:1])).order_by("pk"):
        seen, allowed = row.last_kind is not None and row.last_kind not in _ENDED, gate.allows(row)
        if seen != allowed:
            kind = Change.Kind.PUBLISHED if allowed else Change.Kind.UNPUBLISHED
            Change.objects.create(kind=kind, type=type_name(row), object_id=str(row.pk))


def _of_row(type_: str, object_id: Any) -> models.QuerySet[Change]:
    return Change.objects.filter(type=type_, object_id=object_id, locale__isnull=True).order_by("-pk")


def last_change(page_id: int) -> Change | None:
    """Return the newest change of a page, or None."""
    return Change.objects.filter(object_id=str(page_id), locale__isnull=False).order_by("-pk").first()


def is_public(page_id: int) -> bool:
    """Return whether the public could see a page by the last that was logged of it."""
    last = last_change(page_id)
    return last is not None and last.kind not in _ENDED


def type_name(row: models.Model) -> str:
    """Return the name of a row's type in the graph."""
    return str(getattr(row, "graphql_type", None) or type(row).__name__)


def _write(kind: Change.Kind, page: Page, path: str | None = None) -> None:
    model = page.specific_class or Page
    Change.objects.create(
        kind=kind,
        type=str(getattr(model, "graphql_type", None) or model.__name__),
        object_id=str(page.pk),
        translation_key=page.translation_key,
        locale=page.locale.language_code,
        path=path or page.url_path,
    )
