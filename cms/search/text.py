"""The words of a page as the public reads them: title, summary, rich text, blocks with tables and captions,
documents."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from wagtail.blocks import BaseStreamBlock, BaseStructBlock, Block, ChoiceBlock, ChooserBlock, ListBlock
from wagtail.documents.models import AbstractDocument
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing

from cms.models import SharedText
from cms.search.catalogue import Piece, catalogue
from cms.search.postings import Level
from cms.visibility import Gate


def pieces(page: Page) -> Iterator[Piece]:
    """Yield the texts of a specific page, without its title, in the order in which a reader meets them."""
    gate = Gate(now=timezone.now())
    if summary := getattr(page, "summary", ""):
        yield Piece(summary, Level.LEAD)
    for field in page._meta.get_fields():
        if isinstance(field, RichTextField):
            yield Piece(get_text_for_indexing(field.value_from_object(page) or ""))
        elif isinstance(field, StreamField):
            stream = getattr(page, field.name)
            for text in block_texts(stream.stream_block, stream, gate):
                yield Piece(text)
    yield from catalogue().pieces_of(page)


def block_texts(block: Block, value: Any, gate: Gate) -> Iterator[str]:
    """Yield the texts of a block's value, down to the titles of documents and the shared texts chosen in
    it."""
    if isinstance(block, BaseStreamBlock):
        for child in value or ():
            yield from block_texts(child.block, child.value, gate)
    elif isinstance(block, ListBlock):
        for item in value or ():
            yield from block_texts(block.child_block, item, gate)
    elif isinstance(block, BaseStructBlock):
        for name, child_block in block.child_blocks.items():
            yield from block_texts(child_block, (value or {}).get(name), gate)
    elif isinstance(block, ChooserBlock):
        yield from chosen_text(value, gate)
    elif value is not None and not isinstance(block, ChoiceBlock):
        yield from block.get_searchable_content(value)


def chosen_text(row: Any, gate: Gate) -> Iterator[str]:
    """Yield the words that a page shows of something chosen on it, as far as everybody may see that."""
    if row is None or not gate.allows(row):
        return
    if isinstance(row, SharedText):
        yield get_text_for_indexing(row.text)
    elif isinstance(row, AbstractDocument):
        yield row.title
