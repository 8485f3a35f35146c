"""Bodies of pages: blocks are handed out from what is stored, without making Wagtail's values of them.

What the blocks of all peers refer to is found in one walk when the first of them needs it, and read with one
statement for each kind.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from cms.body.block_refs import References, references
from cms.body.block_values import body_values
from cms.body.media_blocks import video_problem
from cms.body.rich_text import RichTextValue, is_safe_href
from cms.graphql.fields.media import documents, images
from cms.graphql.fields.pages import graph
from cms.graphql.fields.partial_date import PartialDate
from cms.graphql.fields.rich_text import Links, locale_id_of
from cms.graphql.graph import Resolver
from cms.graphql.loading.batching import adopt, batched, is_draft
from cms.graphql.loading.context import Context, Info
from cms.graphql.loading.identity import id_of_block
from cms.graphql.loading.localised import chain_of
from cms.graphql.loading.pages import locale_ids, visible
from cms.languages.locales import LocaleChain
from cms.media.images import ImageUse
from cms.models import SharedText

logger = logging.getLogger(__name__)


@dataclass
class Body:
    """One page's stream, and those of the pages that were read together with it."""

    context: Context
    chain: LocaleChain
    locale_id: int
    stream: Any
    owner: Any = None
    source: str = ""
    group: list["Body"] = field(default_factory=list, repr=False)

    @property
    def place(self) -> str:
        """Where an operator finds the body."""
        return f"{type(self.owner).__name__} {self.owner.pk}"

    @cached_property
    def references(self) -> References:
        """What the blocks refer to."""
        return references([self.stream])

    @cached_property
    def links(self) -> Links:
        """Where links of this body lead; those of the other pages in the same language are read along."""
        links = Links.of(self.context, self.locale_id)
        for body in self.group:
            if body.locale_id == self.locale_id:
                links.add(body.references.pages, body.references.documents)
        return links

    def image(self, pk: int | None) -> Any:
        """Return an image of this body, or None where the public may not see it."""
        ids = {one for body in self.group for one in body.references.images}
        return images(self.context, ids, self.chain).get(pk) if pk else None

    def document(self, pk: int | None) -> Any:
        """Return a document of this body, or None where the public may not see it."""
        ids = {one for body in self.group for one in body.references.documents}
        return documents(self.context, ids, self.chain).get(pk) if pk else None

    def shared_text(self, pk: int | None) -> Any:
        """Return a shared text in the best locale of the chain, or None where none is published."""
        known = self.context.store.setdefault(("shared_texts", self.chain), {})
        if pk not in known:
            ids = {one for body in self.group for one in body.references.snippets.get(SharedText, ())}
            missing = {pk, *ids} - known.keys()
            known.update(dict.fromkeys(missing) | shared_texts(self.context, missing, self.chain))
        return known.get(pk)


def shared_texts(context: Context, ids: set[int], chain: LocaleChain) -> dict[int, Any]:
    """Return by id the visible version of each shared text that stands first in ``chain``; two statements.

    An editor's preview gets the draft of a text that the editor may change.
    """
    keys = dict(SharedText.objects.filter(pk__in=ids).values_list("pk", "translation_key"))
    order = {pk: place for place, pk in enumerate(locale_ids(context, chain))}
    best: dict[Any, Any] = {}
    rows = visible(context, SharedText).filter(translation_key__in=keys.values(), locale__in=order)
    for row in sorted(rows, key=lambda row: -order[row.locale_id]):
        best[row.translation_key] = context.as_seen(row)
    adopt(best.values())
    return {pk: best.get(key) for pk, key in keys.items()}


class Block:
    """One block of a body, or an item in it: its values as they are stored."""

    def __init__(self, value: dict[str, Any], body: Body, key: str = "") -> None:
        self.value = value
        self.body = body
        self._key = key

    @property
    def graphql_type(self) -> str:
        return str(self.value["graphql_type"])

    @property
    def key(self) -> str:
        """What tells the block apart from all others on its page: its own key, or its place in another block."""
        return self._key or f"{self.body.source}:{self.value['id']}"

    @property
    def inner(self) -> list["Block"]:
        """The blocks of streams inside this one."""
        inner = (one for value in self.value.values() if isinstance(value, list) for one in value)
        return [Block(one, self.body) for one in inner if isinstance(one, dict) and one.get("graphql_type")]

    @property
    def block_type(self) -> str:
        return str(self.value["block_type"])

    @property
    def place(self) -> str:
        """Where an operator finds the block."""
        return f"Block {self.value.get('id', '')} of {self.body.place}"


