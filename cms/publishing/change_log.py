"""Writes the log of changes: what became visible, changed, moved or went for the public.

At the end of an operation the objects that it touched are compared with what the public knew of them
(`PublicObject`). So the log names what differs, once for each commit, whatever was done in between.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page

from cms.models import Change, PublicObject
from cms.publishing.beside import changes_since
from cms.publishing.objects import Ref, model_of, object_models, pointing_at, rows_shown, shown_by, type_name
from cms.publishing.operation import Touched, operation
from cms.publishing.registry import entry_of
from cms.publishing.version import advance
from cms.publishing.visibility import Gate

# An operation compares so many objects itself; the clock's next turn compares the others.
MOST_COMPARED = 200
_KEYS_AT_ONCE = 2_000
_COLUMNS = ("public", "type", "translation_key", "locale", "path", "title", "digest", "due")

type Digests = dict[Any, tuple[str, datetime | None]]
# Returns digests of public responses by primary key, with the time until when they hold; `cms.apps` sets it.
describe: Callable[[type[models.Model], list[Any], Gate], Digests] = lambda _model, _pks, _gate: {}  # noqa: E731


@dataclass
class _Object:
    """An object as it is now and as the public knew it."""

    ref: Ref
    row: Any
    before: PublicObject | None
    now: PublicObject

    @property
    def was_public(self) -> bool:
        return self.before is not None and self.before.public

    @property
    def turned(self) -> bool:
        """Whether it was published, was hidden or moved."""
        return self.was_public != self.now.public or (self.now.public and self.before.path != self.now.path)  # type: ignore[union-attr]

    @property
    def renamed(self) -> bool:
        return self.was_public and self.now.public and self.before.title != self.now.title  # type: ignore[union-attr]

    def kind(self) -> Change.Kind | None:
        """Return what to log of it; None where the public sees no difference."""
        if not self.was_public:
            return Change.Kind.PUBLISHED if self.now.public else None
        if not self.now.public:
            return Change.Kind.DELETED if self.row is None else Change.Kind.UNPUBLISHED
        if self.before.path != self.now.path:  # type: ignore[union-attr]
            return Change.Kind.MOVED
        return Change.Kind.UPDATED if self.before.digest != self.now.digest else None  # type: ignore[union-attr]


def settle(touched: Touched, now: datetime | None = None) -> None:
    """Log how the objects that were touched differ, in the caller's transaction."""
    if not (touched.objects or touched.lenders or touched.beside):
        return
    # Takes the lock under which entries follow one another in the order of their commits.
    version = advance()
    gate = Gate(now=now or timezone.now(), version=version)
    found = _Comparison(gate).of(touched)
    changed = [(kind, one) for one in found if (kind := one.kind()) is not None]
    entries = [_entry(kind, one, gate.now) for kind, one in changed] + changes_since(touched.beside)
    Change.objects.bulk_create(entries, batch_size=500)
    gone = [one.before.pk for one in found if one.before is not None and not (one.now.public or one.now.due)]
    kept = [one.now for one in found if (one.now.public or one.now.due) and _differs(one)]
    PublicObject.objects.filter(pk__in=gone).delete()
    PublicObject.objects.bulk_create(
        kept,
        update_conflicts=True,
        unique_fields=["model", "object_id"],
        update_fields=_COLUMNS,
        batch_size=500,
    )


def _differs(one: _Object) -> bool:
    return one.before is None or any(getattr(one.before, name) != getattr(one.now, name) for name in _COLUMNS)


def _entry(kind: Change.Kind, one: _Object, now: datetime) -> Change:
    # What went is named as the public knew it.
    known = one.now if one.now.public else one.before
    names = ("type", "model", "object_id", "translation_key", "locale", "path")
    hidden = kind is Change.Kind.UNPUBLISHED and isinstance(one.row, Page) and one.row.live
    if hidden and one.row.expire_at is not None:
        hidden = one.row.expire_at > now
    return Change(kind=kind, hidden=hidden, **{name: getattr(known, name) for name in names})


