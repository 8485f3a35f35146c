from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "cms.search"
    label = "cms_search"
    verbose_name = _("Search")
    private_tables = {
        "QueryCount": "What visitors search for; a report for editors reads it.",
        "TouchedPage": "Notes to a rebuild of the index.",
    }
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.publishing.receivers import log_beside
        from cms.search.checks import check_engine
        from cms.search.models import Synonym
        from cms.search.signals import connect

        checks.register(check_engine, checks.Tags.database)
        connect()
        log_beside(
            Synonym, "SearchConnection", lambda row: (row.locale_id, row.word, row.others, row.direction)
        )
