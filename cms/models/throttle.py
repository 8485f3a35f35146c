"""Limits that hold for all processes: what was done once is not done again for a while."""

from datetime import timedelta

from django.db import models
from django.utils import timezone


class Throttle(models.Model):
    """Something that was done, until it may be done again. The row is the lock: one process can make it."""

    key = models.CharField(max_length=100, primary_key=True)
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key


def first_within(key: str, period: timedelta) -> bool:
    """Return whether this is the first call for ``key`` within ``period``, in any process."""
    now = timezone.now()
    Throttle.objects.filter(until__lte=now).delete()
    _row, made = Throttle.objects.get_or_create(key=key, defaults={"until": now + period})
    return made
