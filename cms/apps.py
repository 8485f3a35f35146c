from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("CMS")

    def ready(self) -> None:
        from cms.models import references
        from cms.publishing import receivers
        from cms.reports import spreadsheets

        receivers.connect()
        references.connect()
        spreadsheets.take_over()
