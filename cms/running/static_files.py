"""Static files of the development server, as small on their way as a production server sends them."""

import gzip

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

_TEXT = ("text/", "image/svg", "application/json")


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
