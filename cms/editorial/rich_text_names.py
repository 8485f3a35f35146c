"""Names of the fields with formatted text for those who hear the admin: Wagtail's editor of them has none."""

from collections.abc import Callable
from copy import copy
from typing import Any

from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.telepath import register
from wagtail.blocks.field_block import FieldBlockAdapter, RichTextBlock


class NamedRichTextAdapter(FieldBlockAdapter):
    """Hands the label of a block to the editor of its text, which the browser makes."""

    def js_args(self, block: Any) -> list[Any]:
        name, widget, *others = super().js_args(block)
        if isinstance(widget, DraftailRichTextArea):
            widget = copy(widget)  # labels differ by language
            widget.options = widget.options | {"ariaLabel": str(block.label)}
        return [name, widget, *others]


def connect() -> None:
    """Name each of them: in a form by the label beside it, in a body by the label of its block."""
    area: Any = DraftailRichTextArea
    area.get_context = _labelled(area.get_context)
    register(NamedRichTextAdapter(), RichTextBlock)


def _labelled(plain: Callable[..., Any]) -> Callable[..., Any]:
    def get_context(widget: Any, name: str, value: Any, attrs: Any) -> Any:
        own = copy(widget)
        if attrs and attrs.get("id"):
            own.options = widget.options | {"ariaLabelledBy": f"{attrs['id']}-label"}
        return plain(own, name, value, attrs)

    return get_context
