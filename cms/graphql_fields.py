"""What a model declares about itself for the public graph: its fields and its list.

The first way is the vocabulary of wagtail-grapple (``from grapple.models import GraphQLString``). This module adds the
words that grapple lacks, `field` for a value that no column has, and `List`. See docs/extending.md.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from datetime import UTC, datetime
from typing import Any, ClassVar

from grapple.models import GraphQLField

# What stands for a time that is not known in the order of a list, and in an index of that order: such rows come last.
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ExposedField:
    """One field of the graph: ``signature`` in the schema's notation, its description and where the value lives."""

    signature: str
    description: str
    source: str | None = None
    always: bool = False

    # Set by `cms.apps` before grapple builds its types, so that content does not depend on how it is delivered.
    as_grapple_field: ClassVar[Callable[["ExposedField"], Any]]
    type_by_name: ClassVar[Callable[[str], Any]]

    @property
    def name(self) -> str:
        return self.signature.partition(":")[0].partition("(")[0].strip()

    def __call__(self) -> Any:
        # wagtail-grapple calls every entry of `graphql_fields` when it builds its types.
        return ExposedField.as_grapple_field(self)


def field(
    signature: str, description: str, *, source: str | None = None, always: bool = False
) -> Callable[[], Any]:
    """Expose an attribute of a model, for its ``graphql_fields``.

    ``signature`` is a field definition of the schema language, such as ``"host: Organisation!"`` or
    ``"partners(relation: [PartnerRelation!]): [Partner!]!"``; ``source`` names the attribute where it differs from
    the name in snake case. ``always`` says that a column that may be null never is where the public sees it.
    Source: GraphQL specification (October 2021), 3.6 Objects.
    """
    return ExposedField(signature, description, source, always)


def _word(type_name: str) -> Callable[..., Callable[[], Any]]:
    def word(field_name: str, **options: Any) -> Callable[[], Any]:
        def declare() -> Any:
            return GraphQLField(field_name, ExposedField.type_by_name(type_name), **options)

        return declare

    return word


# The words that grapple has no column for; they take the options of grapple's own.
GraphQLDate = _word("Date")
GraphQLDateTime = _word("DateTime")
GraphQLDecimal = _word("Decimal")
GraphQLID = _word("ID")
GraphQLPartialDate = _word("PartialDate")

# A condition or an order for which a function is registered (`cms.graphql.graph.Graph`).
COMPUTED = None


@dataclass(frozen=True, slots=True)
class Where:
    """A condition on a column; ``between`` asks for a range of a number instead of its exact value."""

    column: str
    description: str = ""
    between: bool = False


@dataclass(frozen=True, slots=True)
class By:
    """A column by which a list is ordered. Rows without a value come last."""

    column: str
    ascending: str = ""
    descending: str = ""


@dataclass(frozen=True, slots=True)
class Below:
    """A list that is also a field of another type: ``column`` of the rows holds ``key`` of the parent.

    Where ``column`` is left out, the rows are the pages below the parent in the tree.
    """

    column: str = ""
    key: str = "translation_key"
    name: str = ""
    description: str = ""
    order: str = ""


@dataclass(frozen=True, slots=True)
class List:
    """A list of the graph, as a model declares it in ``graphql_list``.

    ``name`` is the root field. ``order`` maps names of orders to columns: ``{"DATE": "date"}`` gives DATE_ASC and
    DATE_DESC, a name that ends so gives itself alone; the first one is the default. ``filters`` maps names of
    conditions to columns; a list of columns does where both are called alike. ``below`` maps types to what they have
    of the list. ``prefix`` begins the names of the types (NewsConnection, NewsFilter …), by default the model's name
    without "Page". ``arguments`` are further arguments of the root field, for the function that gives the rows.
    """

    name: str
    order: Mapping[str, "str | By | None"] = attribute(default_factory=dict)
    filters: "Mapping[str, str | Where | None] | list[str]" = attribute(default_factory=dict)
    below: "Mapping[str, Below]" = attribute(default_factory=dict)
    prefix: str = ""
    node: str = ""
    description: str = ""
    arguments: str = ""
    first: int = 20
    fallback: bool | None = None


def list_of(model: Any) -> Any:
    """Return what ``model`` or an abstract base of it declares as ``graphql_list``, None where none of them does.

    The list of a model with a table is not that of the models that are built on it.
    """
    for base in model.__mro__:
        if "graphql_list" in vars(base):
            inherits = base is not model and hasattr(base, "_meta") and not base._meta.abstract
            return None if inherits else vars(base)["graphql_list"]
    return None


def names_by_source(model: Any) -> dict[str, str]:
    """Return the names of the declared fields of ``model`` in the graph, by the attribute behind each."""
    found = {}
    for entry in getattr(model, "graphql_fields", ()):
        made = entry if isinstance(entry, ExposedField) else _made(entry)
        if isinstance(made, ExposedField):
            found[made.source or _snake(made.name)] = made.name
        else:
            found[made.field_source] = _camel(made.field_name)
    return found


def _made(entry: Any) -> Any:
    """Return grapple's field behind an entry, which may be wrapped as a list."""
    made = entry() if callable(entry) else entry
    if isinstance(made, tuple):
        made = made[0]
    return made() if callable(made) else made


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()


def _camel(name: str) -> str:
    first, *others = name.rstrip("_").split("_")
    return first + "".join(word.title() for word in others)
