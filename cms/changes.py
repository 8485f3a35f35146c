"""The content version: a number that moves in the transaction of every change that the public can see."""

from django.db import transaction
from django.db.models import F

from cms.models.changes import ContentVersion

_ROW = 1


def content_version() -> int:
    """Return the current number; one tiny read."""
    number = ContentVersion.objects.filter(pk=_ROW).values_list("number", flat=True).first()
    return 0 if number is None else number


def advance() -> int:
    """Move the version on, inside the caller's transaction, and return the new number.

    The row stays locked until that transaction ends, so versions become visible in their own order.
    """
    with transaction.atomic():
        if not ContentVersion.objects.filter(pk=_ROW).update(number=F("number") + 1):
            ContentVersion.objects.get_or_create(pk=_ROW)
        return content_version()
