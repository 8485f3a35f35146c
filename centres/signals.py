"""What must follow when something is saved, moved or deleted elsewhere."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import Page
from wagtail.signals import post_page_move

from centres.models import CalendarProvider, CentrePage, ExternalEdition, ProgrammePage
from centres.models.edition import EditionAvailability
from centres.models.event import EventEdition
from centres.rights.set_up import bind_translation
from cms.publishing.operation import touch


def connect() -> None:
    """Connect the receivers; called once when the application is ready."""
    post_page_move.connect(on_page_moved, dispatch_uid="centres.on_page_moved")
    post_save.connect(on_centre_saved, sender=CentrePage, dispatch_uid="centres.on_centre_saved")
    post_save.connect(on_seats_counted, sender=EditionAvailability, dispatch_uid="centres.on_seats_counted")
    post_delete.connect(
        on_provider_deleted, sender=CalendarProvider, dispatch_uid="centres.on_provider_deleted"
    )


def on_page_moved(sender: Any, instance: Page, parent_page_after: Page, **kwargs: Any) -> None:
    """A programme that was moved belongs, in all languages, to the centre below which it stands now."""
    centre = parent_page_after.translation_key
    for programme in ProgrammePage.objects.filter(translation_key=instance.translation_key):
        if programme.centre_key != centre:
            programme.centre_key = centre
            programme.save(update_fields=["centre_key"], clean=False)


def on_centre_saved(instance: CentrePage, created: bool, raw: bool, **kwargs: Any) -> None:
    """A centre's people have their rights on its page in a new language too."""
    if created and not raw:
        bind_translation(instance)


def on_seats_counted(instance: EditionAvailability, raw: bool, **kwargs: Any) -> None:
    """The next request shows the new number of seats. Seats are stored beside the edition and have no draft."""
    if not raw and (edition := EventEdition.objects.filter(pk=instance.edition_id).first()):
        touch(edition)


def on_provider_deleted(**kwargs: Any) -> None:
    """What was hidden because a provider had it too is shown, also where several providers are deleted at once."""
    ExternalEdition.show_each_once()
