"""What a server's token may read, and until when."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import APIToken


class TokenScope(models.TextChoices):
    PUBLISHED = "PUBLISHED", _("what its owner may read, published")
    DRAFTS = "DRAFTS", _("what its owner may read, drafts too")
    DOCUMENTS = "DOCUMENTS", _("documents: it registers those of a frontend’s build and reads nothing")
    PLACES = "PLACES", _("places: it sets how many seats are taken and reads nothing")


class TokenAccess(models.Model):
    """The end and the scope of a token. One without such a row may not read the graph."""

    token = models.OneToOneField(APIToken, on_delete=models.CASCADE, primary_key=True, related_name="access")
    scope = models.CharField(
        _("scope"), max_length=9, choices=TokenScope.choices, default=TokenScope.PUBLISHED,
        help_text=_("Drafts only for frontends that show previews to editors."),
    )  # fmt: skip
    expires_at = models.DateTimeField(_("valid until"), help_text=_("Make a new token before this one ends."))

    class Meta:
        verbose_name = _("access of a token")
        verbose_name_plural = _("access of tokens")

    def __str__(self) -> str:
        return f"{self.token} – {self.get_scope_display()}"

    def is_valid(self, now: datetime) -> bool:
        """Return whether the token may be used at ``now``."""
        return self.token.revoked_at is None and self.expires_at > now and self.token.user.is_active
