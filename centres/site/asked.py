"""What a visitor asks for behind the question mark of an address: whatever is sent, only what is known counts."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

LONGEST = 200
_LONGEST_CURSOR = 500


def text(request: HttpRequest, name: str, longest: int = LONGEST) -> str:
    """Return a parameter as plain text: cut, without signs that no database keeps."""
    return "".join(sign for sign in request.GET.get(name, "")[:longest] if _is_plain(sign)).strip()


def cursor(request: HttpRequest, name: str = "after") -> str | None:
    """Return the cursor behind which a list goes on; None for its beginning."""
    return text(request, name, _LONGEST_CURSOR) or None


def chosen(request: HttpRequest, name: str, known: Iterable[str]) -> str:
    """Return a parameter if it is one of ``known``, else nothing."""
    value = text(request, name)
    return value if value in set(known) else ""


def address(path: str, asked: Mapping[str, Any]) -> Callable[..., str]:
    """Return a function that makes an address: ``asked`` with some of it changed, from the list's beginning."""

    def make(**changes: Any) -> str:
        values = {**asked, **changes}
        given = {name: "1" if value is True else value for name, value in values.items() if value}
        return f"{path}?{urlencode(given)}" if given else path

    return make


def _is_plain(sign: str) -> bool:
    return sign >= " " and not "\ud800" <= sign <= "\udfff"
