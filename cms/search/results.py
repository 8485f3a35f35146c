"""A part of what was found, as callers read it."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Protocol

from pyroaring import BitMap

from cms.search.ranking import Answer
from cms.search.snapshot import Snapshot
from cms.search.snippets import SnippetPart

# Page ids are 32-bit integers in the sets.
_MOST = 2**32


class InvalidCursorError(ValueError):
    """A cursor that this search did not give."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that was found; ``rank`` is its place in the whole result, from 1."""

    page_id: int
    rank: int
    score: int
    result: "SearchResult"

    @property
    def cursor(self) -> str:
        """Where the next part begins when this is the last hit of a part."""
        return base64.urlsafe_b64encode(json.dumps([self.score, self.page_id]).encode()).decode().rstrip("=")

    @property
    def snippet(self) -> list[SnippetPart]:
        """Pieces of the page's text with the words that matched."""
        return self.result.snippets[self.page_id]


@dataclass(frozen=True, slots=True)
class FacetCount:
    """A facet value and the number of hits that have it."""

    code: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class FacetResult:
    """A facet with the values that occur in the result, the most frequent first."""

    name: str
    values: list[FacetCount]


@dataclass(frozen=True, slots=True)
class Part:
    """Which hits are requested: ``size`` of them behind ``after`` and before ``before``, the last if ``backwards``."""

    size: int
    after: str | None = None
    before: str | None = None
    backwards: bool = False


class Reading(Protocol):
    """What a result still has to be read from."""

    snapshot: Snapshot

    def facets(self, answer: Answer) -> list["FacetResult"]:
        """Return the facets of all pages of ``answer``."""

    def snippets(self, page_ids: Sequence[int]) -> dict[int, list[SnippetPart]]:
        """Return the snippets of pages."""

    def suggestion(self) -> str | None:
        """Return what may have been meant."""


class SearchResult:
    """The requested part of a result. Facets, snippets and suggestion are read when they are
    looked at."""

    def __init__(self, search: "Reading", answer: Answer, part: Part) -> None:
        self._search = search
        self._answer = answer
        self._part = part
        self._after, self._before = _position(part.after), _position(part.before)

    @cached_property
    def total(self) -> int:
        """How many pages were found."""
        return sum(len(ids) for ids in self._answer.buckets.values())

    @cached_property
    def _between(self) -> tuple[int, int]:
        """The places of the first hit behind the one cursor, and of the first that is not before the other."""
        low = 0 if self._after is None else self._place(*self._after, behind=True)
        high = self.total if self._before is None else self._place(*self._before, behind=False)
        return low, max(low, high)

    @cached_property
    def _range(self) -> tuple[int, int]:
        low, high = self._between
        if self._part.backwards:
            return max(low, high - self._part.size), high
        return low, min(high, low + self._part.size)

    def _place(self, score: int, page_id: int, *, behind: bool) -> int:
        """Return how many hits come before one, and the one itself where the place is ``behind`` it."""
        higher = sum(len(ids) for other, ids in self._answer.buckets.items() if other > score)
        ids = self._answer.buckets.get(score, BitMap())
        return int(higher + ids.rank(page_id) - (0 if behind else page_id in ids))

    @cached_property
    def _ordered(self) -> list[Hit]:
        low, high = self._range
        hits: list[Hit] = []
        place = 0
        for score in sorted(self._answer.buckets, reverse=True):
            ids = self._answer.buckets[score]
            start = max(low - place, 0)
            for number, page_id in enumerate(ids[start : max(high - place, 0)], start=place + start + 1):
                hits.append(Hit(page_id, number, score, self))
            place += len(ids)
        return hits

    @property
    def hits(self) -> list[Hit]:
        """The hits of this part, best first."""
        return self._ordered

    @property
    def has_next(self) -> bool:
        """Whether there are more behind this part, or it ends before a cursor."""
        return self._before is not None if self._part.backwards else self._range[1] < self._between[1]

    @property
    def has_previous(self) -> bool:
        """Whether there are more before this part, or it begins behind a cursor."""
        return self._range[0] > self._between[0] if self._part.backwards else self._after is not None

    @property
    def start_cursor(self) -> str | None:
        """The cursor of the first hit of this part."""
        return self.hits[0].cursor if self.hits else None

    @property
    def end_cursor(self) -> str | None:
        """The cursor of the last hit of this part."""
        return self.hits[-1].cursor if self.hits else None

    @cached_property
    def facets(self) -> list[FacetResult]:
        """The facets of the whole result, each count being the number of hits that a filter by that value
        leaves."""
        return self._search.facets(self._answer)

    @cached_property
    def snippets(self) -> dict[int, list[SnippetPart]]:
        """The snippets of the hits of this part, by page."""
        return self._search.snippets([hit.page_id for hit in self.hits])

    @cached_property
    def suggestion(self) -> str | None:
        """What may have been meant, from words of pages that the visitor may see; None where there are
        hits."""
        return None if self.total else self._search.suggestion()

    @property
    def valid_until(self) -> datetime | None:
        """The time at which the result may change without any edit, or None."""
        return self._search.snapshot.until


def _position(cursor: str | None) -> tuple[int, int] | None:
    if cursor is None:
        return None
    try:
        found = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error, RecursionError) as error:
        raise InvalidCursorError(cursor) from error
    match found:
        case [int(score), int(page_id)] if 0 <= score < _MOST and 0 <= page_id < _MOST:
            return score, page_id
    raise InvalidCursorError(cursor)
