"""By which key a thing is known in archives, whatever is changed of it."""

from django.db import models

LONGEST_KEY = 120


class ArchiveKey(models.Model):
    """The key of a thing without a permanent one of its own, such as a code; noted when it is exported or imported."""

    model = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    key = models.CharField(max_length=LONGEST_KEY)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["model", "key"], name="one_thing_per_archive_key"),
            models.UniqueConstraint(fields=["model", "object_id"], name="one_archive_key_per_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.key}"
