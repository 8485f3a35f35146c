"""What a child of a block is in the graph: its type, and how what is stored becomes its value."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.dateparse import parse_datetime
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

from cms.graphql.fields.blocks import Block, known_block
from cms.graphql.fields.rich_text import full_page
from cms.graphql.loading.batching import by_id
from cms.graphql.loading.context import Info
from cms.graphql.loading.localised import mark
from cms.graphql.loading.pages import visible
from cms.publishing.registry import entry_of

type Read = Callable[[Block, Any, Any], Any]


@dataclass(frozen=True, slots=True)
class Child:
    """``type`` in the schema language; ``read`` takes the block, the stored value and the info of the field."""

    type: str
    read: Read


def child_of(child: Any) -> Child | None:
    """Return what a child block is in the graph, None where nobody has said what its kind is."""
    if isinstance(child, blocks.ListBlock):
        return _list(child)
    if isinstance(child, blocks.StreamBlock):
        return Child("[BlockInterface!]!", _read_stream)
    if isinstance(child, blocks.StructBlock):
        return _struct(child)
    for kind, make in _KINDS:
        if isinstance(child, kind):
            return make(child)
    return None


def type_name(block: Any) -> str:
    """Return the name of the type of a block or of its class."""
    cls = block if isinstance(block, type) else type(block)
    return str(getattr(cls, "graphql_type", cls.__name__))


def _struct(child: Any) -> Child:
    name = type_name(child)

    def read(block: Block, raw: Any, _info: Info) -> Block:
        value = {"graphql_type": name, "block_type": child.name, **(raw or {})}
        return Block(value, block.body, f"{block.key}/{child.name}" if child.name else block.key)

    return Child(f"{name}!", read)


def _list(child: Any) -> Child | None:
    item = child_of(child.child_block)
    if item is None:
        return None

    def read(block: Block, raw: Any, info: Info) -> list[Any]:
        values = (
            item.read(Block(block.value, block.body, f"{block.key}/{child.name}/{place}"), one, info)
            for place, one in enumerate(raw or ())
        )
        return [value for value in values if value is not None]

    return Child(f"[{item.type.removesuffix('!')}!]!", read)


def _read_stream(block: Block, raw: Any, _info: Info) -> list[Block]:
    return [Block(value, block.body) for value in raw or () if known_block(value["graphql_type"])]


def _scalar(name: str, convert: Callable[[Any], Any] = lambda raw: raw) -> Callable[[Any], Child]:
    def make(child: Any) -> Child:
        required = "!" if child.required else ""
        return Child(
            f"{name}{required}", lambda _block, raw, _info: None if raw in (None, "") else convert(raw)
        )

    return make


def _text(_child: Any) -> Child:
    return Child("String!", lambda _block, raw, _info: str(raw or ""))


def _rich_text(child: Any) -> Child:
    if child.required:
        return Child("RichText!", lambda block, raw, _info: block.body.links.value(raw or ""))
    return Child("RichText", lambda block, raw, _info: block.body.links.value(raw) if raw else None)


def _page(child: Any) -> Child:
    # What the public may not see is null, so no chooser is never null.
    model = child.target_model
    name = "PageInterface" if model is Page else entry_of(model).type
    return Child(name, lambda block, raw, info: full_page(block.body.links.page(raw), info.context))


def _snippet(child: Any) -> Child:
    model = child.target_model

    def read(block: Block, raw: Any, info: Info) -> Any:
        ids = {pk for body in block.body.group for pk in body.references.snippets.get(model, ())}
        found = by_id(info.context.store, visible(info.context, model), {raw, *ids})
        row = found.get(raw)
        return mark(row, block.body.chain) if row is not None else None

    return Child(entry_of(model).type, read)


# The first that fits counts.
_KINDS: tuple[tuple[Any, Callable[[Any], Child]], ...] = (
    (blocks.RichTextBlock, _rich_text),
    (blocks.BooleanBlock, lambda _child: Child("Boolean!", lambda _block, raw, _info: bool(raw))),
    (blocks.IntegerBlock, _scalar("Int")),
    (blocks.FloatBlock, _scalar("Float")),
    (blocks.DecimalBlock, _scalar("Decimal", lambda raw: Decimal(str(raw)))),
    (blocks.DateBlock, _scalar("Date", date.fromisoformat)),
    (blocks.DateTimeBlock, _scalar("DateTime", parse_datetime)),
    (ImageChooserBlock, lambda _child: Child("Image", lambda block, raw, _info: block.body.image(raw))),
    (
        DocumentChooserBlock,
        lambda _child: Child("Document", lambda block, raw, _info: block.body.document(raw)),
    ),
    (blocks.PageChooserBlock, _page),
    (blocks.ChooserBlock, _snippet),
    (blocks.MultipleChoiceBlock, lambda _child: Child("[String!]!", lambda _b, raw, _i: list(raw or ()))),
    (
        (
            blocks.CharBlock, blocks.TextBlock, blocks.URLBlock, blocks.EmailBlock, blocks.RegexBlock,
            blocks.ChoiceBlock, blocks.TimeBlock, blocks.RawHTMLBlock, blocks.BlockQuoteBlock,
        ),
        _text,
    ),
)  # fmt: skip
