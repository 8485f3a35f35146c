"""The content version, the log of public changes, and what the public knew after each of them."""

import base64
from secrets import randbits

from django.db import connection, models
from django.utils import timezone

_CURSOR = "change:"
ROW = 1  # of the content version


def cursor_of(key: int) -> str:
    """Return the cursor with which a reader of the log goes on behind the change that has this key."""
    return base64.urlsafe_b64encode(f"{_CURSOR}{key}".encode()).decode()


def key_of(cursor: str) -> int:
    """Return the key in a cursor. Raises ValueError for what is none."""
    text = base64.urlsafe_b64decode(cursor.encode("ascii")).decode("ascii")
    number = text.removeprefix(_CURSOR)
    if text == number or not number.isdecimal() or len(number) > 18:
        raise ValueError(text)
    return int(number)


class ContentVersion(models.Model):
    """One row whose number is another one after every public change, in the transaction that makes it.

    The lock on this row puts the changes of all processes in the order of their commits.
    """

    number = models.PositiveBigIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def current(cls) -> int:
        """Return the number; one tiny read.

        Without a row the number is a new one each time, so that nothing is found under it.
        """
        # In a transaction that changed something PostgreSQL has it in a variable, see cms/publishing/triggers.py.
        number = "coalesce(nullif(current_setting('cms.version', true), '')::bigint, number)"
        column = number if connection.vendor == "postgresql" else "number"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {column} FROM {cls._meta.db_table} WHERE id = {ROW}")  # noqa: S608  # no value of others
            row = cursor.fetchone()
        return int(row[0]) if row else randbits(62)


class Change(models.Model):
    """A change that the public can see. Keys grow in the order of the commits, see `cms.publishing.version.advance`."""

    class Kind(models.TextChoices):
        PUBLISHED = "PUBLISHED"
        UPDATED = "UPDATED"
        MOVED = "MOVED"
        UNPUBLISHED = "UNPUBLISHED"
        DELETED = "DELETED"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    type = models.CharField(max_length=80)
    # Several models may have one type in the graph. Empty in entries that were written before.
    model = models.CharField(max_length=80, default="")
    object_id = models.CharField(max_length=40)
    translation_key = models.UUIDField(null=True)
    locale = models.CharField(max_length=12, null=True)
    path = models.TextField(null=True)
    # The page is still there, and the public may not see it. Its path is not gone, and never tells what becomes of it.
    hidden = models.BooleanField(default=False, db_default=False)
    changed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["path", "kind"], name="change_path_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.type} {self.object_id}"


class PublicObject(models.Model):
    """An object of the graph as the public knew it after the last change that was logged.

    ``digest`` identifies the contents of its public response; empty where nobody has computed it yet. ``due`` is the
    next time at which that may differ without any edit.
    """

    model = models.CharField(max_length=80)
    object_id = models.CharField(max_length=40)
    public = models.BooleanField(default=True)
    type = models.CharField(max_length=80)
    translation_key = models.UUIDField(null=True)
    locale = models.CharField(max_length=12, null=True)
    path = models.TextField(null=True)
    title = models.TextField(default="")
    digest = models.CharField(max_length=64, default="")
    due = models.DateTimeField(null=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["model", "object_id"], name="one_state_per_object")]

    def __str__(self) -> str:
        return f"{self.type} {self.object_id}"
