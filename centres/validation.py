"""Rules that more than one model shares; each raises a `ValidationError` that says what to do."""

import re
from collections.abc import Hashable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from stdnum import isbn as isbns
from stdnum.exceptions import ValidationError as InvalidNumber

phone_validator = RegexValidator(
    r"^\+[1-9]\d{6,14}\Z",
    # ITU-T Recommendation E.164 (11/2010), 6.2: plus sign, country code and number, 15 digits at most.
    _("Write the number with the country code and without spaces, such as +38613084800."),
)

# "17. 5. 2022", "17.5.", "2022-05-17", "17. maj", "17 May", "May 17"; a year alone or "15. cikel" is no date.
_SLOVENIAN = (
    "januarja?|februarja?|marec|marca|aprila?|maja?|junija?|julija?|avgusta?|septemb(er|ra)|oktob(er|ra)|"
    "novemb(er|ra)|decemb(er|ra)"
)
_ENGLISH = "january|february|march|april|may|june|july|august|september|october|november|december"
_DATE = re.compile(
    r"\b\d{1,2}\.\s?\d{1,2}\.|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b"
    rf"|\b\d{{1,2}}(\.|st|nd|rd|th)?\s(of\s)?({_SLOVENIAN}|{_ENGLISH})\b|\b({_ENGLISH})\s\d{{1,2}}\b",
    re.IGNORECASE,
)
_STATE = re.compile(r"\b(prestavljen|odpovedan|preložen|postponed|rescheduled|cancel)\w*", re.IGNORECASE)


def check_title(title: str) -> None:
    """Refuse a title that carries a date or says that something was moved or cancelled."""
    if _DATE.search(title):
        raise ValidationError(
            _("Take the date out of the title. Put dates on the edition, as its sessions."),
            code="date_in_title",
        )
    if _STATE.search(title):
        raise ValidationError(
            _(
                "Take “postponed” or “cancelled” out of the title. Set the state on the edition; "
                "a new date is enough, the old one is kept by the system."
            ),
            code="state_in_title",
        )


def check_official_name(name: str) -> None:
    """Refuse surrounding blanks, and a dash that is no en dash between blanks (Slovenski pravopis 2001)."""
    if name != name.strip():
        raise ValidationError(_("Remove the blanks at the beginning and the end of the name."), code="blanks")
    if re.search(r"\s[-—]\s|\S[–—]\s|\s[–—]\S", name):
        raise ValidationError(
            _("Write an en dash with a blank on both sides: “Pionirska – Center …”."), code="dash"
        )


def check_https(url: str) -> None:
    """Refuse an address that is not served by HTTPS."""
    if url and not url.startswith("https://"):
        raise ValidationError(_("Write an address that begins with https://."), code="https")


def check_isbn(isbn: str) -> None:
    """Refuse an ISBN whose form or check digit is wrong (ISO 2108:2017), with or without hyphens."""
    try:
        isbns.validate(isbn)
    except InvalidNumber as error:
        raise ValidationError(
            _("This is not a valid ISBN: its check digit does not fit. Copy it again from the book."),
            code="isbn",
        ) from error


def check_unique(keys: Iterable[Hashable], message: Any) -> None:
    """Raise ``message`` where one of ``keys`` comes twice."""
    seen = list(keys)
    if len(set(seen)) != len(seen):
        raise ValidationError(message, code="duplicate")


def lines(text: str) -> list[str]:
    """Return the lines of ``text`` that are not empty."""
    return [line.strip() for line in text.splitlines() if line.strip()]
