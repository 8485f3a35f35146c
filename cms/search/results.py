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

    def __init__(self, search: "Reading", answer: Answer, first: int, after: str | None) -> None:
        self._search = search
        self._answer = answer
        self._first = first
        self._after = _position(after)

    @cached_property
    def total(self) -> int:
        """How many pages were found."""
        return sum(len(ids) for ids in self._answer.buckets.values())

    @cached_property
    def _ordered(self) -> tuple[list[Hit], bool]:
        hits: list[Hit] = []
        rank = 0
        for score in sorted(self._answer.buckets, reverse=True):
            ids = self._answer.buckets[score]
            skipped = self._skipped(score, ids)
            rank += skipped
            wanted = self._first + 1 - len(hits)
            for page_id in ids[skipped : skipped + wanted]:
                rank += 1
                hits.append(Hit(page_id, rank, score, self))
            if len(hits) > self._first:
                return hits[: self._first], True
        return hits, False

    def _skipped(self, score: int, ids: BitMap) -> int:
        if self._after is None:
            return 0
        last_score, last_id = self._after
        if score > last_score:
            return len(ids)
        return ids.rank(last_id) if score == last_score else 0

    @property
    def hits(self) -> list[Hit]:
        """The hits of this part, best first."""
        return self._ordered[0]

    @property
    def has_next(self) -> bool:
        """Whether there are more behind this part."""
        return self._ordered[1]

    @property
    def has_previous(self) -> bool:
        """Whether this part begins behind a cursor."""
        return self._after is not None

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
