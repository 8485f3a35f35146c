"""What an editor has on the screen and has not saved, kept for the frontend that shows the preview."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class PreviewDraft(models.Model):
    """The newest state of one editor's form for one object; `cms.preview` makes tokens for it."""

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
