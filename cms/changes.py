"""The content version: a number that changes in the transaction of every change that the public can see."""

from datetime import datetime
from secrets import randbits

from django.db import transaction
from django.utils import timezone

from cms.models.changes import ContentVersion

_ROW = 1


def content_version() -> int:
    """Return the current number; one tiny read."""
    number = ContentVersion.objects.filter(pk=_ROW).values_list("number", flat=True).first()
    return 0 if number is None else number


def last_change() -> datetime | None:
    """Return when the number was set last; None where nothing was ever published."""
    return ContentVersion.objects.filter(pk=_ROW).values_list("changed_at", flat=True).first()


def advance() -> int:
    """Set a new number, inside the caller's transaction, and return it.

    The number is random and never comes again: what a process kept under the number of a transaction that was
    rolled back cannot be taken for later content. The row stays locked until the transaction ends, so changes
    follow one another in the order of their commits.
    """
    number = randbits(62)
    with transaction.atomic():
        moved = {"number": number, "changed_at": timezone.now()}
        if not ContentVersion.objects.filter(pk=_ROW).update(**moved):
            ContentVersion.objects.update_or_create(pk=_ROW, defaults=moved)
    return number
