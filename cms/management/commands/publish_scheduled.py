import logging
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.apps import apps
from django.core.management import CommandError
from django.utils import timezone
from wagtail.management.commands.publish_scheduled import Command as WagtailCommand
from wagtail.models import DraftStateMixin, Page, Revision

from cms.publishing.change_log import log_due

logger = logging.getLogger(__name__)


class Command(WagtailCommand):
    help = "Publish and unpublish what is scheduled, and log what else differs for the public because of the time."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do all that is due, each in a transaction of its own; a broken draft stops no other one.

        Raises CommandError at the end if something failed; it is due again at the next run.
        """
        if options["dryrun"]:
            super().handle(*args, **options)
            return
        failed = [name for name, act in due() if not _succeeds(name, act)]
        log_due()
        if failed:
            raise CommandError(f"Could not be published or unpublished: {', '.join(failed)}. See the log.")


def due() -> Iterator[tuple[str, Callable[[], Any]]]:
    """Yield the name of each object whose time has come, and what unpublishes or publishes it."""
    now = timezone.now()
    for model in (Page, *(one for one in apps.get_models() if issubclass(one, DraftStateMixin))):
        if model is Page or not issubclass(model, Page):
            for row in model._default_manager.filter(live=True, expire_at__lt=now).order_by("expire_at"):
                yield (
                    str(row),
                    partial(row.unpublish, set_expired=True, log_action="wagtail.unpublish.scheduled"),
                )
    for revision in Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at"):
        yield revision.object_str, partial(revision.publish, log_action="wagtail.publish.scheduled")


def _succeeds(name: str, act: Callable[[], Any]) -> bool:
    try:
        act()
    except Exception:
        logger.exception("%s could not be published or unpublished", name)
        return False
    return True
