"""Pieces of a page's text around the words that matched, each marked in the form that the text has."""

from collections.abc import Iterator
from dataclasses import dataclass

from cms.search import keys

_LENGTH = 220
_LEAD_IN = 60
_SHORT = 80
_ELLIPSIS = "…"
_BETWEEN = " · "


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


@dataclass(frozen=True, slots=True)
class _Stretch:
    start: int
    end: int
    cut_before: bool
    cut_after: bool


def snippet(text: str, locale: str, wanted: Wanted) -> list[SnippetPart]:
    """Return the stretch of ``text`` with most of the wanted words, or its beginning where it has none.

    The lines of ``text`` are pieces of a page. A stretch stays within a piece, unless pieces are short.
    """
    matches = sorted(_matches(text, locale, wanted), key=lambda match: (match.start, -match.end))
    stretch = _stretch(text, matches)
    parts = [SnippetPart(f"{_ELLIPSIS} ")] if stretch.cut_before else []
    position = stretch.start
    for match in matches:
        if position <= match.start and match.end <= stretch.end:
            parts.append(SnippetPart(_in_a_row(text[position : match.start])))
            parts.append(SnippetPart(text[match.start : match.end], highlight=True))
            position = match.end
    parts.append(SnippetPart(_in_a_row(text[position : stretch.end])))
    if stretch.cut_after:
        parts.append(SnippetPart(f" {_ELLIPSIS}"))
    return _joined(parts)


def _in_a_row(text: str) -> str:
    return text.replace("\n", _BETWEEN)


def _matches(text: str, locale: str, wanted: Wanted) -> Iterator[_Match]:
    # Each different word is looked at once; where the few that match stand is then a search for plain text.
    for word in keys.words(text):
        found = wanted.stems.intersection(keys.text_stems(word, locale))
        if not found and wanted.forms:
            found = wanted.forms.intersection(keys.fold(part) for part in keys.parts(word))
        if found:
            stem = min(found)
            yield from (_Match(start, start + len(word), stem) for start in _places(text, word))


def _places(text: str, word: str) -> Iterator[int]:
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
            yield start
        start = text.find(word, end)


def _stretch(text: str, matches: list[_Match]) -> _Stretch:
    """Return the stretch with most different words, and of those the first."""
    best: tuple[int, _Match, tuple[int, int]] | None = None
    for start, end in _runs(text):
        inside = [match for match in matches if start <= match.start < end]
        for place, match in enumerate(inside):
            reach = match.start + _LENGTH - _LEAD_IN
            words = len({found.stem for found in inside[place:] if found.end <= reach})
            if best is None or words > best[0]:
                best = words, match, (start, end)
    if best is None:
        start, end = next(_runs(text), (0, 0))
        begin = start
    else:
        _words, match, (start, end) = best
        begin = max(start, _word_start(text, match.start - _LEAD_IN))
    stop = min(end, _word_end(text, begin + _LENGTH))
    return _Stretch(begin, stop, cut_before=begin > start, cut_after=stop < end)


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Yield where pieces begin and end; short ones that follow each other count as one."""
    start = end = 0
    for line in text.split("\n"):
        stop = end + len(line)
        if start < end and (len(line) >= _SHORT or stop - start > _LENGTH):
            yield start, end - 1
            start = end
        end = stop + 1
        if len(line) >= _SHORT:
            yield start, stop
            start = end
    if start < end - 1:
        yield start, end - 1


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
