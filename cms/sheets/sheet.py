"""Kinds of sheets: which model, which columns, which rows below it, and the key by which a row is known again."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, ClassVar

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import policy_registry

from cms.sheets.cells import Text
from cms.sheets.columns import Column
from cms.sheets.keys import Keys

KEY, KEY_HEADING = "", _("key")


class Rows:
    """Rows below a thing, such as dates: each takes one line of the sheet."""

    def __init__(self, relation: str, model: type[models.Model], columns: list[Column]) -> None:
        self.relation = relation
        self.model = model
        self.columns = [replace(column, group=model._meta.verbose_name) for column in columns]

    def of(self, thing: Any) -> list[Any]:
        """Return the rows of ``thing``, in the order in which they are written."""
        return list(getattr(thing, self.relation).all())


class Sheet:
    """What is in one sheet. A subclass declares it; `register` makes it known."""

    name: ClassVar[str]
    model: ClassVar[Any]
    exported: ClassVar[bool] = True  # whether it can be exported and imported, or is only named by others
    columns: list[Column]
    rows: list[Rows]
    # The field with the key; by default a column of its own stands first, because what the key is made of may change.
    key_field: ClassVar[str] = KEY

    def __init__(self) -> None:
        self.rows = []
        self.columns = []
        self.declare()
        if self.key_field == KEY:
            self.columns.insert(
                0, Column(KEY, KEY_HEADING, Text(), lambda _thing: None, lambda _thing, _value: None)
            )

    def declare(self) -> None:
        """Set ``columns`` and ``rows``; called once."""
        raise NotImplementedError

    # ------------------------------------------------------------ what is there
    def readable(self, user: Any) -> QuerySet[Any]:
        """Return the rows of the model that ``user`` may export."""
        policy = policy_registry.get_by_type(self.model)
        rows: QuerySet[Any] = policy.instances_user_has_any_permission_for(user, READ)
        return rows

    @property
    def title(self) -> Any:
        """What the sheet is called: the plural of its model."""
        return self.model._meta.verbose_name_plural

    @property
    def all_columns(self) -> list[Column]:
        """The columns as they are written: those of the thing, then those of each kind of rows below it."""
        return [*self.columns, *(column for rows in self.rows for column in rows.columns)]

    def known(self) -> QuerySet[Any]:
        """Return all rows, whoever may change them: their keys are taken, and others may name them."""
        rows: QuerySet[Any] = self.model._default_manager.all()
        return rows

    def exportable(self, user: Any) -> Iterable[Any]:
        """Return all that ``user`` may export, in the order of the keys."""
        return self.loaded(self.known().filter(pk__in=self.readable(user).order_by().values("pk")))

    def loaded(self, rows: QuerySet[Any]) -> Iterable[Any]:
        """Return ``rows`` with what their columns need, in few statements."""
        return rows

    def newest(self, thing: Any) -> Any:
        """Return the newest version of ``thing``: its draft, if it has one that is not published."""
        if getattr(thing, "has_unpublished_changes", False) and thing.latest_revision_id:
            return thing.get_latest_revision_as_object()
        return thing

    def key_of(self, thing: Any, keys: Keys) -> str:
        """Return the natural key of ``thing``; several things may have the same (see `cms.sheets.keys`)."""
        raise NotImplementedError

    def other_names(self, thing: Any) -> Iterable[str]:
        """Return names by which a cell may mean ``thing`` as well, as long as nothing else is called so."""
        return ()

    def pks_of(self, thing: Any) -> Iterable[Any]:
        """Return the keys in the database of ``thing`` and of those that are the same, its translations."""
        return (thing.pk,)


READ = ("add", "change", "delete", "publish", "view")
