"""System checks of search."""

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import connections

from cms.search.index import engine
from cms.search.models import SearchGeneration


def check_engine(databases: Sequence[str] | None = None, **_kwargs: Any) -> list[checks.CheckMessage]:
    """cms_search.W001: the index was made by another engine or version, so queries miss pages silently."""
    if "default" not in (databases or ()):
        return []
    connection = connections["default"]
    if SearchGeneration._meta.db_table not in connection.introspection.table_names():
        return []  # before the first migrate
    made_by = SearchGeneration.objects.filter(serves=True).values_list("engine", flat=True).first()
    if made_by is None or made_by == engine():
        return []
    what = (
        f"was made by another engine ({made_by}; now {engine()})" if made_by else "was never built as a whole"
    )
    return [
        checks.Warning(
            f"The search index {what}.",
            hint="Run `manage.py rebuild_search`. The site can serve meanwhile.",
            id="cms_search.W001",
        )
    ]
