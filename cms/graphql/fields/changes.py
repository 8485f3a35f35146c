"""What changed for the public since a cursor, for frontends that build or keep copies."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from cms.graphql.fields.pages import graph
from cms.graphql.loading.connections import invalid_cursor, page_size
from cms.graphql.loading.context import Info
from cms.models import Change
from cms.models.changes import cursor_of, key_of
from cms.publishing.identity import id_of_change
from cms.publishing.tags import EVERY, tags_of


@dataclass
class ChangeConnection:
    """A part of the log."""

    nodes: list[Change]
    cursor: str
    has_more: bool


@graph.query("changes(after: String, first: Int = 100): ChangeConnection!")
def changes(_root: Any, info: Info, after: str | None = None, first: int | None = 100) -> ChangeConnection:
    """Public changes after a cursor, in commit order and with deletions. Without a cursor, from the beginning."""
    # A change is written while its transaction holds the lock of the content version, so keys grow as commits do.
    info.context.tags.add(EVERY)
    size, last = page_size(first), _decode(after)
    rows = list(Change.objects.filter(pk__gt=last).order_by("pk")[: size + 1])
    nodes = rows[:size]
    return ChangeConnection(nodes, cursor_of(nodes[-1].pk if nodes else last), len(rows) > size)


@graph.query("changeCursor: String!")
def change_cursor(_root: Any, info: Info) -> str:
    """The present end of changes. Keep it before a full build, and pass it to `changes` afterwards."""
    info.context.tags.add(EVERY)
    return cursor_of(Change.objects.aggregate(last=Max("pk"))["last"] or 0)


@graph.field("Change.tags")
def tags(change: Change, _info: Info) -> list[str]:
    return tags_of(change)


@graph.field("Change.id")
def object_id(change: Change, _info: Info) -> str:
    return id_of_change(change)


def _decode(cursor: str | None) -> int:
    try:
        return 0 if cursor is None else key_of(cursor)
    except ValueError as error:
        raise invalid_cursor("after", "the changes", "cursor") from error
