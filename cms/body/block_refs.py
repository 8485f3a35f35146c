"""What stored blocks point at: pages, images, documents and snippets, found in one walk over their JSON.

All streams of a list of pages are walked first, then every model is loaded by one statement.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.body.block_values import stored_items
from cms.body.rich_text import referenced_ids
from cms.body.stored import is_block


@dataclass(slots=True)
class References:
    """Ids of the rows that some content points at; ``snippets`` by model."""

    pages: set[int] = field(default_factory=set)
    images: set[int] = field(default_factory=set)
    documents: set[int] = field(default_factory=set)
    snippets: dict[type[models.Model], set[Any]] = field(default_factory=lambda: defaultdict(set))

    def add_rich_text(self, html: str) -> None:
        """Add what the links of a rich text (as the database keeps it) point at."""
        found = referenced_ids(html)
        self.pages |= found.page_ids
        self.documents |= found.document_ids
        self.images |= found.image_ids


Visitor = Callable[[Any, References], None]


def references(streams: Iterable[Any], into: References | None = None) -> References:
    """Return what the blocks of all the `StreamValue` objects point at, added to ``into`` where given."""
    found = References() if into is None else into
    for stream in streams:
        visit = _stream_visitor(stream.stream_block)
        if visit is not None:
            visit(stream.raw_data, found)
    return found


def _stream_visitor(block: Any) -> Visitor | None:
    # Kept on the definition itself: blocks compare by their content and cannot be keys of a dictionary.
    if "_reference_visitor" not in vars(block):
        block._reference_visitor = _new_stream_visitor(block)
    visitor: Visitor | None = block._reference_visitor
    return visitor


def _visitor(block: Any) -> Visitor | None:
    """Return what collects the references of ``block``, or ``None`` where it never has any."""
    for kind, make in MAKERS:
        if isinstance(block, kind):
            return make(block)
    return None


def _new_stream_visitor(block: Any) -> Visitor | None:
    visitors = {name: visit for name, child in block.child_blocks.items() if (visit := _visitor(child))}

    def visit_stream(raw: Any, found: References) -> None:
        for item in filter(is_block, raw or ()):
            visit = visitors.get(item["type"])
            if visit is not None:
                # Of a value that cannot be read nothing is shown, so nothing is referred to either.
                with suppress(TypeError, ValueError, KeyError, AttributeError):
                    visit(item["value"], found)

    return visit_stream if visitors else None


def _struct_visitor(block: Any) -> Visitor | None:
    visitors = [(name, visit) for name, child in block.child_blocks.items() if (visit := _visitor(child))]

    def visit_struct(raw: Any, found: References) -> None:
        for name, visit in visitors:
            value = raw.get(name) if raw else None
            if value:
                visit(value, found)

    return visit_struct if visitors else None


def _list_visitor(block: Any) -> Visitor | None:
    visit = _visitor(block.child_block)
    if visit is None:
        return None

    def visit_list(raw: Any, found: References) -> None:
        for value in stored_items(raw):
            if value:
                visit(value, found)

    return visit_list


def _rich_text_visitor(_block: Any) -> Visitor:
    def visit_rich_text(raw: Any, found: References) -> None:
        found.add_rich_text(raw)

    return visit_rich_text


def _chooser_visitor(kind: str) -> Callable[[Any], Visitor]:
    def make(_block: Any) -> Visitor:
        def visit_chooser(raw: Any, found: References) -> None:
            getattr(found, kind).add(raw)

        return visit_chooser

    return make


def _snippet_visitor(block: Any) -> Visitor:
    def visit_snippet(raw: Any, found: References) -> None:
        found.snippets[block.target_model].add(raw)

    return visit_snippet


# The first that fits counts, so a special kind stands before the general one.
MAKERS: list[tuple[type, Callable[[Any], Visitor | None]]] = [
    (blocks.StreamBlock, _stream_visitor),
    (blocks.StructBlock, _struct_visitor),
    (blocks.ListBlock, _list_visitor),
    (blocks.RichTextBlock, _rich_text_visitor),
    (blocks.PageChooserBlock, _chooser_visitor("pages")),
    (ImageChooserBlock, _chooser_visitor("images")),
    (DocumentChooserBlock, _chooser_visitor("documents")),
    (blocks.ChooserBlock, _snippet_visitor),
]
