"""Objects by their global ids, and the ids of all objects."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Q
from wagtail.fields import RichTextField, StreamField
from wagtail.models import CollectionMember, DraftStateMixin, Page, ReferenceIndex

from cms.graphql.fields.blocks import Block, body_blocks, figure_image
from cms.graphql.fields.pages import graph, locale_of
from cms.graphql.loading.batching import adopt
from cms.graphql.loading.connections import MAX_PAGE_SIZE
from cms.graphql.loading.context import Context, Info
from cms.graphql.loading.guard import may_see
from cms.graphql.loading.identity import id_of_block, id_of_row, text_of_id
from cms.graphql.loading.localised import chain_for, mark
from cms.graphql.loading.pages import by_key, in_chain, locale_ids, specific, visible
from cms.graphql.protocol.errors import ErrorCode, UserError
from cms.graphql_fields import list_of, names_by_source
from cms.languages.locales import LocaleChain, locale_codes
from cms.media.images import ImageUse
from cms.publishing.identity import GlobalId, has_id
from cms.publishing.registry import entry_of

type Place = tuple[type[models.Model], tuple[str, ...], Any]


@graph.field("Node.id")
def row_id(value: Any, info: Info) -> str:
    if isinstance(value, ImageUse):
        return str(id_of_row(info.context, value.image, value.place))
    return text_of_id(info.context, value)


@graph.field("BlockInterface.id")
def block_id(block: Block, info: Info) -> str:
    body = block.body
    return str(id_of_block(info.context, body.owner, body.chain, block.key))


@graph.query('node("Id of the object, as the API gives it." id: ID!): Node')
def node(_root: Any, info: Info, id: str) -> Any:
    """Any object by its id, in the locale of the id. Null if the public may not see it."""
    return _nodes(info, [id])[0]


@graph.query('nodes("Ids of 1 to 100 objects, as the API gives them." ids: [ID!]!): [Node]!')
def nodes(_root: Any, info: Info, ids: list[str]) -> list[Any]:
    """Objects in the order of their ids. An entry is null if the public may not see the object."""
    if not 1 <= len(ids) <= MAX_PAGE_SIZE:
        raise UserError(ErrorCode.PAGE_SIZE, f"Pass 1 to {MAX_PAGE_SIZE} ids.")
    return _nodes(info, ids)


def read_id(context: Context, text: str, argument: str, *kinds: type[models.Model]) -> GlobalId | None:
    """Return what an argument names among rows of ``kinds``; None for all else.

    A number is the key of a row of the first kind, as ids were before they were global.
    """
    if text.isascii() and text.isdecimal() and len(text) <= 18:
        context.deprecate(
            argument, "Numeric ids are accepted until version 2.0. Pass the id that the API gives."
        )
        return GlobalId(kinds[0], text)
    found = GlobalId.read(text)
    return found if found is not None and issubclass(found.model, kinds) and not found.block else None


def chain_of_id(
    given: GlobalId, locale: str | None, fallback: list[str] | None, usual: str | None
) -> LocaleChain:
    """Return the locales for what an id names: those of the arguments, else those of the id, else the usual ones."""
    if locale is None and fallback is None and given.locales and {*given.locales} <= {*locale_codes()}:
        return chain_for(given.locales[0], given.locales[1:])
    return chain_for(locale or usual, fallback)


_served: set[str] = set()


def serve_nodes(names: Iterable[str]) -> None:
    """Say which types of the schema are nodes."""
    _served.update(names)


def _nodes(info: Info, ids: list[str]) -> list[Any]:
    """Return the objects behind ``ids``. The number of statements depends on the number of types and versions alone."""
    context = info.context
    wanted = {text: found for text in ids if (found := GlobalId.read(text)) is not None}
    places: dict[str, GlobalId] = {}
    for text, found in wanted.items():
        place = GlobalId.place(found.use) if found.use else None
        places[text] = found if place is None else place
    owners = _Owners(context, [(places[text], found.locales) for text, found in wanted.items()])
    shown: dict[str, Any] = {}
    for text, found in wanted.items():
        owner = owners.of(places[text], found.locales)
        value = _within(owner, places[text], info) if owner is not None else None
        if found.use and value is not None:
            value = figure_image(value, info) if value.graphql_type == "FigureBlock" else None
        # An id in another form than the one that the object has now is not the id of it.
        if value is not None and _id_of(value, info) == text:
            shown[text] = value
    return [shown.get(text) for text in ids]


def _id_of(value: Any, info: Info) -> str:
    return block_id(value, info) if isinstance(value, Block) else row_id(value, info)


def _within(owner: Any, place: GlobalId, info: Info) -> Any:
    """Return the row itself, or a block of its body."""
    if not place.block:
        return owner
    source = place.block.partition(":")[0]
    column = next((one for one in type(owner)._meta.get_fields() if one.name == source), None)
    if not isinstance(column, StreamField) or source not in names_by_source(type(owner)):
        return None
    return next((one for one in _all(body_blocks(source)(owner, info)) if one.key == place.block), None)


def _all(blocks: Iterable[Block]) -> Iterable[Block]:
    for block in blocks:
        yield block
        yield from _all(block.inner)


class _Owners:
    """The rows that ids name or whose blocks they name, each in the locales of its id."""

    def __init__(self, context: Context, wanted: Collection[tuple[GlobalId, tuple[str, ...]]]) -> None:
        self._context = context
        self._found: dict[Place, Any] = {}
        groups: dict[tuple[type[models.Model], tuple[str, ...]], set[Any]] = defaultdict(set)
        for one, locales in wanted:
            if {*locales} <= {*locale_codes()}:
                groups[one.model, locales].add(one.pk)
        for (model, locales), pks in groups.items():
            if issubclass(model, Page):
                rows = self._pages(pks, locales)
            elif entry_of(model).type in _served and has_id(model):
                rows = self._rows(model, pks, locales)
            else:
                rows = []
            self._found |= {(model, locales, row.pk): row for row in rows if may_see(context, row)}

    def of(self, one: GlobalId, locales: tuple[str, ...]) -> Any:
        return self._found.get((one.model, locales, one.pk))

    def _pages(self, pks: set[Any], locales: tuple[str, ...]) -> list[Any]:
        context = self._context
        rows = list(visible(context, Page).filter(pk__in=pks).order_by())
        if locales:
            chain = chain_for(locales[0], locales[1:])
            best = by_key(context, Page, {row.translation_key for row in rows}, chain)
            rows = [row for row in best.values() if row.pk in pks]
        pages = specific(context, rows)
        adopt(pages.values())
        for page in pages.values():
            mark(page, chain_for(locales[0], locales[1:]) if locales else chain_for(locale_of(context, page)))
        return list(pages.values())

    def _rows(self, model: type[models.Model], pks: set[Any], locales: tuple[str, ...]) -> list[Any]:
        chain = chain_for(locales[0], locales[1:]) if locales else chain_for(None)
        rows = list(public_rows(self._context, model, chain).filter(pk__in=pks).order_by())
        hidden = entry_of(model).public_if is not None and list_of(model) is None
        if hidden or issubclass(model, CollectionMember):
            # Nothing lists people and files: who guesses an id may see what others show, and no more.
            shown = _shown(self._context, model, {row.pk for row in rows}, chain)
            rows = [row for row in rows if row.pk in shown]
        return [mark(row, chain) for row in rows]


def _shown(context: Context, model: type[models.Model], pks: set[Any], chain: LocaleChain) -> set[Any]:
    """Return those of ``pks`` that an object points at which the visitor may see: a page, an edition, a shared text."""
    return _shown_by_rows(context, model, pks, chain) | _shown_in_texts(context, model, pks, chain)


def _shown_by_rows(
    context: Context, model: type[models.Model], pks: set[Any], chain: LocaleChain
) -> set[Any]:
    """Return what rows of the graph point at by a relation of theirs."""
    found: set[Any] = set()
    relation: Any
    for relation in model._meta.get_fields(include_hidden=True):
        source: Any = relation.related_model if relation.auto_created and relation.is_relation else None
        if source is None or not _is_shown(source, relation.remote_field.name):
            continue
        name = relation.remote_field.name
        rows = public_rows(context, source, chain).filter(**{f"{name}__in": pks}).order_by()
        found.update(rows.values_list(name, flat=True))
    return found


def _shown_in_texts(
    context: Context, model: type[models.Model], pks: set[Any], chain: LocaleChain
) -> set[Any]:
    """Return what bodies and texts refer to."""
    kind = ContentType.objects.get_for_model((model._meta.get_parent_list() or [model])[-1])
    references = ReferenceIndex.objects.filter(to_content_type=kind, to_object_id__in=list(map(str, pks)))
    by_source: dict[int, set[tuple[str, str]]] = defaultdict(set)
    columns = ("to_object_id", "content_type", "object_id", "model_path")
    for to, source, key, path in references.values_list(*columns):
        model_of_it = ContentType.objects.get_for_id(source).model_class()
        if model_of_it is not None and _is_shown(model_of_it, path):
            by_source[source].add((key, to))
    found: set[str] = set()
    for content_type, pairs in by_source.items():
        source_model: Any = ContentType.objects.get_for_id(content_type).model_class()
        sources = public_rows(context, source_model, chain).filter(pk__in=[key for key, _to in pairs])
        seen = {str(pk) for pk in sources.order_by().values_list("pk", flat=True)}
        found |= {to for key, to in pairs if key in seen}
    return {model._meta.pk.to_python(pk) for pk in found}


def _is_shown(model: Any, path: str) -> bool:
    """Return whether objects of ``model`` show what is at a path of theirs, such as ``results.item.document``.

    Of a model without a type of its own, such as a shared text, it is what it has in texts and bodies.
    """
    name, _item, inner = path.partition(".item.")
    first = name.partition(".")[0]
    column: Any = model._meta.get_field(first)
    if not entry_of(model).shown:
        return issubclass(model, DraftStateMixin) and isinstance(column, (StreamField, RichTextField))
    if not any(source.partition(".")[0] == first for source in names_by_source(model)):
        return False
    return not (inner and column.one_to_many) or _is_shown(column.related_model, inner)


def public_rows(context: Context, model: type[models.Model], chain: LocaleChain) -> models.QuerySet[Any, Any]:
    """Return the rows of ``model`` that the visitor may see together with what they belong to."""
    entry = entry_of(model)
    rows = visible(context, model)
    if entry.public_if is not None:
        rows = rows.filter(**{entry.public_if: True})
    if entry.public_with is not None:
        pages = visible(context, Page).filter(locale__in=locale_ids(context, chain))
        rows = rows.filter(Exists(pages.filter(translation_key=OuterRef(entry.public_with))))
    if entry.parent is not None:
        rows = rows.filter(Q(**{f"{entry.parent.name}__in": _parents(context, entry.parent, chain)}))
    return rows


def _parents(context: Context, column: Any, chain: LocaleChain) -> Any:
    model = column.related_model
    if issubclass(model, Page):
        return in_chain(context, visible(context, model), chain).order_by().values("pk")
    return public_rows(context, model, chain).order_by().values("pk")
