"""Brings the records of a file into the site: all of them, or nothing."""

from collections.abc import Callable, Iterable
from itertools import batched
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.models import DraftStateMixin, Page

from cms.models.references import all_noted_once
from cms.publishing.operation import operation
from cms.search.index import indexed_once
from cms.sheets.cells import folded
from cms.sheets.filling import Filling
from cms.sheets.keys import Keys
from cms.sheets.reading import read
from cms.sheets.records import Record, headed, records_of
from cms.sheets.registry import sheet_called
from cms.sheets.report import Done, Outcome, Problem, Report
from cms.sheets.saving import (
    DRAFT,
    PUBLISHED,
    Step,
    bring_out,
    check_lock,
    publish_new,
    save_new,
    save_version,
    stored_versions,
)

_AT_ONCE = 500

type Told = Callable[[int, int], None]


class _TakeBack(Exception):
    """Ends a transaction of which nothing is kept."""


def import_file(
    content: bytes, user: Any, *, publish: bool, keep: Callable[[Report], bool], told: Told | None = None
) -> tuple[Report, list[Step]]:
    """Bring a file into the site as ``user``, in one transaction.

    Everything is kept if there is no problem and ``keep``, which is given the report, says so; else nothing is.
    ``told`` is called with how many things are done, and of how many. Raises `ValidationError` if the file as a whole
    cannot be read.
    """
    tables, problems = headed(read(content))
    records: list[Record] = []
    for table in tables:
        found, wrong = records_of(table)
        records += found
        problems += wrong
    work = Importer(user, publish=publish)
    work.report.problems += problems
    try:
        with operation(), indexed_once(), all_noted_once(), transaction.atomic():
            work.expect(records)
            for done, record in enumerate(records):
                if told is not None:
                    told(done, len(records))
                work.bring(record)
            if work.report.problems or not keep(work.report):
                raise _TakeBack
    except _TakeBack:
        return work.report, []
    if told is not None:
        told(len(records), len(records))
    return work.report, work.steps


