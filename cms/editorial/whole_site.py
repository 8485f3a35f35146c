"""The page above all sites, which Wagtail's first migration calls "Root", has a name in the reader's language."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page


def connect() -> None:
    """Have lists, choosers and paths of the admin use the name."""
    page: Any = Page
    page.get_admin_display_title = _named(page.get_admin_display_title)


def _named(plain: Callable[[Any], str]) -> Callable[[Any], str]:
    def get_admin_display_title(page: Any) -> str:
        return _("All sites") if page.is_root() and page.title == "Root" else plain(page)

    return get_admin_display_title
