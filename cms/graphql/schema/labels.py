"""Labels of the values of every enum, in the languages of the site."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import override
from graphql import GraphQLEnumType, GraphQLSchema

from cms.graphql.graph import Graph
from cms.graphql.loading.context import Info
from cms.graphql.loading.localised import chain_of


@dataclass(frozen=True, slots=True)
class EnumLabel:
    """The words for one value of an enum."""

    enum: str
    value: str
    label: str


class Labels:
    """The labels of the schema's enums: those of the choices of columns, and those that apps registered."""

    def __init__(self, graphs: tuple[Graph, ...]) -> None:
        self._registered = {name: words for graph in graphs for name, words in graph.labels.items()}
        self._known: dict[str, dict[str, Any]] = {}

    def graph(self) -> Graph:
        """Return what answers for the labels."""
        graph = Graph()
        graph.field("SiteLabels.enumLabels")(self.resolve)
        return graph

    def read(self, schema: GraphQLSchema) -> None:
        """Find the labels of all enums of ``schema``."""
        choices = {one.__name__: one for one in _subclasses(models.TextChoices)}
        for name, enum in sorted(schema.type_map.items()):
            if not isinstance(enum, GraphQLEnumType) or name.startswith("__"):
                continue
            own = choices.get(name)
            chosen = (
                {one.value: one.label for one in own} if own and set(own.values) == set(enum.values) else {}
            )
            found = {**self._registered.get("", {}), **chosen, **self._registered.get(name, {})}
            self._known[name] = {
                value: found.get(value, described.description) for value, described in enum.values.items()
            }

    def resolve(self, labels: Any, _info: Info, enum: list[str] | None = None) -> list[EnumLabel]:
        """Return the labels of the enums of these names, of all where none are named."""
        with override(chain_of(labels).requested):
            return [
                EnumLabel(name, value, str(words))
                for name, values in self._known.items()
                if enum is None or name in enum
                for value, words in values.items()
            ]


def _subclasses(base: Any) -> Iterator[Any]:
    for child in base.__subclasses__():
        yield child
        yield from _subclasses(child)
