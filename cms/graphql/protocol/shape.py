"""How large a document is, measured before it is validated: validation itself is what a large one attacks.

Fragments count where they are spread, each measured once, so that a bomb of nested fragments is counted
without being unfolded. The document may still be nonsense: unknown names and circles are for the validation.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from graphql import (
    ArgumentNode,
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    StringValueNode,
    ValueNode,
)

from cms.graphql.protocol.errors import ErrorCode, Refusal
from cms.graphql.protocol.limits import Limits, check_list, check_string

INTROSPECTION_ROOTS = {"__schema", "__type"}


@dataclass(slots=True)
class Shape:
    """The size of a selection set, with all that its fragments bring."""

    fields: int = 0
    own_fields: int = 0
    depth: int = 0
    aliases: int = 0

    def add(self, other: "Shape", levels: int) -> None:
        """Add a part that stands ``levels`` deeper."""
        self.fields += other.fields
        self.aliases += other.aliases
        self.depth = max(self.depth, levels + other.depth)


def check_shape(document: DocumentNode, limits: Limits) -> None:
    """Raise a `Refusal` with the code of the first limit that an operation of ``document`` exceeds."""
    measure = _Measure(document, limits)
    try:
        shapes = [measure.operation(node) for node in measure.operations]
    except RecursionError:
        raise Refusal(ErrorCode.DEPTH_LIMIT, "The document's fragments nest too deeply. Split it.") from None
    for shape in shapes:
        _check(ErrorCode.FIELD_LIMIT, shape.fields, limits.fields, "select at most {} fields")
        _check(
            ErrorCode.ROOT_FIELD_LIMIT, shape.own_fields, limits.root_fields, "select at most {} root fields"
        )
        _check(ErrorCode.DEPTH_LIMIT, shape.depth, limits.depth, "nest at most {} levels")
        _check(ErrorCode.ALIAS_LIMIT, shape.aliases, limits.aliases, "have at most {} aliases")
    unused = len(measure.fragments.keys() - measure.measured.keys())
    if unused > limits.errors:
        # The validation would name each of them, after it compared the fields in all of them.
        raise Refusal(ErrorCode.GRAPHQL_VALIDATION_FAILED, f"{unused} fragments are never used. Remove them.")
    _check(ErrorCode.OVERLAP_LIMIT, measure.duplicates, limits.duplicates, "repeat at most {} fields")
    _check(ErrorCode.DIRECTIVE_LIMIT, measure.directives, limits.directives, "have at most {} directives")


def _check(code: ErrorCode, found: int, allowed: int, what: str) -> None:
    if found > allowed:
        raise Refusal(code, f"An operation may {what.format(allowed)}. Split it.")


class _Measure:
    def __init__(self, document: DocumentNode, limits: Limits) -> None:
        self.limits = limits
        self.directives = 0
        self.duplicates = 0
        self.operations: list[OperationDefinitionNode] = []
        self.fragments: dict[str, FragmentDefinitionNode] = {}
        self.measured: dict[str, Shape] = {}
        for node in document.definitions:
            if isinstance(node, OperationDefinitionNode):
                self.operations.append(node)
            elif isinstance(node, FragmentDefinitionNode):
                self.fragments.setdefault(node.name.value, node)

    def operation(self, node: OperationDefinitionNode) -> Shape:
        self._directives(node.directives)
        variables = node.variable_definitions or ()
        _check(ErrorCode.VARIABLE_LIMIT, len(variables), self.limits.variables, "have {} variables")
        for variable in variables:
            self._directives(variable.directives)
            self._value(variable.default_value)
        return self._selections(node.selection_set)

    def _selections(self, node: SelectionSetNode, names: set[str] | None = None) -> Shape:
        """Measure a selection set; ``names`` are those that the set around an inline fragment has already."""
        shape = Shape()
        names = set() if names is None else names
        for selection in node.selections:
            self._directives(selection.directives)
            if isinstance(selection, FieldNode):
                name = (selection.alias or selection.name).value
                self.duplicates += name in names
                names.add(name)
                self._field(selection, shape)
                continue
            if isinstance(selection, FragmentSpreadNode):
                part = self._fragment(selection.name.value)
            else:
                part = self._selections(selection.selection_set, names)  # type: ignore[attr-defined]
            shape.add(part, 0)
            shape.own_fields += part.own_fields
        return shape

    def _field(self, node: FieldNode, shape: Shape) -> None:
        shape.fields += 1
        shape.own_fields += 1
        shape.aliases += node.alias is not None
        shape.depth = max(shape.depth, 1)
        self._arguments(node.arguments)
        if node.selection_set is None:
            return
        below = self._selections(node.selection_set)
        if node.name.value in INTROSPECTION_ROOTS:
            below.depth = 0  # introspection nests by nature and has a budget of its own
        shape.add(below, 1)

    def _fragment(self, name: str) -> Shape:
        if name not in self.measured:
            self.measured[name] = Shape()  # what a circle finds
            if fragment := self.fragments.get(name):
                self._directives(fragment.directives)
                self.measured[name] = self._selections(fragment.selection_set)
        return self.measured[name]

    def _directives(self, nodes: Iterable[DirectiveNode] | None) -> None:
        for node in nodes or ():
            self.directives += 1
            self._arguments(node.arguments)

    def _arguments(self, nodes: Iterable[ArgumentNode] | None) -> None:
        for node in nodes or ():
            self._value(node.value)

    def _value(self, node: ValueNode | None) -> None:
        if isinstance(node, StringValueNode):
            check_string(node.value, self.limits)
        elif isinstance(node, ListValueNode):
            check_list(node.values, self.limits)
            for value in node.values:
                self._value(value)
        elif isinstance(node, ObjectValueNode):
            for field in node.fields:
                self._value(field.value)
