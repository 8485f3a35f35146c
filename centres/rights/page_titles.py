"""What a page is called to whoever reads of it in the admin."""

from typing import Any

from wagtail.models import Page

from centres.rights.beside import knows_page


def title_for(user: Any, page: Page) -> str:
    """Return what ``page`` is called to ``user``: the title of its draft is for those who work with it."""
    if page.draft_title in {"", page.title} or user is None or knows_page(user, page.pk):
        return str(page.get_admin_display_title())
    return str(page.title)
