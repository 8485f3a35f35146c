"""The content version: a number that changes in the transaction of every change that the public can see."""

from secrets import randbits

from django.db import transaction

from cms.models.changes import ContentVersion

_ROW = 1


def content_version() -> int:
    """Return the current number; one tiny read."""
    number = ContentVersion.objects.filter(pk=_ROW).values_list("number", flat=True).first()
    return 0 if number is None else number


def advance() -> int:
    """Set a new number, inside the caller's transaction, and return it.

    The number is random and never comes again: what a process kept under the number of a transaction that was
    rolled back cannot be taken for later content. The row stays locked until the transaction ends, so changes
    follow one another in the order of their commits.
    """
    number = randbits(62)
    with transaction.atomic():
        if not ContentVersion.objects.filter(pk=_ROW).update(number=number):
            ContentVersion.objects.update_or_create(pk=_ROW, defaults={"number": number})
    return number
