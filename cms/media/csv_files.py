"""CSV files as spreadsheets of different countries and years write them: their letters and their separator."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def decoded(content: bytes) -> str:
    """Return the text of a CSV file: UTF-8, UTF-16 with its mark, or Windows-1250, which old Excel writes here.

    Raises `ValidationError`.
    """
    encodings = ["utf-16"] if content.startswith(_UTF16) else ["utf-8-sig", "cp1250"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValidationError(
        _("The letters of the file cannot be read. Save it in Excel as “CSV UTF-8” and upload it again.")
    )


def separator_of(text: str) -> str:
    """Return what parts the headings: a semicolon here, a comma or a tab elsewhere."""
    first = re.sub(r'"[^"]*"', "", text[:20_000]).partition("\n")[0]
    return max(";", "\t", ",", key=first.count)
