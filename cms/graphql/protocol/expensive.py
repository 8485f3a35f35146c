"""The most expensive part of an operation, for the message of COST_LIMIT."""

from dataclasses import dataclass
from typing import Any

from graphql import GraphQLObjectType, OperationDefinitionNode, get_named_type, is_composite_type

from cms.graphql.protocol.cost import ABSTRACT, Pricing, Variables, evaluate, is_connection, page_size


@dataclass(frozen=True, slots=True)
class Expensive:
    """``path``: response names from the root. ``lower``: the argument to lower there, with its value."""

    path: str
    lower: str | None

    @property
    def advice(self) -> str:
        """A sentence that says what to do."""
        if self.lower is None:
            return f"The most expensive part is {self.path}. Select less below it, or split the operation."
        return f"The most expensive part is {self.path}. Lower {self.lower}, or split the operation."


def most_expensive(pricing: Pricing, operation: OperationDefinitionNode, variables: Variables) -> Expensive:
    """Return the most expensive part of a valid ``operation``: at each level the field with the highest estimate."""
    parent: Any = pricing.schema.get_root_type(operation.operation)
    sets = [operation.selection_set]
    path: list[str] = []
    sizes: list[tuple[int, str]] = []
    while isinstance(parent, GraphQLObjectType):
        priced = [
            (evaluate(pricing.price_of(parent, found), variables), name, found)
            for name, found in pricing.collect(parent, sets).items()
        ]
        price, name, found = max(priced, key=lambda one: one[0], default=(0, "", []))
        definition = parent.fields.get(found[0].node.name.value) if found else None
        if price == 0 or definition is None:
            break
        path.append(name)
        if is_connection(definition):
            given = {argument.name.value for argument in found[0].node.arguments}
            size = evaluate(page_size(definition, found[0].node), variables)
            sizes.append((size, f"{'last' if 'last' in given else 'first'} of {'.'.join(path)} ({size})"))
        sets = [one.node.selection_set for one in found if one.node.selection_set]
        parent = get_named_type(definition.type)
        if isinstance(parent, ABSTRACT):
            possible = pricing.schema.get_possible_types(parent)
            parent = max(possible, key=lambda type_: evaluate(pricing.object_price(type_, sets), variables))
        if not is_composite_type(parent) or not sets:
            break
    large = [one for one in sizes if one[0] > 1]
    return Expensive(".".join(path), max(large, key=lambda one: one[0])[1] if large else None)
