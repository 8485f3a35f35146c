"""A date of which the day or the month may be unknown."""

from dataclasses import dataclass
from datetime import date


@dataclass
class PartialDate:
    """First day of the known period (for the end of a term, the last) and how much of it is known."""

    date: date
    precision: str
