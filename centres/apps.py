"""The domain: centres, their programmes and the records of the commission."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CentresConfig(AppConfig):
    name = "centres"
    verbose_name = _("Competence centres")
    private_tables = {
        "CalendarState": "Whether calendars of others can be read, for editors.",
        "CentreTeam": "Rights of editors.",
        "ClaimsTask": "Workflows.",
        "ClaimsTask_groups": "Workflows.",
    }

    def ready(self) -> None:
        from centres import rules, signals
        from centres.rights import log_entries, policies, sent_choices, tags
        from centres.sheets import kinds

        policies.register()
        log_entries.connect()
        tags.connect()
        sent_choices.connect()
        rules.connect()
        signals.connect()
        kinds.register()
