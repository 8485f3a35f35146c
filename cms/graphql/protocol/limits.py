"""How much a request may ask for. docs/limits.md explains each number and its setting CMS_GRAPHQL_…"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from cms.graphql.protocol.errors import ErrorCode, Refusal

# GraphQL, "Lexical Tokens". What is ignored (white space, commas, comments) matches without a group. The
# quantifiers are possessive and a string needs no end, so the time is linear in the text whatever it holds.
_TOKEN = re.compile(
    r'''
      (?:[\s,\ufeff]|\#[^\n\r]*)++
    | ( """(?:[^"\\]|\\"""|\\|"(?!""))*+(?:""")?
      | "(?:[^"\\\n\r]|\\.)*+"?
      | -?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?
      | \w+
      | \.\.\.
      | .
      )
    ''',
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one endpoint."""

    body_bytes: int
    url_bytes: int
    batch: int
    tokens: int
    fields: int
    depth: int
    aliases: int
    root_fields: int
    directives: int
    variables: int
    duplicates: int
    comparisons: int
    list_length: int
    string_length: int
    cost: int
    estimate: int
    errors: int


# Of a registered document: bounds for mistakes of a build, not for callers.
_WIDE = {
    "tokens": 100_000, "fields": 100_000, "depth": 50, "aliases": 10_000, "root_fields": 1_000, "directives": 10_000,
    "variables": 1_000, "duplicates": 100_000, "comparisons": 1_000_000,
    "list_length": 10_000, "string_length": 100_000,
}  # fmt: skip


def of_registered(limits: Limits) -> Limits:
    """Return the limits of registered documents: those of size are lifted, those of cost and time stay.

    What a caller sends in variables has the limits of everybody.
    """
    return replace(limits, **{name: max(size, getattr(limits, name)) for name, size in _WIDE.items()})


def check_tokens(source: str, limit: int) -> None:
    """Raise a `Refusal` TOKEN_LIMIT for a document of more than ``limit`` tokens.

    The parser counts while it parses and takes some 20 µs for each token; this takes less than one.
    """
    tokens = (match for match in _TOKEN.finditer(source) if match.lastindex)
    if next(islice(tokens, limit, None), None) is not None:
        raise Refusal(ErrorCode.TOKEN_LIMIT, f"The document may have at most {limit} tokens. Split it.")


def check_variables(variables: dict[str, Any], limits: Limits) -> None:
    """Raise a `Refusal` for a list or a string that is too long, or a string that no database can hold."""
    pending: list[Any] = [variables]
    while pending:
        value = pending.pop()
        if isinstance(value, str):
            check_string(value, limits)
        elif isinstance(value, list):
            check_list(value, limits)
            pending.extend(value)
        elif isinstance(value, dict):
            pending.extend(value.values())


def check_string(value: str, limits: Limits) -> None:
    """Raise a `Refusal` for a string that is too long or has a NUL, which PostgreSQL can't take."""
    if len(value) > limits.string_length:
        message = f"A string may have at most {limits.string_length} characters. Shorten it."
        raise Refusal(ErrorCode.VARIABLE_LIMIT, message)
    if "\0" in value:
        raise Refusal(ErrorCode.BAD_USER_INPUT, "A string must not contain the character U+0000. Remove it.")


def check_list(value: Sequence[Any], limits: Limits) -> None:
    """Raise a `Refusal` for a list that is too long."""
    if len(value) > limits.list_length:
        raise Refusal(
            ErrorCode.VARIABLE_LIMIT, f"A list may have at most {limits.list_length} entries. Split it."
        )
