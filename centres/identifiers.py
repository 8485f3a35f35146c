"""Numbers and addresses by which libraries know books, organisations, people and each other."""

import re
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.utils.translation import gettext_lazy as _
from stdnum import isbn as isbns
from stdnum import isil as isils
from stdnum.exceptions import ValidationError as InvalidNumber

from centres.validation import lines

check_cobiss_id = RegexValidator(
    r"^[1-9][0-9]{0,17}\Z",
    _("Write the COBISS.SI-ID in digits alone, such as 285498112. It stands at the end of the record."),
)
_SLOVENIAN_ISIL = re.compile(r"SI-[0-9]{5}")


def isbn_key(isbn: str) -> str:
    """Return the 13 digits of an ISBN in any notation, also of one with 10; empty where it is none."""
    try:
        return str(isbns.validate(isbn, convert=True))
    except InvalidNumber:
        return ""


def check_isil(isil: str) -> None:
    """Refuse what is no ISIL (ISO 15511:2019). Those of Slovenia are SI- and the five digits of the library."""
    try:
        isils.validate(isil)
        valid = isil.startswith("SI-") <= bool(_SLOVENIAN_ISIL.fullmatch(isil)) and isil == isils.format(isil)
    except InvalidNumber:
        valid = False
    if not valid or not isil.partition("-")[2]:
        raise ValidationError(
            _(
                "Write the ISIL as “SI-” and five digits, such as SI-50001, or as the other country writes it."
            ),
            code="isil",
        )


def check_same_as(text: str) -> None:
    """Refuse a line that is no address of something on the web."""
    check = URLValidator(schemes=["https", "http"])
    for address in lines(text):
        try:
            check(address)
        except ValidationError as error:
            raise ValidationError(
                _("“%(address)s” is not an address. Write each one in a line of its own, with https://."),
                code="same_as",
                params={"address": address},
            ) from error


def cobiss_url(cobiss_id: str) -> str | None:
    """Return the address of a record in the union catalogue COBISS+, None without a number."""
    return f"https://plus.cobiss.net/cobiss/si/sl/bib/{quote(cobiss_id, safe='')}" if cobiss_id else None
