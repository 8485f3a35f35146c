"""The blocks that a page's body is made of.

Each block carries the name of its type in the graph (``graphql_type``); its children are named as the fields
there, in snake case, so that stored values can be handed out as they are. See `cms.body.block_values`.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from grapple.helpers import register_streamfield_block
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.body.list_blocks import StatisticsBlock, TableBlock, TimelineBlock
from cms.body.media_blocks import DocumentBlock, FigureBlock, VideoBlock
from cms.body.rich_text import FEATURES, heading_levels, is_safe_href
from cms.body.stored import is_block

PREVIEW = "cms/block_preview.html"
TEXT = _("Text")


def _rich_text(**kwargs: Any) -> blocks.RichTextBlock:
    return blocks.RichTextBlock(features=FEATURES, **kwargs)


@register_streamfield_block
class HeadingBlock(blocks.StructBlock):
    """A heading of the page's outline."""

    text = blocks.CharBlock(label=_("Text"), max_length=120)
    level = blocks.ChoiceBlock(
        choices=[("2", _("2: part of the page")), ("3", _("3: below level 2")), ("4", _("4: below level 3"))],
        default="2",
        label=_("Level"),
        help_text=_("The title of the page is level 1. Do not leave a level out."),
    )

    class Meta:
        icon = "title"
        group = TEXT
        label = _("Heading")
        label_format = "{text}"
        description = _("Divides the page; readers and screen readers jump from heading to heading.")
        preview_template = PREVIEW
        preview_value = {"text": _("Opening hours"), "level": "2"}


@register_streamfield_block
class ParagraphBlock(blocks.StructBlock):
    """Running text."""

    text = _rich_text(
        label=_("Text"), help_text=_("Say where a link leads: “timetable of courses”, not “here”.")
    )

    class Meta:
        icon = "pilcrow"
        group = TEXT
        label = _("Paragraphs")
        description = _("One or more paragraphs with lists and links.")
        preview_template = PREVIEW

        @staticmethod
        def preview_value() -> dict[str, Any]:
            return {"text": format_html("<p>{}</p>", _("The library is open to everybody."))}


@register_streamfield_block
class QuoteBlock(blocks.StructBlock):
    """Somebody's words."""

    quote = blocks.TextBlock(label=_("Quotation"), help_text=_("Without quotation marks."))
    attribution = blocks.CharBlock(
        label=_("Who said it"), required=False, max_length=200, help_text=_("Name, and work or function.")
    )

    class Meta:
        icon = "openquote"
        group = TEXT
        label = _("Quotation")
        preview_template = PREVIEW
        preview_value = {"quote": _("A reader lives a thousand lives."), "attribution": _("A librarian")}


class AccordionItemBlock(blocks.StructBlock):
    """One part of an accordion."""

    graphql_type: ClassVar[str] = "AccordionItem"

    heading = blocks.CharBlock(
        label=_("Heading"), max_length=200, help_text=_("A question that readers ask.")
    )
    text = _rich_text(label=_("Text"))

    class Meta:
        icon = "collapse-down"
        label = _("Part")
        label_format = "{heading}"


@register_streamfield_block
class AccordionBlock(blocks.StructBlock):
    """Parts that readers open one by one."""

    items = blocks.ListBlock(AccordionItemBlock(), min_num=1, label=_("Parts"))

    class Meta:
        icon = "collapse-down"
        group = TEXT
        label = _("Accordion")
        description = _(
            "Questions and answers that open when they are needed. Do not hide what everybody must read."
        )
        preview_template = PREVIEW

        @staticmethod
        def preview_value() -> dict[str, Any]:
            return {
                "items": [{"heading": _("Who may apply?"), "text": format_html("<p>{}</p>", _("Everybody."))}]
            }


@register_streamfield_block
class SharedTextBlock(blocks.StructBlock):
    """A text that is kept in one place and shown in several."""

    text = SnippetChooserBlock(
        "cms.SharedText",
        label=_("Shared text"),
        help_text=_("Choose it in any language; each page shows it in its own."),
    )

    class Meta:
        icon = "copy"
        group = TEXT
        label = _("Shared text")
        description = _("Words that several pages show alike; change them once under “Shared texts”.")


@register_streamfield_block
class CallToActionBlock(blocks.StructBlock):
    """A link that stands out."""

    label = blocks.CharBlock(
        label=_("Words on the button"), max_length=60, help_text=_("What happens: “Apply for the course”.")
    )
    page = blocks.PageChooserBlock(label=_("Page"), required=False, help_text=_("A page of this site …"))
    href = blocks.CharBlock(
        label=_("Other address"),
        required=False,
        max_length=500,
        help_text=_("… or an address elsewhere, such as https://www.example.si or mailto:info@example.si."),
    )

    class Meta:
        icon = "link"
        group = TEXT
        label = _("Call to action")
        label_format = "{label}"
        preview_template = PREVIEW
        preview_value = {"label": _("Apply for the course"), "page": None, "href": "https://www.example.si"}

    def clean(self, value: Any) -> Any:
        result = super().clean(value)
        if result["page"] and result["href"]:
            message = _("Choose a page or give an address, not both: clear one of them.")
            raise StructBlockValidationError({"href": ValidationError(message)})
        if not (result["page"] or result["href"] or self.is_deferred_validation):
            raise StructBlockValidationError(
                {"page": ValidationError(_("Choose a page or give an address."))}
            )
        if result["href"] and not (":" in result["href"] and is_safe_href(result["href"])):
            message = _("Begin the address with https://, mailto: or tel:.")
            raise StructBlockValidationError({"href": ValidationError(message)})
        return result


class BodyStreamBlock(blocks.StreamBlock):
    """All blocks of a body; `cms.body.field.BodyField` adds those of the site."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    quote = QuoteBlock()
    accordion = AccordionBlock()
    call_to_action = CallToActionBlock()
    shared_text = SharedTextBlock()
    figure = FigureBlock()
    document = DocumentBlock()
    video = VideoBlock()
    table = TableBlock()
    statistics = StatisticsBlock()
    timeline = TimelineBlock()

    def to_python(self, value: Any) -> Any:
        """Return the stream without what is no block, and without blocks of unknown types; it names what it lacks."""
        if not isinstance(value, list) or not any(isinstance(item, Mapping) for item in value):
            return super().to_python(value)
        found = super().to_python([item for item in value if is_block(item)])
        found.left_out = [
            item.get("type") if isinstance(item, Mapping) else type(item).__name__
            for item in value
            if not is_block(item) or item["type"] not in self.child_blocks
        ]
        return found

    def clean(self, value: Any) -> Any:
        result = super().clean(value)
        if not self.is_deferred_validation and (errors := skipped_levels(result)):
            raise StreamBlockValidationError(block_errors=errors)
        return result


def skipped_levels(stream: Any) -> dict[int, ValidationError]:
    """Return an error for each block whose heading is more than one level below the heading before it."""
    errors = {}
    last = 1
    for index, child in enumerate(stream):
        for level in _levels(child):
            if level > last + 1:
                errors[index] = ValidationError(
                    _("After a heading of level %(last)s comes level %(next)s, not %(level)s. Change it.")
                    % {"last": last, "next": last + 1, "level": level}
                )
            last = level
    return errors


def _levels(child: Any) -> list[int]:
    if isinstance(child.block, HeadingBlock):
        return [int(child.value["level"])]
    if isinstance(child.block, ParagraphBlock):
        return list(heading_levels(child.value["text"].source))
    return []
