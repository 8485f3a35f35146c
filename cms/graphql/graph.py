"""An app's share of the graph: its types in the schema language and the functions that resolve its fields."""

from collections.abc import Callable, Mapping
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
        self.conditions: dict[str, Resolver] = {}
        self.orders: dict[str, Resolver] = {}
        self.rows: dict[str, Resolver] = {}
        self.in_full: dict[str, Resolver] = {}
        self.lists: dict[Any, Any] = {}
        self.facets: dict[str, tuple[Any, ...]] = {}
        self.labels: dict[str, dict[str, Any]] = {}
        self.made_types: list[Callable[[], str]] = []

    def list_of(self, model: Any, declared: Any) -> None:
        """Declare the `cms.graphql_fields.List` of a model that another package defines."""
        self.lists[model] = declared

    def facets_of(self, prefix: str, *facets: Any) -> None:
        """Count the rows of the list whose types begin with ``prefix`` by ``facets`` (`cms.graphql.loading.facets`)."""
        self.facets[prefix] = facets

    def labels_of(self, enum: str, labels: Mapping[str, Any]) -> None:
        """Give the values of ``enum`` words in the site's languages, where no column's choices do; "" is any enum."""
        self.labels[enum] = dict(labels)

    def types_from(self, make: Callable[[], str]) -> Callable[[], str]:
        """Add the types that ``make`` returns in the schema language: those that follow from the models."""
        self.made_types.append(make)
        return make

    def query(self, signature: str) -> Callable[[Resolver], Resolver]:
        """Answer a root field, written as in the schema; the docstring's first paragraph describes it to its users."""

        def register(resolve: Resolver) -> Resolver:
            self.queries[signature] = resolve
            return resolve

        return register

    def price(self, rows: int, *coordinates: str) -> None:
        """Say what ``"Query.search"`` costs, in rows, or how long a list such as ``"Book.contributors"`` is.

        It is for the estimate (docs/limits.md), which otherwise takes an object for one row and a list for ten.

        An interface's name means all types behind it.
        """
        self.prices.update(dict.fromkeys(coordinates, rows))

    def field(self, *coordinates: str) -> Callable[[Resolver], Resolver]:
        """Answer fields such as ``"CentrePage.programmes"``. An interface's name means all types behind it."""

        def register(resolve: Resolver) -> Resolver:
            for coordinate in coordinates:
                self.resolvers[coordinate] = resolve
            return resolve

        return register

    def condition(self, signature: str, *, beside: tuple[str, ...] = ()) -> Callable[[Resolver], Resolver]:
        """Answer a condition of a list, written as ``"ProgrammeFilter.hasOpenEdition: Boolean"``.

        The function takes context, locale chain and value, and by name the conditions that stand ``beside`` it; it
        returns a `Q` on the rows of the list. The docstring's first paragraph describes the condition.
        """

        def register(resolve: Resolver) -> Resolver:
            resolve.beside = beside  # type: ignore[attr-defined]
            self.conditions[signature] = resolve
            return resolve

        return register

    def order(self, coordinate: str) -> Callable[[Resolver], Resolver]:
        """Answer an order of a list, such as ``"ProgrammeOrder.NEXT_START_ASC"``.

        The function takes the context. It returns the expression to order by, never null, with the Python type of its
        values, or for an ascending order says where other rows have them (`cms.graphql.loading.elsewhere`). The
        docstring's first paragraph describes the order.
        """

        def register(resolve: Resolver) -> Resolver:
            self.orders[coordinate] = resolve
            return resolve

        return register

    def rows_of(self, prefix: str, *, in_full: Resolver | None = None) -> Callable[[Resolver], Resolver]:
        """Give the rows of the list whose types begin with ``prefix``, where they are not just what may be seen.

        The function takes context and locale chain, and the root field's own arguments, and returns a queryset.
        ``in_full`` takes context and order and returns what puts full objects in the place of rows that were read.
        """

        def register(resolve: Resolver) -> Resolver:
            self.rows[prefix] = resolve
            if in_full is not None:
                self.in_full[prefix] = in_full
            return resolve

        return register
