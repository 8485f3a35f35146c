"""Who works on a centre: what was set up for it in the admin."""

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection, Workflow


class CentreTeam(models.Model):
    """The groups, the collection and the workflow of one centre, in whatever languages it has pages.

    `centres.rights.set_up` makes it and keeps it in step; the names of its parts may change with the centre's.
    """

    centre_key = models.UUIDField(unique=True, editable=False)
    editors = models.OneToOneField(
        Group, verbose_name=_("editors"), on_delete=models.PROTECT, related_name="edited_team"
    )
    leads = models.OneToOneField(
        Group, verbose_name=_("leads"), on_delete=models.PROTECT, related_name="led_team"
    )
    collection = models.OneToOneField(
        Collection, verbose_name=_("collection"), on_delete=models.PROTECT, related_name="+"
    )
    workflow = models.OneToOneField(
        Workflow, verbose_name=_("workflow"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("team of a centre")
        verbose_name_plural = _("teams of centres")
        default_permissions = ("add",)

    def __str__(self) -> str:
        return str(self.collection)
