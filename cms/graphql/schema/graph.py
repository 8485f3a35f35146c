"""An app's share of the graph: its types in the schema language and the functions that answer its fields."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

Resolver = Callable[..., Any]


class Graph:
    """Collects what one app adds; `cms.graphql.schema.build.build_schema` joins the graphs of all apps.

    ``types`` is the path of a folder with files in the GraphQL schema language.
    """

    def __init__(self, types: Path | None = None) -> None:
        self.types = types
        self.queries: dict[str, Resolver] = {}
        self.resolvers: dict[str, Resolver] = {}
        self.prices: dict[str, int] = {}

    def query(self, signature: str) -> Callable[[Resolver], Resolver]:
        """Answer a root field, written as in the schema; the docstring's first paragraph describes it to its users."""

        def register(resolve: Resolver) -> Resolver:
            self.queries[signature] = resolve
            return resolve

        return register

    def price(self, rows: int, *coordinates: str) -> None:
        """Say what fields such as ``"Query.search"`` cost, in rows, where docs/limits.md says too little.

        An interface's name stands for all types behind it.
        """
        self.prices.update(dict.fromkeys(coordinates, rows))

    def field(self, *coordinates: str) -> Callable[[Resolver], Resolver]:
        """Answer fields such as ``"CentrePage.programmes"``; an interface's name stands for all types behind it."""

        def register(resolve: Resolver) -> Resolver:
            for coordinate in coordinates:
                self.resolvers[coordinate] = resolve
            return resolve

        return register
