"""The desk as an app of its own: it has a table, templates and hooks, and nothing else depends on it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "centres.desk"
    label = "centres_desk"
    verbose_name = _("Desk")
    private_tables = {"TermWarning": "Mails that were sent to editors."}
    default_auto_field = "django.db.models.BigAutoField"
