"""What an editor has on the screen and has not saved, kept for the frontend that shows the preview."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.http import HttpRequest, HttpResponse
from wagtail.models import PreviewableMixin


class PreviewDraft(models.Model):
    """The newest state of one editor's form for one object; `cms.publishing.preview` makes tokens for it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=40)
    content = models.JSONField(encoder=DjangoJSONEncoder)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "content_type", "object_id"], name="one_preview_per_editor_and_object"
            )
        ]

    def __str__(self) -> str:
        return f"{self.content_type} {self.object_id}"


class FrontendPreview(PreviewableMixin):
    """What is no page, but has drafts that the frontend shows on a page.

    A class says on which one, as ``preview_page_key`` (the translation key of the page, None for the home page), and
    may say where on it, as ``preview_anchor``. There is a preview as soon as the object was saved once.
    """

    preview_page_key: Any = None
    preview_anchor: Any = ""

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        saved: bool = getattr(self, "pk", None) is not None
        return list(self.DEFAULT_PREVIEW_MODES) if saved else []

    def serve_preview(self, request: HttpRequest, _mode_name: str) -> HttpResponse:
        from cms.publishing.preview import show_in_frontend

        return show_in_frontend(request, self)
