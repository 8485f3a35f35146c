"""Introspection has a budget of its own, in fields, because it nests by nature and reads no rows.

The measure is the query that the usual tools send, priced on the schema in hand: an operation may ask for
twice as much. So those tools pass on any schema, and one that multiplies types by fields by types does not.
"""

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    get_introspection_query,
    parse,
)

from cms.graphql.protocol.cost import Pricing, Weights, evaluate

_MARGIN = 2


def weights(schema: GraphQLSchema) -> Weights:
    """Return how long the lists of the introspection are on average; every field counts one."""
    types = list(schema.type_map.values())
    composites = [type_ for type_ in types if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType)]
    enums = [type_ for type_ in types if isinstance(type_, GraphQLEnumType)]
    inputs = [type_ for type_ in types if isinstance(type_, GraphQLInputObjectType)]
    interfaces = [type_ for type_ in types if isinstance(type_, GraphQLInterfaceType)]
    fields = [field for type_ in composites for field in type_.fields.values()]
    return Weights(
        lists={
            "__Schema.types": len(types),
            "__Schema.directives": len(schema.directives),
            "__Type.fields": _average([len(type_.fields) for type_ in composites]),
            "__Type.interfaces": _average([len(type_.interfaces) for type_ in composites]),
            "__Type.possibleTypes": _average([len(schema.get_possible_types(type_)) for type_ in interfaces]),
            "__Type.enumValues": _average([len(type_.values) for type_ in enums]),
            "__Type.inputFields": _average([len(type_.fields) for type_ in inputs]),
            "__Field.args": _average([len(field.args) for field in fields]),
            "__Directive.args": _average([len(directive.args) for directive in schema.directives]),
        },
        leaf=1,
    )


def budget(schema: GraphQLSchema, prices: Weights) -> int:
    """Return how many fields of introspection an operation may ask for."""
    document = parse(get_introspection_query(True, True, True, True, True))
    operation = document.definitions[0]
    if not isinstance(operation, OperationDefinitionNode):
        raise TypeError("The introspection query begins with its operation.")
    return _MARGIN * evaluate(Pricing(schema, document, prices).introspection(operation), {})


def _average(lengths: list[int]) -> int:
    """Return the average, rounded up, and at least 1: a selected list costs something."""
    return max(1, -(-sum(lengths) // max(1, len(lengths))))
