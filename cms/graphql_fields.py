"""How a model says what the public graph shows of it, in the notation of the schema itself."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ExposedField:
    """One field of the graph: ``signature`` in the schema's notation, its description and where the value lives."""

    signature: str
    description: str
    source: str | None = None

    @property
    def name(self) -> str:
        return self.signature.partition(":")[0].partition("(")[0].strip()

    def __call__(self) -> Any:
        # wagtail-grapple calls every entry of `graphql_fields` when it builds its types; only then is the GraphQL
        # machinery loaded, so that content never depends on how it is delivered.
        from cms.graphql.schema.sdl import grapple_field

        return grapple_field(self)


def field(signature: str, description: str, *, source: str | None = None) -> Callable[[], Any]:
    """Expose an attribute of a model, for its ``graphql_fields``.

    ``signature`` is a field definition of the schema language, such as ``"host: Organisation!"`` or
    ``"partners(relation: [PartnerRelation!]): [Partner!]!"``; ``source`` names the attribute where it differs from
    the name in snake case. Source: GraphQL specification (October 2021), 3.6 Objects.
    """
    return ExposedField(signature, description, source)
