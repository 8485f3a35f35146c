"""Where the loader keeps what it has made."""

import uuid
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import models
from wagtail.models import Locale

from centres.demo.clock import Clock
from centres.demo.models import DemoRecord

NAMESPACE = uuid.UUID("6f1d3c3e-5a0e-4a57-9f0e-2b1f6f6c9d11")


def demo_uuid(key: str) -> uuid.UUID:
    """Return the same UUID for the same key on every machine (RFC 9562, 5.5)."""
    return uuid.uuid5(NAMESPACE, key)


class Store:
    """The rows of the demo by their keys. What an editor deleted counts as not made."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.locales = {locale.language_code: locale for locale in Locale.objects.all()}
        self.records = {record.key: record for record in DemoRecord.objects.all()}
        self._rows: dict[str, Any] = {}
        self._forget_deleted()

    def __contains__(self, key: str) -> bool:
        return key in self.records

    def __getitem__(self, key: str) -> Any:
        if key not in self._rows:
            record = self.records[key]
            self._rows[key] = apps.get_model(record.model)._default_manager.get(pk=record.object_id)
        return self._rows[key]

    def make(self, key: str, build: Callable[[], models.Model]) -> bool:
        """Have ``build`` make the row of ``key`` if it is not there; return whether it was made."""
        if key in self.records:
            return False
        self.keep(key, build())
        return True

    def keep(self, key: str, row: models.Model) -> None:
        """Note that ``row`` is the row of ``key``."""
        self._rows[key] = row
        self._note(key, row._meta.label, row.pk)

    def done(self, key: str) -> None:
        """Note that a step without a row of its own was done."""
        self._note(key, "", None)

    def redate(self, key: str) -> None:
        """Note that the dates of ``key`` now stand as on the clock's day."""
        self.records[key].dated_for = self.clock.today
        self.records[key].save()

    def _note(self, key: str, model: str, pk: Any) -> None:
        values = {"model": model, "object_id": pk, "dated_for": self.clock.today}
        self.records[key], _created = DemoRecord.objects.update_or_create(key=key, defaults=values)

    def _forget_deleted(self) -> None:
        ids: dict[str, set[int]] = defaultdict(set)
        for record in self.records.values():
            if record.model and record.object_id is not None:
                ids[record.model].add(record.object_id)
        there = {
            label: set(apps.get_model(label)._default_manager.filter(pk__in=pks).values_list("pk", flat=True))
            for label, pks in ids.items()
        }
        self.records = {
            key: record
            for key, record in self.records.items()
            if not record.model or record.object_id in there[record.model]
        }
