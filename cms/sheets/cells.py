"""What a cell can hold: each kind writes a value into a cell and reads it again, as people here type it.

``read`` takes what a workbook or a CSV file gave (text, number, date, yes or no, nothing) and raises a
`ValidationError` that says what to write instead. Reading what was written gives the same value.
"""

import datetime as dt
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format, get_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import override

type Cell = str | int | float | Decimal | bool | dt.date | dt.datetime | dt.time | None


class Kind:
    """One kind of cell."""

    empty: Any = None

    def write(self, value: Any) -> Cell:
        """Return what a cell holds for ``value``."""
        return value

    def read(self, cell: Cell) -> Any:
        """Return the value of a cell. Raises `ValidationError`."""
        if cell is None or (isinstance(cell, str) and not cell.strip()):
            return self.empty
        return self.parse(cell)

    def parse(self, cell: Any) -> Any:
        """Return the value of a cell that is not empty."""
        raise NotImplementedError


@dataclass(frozen=True)
class Text(Kind):
    """Words. A whole number is taken as its digits, because Excel makes numbers of what looks like one."""

    empty = ""

    def write(self, value: Any) -> Cell:
        return str(value or "")

    def parse(self, cell: Any) -> str:
        if isinstance(cell, str):
            # No database keeps the letter zero.
            return "\n".join(line.rstrip() for line in cell.replace("\0", "").strip().splitlines())
        if not _is_number(cell):
            raise ValidationError(_("Text belongs here. Format the cell as text and write it again."))
        return str(int(cell)) if cell == int(cell) else str(cell)


@dataclass(frozen=True)
class Whole(Kind):
    """A whole number that is not negative."""

    def parse(self, cell: Any) -> int:
        if isinstance(cell, str) and re.fullmatch(r"\s*\d{1,9}\s*", cell):
            return int(cell)
        if _is_number(cell) and 0 <= cell < 10**9 and cell == int(cell):
            return int(cell)
        raise ValidationError(_("This is not a whole number. Write digits only, such as 40."))


@dataclass(frozen=True)
class Number(Kind):
    """A number with decimals, with a comma or a point; ``places`` None keeps it a binary number."""

    places: int | None = 2

    def write(self, value: Any) -> Cell:
        return None if value is None else value

    def parse(self, cell: Any) -> Any:
        number = self._number(cell)
        if not number.is_finite():
            raise self._refusal()
        if self.places is None:
            return float(number)
        rounded = round(number, self.places)
        if abs(rounded - number) > Decimal("1e-9"):
            words = _("This number has more than %d decimals. Round it.")
            raise ValidationError(words % self.places)
        return rounded

    def _number(self, cell: Any) -> Decimal:
        if _is_number(cell):
            return Decimal(str(cell))
        text = re.sub(r"\s|€|EUR", "", cell) if isinstance(cell, str) else ""
        if re.fullmatch(r"-?\d{1,3}(\.\d{3})+", text) and self.places is not None:
            raise ValidationError(
                _("It is not clear whether the point parts thousands or decimals. Write %(a)s or %(b)s.")
                % {"a": text.replace(".", ""), "b": text.replace(".", ",")}
            )
        if re.fullmatch(r"-?\d{1,3}(\.\d{3})*,\d+", text):
            text = text.replace(".", "").replace(",", ".")
        try:
            return Decimal(text.replace(",", "."))
        except InvalidOperation as error:
            raise self._refusal() from error

    def _refusal(self) -> ValidationError:
        return ValidationError(_("This is not a number. Write it with a decimal comma, such as 60,00."))


def _is_number(cell: Any) -> bool:
    if isinstance(cell, bool) or not isinstance(cell, int | float | Decimal):
        return False
    return math.isfinite(cell)


YES = frozenset({"da", "yes", "true", "x", "1", "resnica"})
NO = frozenset({"ne", "no", "false", "0", "neresnica"})


@dataclass(frozen=True)
class YesNo(Kind):
    """Yes or no; an empty cell is no, or unknown if ``unknown``."""

    unknown: bool = False

    @property
    def empty(self) -> Any:
        return None if self.unknown else False

    def write(self, value: Any) -> Cell:
        with override(settings.LANGUAGE_CODE):
            return None if value is None else str(_("yes") if value else _("no"))

    def parse(self, cell: Any) -> bool:
        word = str(cell).strip().casefold()
        if word not in YES | NO:
            raise ValidationError(_("Write “yes” or “no”."))
        return word in YES


@dataclass(frozen=True)
class Choice(Kind):
    """One value of a closed list, by its name in any language of the site or by its code."""

    choices: tuple[tuple[str, Any], ...]
    empty = ""

    def write(self, value: Any) -> Cell:
        with override(settings.LANGUAGE_CODE):
            return next((str(label) for code, label in self.choices if code == value), value or None)

    def parse(self, cell: Any) -> str:
        word = folded(str(cell))
        for language, _name in (*settings.LANGUAGES, *settings.WAGTAIL_CONTENT_LANGUAGES):
            with override(language):
                for code, label in self.choices:
                    if word in {folded(str(code)), folded(str(label))}:
                        return code
        known = get_text_list([str(label) for _code, label in self.choices], _("or"))
        raise ValidationError(
            _("“%(value)s” is not in the list. Write %(known)s.") % {"value": cell, "known": known}
        )


