"""Sheets of what has a code: the code is the key."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db.models import QuerySet

from cms.sheets.columns import of_model
from cms.sheets.keys import Keys
from cms.sheets.sheet import Sheet


class CodedSheet(Sheet):
    """Rows of a `cms.models.CodedModel`; ``fields`` names the columns behind code and name."""

    key_field = "code"
    fields: ClassVar[tuple[str, ...]] = ()

    def declare(self) -> None:
        self.columns = of_model(self.model, "code", "name", *self.fields)

    def known(self) -> QuerySet[Any]:
        return super().known().order_by("code")

    def key_of(self, thing: Any, keys: Keys) -> str:
        return str(thing.code)

    def other_names(self, thing: Any) -> Iterable[str]:
        return {name for name in thing.name.values() if name}
