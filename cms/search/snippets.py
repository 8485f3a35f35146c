"""Pieces of a page's text around the words that matched, each marked in whatever form it stands there."""

from collections.abc import Iterable
from dataclasses import dataclass

from cms.search import keys

_LENGTH = 220
_LEAD_IN = 60
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class SnippetPart:
    """A piece of text; ``highlight`` marks a word that matched."""

    text: str
    highlight: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to mark in the texts of one locale: keys, and words that have to be written just so."""

    stems: frozenset[str]
    forms: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    end: int
    stem: str


def snippet(text: str, locale: str, wanted: Wanted) -> list[SnippetPart]:
    """Return the stretch of ``text`` with most of the wanted words, or its beginning where it has none of
    them."""
    matches = list(_matches(text, locale, wanted))
    start, end = _stretch(text, matches)
    parts: list[SnippetPart] = []
    position = start
    for match in matches:
        if start <= match.start and match.end <= end:
            parts.append(SnippetPart(text[position : match.start].replace("\n", " ")))
            parts.append(SnippetPart(text[match.start : match.end], highlight=True))
            position = match.end
    parts.append(SnippetPart(text[position:end].replace("\n", " ")))
    if start > 0:
        parts.insert(0, SnippetPart(f"{_ELLIPSIS} "))
    if end < len(text.rstrip()):
        parts.append(SnippetPart(f" {_ELLIPSIS}"))
    return _joined(parts)


def _matches(text: str, locale: str, wanted: Wanted) -> Iterable[_Match]:
    for token in keys.tokens(text):
        found = wanted.stems.intersection(keys.text_stems(token.text, locale))
        if not found and wanted.forms:
            found = wanted.forms.intersection(keys.fold(part) for part in keys.parts(token.text))
        if found:
            yield _Match(token.start, token.end, min(found))


def _stretch(text: str, matches: list[_Match]) -> tuple[int, int]:
    """Return where the best stretch begins and ends: most different words first, then most words, then the
    earliest."""
    best, best_value = None, (0, 0)
    last = 0
    for first, match in enumerate(matches):
        while last < len(matches) and matches[last].end - match.start <= _LENGTH - _LEAD_IN:
            last += 1
        inside = matches[first:last]
        value = (len({found.stem for found in inside}), len(inside))
        if value > best_value:
            best, best_value = match, value
    start = _word_start(text, best.start - _LEAD_IN) if best else 0
    return start, _word_end(text, start + _LENGTH)


def _word_start(text: str, place: int) -> int:
    if place <= 0:
        return 0
    blanks = [found for found in (text.find(" ", place), text.find("\n", place)) if found >= 0]
    return min(blanks, default=place - 1) + 1


def _word_end(text: str, place: int) -> int:
    if place >= len(text):
        return len(text)
    found = max(text.rfind(" ", 0, place), text.rfind("\n", 0, place))
    return found if found > place - keys.MAX_WORD else place


def _joined(parts: list[SnippetPart]) -> list[SnippetPart]:
    joined: list[SnippetPart] = []
    for part in parts:
        if joined and joined[-1].highlight == part.highlight:
            joined[-1] = SnippetPart(joined[-1].text + part.text, part.highlight)
        elif part.text:
            joined.append(part)
    return joined
