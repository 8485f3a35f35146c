"""One operation of an editor is one transaction, at whose end the log of changes is written."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.db import connection, models, transaction
from django.http import HttpRequest

from cms.publishing.beside import told
from cms.publishing.objects import Ref, owner_of, pointing_at, ref_of, rows_shown, shown_by, translations_of

_SAFE = frozenset(("GET", "HEAD", "OPTIONS"))


@dataclass
class Touched:
    """What an operation has written to: objects of the graph, and rows that lend objects their words.

    Before an object is written for the first time, it is ``noted`` with the rows below it that others show. Rows
    ``beside`` the objects are noted with what they told the public before.
    """

    objects: set[Ref] = field(default_factory=set)
    lenders: set[Ref] = field(default_factory=set)
    noted: dict[Ref, dict[Ref, set[str]]] = field(default_factory=dict)
    beside: dict[Ref, Any] = field(default_factory=dict)


# Logs what was touched; `cms.publishing.receivers` sets it.
settle: Callable[[Touched], None] = lambda _touched: None  # noqa: E731

_open: ContextVar[Touched | None] = ContextVar("operation", default=None)


@contextmanager
def operation() -> Iterator[None]:
    """Make the block one transaction with its log: each object that differs for the public is logged once.

    Inside another operation the block is a savepoint, and the outer one logs.
    """
    if _open.get() is not None:
        with transaction.atomic():
            yield
        return
    touched = Touched()
    token = _open.set(touched)
    try:
        with transaction.atomic():
            yield
            settle(touched)
    finally:
        _open.reset(token)


def touch(*rows: models.Model) -> None:
    """Note that ``rows`` may differ for the public; outside of an operation that is logged at once."""
    if _open.get() is None:
        with operation():
            touch(*rows)
        return
    for row in rows:
        _note(row)


def _note(row: models.Model) -> None:
    touched = _open.get()
    if touched is None:
        return
    ref = ref_of(row)
    if ref is None:
        # What shows it may point at its translation.
        touched.lenders |= translations_of(row)
    elif ref not in touched.noted:
        touched.objects.add(ref)
        owner = owner_of(row)
        touched.noted[ref] = {} if owner is None else rows_shown(owner)
        touched.objects |= set() if owner is None else shown_by(owner)


def touch_pointing_at(row: models.Model) -> None:
    """Note what points at ``row``, which is about to be deleted: afterwards no reference tells of it."""
    touched = _open.get()
    if touched is not None:
        touched.objects |= set(pointing_at(translations_of(row)))


def touch_beside(model: type[models.Model], pk: Any, *, new: bool) -> None:
    """Note a row that is no object, before it is written or once it is ``new``, in the operation that is open."""
    touched = _open.get()
    if touched is not None and (model, pk) not in touched.beside:
        touched.beside[model, pk] = None if new else told((model, pk))


def in_one_operation(view: Callable[..., Any]) -> Callable[..., Any]:
    """Make what a view writes one operation; a request that only reads is left alone."""

    @wraps(view)
    def made(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.method in _SAFE:
            return view(request, *args, **kwargs)
        with operation():
            return view(request, *args, **kwargs)

    return made


def whole(owner: type[Any], name: str) -> None:
    """Make a method of ``owner`` one operation for every caller."""
    method: Callable[..., Any] = getattr(owner, name)
    if not hasattr(method, "is_whole"):

        @wraps(method)
        def made(*args: Any, **kwargs: Any) -> Any:
            if _open.get() is not None:
                return method(*args, **kwargs)
            with operation():
                return method(*args, **kwargs)

        made.is_whole = True  # type: ignore[attr-defined]
        setattr(owner, name, made)


def keep_others_waiting(thing: models.Model) -> None:
    """Let nobody else edit ``thing``, or a translation of it, until the transaction ends; call it before any write.

    A publishing locks the content version, then rows, also those of translations. Whoever locked a row first would
    wait for it, and it for them. So this is a lock of its own. On SQLite there is one writer at a time.
    """
    if connection.vendor == "postgresql":
        name = f"{thing._meta.label} {getattr(thing, 'translation_key', thing.pk)}"
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
