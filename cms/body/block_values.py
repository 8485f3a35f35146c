"""The values of blocks as they are stored, in the shape of the graph, without making Wagtail's objects.

What to do with a block is worked out once from its definition; reading a page then only walks its JSON.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from anyascii import anyascii
from django.utils.text import slugify
from wagtail import blocks

from cms.body.blocks import HeadingBlock
from cms.body.list_blocks import TableBlock

logger = logging.getLogger(__name__)

Reader = Callable[[Any], Any]

TEXT_BLOCKS = (blocks.CharBlock, blocks.TextBlock, blocks.URLBlock, blocks.EmailBlock, blocks.RichTextBlock)


def body_values(stream: Any, place: str = "A body") -> list[dict[str, Any]]:
    """Return the blocks of a `StreamValue` in order, each as a dictionary.

    Every one has ``id``, ``block_type`` (the name under which it is stored) and ``graphql_type``, and beside
    them the fields of that type in snake case. Rich text is the database's HTML; a chosen page, image,
    document or snippet is its id; lists are lists. A block of an unknown type, or one whose value cannot be read, is
    left out and logged; ``place`` says whose body it is.
    """
    readers = readers_of(stream.stream_block)
    values = []
    for kind in getattr(stream, "left_out", ()):
        logger.error("A block is left out: %s has one of the type %r", place, kind)
    for item in stream.raw_data:
        if item["type"] not in readers:
            continue
        try:
            values.append(_read_item(item, readers))
        except Exception:
            logger.exception(
                "A block of type %r is left out: %s holds what cannot be read", item["type"], place
            )
    give_anchors(values)
    return values


def readers_of(stream_block: Any) -> dict[str, Reader]:
    """Return what reads each block of ``stream_block``, by the name under which it is stored."""
    # Kept on the definition itself: blocks compare by their content and cannot be keys of a dictionary.
    readers: dict[str, Reader] | None = vars(stream_block).get("_graph_readers")
    if readers is None:
        readers = {name: _typed_reader(block) for name, block in stream_block.child_blocks.items()}
        stream_block._graph_readers = readers
    return readers


def give_anchors(values: Sequence[dict[str, Any]]) -> None:
    """Give each heading its ``anchor``, made of its words and unique among ``values``."""
    seen: set[str] = set()
    for value in values:
        if value["graphql_type"] == "HeadingBlock":
            stem = slugify(anyascii(value["text"])) or "section"
            anchor, number = stem, 1
            while anchor in seen:
                number += 1
                anchor = f"{stem}-{number}"
            seen.add(anchor)
            value["anchor"] = anchor


def _typed_reader(block: Any) -> Reader:
    read = _reader(block)
    name = getattr(block, "graphql_type", type(block).__name__)

    def typed(raw: Any) -> dict[str, Any]:
        value = read(raw)
        return {"graphql_type": name, **(value if isinstance(value, dict) else {"value": value})}

    return typed


def _reader(block: Any) -> Reader:
    """Return the function that turns a stored value of ``block`` into the shape of the graph."""
    for kind, read in SPECIAL:
        if isinstance(block, kind):
            return read
    if isinstance(block, blocks.StreamBlock):
        return _stream_reader(block)
    if isinstance(block, blocks.ListBlock):
        return _list_reader(_reader(block.child_block))
    if isinstance(block, blocks.StructBlock):
        return _struct_reader(block)
    return _as_stored


def _read_text(raw: str | None) -> str:
    return raw or ""


def _as_stored(raw: Any) -> Any:
    return raw


def _read_heading(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {"text": raw["text"], "level": int(raw["level"])}


def _read_table(raw: Mapping[str, Any] | None) -> dict[str, Any]:
    table = raw or {}
    return {
        "caption": table.get("caption") or "",
        "header": [column["heading"] for column in table.get("columns", ())],
        "rows": [[cell or "" for cell in row["values"]] for row in table.get("rows", ())],
    }


def _stream_reader(block: Any) -> Reader:
    def read_stream(raw: Any) -> list[dict[str, Any]]:
        return [
            _read_item(item, readers_of(block)) for item in raw or () if item["type"] in readers_of(block)
        ]

    return read_stream


def _read_item(item: Mapping[str, Any], readers: Mapping[str, Reader]) -> dict[str, Any]:
    return {"id": item.get("id") or "", "block_type": item["type"]} | readers[item["type"]](item["value"])


def _list_reader(read: Reader) -> Reader:
    def read_list(raw: Any) -> list[Any]:
        return [read(item) for item in stored_items(raw)]

    return read_list


def stored_items(raw: Any) -> list[Any]:
    """Return the values of a stored `ListBlock`; its items stand alone or are wrapped with type and id."""
    return [
        item["value"] if isinstance(item, dict) and item.get("type") == "item" else item for item in raw or ()
    ]


def _struct_reader(block: Any) -> Reader:
    children = [
        (name, _reader(child), child.get_prep_value(child.get_default()))
        for name, child in block.child_blocks.items()
    ]

    def read_struct(raw: Mapping[str, Any] | None) -> dict[str, Any]:
        # A child that came into the block later is not in older content.
        stored = raw or {}
        return {name: read(stored.get(name, default)) for name, read, default in children}

    return read_struct


SPECIAL: list[tuple[type | tuple[type, ...], Reader]] = [
    (TableBlock, _read_table),
    (HeadingBlock, _read_heading),
    (TEXT_BLOCKS, _read_text),
    (blocks.BooleanBlock, bool),
]
