"""How a model says what the public graph shows of it, in the notation of the schema itself."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class ExposedField:
    """One field of the graph: ``signature`` in the schema's notation, its description and where the value lives."""

    signature: str
    description: str
    source: str | None = None

    # Set by `cms.apps` before grapple builds its types, so that content does not depend on how it is delivered.
    as_grapple_field: ClassVar[Callable[["ExposedField"], Any]]

    @property
    def name(self) -> str:
        return self.signature.partition(":")[0].partition("(")[0].strip()

    def __call__(self) -> Any:
        # wagtail-grapple calls every entry of `graphql_fields` when it builds its types.
        return ExposedField.as_grapple_field(self)


def field(signature: str, description: str, *, source: str | None = None) -> Callable[[], Any]:
    """Expose an attribute of a model, for its ``graphql_fields``.

    ``signature`` is a field definition of the schema language, such as ``"host: Organisation!"`` or
    ``"partners(relation: [PartnerRelation!]): [Partner!]!"``; ``source`` names the attribute where it differs from
    the name in snake case. Source: GraphQL specification (October 2021), 3.6 Objects.
    """
    return ExposedField(signature, description, source)
