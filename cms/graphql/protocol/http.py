"""The HTTP side of a GraphQL request, without a framework (GraphQL over HTTP, September 2026; RFC 9110).

What goes in is a `WireRequest`, what comes out are `Parameters`, or a `Refusal` with the code and status that
the specification asks for.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NoReturn
from urllib.parse import parse_qs

from cms.graphql.protocol.errors import ErrorCode, Refusal
from cms.graphql.protocol.limits import Limits

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
METHODS = {"GET", "HEAD", "POST"}
ALLOW = {"Allow": "GET, HEAD, POST, OPTIONS"}
ACCEPT_POST = {"Accept-Post": JSON}
_PARAMETERS = ("query", "operationName", "variables", "extensions", "documentId")
# A query string has five parameters at most; some room for what a proxy adds.
_MAX_PARAMETERS = 20


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)  # NaN and Infinity are no JSON (RFC 8259, 6)


# Made once: json.loads and json.dumps make new ones for each call with options.
_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class WireRequest:
    """An HTTP request: ``headers`` by lower-case names, ``read(n)`` gives at most ``n`` bytes of the body."""

    method: str
    query_string: bytes
    headers: Mapping[str, str]
    read: Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Holding:
    """How long a public response and its headers stay the same: while ``version`` lasts, until ``end``."""

    version: int
    end: datetime


@dataclass(frozen=True, slots=True)
class Reply:
    """An HTTP response; one with status 304 has the body that is not sent. ``holds`` is set if it is public."""

    status: int
    body: bytes
    headers: dict[str, str]
    holds: Holding | None = None


@dataclass(frozen=True, slots=True)
class Parameters:
    """The parameters of a request, of the right types; what was not sent is empty.

    ``canonical_variables`` is the same text for equal variables, whatever their order.
    """

    query: str | None
    operation_name: str | None
    variables: dict[str, Any]
    extensions: dict[str, Any]
    document_id: str | None
    canonical_variables: bytes


def check_method(method: str) -> None:
    """Raise a `Refusal` with status 405 for a method that this endpoint does not know."""
    if method not in METHODS:
        raise Refusal(ErrorCode.METHOD_NOT_ALLOWED, "Use GET or POST.", ALLOW)


@lru_cache(maxsize=256)
def negotiate(accept: str | None) -> str:
    """Return the media type of the response (RFC 9110, 12.5.1). Raises a `Refusal` with status 406.

    Of two equally welcome types the one that the header names is taken; wildcards mean ``application/json``.
    """
    if accept is None or not accept.strip():
        return JSON
    ranges = media_ranges(accept)
    graphql, json_ = _quality(GRAPHQL, ranges), _quality(JSON, ranges)
    if graphql == json_ == 0:
        raise Refusal(ErrorCode.NOT_ACCEPTABLE, f"Set the Accept header to {GRAPHQL} or {JSON}.")
    named = GRAPHQL in ranges
    return GRAPHQL if graphql > json_ or (graphql == json_ and named) else JSON


def media_ranges(accept: str) -> dict[str, float]:
    """Return the media ranges of an Accept header with their weights; what is malformed is left out."""
    ranges: dict[str, float] = {}
    for part in accept.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weights = [piece[2:] for piece in parameters if piece.startswith("q=")]
        try:
            weight = float(weights[0]) if weights else 1.0
        except ValueError:
            continue
        if "/" in name and 0 <= weight <= 1:
            ranges[name] = max(weight, ranges.get(name, 0.0))
    return ranges


def _quality(media_type: str, ranges: Mapping[str, float]) -> float:
    """Return the weight of the most specific range that covers ``media_type``."""
    for name in (media_type, media_type.partition("/")[0] + "/*", "*/*"):
        if name in ranges:
            return ranges[name]
    return 0.0


def parameters(request: WireRequest, limits: Limits) -> Parameters | list[Any]:
    """Return the parameters of a request, or the list of a batch as it was sent. Raises `Refusal`."""
    if request.method != "POST":
        return _from_query_string(request.query_string, limits)
    entries = json_body(request, limits.body_bytes, "Register the document and send its hash.")
    return entries if isinstance(entries, list) else from_entries(entries)


def json_body(request: WireRequest, limit: int, advice: str) -> Any:
    """Return the JSON in the body of a POST; ``advice`` is for one of more than ``limit`` bytes. Raises `Refusal`."""
    _check_content_type(request.headers)
    return _load_json(_read(request, limit, advice), "The body")


def from_entries(entries: Any) -> Parameters:
    """Return the parameters that a decoded JSON object holds; null means not sent. Raises `Refusal`."""
    if not isinstance(entries, dict):
        _refuse("The body must be a JSON object with the entry query.")
    variables = _object(entries, "variables")
    return Parameters(
        query=_string(entries, "query"),
        operation_name=_string(entries, "operationName"),
        variables=variables,
        extensions=_object(entries, "extensions"),
        document_id=_string(entries, "documentId"),
        canonical_variables=_canonical(variables) if variables else b"",
    )


def _string(entries: dict[str, Any], name: str) -> str | None:
    value = entries.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        _refuse(f"{name} must be a string.")
    if not value.isascii():
        _encode(value, name)
    return value or None


def _object(entries: dict[str, Any], name: str) -> dict[str, Any]:
    value = entries.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        _refuse(f"{name} must be a JSON object.")
    return value


def _canonical(variables: dict[str, Any]) -> bytes:
    try:
        text = _CANONICAL.encode(variables)
    except RecursionError:
        _refuse("variables are nested too deeply.")
    return _encode(text, "variables")


def _encode(text: str, name: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:  # JSON can write half of a surrogate pair; no text has one
        _refuse(f"{name} contains an unpaired surrogate. Remove it.")


def _from_query_string(query_string: bytes, limits: Limits) -> Parameters:
    if len(query_string) > limits.url_bytes:
        message = f"The query string may have at most {limits.url_bytes} bytes. Use POST."
        raise Refusal(ErrorCode.URL_TOO_LONG, message)
    try:
        sent = parse_qs(query_string.decode(), errors="strict", max_num_fields=_MAX_PARAMETERS)
    except UnicodeDecodeError:
        _refuse("Encode the query string in UTF-8.")
    except ValueError:
        _refuse("The query string has too many parameters. Send each parameter once.")
    entries: dict[str, Any] = {}
    for name in _PARAMETERS:
        values = sent.get(name, [])
        if len(values) > 1:
            _refuse(f"Send {name} only once.")
        if values:
            encoded = name in {"variables", "extensions"}
            entries[name] = _load_json(values[0].encode(), name) if encoded else values[0]
    return from_entries(entries)


def _check_content_type(headers: Mapping[str, str]) -> None:
    """Let pass only what a foreign page can't send without asking first: JSON, never a form (see view.py)."""
    media_type, *rest = headers.get("content-type", "").split(";")
    if media_type.strip().lower() != JSON:
        raise Refusal(
            ErrorCode.UNSUPPORTED_MEDIA_TYPE, f"Set the Content-Type header to {JSON}.", ACCEPT_POST
        )
    pairs = (piece.partition("=") for piece in rest)
    charsets = {value.strip(' "').lower() for name, _, value in pairs if name.strip().lower() == "charset"}
    if charsets - {"utf-8", "utf8"}:
        raise Refusal(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Send the body in UTF-8.", ACCEPT_POST)
    if headers.get("content-encoding", "identity").strip().lower() != "identity":
        message = "Send the body without a Content-Encoding."
        raise Refusal(ErrorCode.UNSUPPORTED_MEDIA_TYPE, message, {"Accept-Encoding": "identity"})


def _read(request: WireRequest, limit: int, advice: str) -> bytes:
    """Return the body; one that is too long is not read to its end."""
    declared = request.headers.get("content-length", "")
    too_long = declared.isdecimal() and int(declared[:20]) > limit
    try:
        body = b"" if too_long else request.read(limit + 1)
    except OSError:  # the caller hung up half-way
        _refuse("The body is incomplete. Send the request again.")
    if too_long or len(body) > limit:
        raise Refusal(ErrorCode.BODY_TOO_LARGE, f"The body may have at most {limit} bytes. {advice}")
    return body


def _load_json(text: bytes, what: str) -> Any:
    try:
        # utf-8-sig: a byte order mark is no part of the text (RFC 8259, 8.1, lets a reader ignore it).
        return _DECODER.decode(text.decode("utf-8-sig"))
    except UnicodeDecodeError:
        _refuse(f"{what} is not UTF-8.")
    except (ValueError, RecursionError):
        _refuse(f"{what} is not valid JSON.")


def _refuse(message: str) -> NoReturn:
    raise Refusal(ErrorCode.BAD_REQUEST, message)
