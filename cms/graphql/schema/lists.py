"""Lists of the graph: from a model's `List` to types in the schema language and to the functions that answer.

A list has a Connection with Edges, a Filter (joined by ``and``, ``or``, ``not``), an Order, a root field, and fields
below other types. Source: GraphQL Cursor Connections Specification (Relay).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import override
from wagtail.models import TranslatableMixin

from cms.graphql.graph import Graph, Resolver
from cms.graphql.loading.conditions import Conditions, Resolve, on_column
from cms.graphql.loading.connections import Connection, Part, connect, connect_below
from cms.graphql.loading.context import Context, Info
from cms.graphql.loading.facets import Facet, facets_below, facets_of
from cms.graphql.loading.keys import argument_key
from cms.graphql.loading.localised import chain_for, chain_of, mark
from cms.graphql.loading.orders import Sorting, on_order
from cms.graphql.loading.pages import in_chain, visible
from cms.graphql.loading.tree import connect_children
from cms.graphql.schema.columns import column_of, enum_of
from cms.graphql.schema.refusals import is_name
from cms.graphql_fields import Below, By, List, Where, list_of
from cms.languages.locales import LocaleChain
from cms.publishing.registry import entry_of

_JOINED = (
    "Conditions are joined by AND, the values of one list by OR. Pass codes and slugs, not database ids."
)
_RANGES: tuple[tuple[type[Any], str], ...] = (
    (models.DateTimeField, "DateTimeRange"),
    (models.DateField, "DateRange"),
    (models.BooleanField, "Boolean"),
    (models.IntegerField, "Int"),
)
_FACETS = """  "Counts over the whole list: how many rows each further choice would leave."
  facets(
    "Facets to count. Omit it for all that the list has; of another one, no value is returned."
    names: [FacetName!]
  ): [Facet!]!
