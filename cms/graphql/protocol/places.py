"""Where in a document a wrong value is: the argument that it belongs to, as errors name it."""

from collections.abc import Iterator

from graphql import (
    ArgumentNode,
    DocumentNode,
    GraphQLError,
    Node,
    ObjectFieldNode,
    ValueNode,
    VariableDefinitionNode,
)

from cms.graphql.protocol.errors import UserError


def with_arguments(errors: list[GraphQLError], document: DocumentNode) -> list[GraphQLError]:
    """Return errors of validation; those about a value name its argument."""
    return [_named(error, document) for error in errors]


def _named(error: GraphQLError, document: DocumentNode) -> GraphQLError:
    node = error.nodes[0] if error.nodes else None
    if not isinstance(node, (ValueNode, ObjectFieldNode)):
        return error
    names = _names_of(document, node, ())
    if not names:
        return error
    argument = ".".join(names)
    message = f"Argument '{argument}': {error.message}"
    if isinstance(error, UserError):
        return UserError(error.code, message, nodes=error.nodes)
    return GraphQLError(message, error.nodes)


def _names_of(inside: Node, wanted: Node, names: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the names of the argument and of the input fields that lead to a node; None where it is not inside."""
    if isinstance(inside, (ArgumentNode, ObjectFieldNode)):
        names = (*names, inside.name.value)
    elif isinstance(inside, VariableDefinitionNode):
        names = (f"${inside.variable.name.value}",)
    if inside is wanted:
        return names
    found = (_names_of(child, wanted, names) for child in _children(inside))
    return next((one for one in found if one is not None), None)


def _children(node: Node) -> Iterator[Node]:
    for key in node.keys:
        value = getattr(node, key, None)
        if isinstance(value, Node):
            yield value
        elif isinstance(value, (list, tuple)):
            yield from (one for one in value if isinstance(one, Node))