class _Comparison:
    """Finds, from the objects that were touched, all that may differ with them."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._found: dict[Ref, _Object] = {}

    def of(self, touched: Touched) -> list[_Object]:
        """Return all objects to log, parents before the pages below them, then the others."""
        todo = touched.objects | set(pointing_at(touched.lenders))
        first = True
        while todo := todo - self._found.keys():
            new = self._load(todo)
            self._found |= new
            todo = self._following(list(new.values()))
            for one in new.values():
                if first or one.turned:
                    todo |= _shown_by(one, touched.noted.get(one.ref))
            first = False
        found = list(self._found.values())
        self._compare(found)
        return sorted(found, key=lambda one: (one.ref[0] is not Page, _place(one)))

    def _load(self, refs: Iterable[Ref]) -> dict[Ref, _Object]:
        by_model: dict[type[models.Model], set[Any]] = defaultdict(set)
        for model, pk in refs:
            by_model[model].add(pk)
        found: dict[Ref, _Object] = {}
        for model, pks in by_model.items():
            rows = _rows(model, pks)
            allowed = self._allowed(model, rows.values())
            known = PublicObject.objects.filter(model=model._meta.label_lower)
            before = {one.object_id: one for one in known.filter(object_id__in=list(map(str, pks)))}
            for pk in pks:
                row, state = rows.get(pk), before.get(str(pk))
                now = _state(model, pk, row, state)
                now.public = pk in allowed
                now.due = None if now.public or row is None else self._opens(row)
                found[model, pk] = _Object((model, pk), row, state, now)
        return found

    def _allowed(self, model: type[models.Model], rows: Iterable[Any]) -> set[Any]:
        """Return the keys of those rows that the public may see, together with what they hang on."""
        entry = entry_of(model)
        seen = [row for row in rows if self._gate.allows(row) and getattr(row, entry.public_if or "pk")]
        if entry.public_with is None:
            return {row.pk for row in seen}
        key = entry.public_with
        keys = {getattr(row, key) for row in seen}
        shown = set(
            Page.objects.filter(self._gate.q(Page), translation_key__in=keys).values_list(
                "translation_key", flat=True
            )
        )
        return {row.pk for row in seen if getattr(row, key) in shown}

    def _opens(self, row: Any) -> datetime | None:
        opens = getattr(row, "go_live_at", None) if getattr(row, "live", False) else None
        return opens if opens is not None and opens > self._gate.now else None

    def _following(self, found: list[_Object]) -> set[Ref]:
        """Return what may differ because of what these objects became."""
        turned = [one for one in found if one.turned]
        pages = [one for one in turned if one.ref[0] is Page]
        named = [one for one in found if one.ref[0] is Page and (one.turned or one.renamed)]
        keys = {one.now.translation_key for one in named}
        below = _below([one.row.path for one in named if one.row is not None and one.row.numchild])
        follow = Q(translation_key__in=keys) | Q(alias_of__in=[one.ref[1] for one in pages])
        ids = {*below, *(Page.objects.filter(follow).values_list("pk", flat=True) if named else ())}
        return {
            *((Page, pk) for pk in ids),
            *_hanging_on({one.now.translation_key for one in pages}),
            # A link leads to the translation in the language of its page.
            *pointing_at({*(one.ref for one in turned), *((Page, pk) for pk in ids)}),
        }

    def _compare(self, found: list[_Object]) -> None:
        """Give the public ones their digest; those that are too many get none and are due at once."""
        public = [one for one in found if one.now.public]
        for one in public[MOST_COMPARED:]:
            one.now.due = self._gate.now
            if one.turned:
                one.now.digest = ""
        by_model: dict[type[models.Model], list[_Object]] = defaultdict(list)
        for one in public[:MOST_COMPARED]:
            by_model[model_of(one.row)].append(one)
        for model, group in by_model.items():
            digests = describe(model, [one.ref[1] for one in group], self._gate)
            for one in group:
                digest, until = digests.get(one.ref[1], ("", None))
                one.now.digest, one.now.due = digest, _earlier(until, self._ends(one.row))
                if one.before is not None and not one.before.digest and not one.turned:
                    one.before = _with(one.before, digest=digest)

    def _ends(self, row: Any) -> datetime | None:
        ends: datetime | None = getattr(row, "expire_at", None)
        return ends if ends is not None and ends > self._gate.now else None


def _shown_by(one: _Object, before: dict[Ref, set[str]] | None) -> set[Ref]:
    """Return the objects that show ``one``, or rows below it that are no longer what they were ``before``."""
    now = {} if one.row is None else rows_shown(one.row)
    others = set() if one.row is None else shown_by(one.row)
    holders = now.keys() | (before or {}).keys()
    if before is None or one.turned or one.renamed:
        return others | holders
    return others | {ref for ref in holders if now.get(ref) != before.get(ref)}


def _place(one: _Object) -> tuple[str, str, int]:
    return one.now.path or "", one.now.model, int(one.now.object_id)


def _earlier(*times: datetime | None) -> datetime | None:
    return min((time for time in times if time is not None), default=None)


def _rows(model: type[models.Model], pks: Iterable[Any]) -> dict[Any, Any]:
    rows = model._default_manager.filter(pk__in=pks)
    return {row.pk: row for row in (rows.select_related("locale") if model is Page else rows)}


def _state(model: type[models.Model], pk: Any, row: Any, before: PublicObject | None) -> PublicObject:
    """Return how an object is known from now on; what is gone keeps its name."""
    if row is None:
        return (
            _with(before, public=False)
            if before
            else PublicObject(model=model._meta.label_lower, object_id=pk)
        )
    state = PublicObject(model=model._meta.label_lower, object_id=str(pk), type=type_name(row))
    if isinstance(row, Page):
        state.translation_key, state.locale = row.translation_key, row.locale.language_code
        state.path, state.title = row.url_path, row.title
    if before is not None:
        state.digest = before.digest
    return state


def _with(state: PublicObject, **values: Any) -> PublicObject:
    copied = {name: getattr(state, name) for name in ("model", "object_id", *_COLUMNS)}
    return PublicObject(pk=state.pk, **copied | values)


def _below(paths: list[str]) -> set[int]:
    condition, last = Q(pk__in=()), "-"
    for path in sorted(paths):
        if not path.startswith(last):
            condition, last = condition | Q(path__startswith=path), path
    return set(Page.objects.filter(condition).order_by().values_list("pk", flat=True))


def _hanging_on(keys: set[Any]) -> set[Ref]:
    """Return the rows that are public with pages of these translation keys."""
    if not keys:
        return set()
    return {
        (model, pk)
        for model in object_models()
        if (name := entry_of(model).public_with)
        for pk in model._default_manager.filter(**{f"{name}__in": keys}).values_list("pk", flat=True)
    }


def log_due() -> int:
    """Log what differs for the public because of the time, and what an operation left to the clock; return how many.

    A turn takes all that is due, in operations of at most `MOST_COMPARED` objects.
    """
    done = 0
    due = PublicObject.objects.filter(due__lte=timezone.now()).order_by("due", "pk")
    while refs := {_ref(one) for one in due[:MOST_COMPARED]}:
        with operation():
            settle(Touched(objects=refs))
        done += len(refs)
    return done


def _ref(state: PublicObject) -> Ref:
    model = apps.get_model(state.model)
    return model, model._meta.pk.to_python(state.object_id)


def take_stock() -> int:
    """Compare every object with what the public knew and log the differences; return how many were compared.

    For content that was written by SQL, `QuerySet.update()` or loaddata, which nobody watches.
    """
    done = 0
    for model in (Page, *object_models()):
        known = PublicObject.objects.filter(model=model._meta.label_lower).values_list("object_id", flat=True)
        keys = {model._meta.pk.to_python(pk) for pk in known} | set(
            model._default_manager.values_list("pk", flat=True)
        )
        ordered = sorted(keys)
        for start in range(0, len(ordered), MOST_COMPARED):
            with operation():
                settle(Touched(objects={(model, pk) for pk in ordered[start : start + MOST_COMPARED]}))
        done += len(ordered)
    return done
