"""What the sheets of all editions share: they are known by their programme, and belong to who may edit it."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cms.sheets.keys import Keys
from cms.sheets.sheet import Sheet


class EditionSheet(Sheet):
    """Editions of one kind."""

    named = False

    def known(self) -> QuerySet[Any]:
        return super().known().select_related("latest_revision")

    def key_of(self, thing: Any, keys: Keys) -> str:
        return keys.of("programmes", thing.programme_id)

    def right(self, thing: Any) -> Any:
        return thing.programme_id

    def may(self, user: Any, action: str, thing: Any) -> bool:
        # Without a programme the row is refused for that.
        return thing.programme_id is None or super().may(user, action, thing)

    def is_secret(self, thing: Any) -> bool:
        return not thing.live

    def refusal(self) -> str:
        return _("This programme belongs to another centre. Choose one of your own.")
