"""Blocks of bodies that show programmes, chosen by hand or by rule, and texts that all centres share."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from wagtail.models import Page

from centres.graphql.graph import graph
from centres.models import CentrePage, ProgrammePage
from cms.body.rich_text import RichTextValue
from cms.graphql.fields.blocks import Block, Body, shared_texts
from cms.graphql.fields.rich_text import Links
from cms.graphql.loading.batching import batched, related
from cms.graphql.loading.context import Context, Info
from cms.graphql.loading.fetching import FETCH_PEERS
from cms.graphql.loading.localised import chain_of
from cms.graphql.loading.pages import by_key, in_chain, visible


@graph.field("CentrePage.intro")
def intro(page: CentrePage, info: Info) -> RichTextValue | None:
    chain = chain_of(page)

    def load(group: list[Any]) -> dict[Any, Any]:
        texts = shared_texts(info.context, {row.intro_id for row in group if row.intro_id}, chain)
        return {row.pk: texts.get(row.intro_id) for row in group}

    text = batched(page, ("intro", chain.codes), load, lambda: None)
    return Links.of(info.context, text.locale_id).value(text.text) if text is not None else None


@graph.field("ProgrammesBlock.programmes")
def programmes(block: Block, info: Info) -> list[Any]:
    lists = _Lists.of(info.context, block.body)
    return lists.chosen(block.value) if block.value["programmes"] else lists.by_rule(block.value)


class _Lists:
    """The programmes of all such blocks of the bodies that were read together, with a few statements in all."""

    def __init__(self, context: Context, body: Body) -> None:
        self._context, self._chain = context, body.chain
        blocks = [
            item["value"]
            for one in body.group
            for item in one.stream.raw_data
            if item["type"] == "programmes" and isinstance(item["value"], dict)
        ]
        self._keys = self._translation_keys(blocks)
        self._chosen = by_key(
            context, ProgrammePage, {self._keys.get(pk) for pk in _chosen_ids(blocks)}, body.chain
        )
        self._candidates = self._read_candidates([block for block in blocks if not block.get("programmes")])

    @classmethod
    def of(cls, context: Context, body: Body) -> "_Lists":
        """Return the lists for a body and those of its peers."""
        key = ("programme_lists", id(body.group[0]), body.chain)
        if key not in context.store:
            context.store[key] = cls(context, body)
        lists: _Lists = context.store[key]
        return lists

    def chosen(self, value: dict[str, Any]) -> list[Any]:
        """Return the programmes that were chosen by hand, in their order."""
        keys = (self._keys.get(pk) for pk in value["programmes"])
        return [self._chosen[key] for key in keys if key in self._chosen]

    def by_rule(self, value: dict[str, Any]) -> list[Any]:
        """Return the first programmes that the block's rule admits, by title."""
        admitted = (page for page in self._candidates if self._admits(value, page))
        return [page for page, _place in zip(admitted, range(value["limit"] or 0), strict=False)]

    def _admits(self, value: dict[str, Any], page: Any) -> bool:
        if value["centre"] and page.centre_key != self._keys.get(value["centre"]):
            return False
        if value["kind"] and page.kind != value["kind"]:
            return False
        return not value["topic"] or any(topic.pk == value["topic"] for topic in related(page, "topics"))

    def _translation_keys(self, blocks: list[dict[str, Any]]) -> dict[int, Any]:
        ids = set(_chosen_ids(blocks)) | {block["centre"] for block in blocks if block.get("centre")}
        return dict(Page.objects.filter(pk__in=ids).values_list("pk", "translation_key")) if ids else {}

    def _read_candidates(self, blocks: list[dict[str, Any]]) -> list[Any]:
        """Read what the rules of all blocks can show: the first rows of each, in one statement."""
        if not blocks:
            return []
        rows = in_chain(self._context, visible(self._context, ProgrammePage), self._chain)
        wanted = Q(pk__in=())
        for block in blocks:
            ruled = rows
            if block.get("centre"):
                ruled = ruled.filter(centre_key=self._keys.get(block["centre"]))
            if block.get("kind"):
                ruled = ruled.filter(kind=block["kind"])
            if block.get("topic"):
                ruled = ruled.filter(topics=block["topic"])
            wanted |= Q(pk__in=ruled.order_by("sort_key", "pk").values("pk")[: block.get("limit") or 0])
        return list(ProgrammePage.objects.filter(wanted).fetch_mode(FETCH_PEERS).order_by("sort_key", "pk"))


def _chosen_ids(blocks: list[dict[str, Any]]) -> Iterable[int]:
    for block in blocks:
        for item in block.get("programmes") or ():
            yield item["value"] if isinstance(item, dict) else item
