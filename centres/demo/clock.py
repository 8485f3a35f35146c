"""Invented dates move with the day of loading, so that the demo always looks as on its own first day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DEMO_DAY = date(2027, 3, 1)
LJUBLJANA = ZoneInfo("Europe/Ljubljana")


@dataclass(frozen=True, slots=True)
class Clock:
    """Turns the demo's own dates into dates around ``today``, the day of loading."""

    today: date

    @property
    def shift(self) -> timedelta:
        """Whole weeks nearest to the distance from the demo's first day: a Wednesday stays a Wednesday."""
        return timedelta(weeks=round((self.today - DEMO_DAY).days / 7))

    @property
    def months(self) -> int:
        """Whole months since the demo's first day, never below zero: terms that the site shows have begun."""
        return max(0, (self.today.year - DEMO_DAY.year) * 12 + self.today.month - DEMO_DAY.month)

    def day(self, day: date, *, exact: bool = False) -> date:
        """Return ``day`` moved; ``exact`` keeps its distance to today instead of its day of the week."""
        return day + (self.today - DEMO_DAY if exact else self.shift)

    def at(self, moment: datetime, *, exact: bool = False) -> datetime:
        """Return a naive ``moment`` moved, at the same hour by the clock in Ljubljana."""
        return datetime.combine(self.day(moment.date(), exact=exact), moment.time(), LJUBLJANA)

    def month(self, month: date) -> date:
        """Return the first of a ``month`` moved by whole months, only ever forward."""
        count = month.year * 12 + month.month - 1 + self.months
        return date(count // 12, count % 12 + 1, 1)


def fixed(moment: datetime) -> datetime:
    """Return a naive ``moment`` that is a fact: it never moves."""
    return moment.replace(tzinfo=LJUBLJANA)


def moment(text: str) -> datetime:
    """Return the naive time of ``text`` such as ``2027-02-01 08:00``, by the clock in Ljubljana."""
    return datetime.fromisoformat(text)


def end_of(day: date) -> datetime:
    """Return the last minute of a ``day``, naive: applications are taken until 23:59."""
    return datetime.combine(day, time(23, 59))
