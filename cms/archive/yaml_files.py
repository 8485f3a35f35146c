"""The YAML of archives: plain values only, written so that lines of text can be compared.

Anchors, aliases and tags are refused before anything is built of them, so no file grows or makes objects.
"""

import math
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from cms.archive.problems import ArchiveError, Code, Problem

LARGEST = 5 * 1024 * 1024
DEEPEST = 40

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"
_PLAIN = {f"{_TAG}{name}" for name in ("bool", "float", "int", "null", "str", "timestamp")}
_resolver = yaml.SafeLoader("")
_START = object()  # where the key of a mapping belongs


def read_yaml(name: str, content: bytes) -> Any:
    """Return the value in a file. Raises `ArchiveError` for what is no plain YAML of one document."""
    if len(content) > LARGEST:
        words = f"The file has more than {LARGEST // 1024 // 1024} MB. Divide its text among several pages."
        raise ArchiveError(Problem(Code.TOO_LARGE, words, name))
    try:
        return _built(name, content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ArchiveError(Problem(Code.NOT_YAML, "The file is not in UTF-8. Save it so.", name)) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"Line {mark.line + 1}: " if mark else ""
        words = f"{line}this is no YAML ({getattr(error, 'problem', None) or 'an unknown sign'}). Correct it."
        raise ArchiveError(Problem(Code.NOT_YAML, words, name)) from None


def _built(name: str, text: str) -> Any:
    builder = _Builder(name)
    for event in yaml.parse(text, Loader=_Loader):
        builder.take(event)
    return builder.document


class _Builder:
    """Makes plain values of the events of a file."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.document: Any = None
        self._is_done = False
        self._open: list[tuple[Any, Any]] = []  # lists and mappings, with the name that waits for its value

    def take(self, event: Any) -> None:
        """Go on with an event. Raises `ArchiveError` for what is not read."""
        self._check(event)
        if isinstance(event, MappingStartEvent | SequenceStartEvent):
            value: Any = {} if isinstance(event, MappingStartEvent) else []
            self._put(event, value)
            self._open.append((value, _START))
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            self._open.pop()
        elif isinstance(event, ScalarEvent):
            try:
                value = _scalar(event)
            except (ValueError, OverflowError):
                shown = event.value[:60].replace("\0", "\\0")
                words = (
                    f"“{shown}” cannot be stored. Put it into quotation marks, without the sign 0 of ASCII."
                )
                raise self._refused(event, words) from None
            self._put(event, value)

    def _check(self, event: Any) -> None:
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise self._refused(event, "anchors and aliases (& and *) are not read. Write the value out.")
        if isinstance(event, DocumentStartEvent) and self._is_done:
            raise self._refused(event, "a second document begins. Put it into a file of its own.")
        if getattr(event, "tag", None):
            raise self._refused(event, "tags (!) are not read. Delete the tag.")
        if len(self._open) >= DEEPEST and isinstance(event, MappingStartEvent | SequenceStartEvent):
            raise self._refused(event, f"more than {DEEPEST} levels. Nothing of a site is so deep.")

    def _put(self, event: Any, value: Any) -> None:
        if not self._open:
            self.document, self._is_done = value, True
            return
        holder, key = self._open[-1]
        if isinstance(holder, list):
            holder.append(value)
        elif key is _START:
            if not isinstance(value, str):
                raise self._refused(event, "a name is no text. Put it into quotation marks.")
            if value in holder:
                raise self._refused(event, f"“{value[:60]}” is there twice. Delete one of the two.")
            self._open[-1] = (holder, value)
        else:
            holder[key] = value
            self._open[-1] = (holder, _START)

    def _refused(self, event: Any, words: str) -> ArchiveError:
        return ArchiveError(Problem(Code.NOT_YAML, f"Line {event.start_mark.line + 1}: {words}", self.name))


def _scalar(event: ScalarEvent) -> Any:
    tag = _resolver.resolve(yaml.ScalarNode, event.value, event.implicit)
    if tag not in _PLAIN:
        raise ValueError(event.value)
    value = yaml.SafeLoader.yaml_constructors[tag](_resolver, yaml.ScalarNode(tag, event.value))
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(event.value)
    if isinstance(value, str) and "\0" in value:
        raise ValueError(event.value)  # PostgreSQL stores no such text
    return value


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks, and lists below their names."""

    blocks = True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, _data: Any) -> bool:
        return True


class _Quoting(_Dumper):
    """Writes every text in quotation marks, whatever signs it has."""

    blocks = False


def _text(dumper: _Dumper, text: str) -> Any:
    style = ("|" if "\n" in text else None) if dumper.blocks else '"'
    return dumper.represent_scalar(f"{_TAG}str", text, style=style)


_Dumper.add_representer(str, _text)
_Quoting.add_representer(str, _text)


def write_yaml(value: Any) -> bytes:
    """Return the file of a value; reading it gives the same value."""
    written = _dumped(value, _Dumper)
    # Some signs of Unicode end a line in blocks, and would not come back.
    return written if read_yaml("", written) == value else _dumped(value, _Quoting)


def _dumped(value: Any, dumper: Any) -> bytes:
    text = yaml.dump(
        value,
        Dumper=dumper,
        allow_unicode=dumper.blocks,
        sort_keys=False,
        width=10_000,
        default_flow_style=False,
    )
    return str(text).encode()
