"""Spreadsheets that were uploaded: what each would do or did, and the way back."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SheetImport(models.Model):
    """A spreadsheet on its way into the site.

    It is checked first, which changes nothing; once its editor has seen what it would do, it is imported, and the last
    one can be undone.
    """

    class State(models.TextChoices):
        CHECKING = "CHECKING", _("being checked")
        REFUSED = "REFUSED", _("has errors")
        CHECKED = "CHECKED", _("checked, not imported")
        IMPORTING = "IMPORTING", _("being imported")
        DONE = "DONE", _("imported")
        UNDOING = "UNDOING", _("being undone")
        UNDONE = "UNDONE", _("undone")
        FAILED = "FAILED", _("failed, nothing changed")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(_("file"), max_length=255)
    content = models.BinaryField()
    publish = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=State.choices, default=State.CHECKING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    steps = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["-pk"]
        indexes = [models.Index(fields=["user", "-created_at"], name="sheet_imports_of_user")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_working(self) -> bool:
        """Whether something is being done with it now."""
        return self.state in (self.State.CHECKING, self.State.IMPORTING, self.State.UNDOING)
