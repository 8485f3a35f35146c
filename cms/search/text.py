"""The words of a page as the public reads them: title, summary, rich text, blocks with tables and captions,
documents."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from wagtail.blocks import BaseStreamBlock, BaseStructBlock, Block, ChoiceBlock, ChooserBlock, ListBlock
from wagtail.documents.models import AbstractDocument
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing

from cms.languages.locales import LocaleChain
from cms.models import SharedText
from cms.publishing.registry import entry_of
from cms.publishing.visibility import Gate
from cms.search.catalogue import Piece, catalogue
from cms.search.postings import Level


def pieces_of(pages: Sequence[Page]) -> dict[int, list[Piece]]:
    """Return the texts of specific pages, without titles, in the order in which a reader meets them, by
    page."""
    gate = Gate(now=timezone.now())
    lent = catalogue().pieces_of(pages, gate)
    return {page.pk: [*_own_pieces(page, gate), *lent.get(page.pk, ())] for page in pages}


def _own_pieces(page: Page, gate: Gate) -> Iterator[Piece]:
    blocks = _Blocks(gate, LocaleChain.of(page.locale.language_code))
    if summary := getattr(page, "summary", ""):
        yield Piece(summary, Level.LEAD)
    model: Any = type(page)
    for field in entry_of(model).words:
        if isinstance(field, RichTextField):
            yield Piece(get_text_for_indexing(field.value_from_object(page) or ""))
        else:
            stream = getattr(page, field.name)
            yield from blocks.pieces(stream.stream_block, stream)


@dataclass(frozen=True, slots=True)
class _Blocks:
    """Reads blocks, down to the titles of documents and the shared texts that are chosen in them."""

    gate: Gate
    chain: LocaleChain

    def pieces(self, block: Block, value: Any) -> Iterator[Piece]:
        if value is None or isinstance(block, ChoiceBlock):
            return
        if isinstance(block, BaseStreamBlock):
            for child in value:
                yield from self.pieces(child.block, child.value)
        elif isinstance(block, ListBlock):
            for item in value:
                yield from self.pieces(block.child_block, item)
        elif isinstance(block, BaseStructBlock):
            for name, child_block in block.child_blocks.items():
                yield from self.pieces(child_block, value.get(name))
        elif isinstance(block, ChooserBlock):
            yield from chosen_text(value, self.gate, self.chain)
        else:
            yield from map(Piece, block.get_searchable_content(value))


def chosen_text(row: Any, gate: Gate, chain: LocaleChain) -> Iterator[Piece]:
    """Yield the words that a page in the languages of ``chain`` shows of something chosen on it.

    Only public text; shared texts and documents, since nothing else chosen shows words of its own.
    """
    if isinstance(row, SharedText):
        translations = gate.visible(row.get_translations(inclusive=True).select_related("locale"))
        by_locale = {text.locale.language_code: text for text in translations}
        for code in chain.codes:
            if code in by_locale:
                shown = by_locale[code]
                yield Piece(get_text_for_indexing(shown.text), until=shown.expire_at)
                return
    elif isinstance(row, AbstractDocument) and gate.allows(row):
        yield Piece(row.title)
