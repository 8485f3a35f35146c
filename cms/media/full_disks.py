"""The message for an editor when a file cannot be stored, as on a full disk, instead of an error of the server."""

import errno
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, cast

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, UnreadablePostError
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext_lazy as _
from wagtail.admin.localization import get_localized_response

logger = logging.getLogger(__name__)

# What storages fail with: no room, a quota, a limit of size, a disk that is read-only or broken.
NOT_STORED = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO, errno.EACCES, errno.EPERM}
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
SENTENCE = _(
    "The file could not be stored, because the server has no room for it. What you wrote is still here. "
    "Tell whoever runs the server, and send the file again later."
)
SENTENCE_AWAY = _(
    "The file could not be stored, because the server can't write to the place of its files now. What you wrote is "
    "still here. Send the file again in a few minutes; if that fails too, tell whoever runs the server."
)
SENTENCE_NOT_READ = _(
    "The server has no room for the file, so nothing was saved. Go back in your browser: what you wrote is still "
    "there. Tell whoever runs the server, and send it again later."
)

_storing_failed: ContextVar[Any] = ContextVar("storing_failed", default="")


class StorageAway(OSError):
    """A storage of another machine can't be reached, or does not do what it is asked."""

    def __init__(self, reason: str) -> None:
        super().__init__(errno.EIO, reason)


def storing_failed() -> Any:
    """Return the sentence for a form that was sent before and whose file could not be stored, else nothing."""
    return _storing_failed.get()


@contextmanager
def _after_a_failure(error: OSError) -> Iterator[None]:
    token = _storing_failed.set(SENTENCE if error.errno in NO_ROOM else SENTENCE_AWAY)
    try:
        yield
    finally:
        _storing_failed.reset(token)


class FullTemporaryDiskMiddleware(MiddlewareMixin):
    """Answers with a sentence where Django finds no room for a large file while it reads the form.

    It stands in front of everything that looks into a form. Nothing of the form can be shown again: its rest was not
    read. The browser still has it.
    """

    def process_view(
        self, request: HttpRequest, _view: Any, _arguments: Any, _named: Any
    ) -> HttpResponseBase | None:
        if request.method != "POST" or not request.path.startswith(settings.CMS_ADMIN_PATH):
            return None
        try:
            request.POST  # noqa: B018  # reads the form
        except UnreadablePostError:
            return None  # the browser has gone; Django's own middleware refuses what is left of the form
        except OSError as error:
            if not is_storage_error(error):
                raise
            logger.exception("A form could not be read")
            return cast("HttpResponseBase", get_localized_response(_no_room, request))
        return None


def _no_room(_request: HttpRequest) -> HttpResponse:
    headers = {"Cache-Control": "no-store", "Retry-After": "60"}
    return HttpResponse(
        str(SENTENCE_NOT_READ), status=503, content_type="text/plain; charset=utf-8", headers=headers
    )


class FullDiskMiddleware(MiddlewareMixin):
    """Answers a form of the admin whose file could not be stored with the same form and a sentence.

    The view is asked a second time; its form (`cms.files.forms`) refuses the file then, as it refuses one that is too
    large. What the first call wrote to the database is taken back: with a file it is one transaction.
    """

    def process_view(
        self, request: HttpRequest, view: Any, arguments: Any, named: Any
    ) -> HttpResponseBase | None:
        request._asked_again = lambda: _whole(view(request, *arguments, **named))  # type: ignore[attr-defined]
        if (
            request.method != "POST"
            or not request.path.startswith(settings.CMS_ADMIN_PATH)
            or not request.FILES
        ):
            return None
        try:
            with transaction.atomic():
                return _whole(view(request, *arguments, **named))
        except OSError as error:
            answer = self.process_exception(request, error)
            if answer is None:
                raise
            return answer

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        if not isinstance(error, OSError) or not is_storage_error(error) or request.method != "POST":
            return None
        if not request.path.startswith(settings.CMS_ADMIN_PATH):
            return None
        logger.error("A file could not be stored: %s", error, exc_info=error)
        with _after_a_failure(error), transaction.atomic():
            answer: HttpResponseBase = request._asked_again()  # type: ignore[attr-defined]
        return answer


def _whole(answer: Any) -> HttpResponseBase:
    """Return ``answer`` with its template filled in."""
    whole: HttpResponseBase = answer.render() if hasattr(answer, "render") else answer
    return whole


def is_storage_error(error: BaseException) -> bool:
    """Return whether ``error`` says that a storage did not take a file."""
    return isinstance(error, OSError) and error.errno in NOT_STORED
