"""Uploaded files: pictures by their names, documents by their numbers, both behind the gate.

Wagtail's view of documents says nothing to caches, and what says nothing may be kept by any of them for as long as they
guess (RFC 9111, 4.2.2): a member's copy of a closed document too.
"""

import logging
import re
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from mimetypes import guess_type
from posixpath import basename, normpath
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage
from django.db.models import Q
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotFound,
    HttpResponseNotModified,
)
from django.utils import timezone
from django.utils.csp import CSP
from django.utils.http import http_date
from django.views.static import serve, was_modified_since
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.files import collection_passwords
from cms.media.full_disks import StorageAway
from cms.models import Image
from cms.models.chosen_files import kept_from
from cms.models.media import Rendition
from cms.publishing.version import present_version
from cms.publishing.visibility import Gate
from cms.publishing.visitors import UnknownToken, viewer_of

logger = logging.getLogger(__name__)

View = Callable[..., HttpResponseBase]

_PRIVATE = "private, no-store"
_ORIGINALS = "original_images/"
_ADDED = re.compile(r"_[A-Za-z0-9]{7}$")


def picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """Send the file of a picture: 404 where no row has it, and to whom the gate does not show the picture.

    The row decides, so what lies in the folder without one (a rendition that is being made, the rest of a picture that
    was deleted) is sent to nobody. Both refusals are the same answer: it does not tell that a closed picture exists.
    """
    image = _image_of(path)
    open_to_all = image is not None and Gate(now=timezone.now(), version=present_version()).allows(image)
    if image is None or not (open_to_all or _may_see(request, image)):
        return _nothing()
    try:
        response = _file_of(request, image.file.storage, path)
    except StorageAway as error:
        return _away(error)
    except (Http404, OSError):  # the file is gone
        return _nothing()
    response["Cache-Control"] = f"public, max-age={settings.CMS_PICTURE_SECONDS}" if open_to_all else _PRIVATE
    return response


def _file_of(request: HttpRequest, storage: Storage, path: str) -> HttpResponseBase:
    """Send a file, or nothing where the caller's copy is as new. Raises OSError and Http404."""
    if isinstance(storage, FileSystemStorage):
        return serve(request, path, settings.MEDIA_ROOT)
    modified = int(storage.get_modified_time(path).timestamp())
    if was_modified_since(request.headers.get("If-Modified-Since"), modified):
        kind = guess_type(path)[0] or "application/octet-stream"
        response: HttpResponseBase = FileResponse(storage.open(path), content_type=kind)
    else:
        response = HttpResponseNotModified()
    response["Last-Modified"] = http_date(modified)
    return response


def _away(error: StorageAway) -> HttpResponseBase:
    logger.error("A file can't be read: %s", error)
    return HttpResponse(
        status=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Cache-Control": _PRIVATE, "Retry-After": "5"}
    )


def _image_of(path: str) -> Image | None:
    """Return the image whose original or rendition stands at ``path``, in one statement.

    The name of a rendition's file begins with that of its image, up to the first point. If a file of that name exists
    already, the storage adds an underscore and seven characters (`Storage.get_alternative_name`). There are far fewer
    images than renditions, so these are found by way of them.
    """
    # The folder of the documents stands beside: ``images/../documents/…`` is a path to it.
    if normpath(path) != path or "\0" in path:
        return None
    if path.startswith(_ORIGINALS):
        return Image.objects.filter(file=path).first()
    stem = basename(path).partition(".")[0]
    of_image = Q()
    for name in {stem, _ADDED.sub("", stem)}:
        of_image |= Q(image__file__startswith=f"{_ORIGINALS}{name}")
    rendition = Rendition.objects.filter(of_image, file=path).select_related("image").first()
    return None if rendition is None else rendition.image


def _may_see(request: HttpRequest, image: Image) -> bool:
    """Return whether who asks is let through to a closed picture, or works with it in the admin."""
    try:
        viewer = viewer_of(request)
    except UnknownToken:
        return False
    return Gate(viewer, now=timezone.now()).allows(image) or _is_in_the_admin_of(request, image)


def _is_in_the_admin_of(request: HttpRequest, image: Image) -> bool:
    """Return whether the session is one of the admin, with its second step, and may choose or change ``image``."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    user: Any = request.user
    if settings.CMS_TWO_FACTOR and not user.is_verified():
        return False
    return user.has_perm("wagtailadmin.access_admin") and not kept_from(user, {(Image, image.pk)})


def _nothing() -> HttpResponseBase:
    return HttpResponseNotFound(headers={"Cache-Control": _PRIVATE})


def asked_each_time(view: View) -> View:
    """Return ``view`` with a Cache-Control: a file that everybody gets may be kept but is asked for anew, all else not.

    The form for a password may be sent; it comes with a cookie and a token of its reader, so it is kept by nobody.
    """

    @wraps(view)
    def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        try:
            response = view(request, *arguments, **named)
        except StorageAway as error:
            return _away(error)
        except FileNotFoundError:  # the row is there, its file is not
            return _nothing()
        everybody = settings.SESSION_COOKIE_NAME not in request.COOKIES
        served = response.streaming or response.status_code == HTTPStatus.NOT_MODIFIED
        response["Cache-Control"] = "no-cache" if everybody and served else _PRIVATE
        if not served:
            response._csp_config = {**settings.SECURE_CSP, "form-action": [CSP.SELF]}  # type: ignore[attr-defined]
        return response

    return answer


document_urls = decorate_urlpatterns(
    [*collection_passwords.urlpatterns, *wagtaildocs_urls.urlpatterns], asked_each_time
)
