"""What the sheets of all editions share: they are known by their programme, and belong to who may edit it."""

from typing import Any

from django.db.models import QuerySet

from cms.sheets.keys import Keys
from cms.sheets.sheet import Sheet


class EditionSheet(Sheet):
    """Editions of one kind."""

    def known(self) -> QuerySet[Any]:
        return super().known().select_related("latest_revision")

    def key_of(self, thing: Any, keys: Keys) -> str:
        return keys.of("programmes", thing.programme_id)
