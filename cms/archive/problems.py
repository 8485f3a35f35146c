"""What is wrong with an archive, in words for the person who has to correct it."""

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """What kind of thing is wrong; for programs."""

    NOT_READABLE = "NOT_READABLE"
    TOO_LARGE = "TOO_LARGE"
    UNSAFE_NAME = "UNSAFE_NAME"
    NOT_YAML = "NOT_YAML"
    UNKNOWN_FILE = "UNKNOWN_FILE"
    UNKNOWN_FIELD = "UNKNOWN_FIELD"
    UNKNOWN_LANGUAGE = "UNKNOWN_LANGUAGE"
    UNKNOWN_BLOCK = "UNKNOWN_BLOCK"
    MISSING = "MISSING"
    MISSING_REFERENCE = "MISSING_REFERENCE"
    CIRCLE = "CIRCLE"
    DUPLICATE = "DUPLICATE"
    WRONG_VALUE = "WRONG_VALUE"
    REFUSED = "REFUSED"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: the file and the field where it is, and the way out."""

    code: Code
    words: str
    file: str = ""
    field: str = ""

    def __str__(self) -> str:
        place = ", ".join(filter(None, (self.file, self.field)))
        return f"{place + ': ' if place else ''}{self.words} [{self.code}]"


class ArchiveError(Exception):
    """An archive that cannot be written or imported; nothing was changed."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class Wrong(Exception):
    """A value that cannot be imported. Its caller, which knows the file, makes a `Problem` of it."""

    def __init__(self, code: Code, words: str, field: str = "") -> None:
        super().__init__(words)
        self.code, self.words, self.field = code, words, field

    def at(self, name: str | int) -> "Wrong":
        """Return it as seen from one level above, where the place has a name or a number from 1."""
        name = f"[{name}]" if isinstance(name, int) else name
        joined = f"{name}{'' if self.field.startswith('[') or not self.field else '.'}{self.field}"
        return Wrong(self.code, self.words, joined)

    def problem(self, file: str) -> Problem:
        return Problem(self.code, self.words, file, self.field)