class Importer:
    """Brings one record after the other; what is wrong is in ``report``."""

    def __init__(self, user: Any, *, publish: bool) -> None:
        self.user = user
        self.publish = publish
        self.keys = Keys(sheet_called, user)
        self.report = Report()
        self.steps: list[Step] = []
        self._brought: dict[tuple[str, Any], int] = {}
        self._failed: dict[tuple[str, str], int] = {}
        self._rights: dict[Any, bool] = {}
        self._there_already: dict[tuple[str, Any], Any] = {}

    def bring(self, record: Record) -> None:
        """Bring a record into the site, or note why not."""
        known = len(self.report.problems)
        try:
            with transaction.atomic():
                problems = self._bring(record)
                if problems:
                    raise _TakeBack
        except _TakeBack:
            self.report.problems += problems
        except ValidationError as error:
            filling = Filling(record, None, self.keys, self._failed)
            filling.blame(error)
            self.report.problems += filling.problems
        except IntegrityError:
            words = _("Another row or thing has the same key or number. Correct one of the two.")
            self.report.problems.append(Problem(record.place(), words))
        if len(self.report.problems) > known:
            self._failed[record.sheet.name, folded(record.key)] = record.own.line.number

    def _bring(self, record: Record) -> list[Problem]:
        sheet, index = record.sheet, self.keys.index(record.sheet.name)
        pk = index.pk_by_key.get(folded(record.key)) if record.key else None
        thing = self._there(record, pk) if pk is not None else sheet.made(record.key)
        filling = self._filled(record, thing)
        if pk is None and " #" not in record.key and not filling.problems:
            sheet.completed(thing)
            pk = index.pk_by_key.get(folded(sheet.key_of(thing, self.keys)))
            if pk is not None:  # it is there already, under the key that its cells make
                thing = self._there(record, pk)
                filling = self._filled(record, thing)
        if filling.problems:
            return filling.problems
        if (row := self._brought.get((sheet.name, pk))) is not None and pk is not None:
            words = _("This is the same as row %d. Delete one of the two, or tell them apart.")
            return [Problem(record.place(), words % row)]
        if pk is not None and not filling.changes:
            self._note(record, pk, Done.SAME)
            return []
        return self._save(record, thing, filling, new=pk is None)

    def expect(self, records: Iterable[Record]) -> None:
        """Read the things that ``records`` name, in a few statements."""
        wanted: dict[str, set[Any]] = {}
        for record in records:
            pk = self.keys.index(record.sheet.name).pk_by_key.get(folded(record.key)) if record.key else None
            if pk is not None:
                wanted.setdefault(record.sheet.name, set()).add(pk)
        for name, pks in wanted.items():
            for some in batched(sorted(pks), _AT_ONCE, strict=False):
                for pk, thing in sheet_called(name).by_pk(some).items():
                    self._there_already[name, pk] = thing

    def _there(self, record: Record, pk: Any) -> Any:
        sheet = record.sheet
        thing = self._there_already.pop((sheet.name, pk), None) or sheet.by_pk([pk])[pk]
        # Others compare with what the public knows: what is the same must not tell of a draft.
        return sheet.newest(thing) if self._may(record, "change", thing) else thing

    def _filled(self, record: Record, thing: Any) -> Filling:
        filling = Filling(record, thing, self.keys, self._failed)
        if thing.pk is not None and not self._may(record, "change", thing):
            filling.fill()
            changed = filling.changes or filling.problems or record.sheet.is_secret(thing)
            filling.changes, filling.problems = [], []
            if changed:
                filling.problems = [Problem(record.place(), record.sheet.refusal())]
            return filling
        filling.fill()
        return filling

    def _may(self, record: Record, action: str, thing: Any) -> bool:
        key = (record.sheet.name, action, record.sheet.right(thing))
        if key not in self._rights or key[2] is None:
            self._rights[key] = record.sheet.may(self.user, action, thing)
        return self._rights[key]

    def _save(self, record: Record, thing: Any, filling: Filling, *, new: bool) -> list[Problem]:
        sheet = record.sheet
        if not self._may(record, "add" if new else "change", thing):
            return [Problem(record.place(), sheet.refusal())]
        state = ""
        for one in sheet.saving(thing):
            if one is not thing and not self._may(record, "change", one):
                return [Problem(record.place(), sheet.refusal())]
            check_lock(one, self.user)
            if one.pk is not None or not isinstance(one, Page):  # a new page is validated by the tree
                filling.thing = one
                filling.check()
            if filling.problems:
                return filling.problems
            state = self._saved(record, one) or state
        if new:
            self.keys.index(sheet.name).add(thing)
        self._note(record, thing.pk, Done.NEW if new else Done.CHANGED, state, filling)
        return []

    def _saved(self, record: Record, one: Any) -> str:
        new = one.pk is None
        beside = {
            column.field: column.get(one) for column in record.sheet.columns if column.beside is not None
        }
        may_publish = self.publish and isinstance(one, DraftStateMixin) and self._may(record, "publish", one)
        if new:
            live, before, public = False, None, None
            if may_publish and not isinstance(one, Page):
                revision = publish_new(one, self.user)
            else:
                revision = save_new(one, self.user, parent=record.sheet.parent_of(one))
        else:
            live, before, public = stored_versions(one)
            revision = save_version(one, self.user)
        state = DRAFT if isinstance(one, DraftStateMixin) and not (new and one.live) else PUBLISHED
        if self.publish and state == DRAFT:
            state = bring_out(one, revision, self.user, may_publish=may_publish)
        made = new or getattr(one, "was_made_for_import", False)
        step = Step(one._meta.label_lower, one.pk, made, live, before, public, revision.pk, beside)
        self.steps.append(step)
        return state

    def _note(
        self, record: Record, pk: Any, done: Done, state: str = "", filling: Filling | None = None
    ) -> None:
        self._brought[record.sheet.name, pk] = record.own.line.number
        key = self.keys.of(record.sheet.name, pk) or record.key
        changes = tuple(filling.changes) if filling and done is Done.CHANGED else ()
        self.report.outcomes.append(Outcome(record.place(), key, done, state, changes))