@dataclass(frozen=True)
class Choices(Kind):
    """Several values of a closed list, one a line or parted by semicolons."""

    choices: tuple[tuple[str, Any], ...]
    empty: Any = ()

    def write(self, value: Any) -> Cell:
        chosen = [code for code, _label in self.choices if code in (value or ())]
        return "\n".join(str(Choice(self.choices).write(code)) for code in chosen) or None

    def parse(self, cell: Any) -> tuple[str, ...]:
        chosen = {Choice(self.choices).parse(part) for part in parts(str(cell))}
        return tuple(code for code, _label in self.choices if code in chosen)


@dataclass(frozen=True)
class Day(Kind):
    """A day: a date of the workbook, or a text as people write dates."""

    def write(self, value: Any) -> Cell:
        return value

    def parse(self, cell: Any) -> dt.date:
        if isinstance(cell, dt.datetime):
            return cell.date()
        if isinstance(cell, dt.date):
            return _sensible(cell)
        found = _read_date(cell, "DATE_INPUT_FORMATS")
        if found is None:
            words = _("This is not a date. Write the day, the month and the year, such as 12. 1. 2027.")
            raise ValidationError(words)
        return _sensible(found.date())


@dataclass(frozen=True)
class Moment(Kind):
    """A day with a time to the minute, by the clock of the site; in a cell it has no time zone."""

    def write(self, value: Any) -> Cell:
        if value is None:
            return None
        local = timezone.localtime(value, timezone.get_default_timezone())
        return local.replace(tzinfo=None, fold=0, second=0, microsecond=0)

    def parse(self, cell: Any) -> dt.datetime:
        found = cell if isinstance(cell, dt.datetime) else None
        if found is None and isinstance(cell, dt.date):
            found = dt.datetime.combine(cell, dt.time.min)
        found = found or _read_date(cell, "DATETIME_INPUT_FORMATS")
        if found is None:
            words = _("This is not a date with a time. Write both, such as 12. 1. 2027 10:00.")
            raise ValidationError(words)
        _sensible(found.date())
        # Excel keeps moments as fractions of a day, so seconds come out a little off.
        return _existing((found + dt.timedelta(seconds=30)).replace(second=0, microsecond=0))


def _existing(moment: dt.datetime) -> dt.datetime:
    aware = moment.replace(tzinfo=timezone.get_default_timezone())
    if (
        timezone.localtime(aware.astimezone(dt.UTC), timezone.get_default_timezone()).replace(tzinfo=None)
        != moment
    ):
        raise ValidationError(
            _("The clocks go forward in that night, and this time does not exist. Correct it.")
        )
    return aware


def _sensible(day: dt.date) -> dt.date:
    if not 1861 <= day.year <= 2200:
        raise ValidationError(_("The year %d cannot be right. Correct the date.") % day.year)
    return day


def _read_date(cell: Any, formats: str) -> dt.datetime | None:
    """Return the date in a text. A bare number is none: nobody can say which day is meant."""
    text = re.sub(r"\s+", " ", cell).strip() if isinstance(cell, str) else ""
    for language in dict.fromkeys((settings.LANGUAGE_CODE, *(code for code, _name in settings.LANGUAGES))):
        with override(language):
            for form in get_format(formats):
                try:
                    return dt.datetime.strptime(text, form)  # noqa: DTZ007  # of the site's own zone
                except ValueError:
                    continue
    return None


@dataclass(frozen=True)
class Reference(Kind):
    """The key of a row of another ``sheet``."""

    sheet: str
    empty = ""

    def write(self, value: Any) -> Cell:
        return value or None

    def parse(self, cell: Any) -> str:
        return Text().parse(cell)


@dataclass(frozen=True)
class References(Kind):
    """Keys of rows of another ``sheet``, one a line; their order counts if ``ordered``."""

    sheet: str
    ordered: bool = False
    empty: Any = ()

    def write(self, value: Any) -> Cell:
        return "\n".join(value or ()) or None

    def parse(self, cell: Any) -> tuple[str, ...]:
        return tuple(dict.fromkeys(line.strip() for line in Text().parse(cell).splitlines() if line.strip()))


def parts(text: str) -> Iterable[str]:
    """Return the parts of a cell with several values."""
    return [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]


def folded(text: str) -> str:
    """Return ``text`` as it is compared: without case and with single blanks."""
    return " ".join(text.split()).casefold()


def shown(value: Any) -> str:
    """Return the words for a cell in a report."""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, dt.datetime):
        moment = timezone.localtime(value) if timezone.is_aware(value) else value
        return f"{date_format(moment, 'SHORT_DATE_FORMAT')} {moment:%H:%M}"
    if isinstance(value, dt.date):
        return str(date_format(value, "SHORT_DATE_FORMAT"))
    if isinstance(value, list | tuple):
        return ", ".join(map(shown, value))
    return "" if value is None else str(value)
