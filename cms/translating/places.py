"""What becomes of a page's translations when the page is moved: they go along, to the same place in their language."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import transaction
from wagtail.models import Page
from wagtail.signals import post_page_move

_staying = ContextVar("translations_stay", default=False)


def connect() -> None:
    """Listen to all moves, by the admin and by code; called once when the app is ready."""
    post_page_move.connect(on_page_moved, dispatch_uid="cms.translations_move_along")


@contextmanager
def translations_stay() -> Iterator[None]:
    """Leave translations where they are, because somebody was asked and said so."""
    token = _staying.set(True)
    try:
        yield
    finally:
        _staying.reset(token)


def on_page_moved(instance: Page, parent_page_before: Page, parent_page_after: Page, **_kwargs: Any) -> None:
    """Move the translations along. One whose place is not there in its language stays."""
    if parent_page_before.pk == parent_page_after.pk or _staying.get():
        return
    with transaction.atomic():
        for twin, place in followers(instance, parent_page_after):
            if place is not None and twin.get_parent().pk != place.pk:
                twin.specific.move(place, pos="last-child")


def followers(page: Page, destination: Page) -> list[tuple[Page, Page | None]]:
    """Return the translations of ``page``, each with where it goes when the page goes to ``destination``.

    None: the destination is not there in that language, or another page has the address.
    """
    places = {
        place.locale_id: place
        for place in Page.objects.filter(translation_key=destination.translation_key)
        if place.locale_id != page.locale_id
    }
    twins = Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)
    return [(twin, _free(twin, places.get(twin.locale_id))) for twin in twins.select_related("locale")]


def _free(twin: Page, place: Page | None) -> Page | None:
    if place is None or not Page._slug_is_available(twin.slug, place, page=twin):
        return None
    return place
