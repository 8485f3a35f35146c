"""What becomes of a page's translations when the page is moved: they go along, to the same place in their language."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, NamedTuple

from django.db import transaction
from wagtail.actions.move_page import MovePageAction
from wagtail.models import Page
from wagtail.signals import post_page_move

_staying = ContextVar("translations_stay", default=False)
_mover: ContextVar[Any] = ContextVar("mover", default=None)


class Follower(NamedTuple):
    """A translation of a page that is moved, and where it goes.

    ``place`` is None where it stays: the new place is not there in its language, or has another page with its
    address. It stays too if whoever moves the page ``may`` not move it.
    """

    twin: Page
    place: Page | None
    may: bool


def connect() -> None:
    """Listen to all moves, by the admin and by code; called once when the app is ready."""
    plain = MovePageAction.execute

    @wraps(plain)
    def execute(action: MovePageAction, skip_permission_checks: bool = False) -> Any:
        token = _mover.set(None if skip_permission_checks else action.user)
        try:
            return plain(action, skip_permission_checks=skip_permission_checks)
        finally:
            _mover.reset(token)

    MovePageAction.execute = execute
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
    """Move the translations along, by whoever moves the page. One that has no place or may not be moved stays."""
    if parent_page_before.pk == parent_page_after.pk or _staying.get():
        return
    user = _mover.get()
    with transaction.atomic():
        for twin, place, may in followers(instance, parent_page_after, user):
            if place is not None and may and twin.get_parent().pk != place.pk:
                twin.specific.move(place, pos="last-child", user=user)


def followers(page: Page, destination: Page, user: Any = None) -> list[Follower]:
    """Return the translations of ``page``, each with where it goes when ``user`` moves the page to ``destination``.

    Without a ``user``, code moves the page and may move all.
    """
    places = {
        place.locale_id: place
        for place in Page.objects.filter(translation_key=destination.translation_key)
        if place.locale_id != page.locale_id
    }
    twins = Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)
    return [
        _follower(twin, places.get(twin.locale_id), user)
        for twin in twins.select_related("locale").order_by("locale__language_code")
    ]


def _follower(twin: Page, place: Page | None, user: Any) -> Follower:
    if place is None or not Page._slug_is_available(twin.slug, place, page=twin):
        return Follower(twin, None, may=True)
    return Follower(twin, place, user is None or twin.permissions_for_user(user).can_move_to(place))
