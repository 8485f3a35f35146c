"""Wagtail's panels of the start page, which name what somebody worked on before they lost the right to see it."""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.views.home import LockedPagesPanel, RecentEditsPanel, UserObjectsInWorkflowModerationPanel
from wagtail.models import Page

from centres.rights.beside import known_to


def knows(user: Any, row: Any) -> bool:
    """Return whether ``row`` may be named to ``user``."""
    kind = Page if isinstance(row, Page) else type(row)
    return bool(known_to(user, kind).filter(pk=row.pk).exists())


class KnownInWorkflowPanel(UserObjectsInWorkflowModerationPanel):
    """What one submitted and still works with."""

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Any:
        context = super().get_context_data(parent_context)
        user = parent_context["request"].user
        states = []
        for state in context["workflow_states"]:
            model = state.content_type.model_class()
            if not isinstance(state.content_object, Page) and model is not None:
                state.content_object = model._default_manager.filter(pk=state.object_id).first()
            if state.content_object is not None and knows(user, state.content_object):
                states.append(state)
        return context | {"workflow_states": states}


class KnownRecentEditsPanel(RecentEditsPanel):
    """What one edited and still works with."""

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Any:
        context = super().get_context_data(parent_context)
        user = parent_context["request"].user
        return context | {"last_edits": [edit for edit in context["last_edits"] if knows(user, edit[1])]}


class KnownLockedPagesPanel(LockedPagesPanel):
    """What one locked and still works with."""

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Any:
        context = super().get_context_data(parent_context)
        known = known_to(parent_context["request"].user, Page)
        return context | {"locked_pages": context["locked_pages"].filter(pk__in=known.values("pk"))}


_OWN: Mapping[type, type] = {
    UserObjectsInWorkflowModerationPanel: KnownInWorkflowPanel,
    RecentEditsPanel: KnownRecentEditsPanel,
    LockedPagesPanel: KnownLockedPagesPanel,
}


def narrowed(panels: list[Any]) -> list[Any]:
    """Return ``panels`` with those of Wagtail that name pages and rows in their narrowed form."""
    return [_OWN[type(panel)]() if type(panel) in _OWN else panel for panel in panels]