def body_blocks(source: str) -> Resolver:
    """Return the resolver of a stream field."""

    def resolve(instance: Any, info: Info) -> list[Block]:
        chain = chain_of(instance)

        def load(group: list[Any]) -> dict[Any, Body]:
            bodies = {
                row.pk: Body(
                    info.context,
                    chain,
                    locale_id_of(info.context, row),
                    getattr(row, source),
                    row,
                    source,
                )
                for row in group
            }
            for body in bodies.values():
                body.group = list(bodies.values())
            return bodies

        if is_draft(instance):
            body = load([instance])[instance.pk]
        else:
            body = batched(instance, ("body", source, chain.codes), load)
        return blocks_of(body)

    return resolve


def blocks_of(body: Body) -> list[Block]:
    """Return the blocks of a body; one whose only content the visitor may not see, or nobody should, is left out."""
    return [
        Block(value, body)
        for value in body_values(body.stream, body.place)
        if known_block(value["graphql_type"]) and _has_something(value, body)
    ]


_served: set[str] = set()


def serve_blocks(names: Iterable[str]) -> None:
    """Say which types of blocks the schema has."""
    _served.update(names)


def known_block(name: str) -> bool:
    """Return whether the schema has a type of block. One that it has not is left out, not fatal, and logged."""
    if name in _served:
        return True
    _log_unknown(name)
    return False


@lru_cache
def _log_unknown(name: str) -> None:
    # Once for each process: a page may hold many of them.
    logger.error("Blocks of type %s are omitted from responses: the schema has no such type.", name)


def _has_something(value: dict[str, Any], body: Body) -> bool:
    if value["graphql_type"] == "SharedTextBlock":
        return body.shared_text(value["text"]) is not None
    if value["graphql_type"] == "CallToActionBlock":
        return body.links.page(value["page"]) is not None or is_safe_href(value["href"])
    if value["graphql_type"] == "VideoBlock":
        # The form refuses it; an import does not ask, and the hosts may be others than when it was written.
        return video_problem(value["url"]) is None
    return True


@graph.field(
    "HeadingBlock.level", "HeadingBlock.anchor", "TableBlock.caption", "TableBlock.header", "TableBlock.rows"
)
def stored_value(block: Block, info: Info) -> Any:
    return block.value[info.field_name]


@graph.field("SharedTextBlock.text")
def shared_text(block: Block, info: Info) -> RichTextValue:
    row = block.body.shared_text(block.value["text"])
    return Links.of(info.context, row.locale_id).value(row.text)


@graph.field("FigureBlock.image")
def figure_image(block: Block, info: Info) -> ImageUse | None:
    image = block.body.image(block.value.get("image"))
    if image is None or not info.context.gate.allows(image):
        return None
    return ImageUse(
        image, bool(block.value.get("decorative")), block.value.get("alt_text") or "", _place_of(block)
    )


def _place_of(block: Block) -> str:
    """Return the name of the place where an image has words of its own; empty where it has none."""
    if not (block.value.get("decorative") or block.value.get("alt_text")):
        return ""
    return id_of_block(block.body.context, block.body.owner, block.body.chain, block.key).name


@graph.field("FigureBlock.credit")
def credit(block: Block, _info: Info) -> str:
    own = block.value.get("credit")
    image = None if own else block.body.image(block.value.get("image"))
    return own or (image.credit if image else "")


@graph.field("CallToActionBlock.href")
def href(block: Block, _info: Info) -> str:
    row = block.body.links.page(block.value.get("page"))
    return row.url_path if row is not None else str(block.value["href"])


@graph.field("TimelineBlock.items")
def events(block: Block, _info: Info) -> list["Event"]:
    found = []
    for value in block.value["items"]:
        try:
            found.append(Event(value))
        except (KeyError, TypeError, ValueError):
            logger.exception("An event is left out: %s holds what cannot be read", block.place)
    return found


class Event:
    """What happened when."""

    def __init__(self, value: dict[str, Any]) -> None:
        self.date = PartialDate(date.fromisoformat(value["date"]["date"]), value["date"]["precision"])
        self.text = value["text"]
