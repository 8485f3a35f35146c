"""The draft mode of a frontend, as the admin opened it for one editor."""

from django.conf import settings
from django.db import models


class DraftMode(models.Model):
    """One editor's way into the drafts of the site; `cms.publishing.draft_mode` makes and opens it.

    ``secret`` is the HMAC of the code that the editor's browser carries to the frontend, and once the frontend has
    exchanged that, the HMAC of its token. ``session_key`` names the session in which it was opened.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    session_key = models.CharField(max_length=40)
    secret = models.CharField(max_length=64, unique=True)
    path = models.TextField()
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.user} {self.path}"
