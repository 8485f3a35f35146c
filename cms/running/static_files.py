"""Static files: compressed by the development server as well, and named by their content in production."""

import gzip

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from whitenoise.storage import CompressedManifestStaticFilesStorage

_TEXT = ("text/", "image/svg", "application/json")


class HashedFilesStorage(CompressedManifestStaticFilesStorage):
    """Gives each file a name with its hash, and keeps it compressed.

    It does not look for source maps: packages publish files for browsers whose maps they leave out.
    """

    patterns = tuple(
        (files, tuple(pattern for pattern in patterns if "sourceMappingURL" not in str(pattern)))
        for files, patterns in CompressedManifestStaticFilesStorage.patterns
    )


class CompressedFilesHandler(StaticFilesHandler):
    """Compresses what is text for browsers that understand it (RFC 9110, 8.4)."""

    def serve(self, request: HttpRequest) -> HttpResponse | FileResponse:
        response = super().serve(request)
        kind = response.headers.get("Content-Type", "")
        if not isinstance(response, FileResponse) or not kind.startswith(_TEXT):
            return response
        if "gzip" not in request.headers.get("Accept-Encoding", ""):
            return response
        small = HttpResponse(gzip.compress(b"".join(response), mtime=0), content_type=kind)
        small["Last-Modified"] = response["Last-Modified"]
        small["Content-Encoding"] = "gzip"
        patch_vary_headers(small, ["Accept-Encoding"])
        response.close()
        return small
