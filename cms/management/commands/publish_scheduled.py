from typing import Any

from wagtail.management.commands.publish_scheduled import Command as WagtailCommand

from cms.publishing.change_log import log_due


class Command(WagtailCommand):
    help = "Publish and unpublish what is scheduled, and log what else differs for the public because of the time."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            super().handle(*args, **options)
        finally:  # a page that cannot be published must not keep the others out of the log
            if not options["dryrun"]:
                log_due()
