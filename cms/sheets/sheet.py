"""Kinds of sheets: which model, which columns, which rows below it, and the key by which a row is known again."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, ClassVar

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.permissions import policy_registry

from cms.sheets.cells import Text
from cms.sheets.columns import Column
from cms.sheets.keys import Keys

KEY, KEY_HEADING = "", gettext_lazy("key")


class Rows:
    """Rows below a thing, such as dates: each takes one line of the sheet."""

    def __init__(self, relation: str, model: type[models.Model], columns: list[Column]) -> None:
        self.relation = relation
        self.model = model
        self.columns = [replace(column, group=model._meta.verbose_name) for column in columns]

    def of(self, thing: Any) -> list[Any]:
        """Return the rows of ``thing``, in the order in which they are written."""
        found = list(getattr(thing, self.relation).all())
        if not hasattr(self.model, "sort_order"):
            return found
        # Rows without a place, as old ones are, come in any order from PostgreSQL.
        return sorted(found, key=lambda row: (row.sort_order or 0, row.pk or 0))


class Sheet:
    """What is in one sheet. A subclass declares it; `register` makes it known."""

    name: ClassVar[str]
    model: ClassVar[Any]
    exported: ClassVar[bool] = True  # whether it can be exported and imported, or is only named by others
    named: ClassVar[bool] = True  # whether rows of other sheets name rows of this one
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

    def by_pk(self, pks: Iterable[Any]) -> dict[Any, Any]:
        """Return things by their keys in the database."""
        rows: Any = self.known().filter(pk__in=list(pks))
        return {thing.pk: thing for thing in self.loaded(rows)}

    def newest(self, thing: Any) -> Any:
        """Return the newest version of ``thing``: its draft, if it has one that is not published."""
        if getattr(thing, "has_unpublished_changes", False) and thing.latest_revision_id:
            return thing.get_latest_revision_as_object()
        return thing

    def key_of(self, thing: Any, keys: Keys) -> str:
        """Return the natural key of ``thing``; several things may have the same (see `cms.sheets.keys`)."""
        raise NotImplementedError

    def right(self, thing: Any) -> Any:
        """Return what the rights on ``thing`` depend on; they are asked once for all that have the same."""
        return thing.pk

    def refusal(self) -> str:
        """Return the words for what others may write."""
        return _("You have no right to write this. Delete the row, or ask somebody who has.")

    def may_write(self, user: Any) -> bool:
        """Return whether ``user`` may write any row of the model at all."""
        policy = policy_registry.get_by_type(self.model)
        return bool(policy.user_has_any_permission(user, ("add", "change")))

    def may(self, user: Any, action: str, thing: Any) -> bool:
        """Return whether ``user`` may do ``action`` ("add", "change", "publish") with ``thing``."""
        policy = policy_registry.get_by_type(self.model)
        if not policy.user_has_permission(user, action):
            return False
        return bool(policy.user_has_permission_for_instance(user, action, thing))

    def made(self, key: str) -> Any:
        """Return a new thing, for a row with ``key`` in its file."""
        return self.model()

    def completed(self, thing: Any) -> None:
        """Fill in what follows from the columns of a new ``thing``, before its key is asked for."""

    def parent_of(self, thing: Any) -> Any:
        """Return the page below which a new ``thing`` stands, if it is a page."""
        return None

    def saving(self, thing: Any) -> Iterator[Any]:
        """Yield what is saved for ``thing``: itself, and what is the same in other languages."""
        yield thing

    def other_names(self, thing: Any) -> Iterable[str]:
        """Return names by which a cell may mean ``thing`` as well, as long as nothing else is called so."""
        return ()

    def is_secret(self, thing: Any) -> bool:
        """Return whether only those who may read ``thing`` may know that it is there."""
        return False

    def pks_of(self, thing: Any) -> Iterable[Any]:
        """Return the keys in the database of ``thing`` and of those that are the same, its translations."""
        return (thing.pk,)


READ = ("add", "change", "delete", "publish", "view")
