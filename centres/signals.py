"""What must follow when something is saved, moved or deleted elsewhere."""

from typing import Any

from wagtail.models import Page
from wagtail.signals import post_page_move

from centres.models import ProgrammePage


def connect() -> None:
    """Connect the receivers; called once when the application is ready."""
    post_page_move.connect(on_page_moved, dispatch_uid="centres.on_page_moved")


def on_page_moved(sender: Any, instance: Page, parent_page_after: Page, **kwargs: Any) -> None:
    """A programme that was moved belongs to the centre below which it stands now."""
    ProgrammePage.objects.filter(pk=instance.pk).exclude(centre_key=parent_page_after.translation_key).update(
        centre_key=parent_page_after.translation_key
    )