"""
_PAGING = "first: Int = {first}, after: String, last: Int, before: String"


@dataclass
class Listed:
    """A model's list, with the functions that apps registered for it."""

    model: Any
    declared: List
    graphs: tuple[Graph, ...]

    @property
    def prefix(self) -> str:
        return self.declared.prefix or self.model.__name__.removesuffix("Page")

    @property
    def node(self) -> str:
        return self.declared.node or entry_of(self.model).type

    @property
    def is_page(self) -> bool:
        return issubclass(self.model, TranslatableMixin)

    def registered(self, kind: str, name: str) -> tuple[str, Resolver] | None:
        """Return signature and function of what an app registered under ``name``, None where none did."""
        for graph in self.graphs:
            for signature, resolve in getattr(graph, kind).items():
                if signature.partition(":")[0].strip() == name:
                    return signature.partition(":")[2].strip(), resolve
        return None

    # ------------------------------------------------------------ the schema

    def types(self) -> str:
        """Return the types of the list in the schema language."""
        with override("en"):
            noun = str(self.model._meta.verbose_name)
            plural = str(self.model._meta.verbose_name_plural)
        article = "An" if noun[:1].lower() in "aeiou" else "A"
        text = f'''
"A part of a list of {plural} (Relay connection)."
type {self.prefix}Connection {{
  "Number of {plural} in the whole list. It costs one more database query, so select it only where you show it."
  totalCount: Int!
  "The {plural} of this part, without cursors."
  nodes: [{self.node}!]!
  "The {plural} of this part, each with its cursor."
  edges: [{self.prefix}Edge!]!
  "Position of this part in the list. Use it for next and previous links."
  pageInfo: PageInfo!
{_FACETS if self.facets else ""}}}

"{article} {noun} in a list, with its cursor."
type {self.prefix}Edge {{
  "Position of this {noun}. Pass it as `after` to continue after it, or as `before` to stop before it."
  cursor: String!
  "The {noun} at this position."
  node: {self.node}!
}}
'''
        if self.declared.filters:
            fields = "\n".join(
                f"  {_quoted(text)}\n  {name}: {type_}" for name, type_, text in self._filters()
            )
            text += f"""
"Conditions on {plural}. {_JOINED}"
input {self.prefix}Filter {{
{fields}
  "Further conditions, all of which must be met."
  and: [{self.prefix}Filter!]
  "Alternatives, at least one of which must be met."
  or: [{self.prefix}Filter!]
  "Conditions that must not be met."
  not: {self.prefix}Filter
}}
"""
        if len(self.orders) > 1:
            values = "\n".join(
                f"  {_quoted(order.description)}\n  {name}" for name, order in self.orders.items()
            )
            text += (
                f'\n"Orders in which {plural} can be returned."\nenum {self.prefix}Order {{\n{values}\n}}\n'
            )
        return text

    def stand_ins(self) -> str:
        """Return types that have the names of those of the list, for checks where it cannot have its own."""
        name = self.prefix if is_name(self.prefix) else "Unnamed"
        return (
            f"type {name}Connection {{ f: Int }} input {name}Filter {{ f: Int }} enum {name}Order {{ NONE }}"
        )

    def arguments(self, order: str = "", extra: str = "", locale: bool = False) -> str:
        """Return the arguments of a field that gives the list."""
        parts = [extra] if extra else []
        if self.declared.filters:
            parts.append(f"filter: {self.prefix}Filter")
        if len(self.orders) > 1:
            parts.append(f"orderBy: {self.prefix}Order = {order or self.default_order}")
        parts.append(_PAGING.format(first=self.declared.first))
        if locale:
            fallback = self.is_page if self.declared.fallback is None else self.declared.fallback
            parts.append("locale: String, fallback: [String!]" if fallback else "locale: String")
        return ", ".join(parts)

    def _filters(self) -> Iterator[tuple[str, str, str]]:
        for name, where in self.filters.items():
            if where is None:
                found = self.registered("conditions", f"{self.prefix}Filter.{name}")
                if found:
                    yield name, found[0], _first_paragraph(found[1])
                continue
            type_ = self._filter_type(name, where)
            yield name, type_, where.description or self._described(where.column, name)

    def _filter_type(self, name: str, where: Where) -> str:
        column = column_of(self.model, *_path(where.column))
        enum = enum_of(column)
        if name.endswith("Contains"):
            return "String"
        if enum is not None:
            return f"[{enum.__name__}!]"
        found = next((type_ for kind, type_ in _RANGES if isinstance(column, kind)), "[String!]")
        return "IntRange" if where.between else found

    def enums(self) -> Iterator[Any]:
        """Yield the classes of choices by which the list is filtered."""
        for where in self.filters.values():
            if where and (enum := enum_of(column_of(self.model, *_path(where.column)))) is not None:
                yield enum

    def _described(self, path: str, name: str) -> str:
        column = column_of(self.model, *_path(path))
        with override("en"):
            words = getattr(column, "verbose_name", None) or (
                column.related_model._meta.verbose_name_plural if column.related_model else name
            )
        return f"{capfirst(str(words))}."

    # ------------------------------------------------------------ rows

    @cached_property
    def filters(self) -> Mapping[str, Where | None]:
        """Conditions by name; None for one that a registered function answers."""
        given = self.declared.filters
        named = given.items() if isinstance(given, Mapping) else ((_camel(name), name) for name in given)
        return {name: Where(where) if isinstance(where, str) else where for name, where in named}

    @cached_property
    def conditions(self) -> Conditions:
        """What turns a Filter into a condition on the rows."""
        found: dict[str, Resolve] = {}
        for name, where in self.filters.items():
            if where is not None:
                found[name] = on_column(self.model, where.column, contains=name.endswith("Contains"))
            elif registered := self.registered("conditions", f"{self.prefix}Filter.{name}"):
                found[name] = registered[1]
        return Conditions(self.model, found)

    @cached_property
    def orders(self) -> dict[str, Sorting]:
        """Orders by name, the default one first."""
        found: dict[str, Sorting] = {}
        for name, by in self.declared.order.items():
            if by is None:
                if registered := self.registered("orders", f"{self.prefix}Order.{name}"):
                    found[name] = Sorting(_first_paragraph(registered[1]), compute=registered[1])
                continue
            named = By(by) if isinstance(by, str) else by
            stem = name.removesuffix("_ASC").removesuffix("_DESC")
            for side, words in (("ASC", named.ascending), ("DESC", named.descending)):
                if name in (stem, f"{stem}_{side}"):
                    found[f"{stem}_{side}"] = on_order(self.model, named.column, side == "DESC", words)
        return found

    @cached_property
    def facets(self) -> tuple[Facet, ...]:
        """The facets that apps registered for the list."""
        return tuple(facet for graph in self.graphs for facet in graph.facets.get(self.prefix, ()))

    @property
    def default_order(self) -> str:
        return next(iter(self.orders))

    def rows(self, context: Context, chain: LocaleChain, **arguments: Any) -> models.QuerySet[Any]:
        """Return the rows that the visitor may see, pages each once in the best locale of ``chain``."""
        if found := self.registered("rows", self.prefix):
            rows: models.QuerySet[Any] = found[1](context, chain, **arguments)
            return rows
        rows = visible(context, self.model)
        if (column := entry_of(self.model).public_if) is not None:
            rows = rows.filter(**{column: True})
        return in_chain(context, rows, chain) if self.is_page else rows

    def _ordered(
        self, context: Context, chain: LocaleChain, wanted: Any, name: str | None, **extra: Any
    ) -> Any:
        """Return filtered rows, the same with what their order needs, the order, and what completes the rows."""
        name = name or self.default_order
        if wanted and not self.declared.filters:
            extra["filter"] = wanted  # one of the root field's own arguments
            wanted = None
        rows = self.rows(context, chain, **extra)
        if wanted:
            rows = rows.filter(self.conditions.of(context, chain, wanted))
        ordered, order = self.orders[name].of(context, rows, name, filtered=bool(wanted))
        complete = self.registered("in_full", self.prefix)
        return rows, ordered, order, complete[1](context, order) if complete else list

    def root(self) -> Resolver:
        """Return the function of the root field."""

        def resolve(
            _root: Any,
            info: Info,
            filter: dict[str, Any] | None = None,
            order_by: str | None = None,
            locale: str | None = None,
            fallback: list[str] | None = None,
            **others: Any,
        ) -> Connection:
            context, chain = info.context, chain_for(locale, fallback)
            part = Part.of(**{name: others.pop(name, None) for name in ("first", "after", "last", "before")})
            rows, ordered, order, finish = self._ordered(context, chain, filter, order_by, **others)
            found = connect(context, ordered, order, part, finish)
            found.count_facets = lambda names: facets_of(context, chain, self.facets, names, rows)
            return mark(found, chain)

        resolve.__doc__ = (
            self.declared.description or f"{capfirst(str(self.model._meta.verbose_name_plural))}."
        )
        return resolve

    def of(self, parent: Any, info: Info, **arguments: Any) -> Connection:
        """Return a part of the list below ``parent``."""
        return self.below(self.declared.below[type(parent).__name__])(parent, info, **arguments)

    def below(self, below: Below) -> Resolver:
        """Return the function of a field below another type."""

        def resolve(
            parent: Any,
            info: Info,
            filter: dict[str, Any] | None = None,
            order_by: str | None = None,
            **paging: Any,
        ) -> Connection:
            context, chain, part = info.context, chain_of(parent), Part.of(**paging)
            key = (self.prefix, chain.codes, argument_key(filter), order_by)
            if key not in context.store:
                context.store[key] = self._ordered(context, chain, filter, order_by or below.order)
            rows, ordered, order, finish = context.store[key]
            if not below.column:
                return connect_children(context, parent, key, ordered, order, part)
            own = attrgetter(below.key)
            found = connect_below(
                parent,
                key,
                ordered,
                parent_key=own,
                column=below.column,
                order=order,
                part=part,
                finish=finish,
            )
            found.count_facets = lambda names: facets_below(
                parent, key, context, chain, self.facets, names, rows, below.column, own
            )
            return found

        return resolve


_LISTED: dict[Any, Listed] = {}


def lists_of(graphs: tuple[Graph, ...]) -> list[Listed]:
    """Return the lists that the models of the graph declare."""
    declared = {model: one for graph in graphs for model, one in graph.lists.items()}
    declared |= {model: list_of(model) for model in apps.get_models() if model not in declared}
    found = [Listed(model, one, graphs) for model, one in declared.items() if isinstance(one, List)]
    _LISTED.update({one.model: one for one in found})
    return found


def listed(model: Any) -> Listed:
    """Return the list of ``model``, once the schema is built."""
    return _LISTED[model]


def _path(path: str) -> tuple[str, list[str]]:
    first, *keys = path.split("__")
    return first, keys


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.title() for word in others)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _first_paragraph(function: Any) -> str:
    return " ".join((function.__doc__ or "").strip().partition("\n\n")[0].split())
