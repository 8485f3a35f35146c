"""What an import does, or would do: each row, and each problem with its place."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.functional import cached_property


class Done(StrEnum):
    """What happens to a thing."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True)
class Place:
    """Where something is in a file, as Excel names it; ``column`` is a heading."""

    sheet: str
    row: int
    column: str = ""


@dataclass(frozen=True)
class Problem:
    """What is wrong in a place, and the way out."""

    place: Place
    words: str


@dataclass(frozen=True)
class Change:
    """A cell that changes."""

    column: str
    before: str
    after: str


@dataclass(frozen=True)
class Outcome:
    """What happens to one thing; ``state`` says how it ends: as a draft, published, or submitted."""

    place: Place
    key: str
    done: Done
    state: str = ""
    changes: tuple[Change, ...] = ()


@dataclass
class Report:
    """The whole of it."""

    problems: list[Problem] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many things are new, changed or the same."""
        return dict(Counter(str(outcome.done) for outcome in self.outcomes))

    def as_json(self) -> dict[str, Any]:
        """Return it as it is stored."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Report":
        """Return what `as_json` stored."""
        return cls(
            [Problem(Place(**one["place"]), one["words"]) for one in stored.get("problems", [])],
            [
                Outcome(
                    Place(**one["place"]),
                    one["key"],
                    Done(one["done"]),
                    one["state"],
                    tuple(Change(**change) for change in one["changes"]),
                )
                for one in stored.get("outcomes", [])
            ],
        )
