"""From declarations in the schema's own notation to types: what wagtail-grapple builds from, and what we serve.

wagtail-grapple generates a type for every model from its ``graphql_fields``. All other types (values, inputs,
enums, connections) stand in the files of folders named ``types``. Graphene sees those only as names: `Reference`
scalars. The schema that is served is built anew from both by `cms.graphql.schema.build`.
"""

from collections.abc import Callable
from keyword import iskeyword
from typing import Any

import graphene
from graphql import (
    FieldDefinitionNode,
    ListTypeNode,
    NamedTypeNode,
    NonNullTypeNode,
    TypeNode,
    parse,
)
from graphql.pyutils import camel_to_snake
from grapple.models import GraphQLField
from grapple.registry import registry

from cms.graphql_fields import ExposedField

_STANDARD: dict[str, Any] = {
    "String": graphene.String,
    "Int": graphene.Int,
    "Float": graphene.Float,
    "Boolean": graphene.Boolean,
    "ID": graphene.ID,
}
_references: dict[str, type[graphene.Scalar]] = {}


def field_definition(signature: str) -> FieldDefinitionNode:
    """Parse one field definition of the schema language. Raises GraphQLSyntaxError."""
    document = parse("type Signature { " + signature + " }")
    return document.definitions[0].fields[0]  # type: ignore[attr-defined]


def grapple_field(exposed: ExposedField) -> tuple[GraphQLField, Callable[[Any], graphene.Field]]:
    """Return what wagtail-grapple expects in ``graphql_fields``: its own field and a wrapper for its type."""
    definition = field_definition(exposed.signature)
    name = camel_to_snake(definition.name.value)
    if iskeyword(name):
        name += "_"  # graphene makes a dataclass of the fields; the graph shows the signature's name
    structure = _structure(definition.type)

    def wrap(_field_type: Any) -> graphene.Field:
        return graphene.Field(structure, name=definition.name.value, description=exposed.description)

    return GraphQLField(name, graphene.String, source=exposed.source or name), wrap


def _structure(node: TypeNode) -> Any:
    if isinstance(node, NonNullTypeNode):
        return graphene.NonNull(_structure(node.type))
    if isinstance(node, ListTypeNode):
        return graphene.List(_structure(node.type))
    assert isinstance(node, NamedTypeNode)
    return _named(node.name.value)


def _named(name: str) -> Any:
    if name in _STANDARD:
        return _STANDARD[name]
    return lambda: model_types().get(name) or _reference(name)


def _reference(name: str) -> type[graphene.Scalar]:
    if name not in _references:
        _references[name] = type(name, (graphene.Scalar,), {"__doc__": "Defined in a file of types."})
    return _references[name]


def model_types() -> dict[str, Any]:
    """Return the types that wagtail-grapple generated, by name, of models that declare ``graphql_fields``."""
    return {
        model.__name__: node
        for model, node in registry.models.items()
        if isinstance(model, type) and "graphql_fields" in vars(model) and not hasattr(model, "graphql_type")
    }
