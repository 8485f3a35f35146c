"""Rich texts of the graph: their links point to what the visitor may see, in the language of the text."""

from collections.abc import Collection, Iterable
from typing import Any

from wagtail.models import Page

from cms.body.rich_text import LinkTarget, RichTextLink, RichTextValue, referenced_ids
from cms.graphql.fields.media import documents
from cms.graphql.fields.pages import graph
from cms.graphql.graph import Resolver
from cms.graphql.loading.batching import batched, is_draft
from cms.graphql.loading.context import Context, Info
from cms.graphql.loading.localised import chain_of, mark
from cms.graphql.loading.pages import by_own_id, locale_ids, specific
from cms.languages.locales import LocaleChain

Targets = dict[int, LinkTarget | None]


class Links:
    """The targets of links in texts of one language. ``add`` the targets, then ``value`` reads all at once."""

    def __init__(self, context: Context, locale: str) -> None:
        self._context = context
        self._chain = LocaleChain.of(locale)
        self._waiting: tuple[set[int], set[int]] = (set(), set())
        self._pages: Targets = {}
        self._documents: Targets = {}

    @classmethod
    def of(cls, context: Context, locale_id: int) -> "Links":
        """Return the operation's links for texts in a locale."""
        key = ("links", locale_id)
        if key not in context.store:
            context.store[key] = cls(context, context.gate.boundaries.locales[locale_id])
        links: Links = context.store[key]
        return links

    def add(self, page_ids: Collection[int], document_ids: Collection[int]) -> None:
        """Note ids that texts refer to; nothing is read yet."""
        self._waiting[0].update(page_ids)
        self._waiting[1].update(document_ids)

    def value(self, source: str) -> RichTextValue:
        """Return the text with its links resolved; at most three statements for all texts that were added."""
        found = referenced_ids(source)
        self.add(found.page_ids, found.document_ids)
        self._read()
        return RichTextValue(source, self._pages, self._documents)

    def page(self, page_id: int | None) -> Any:
        """Return the page in place of ``page_id`` in this language, or None."""
        if page_id is None:
            return None
        self.add([page_id], [])
        self._read()
        target = self._pages[page_id]
        return target.page if target else None

    def _read(self) -> None:
        page_ids = self._waiting[0] - self._pages.keys()
        document_ids = self._waiting[1] - self._documents.keys()
        if page_ids:
            rows = by_own_id(self._context, page_ids, self._chain)
            for pk in page_ids:
                row = rows.get(pk)
                self._pages[pk] = LinkTarget(row.url_path, page=row) if row is not None else None
        if document_ids:
            found = documents(self._context, document_ids, self._chain)
            for pk in document_ids:
                document = found.get(pk)
                self._documents[pk] = LinkTarget(document.full_url, document=document) if document else None


def rich_text(source: str) -> Resolver:
    """Return the resolver of a rich text column of a page or another translatable row."""

    def resolve(instance: Any, info: Info) -> RichTextValue | None:
        text = getattr(instance, source)
        if not text:
            return None
        links = Links.of(info.context, locale_id_of(info.context, instance))
        if not is_draft(instance):
            _add_peers(instance, source, links)
        return links.value(text)

    return resolve


def locale_id_of(context: Context, row: Any) -> int:
    """Return the locale of a row's texts: its own, or the requested one where rows have no language."""
    own: int | None = getattr(row, "locale_id", None)
    return locale_ids(context, chain_of(row))[0] if own is None else own


def _add_peers(instance: Any, source: str, links: Links) -> None:
    own = getattr(instance, "locale_id", None)

    def load(group: list[Any]) -> dict[Any, bool]:
        for row in group:
            if getattr(row, "locale_id", None) == own:
                found = referenced_ids(getattr(row, source) or "")
                links.add(found.page_ids, found.document_ids)
        return {}

    batched(instance, ("links", source, own), load)


@graph.field("RichTextLink.page")
def linked_page(link: RichTextLink, info: Info) -> Any:
    return full_page(link.page, info.context)


def full_page(row: Page | None, context: Context) -> Any:
    """Return the page of its own type for a base row, for all rows that were read together."""
    if row is None:
        return None

    def load(group: Iterable[Any]) -> dict[Any, Any]:
        return specific(context, group)

    page = batched(row, "specific", load, lambda: None)
    return mark(page, row.__dict__["_locale_chain"]) if page is not None else None
