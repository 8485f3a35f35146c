"""By which key a row is known in a spreadsheet: natural keys instead of numbers of the database.

A natural key tells what a row is about. Where a row is secret to the reader of a spreadsheet, its key is its number.
"""

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Any, ClassVar, Protocol

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.sheets.cells import folded


class Known(Protocol):
    """What `Keys` asks a sheet."""

    named: ClassVar[bool]

    def known(self) -> Iterable[Any]: ...
    def newest(self, thing: Any) -> Any: ...
    def readable(self, user: Any) -> Any: ...
    def key_of(self, thing: Any, keys: "Keys") -> str: ...
    def other_names(self, thing: Any) -> Iterable[str]: ...
    def pks_of(self, thing: Any) -> Iterable[Any]: ...
    def is_secret(self, thing: Any) -> bool: ...


class Index:
    """The keys of one sheet. Of several rows with the same key, the second has " #2" behind it."""

    def __init__(self, sheet: Known, keys: "Keys") -> None:
        self.sheet = sheet
        self.keys = keys
        self.key_by_pk: dict[Any, str] = {}
        self.things: dict[Any, Any] = {}  # those that rows of other sheets name
        self.pk_by_key: dict[str, Any] = {}
        self._secret: set[Any] = set()
        self._others: dict[str, set[Any]] = {}
        user = keys.user
        own = None if user is None else set(sheet.readable(user).order_by().values_list("pk", flat=True))
        for thing in sheet.known():
            if sheet.named:
                self.things[thing.pk] = thing
            if own is None or not own.isdisjoint(sheet.pks_of(thing)):
                self.add(sheet.newest(thing))
            elif sheet.is_secret(thing):
                self._hide(thing)
            else:
                self.add(thing)  # as the public knows it

    def _hide(self, thing: Any) -> None:
        key = f"#{thing.pk}"
        self.pk_by_key[key] = thing.pk
        self.key_by_pk.update(dict.fromkeys(self.sheet.pks_of(thing), key))
        self._secret.add(thing.pk)

    def add(self, thing: Any) -> str:
        """Note the key of ``thing``, and return it."""
        base = key = self.sheet.key_of(thing, self.keys)
        place = 1
        while folded(key) in self.pk_by_key:
            place += 1
            key = f"{base} #{place}"
        self.pk_by_key[folded(key)] = thing.pk
        for pk in self.sheet.pks_of(thing):
            self.key_by_pk[pk] = key
        for name in self.sheet.other_names(thing):
            self._others.setdefault(folded(name), set()).add(thing.pk)
        return key

    def find(self, name: str) -> Any:
        """Return the key in the database of the row that ``name`` means, None if there is none.

        Raises `ValidationError` if the name means several rows.
        """
        known = self.pk_by_key.get(folded(name))
        if known is not None:
            return known
        others = self._others.get(folded(name), set())
        if len(others) > 1:
            keys = "; ".join(sorted(self.key_by_pk[pk] for pk in others))
            raise ValidationError(
                _("“%(name)s” can mean several. Write one of: %(keys)s") % {"name": name, "keys": keys}
            )
        return next(iter(others), None)

    def similar(self, name: str) -> list[str]:
        """Return keys that ``name`` may be a slip of."""
        close = get_close_matches(folded(name), self.pk_by_key, n=5, cutoff=0.5)
        found = [pk for one in close if (pk := self.pk_by_key[one]) not in self._secret]
        return [self.key_by_pk[pk] for pk in found[:3]]


class Keys:
    """The keys of all sheets that ``user`` may know, each read when it is first needed. None may know all."""

    def __init__(self, sheet_called: Callable[[str], Known], user: Any = None) -> None:
        self._sheet_called = sheet_called
        self.user = user
        self._indexes: dict[str, Index] = {}

    def index(self, sheet: str) -> Index:
        """Return the keys of the sheet with this name."""
        if sheet not in self._indexes:
            self._indexes[sheet] = Index(self._sheet_called(sheet), self)
        return self._indexes[sheet]

    def of(self, sheet: str, pk: Any) -> str:
        """Return the key of the row with ``pk``, nothing if there is no such row any more."""
        return self.index(sheet).key_by_pk.get(pk, "")
