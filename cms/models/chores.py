"""When the site's own work was done last, for all of its processes."""

from django.db import models
from django.utils import timezone


class Chore(models.Model):
    """A piece of work that comes again: a command of each day, the turn of the clock."""

    name = models.CharField(max_length=100, primary_key=True)
    done_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True, help_text="None once it succeeded.")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def note_done(cls, name: str) -> None:
        """Note that it succeeded now."""
        cls.objects.update_or_create(name=name, defaults={"done_at": timezone.now(), "failed_at": None})

    @classmethod
    def note_failed(cls, name: str) -> None:
        """Note that it failed now."""
        cls.objects.update_or_create(name=name, defaults={"failed_at": timezone.now()})
