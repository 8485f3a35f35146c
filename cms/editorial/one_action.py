"""The bar at the foot of a form offers one action first: what the reader, at this step, most likely came for."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.ui.components import Component


def register() -> None:
    """Have the bars of pages and of everything else with a workflow follow this."""
    hooks.register("construct_page_action_menu", arrange)
    hooks.register("construct_snippet_action_menu", arrange)


def arrange(items: list[Any], _request: HttpRequest, context: dict[str, Any]) -> None:
    """Put the first action of ``items`` first, and take out what has another name for the same."""
    by_name = {item.name: item for item in items}
    approve, withdraw = by_name.get("approve"), by_name.get("action-cancel-workflow")
    if withdraw is not None:
        withdraw.label = _("Withdraw and edit")
    if context.get("locked_for_user") and withdraw is not None:
        items[:] = [withdraw, ReadOnly()]
    elif context.get("locked_for_user"):
        items.append(ReadOnly())
    elif approve is not None:
        # To publish meanwhile is the same decision, taken past the workflow.
        left_out = ("approve", "action-publish")
        items[:] = [_plain(items), *(item for item in items if item.name not in left_out or _asks(item))]


def _plain(items: list[Any]) -> Any:
    return next(item for item in items if item.name == "approve" and not _asks(item))


def _asks(item: Any) -> bool:
    return item.name == "approve" and bool(getattr(item, "launch_modal", False))


class ReadOnly(Component):
    """A mark for the browser, which takes the form above out of reach."""

    name = "read-only"
    template_name = "cms/read_only.html"
    order = 20_000

    def render_html(self, parent_context: Any = None) -> Any:
        return super().render_html(parent_context)
