"""Brings an archive into the site: all of it in one transaction, or nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DataError, IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import override

from cms.archive.contents import Contents, State, Version, contents_of
from cms.archive.files import Files
from cms.archive.filling import Later, fill
from cms.archive.keys import collection_at
from cms.archive.kinds import locales, shape_of
from cms.archive.problems import ArchiveError, Code, Problem, Wrong
from cms.archive.records import differences, written
from cms.archive.restrictions import restrict
from cms.archive.saving import save
from cms.archive.site_names import SiteNames
from cms.archive.tree import place_pages
from cms.models.references import all_noted_once
from cms.publishing.change_log import log_due
from cms.publishing.operation import operation
from cms.search.index import indexed_once

_MOST_PROBLEMS = 100
_LONGEST_VALUE = 60

type Told = Callable[[int, int], None]


@dataclass(frozen=True)
class Outcome:
    """What became of a version: "new", "changed" or "same", with the fields that changed."""

    file: str
    code: str
    state: str
    changes: tuple[tuple[str, Any, Any], ...] = ()

    def lines(self) -> list[str]:
        """Return what to say of it; nothing of what stays the same."""
        if self.state == "new":
            return [f"{self.file}{f' ({self.code})' if self.code else ''}: new"]
        place = f"{self.code}." if self.code else ""
        return [
            f"{self.file}, {place}{name}: {_short(old)} → {_short(new)}" for name, old, new in self.changes
        ]


def _short(value: Any) -> str:
    text = "–" if value is None else str(value).replace("\n", " ")
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"


class _TakeBack(Exception):
    """Ends a transaction of which nothing is kept."""


def import_files(files: Files, user: Any = None, *, keep: bool, told: Told | None = None) -> list[Outcome]:
    """Bring an archive into the site, and return what became of each version; without ``keep``, what would.

    What is on the site and not in the archive stays. ``user`` is named in the history. ``told`` is called with how
    many files are done, and of how many. Raises `ArchiveError` with all problems; nothing was changed then.
    """
    contents = contents_of(files, list(locales()))
    if contents.problems:
        raise ArchiveError(*contents.problems[:_MOST_PROBLEMS])
    work, is_kept = _Import(contents, user), False
    try:
        # What the models say of a mistake stands among words of English.
        with override("en"), operation(), indexed_once(), all_noted_once(), transaction.atomic():
            work.run(told)
            if work.problems or not keep:
                raise _TakeBack
        is_kept = True
    except _TakeBack:
        pass
    finally:
        if not is_kept:
            work.forget_files()
    if work.problems:
        raise ArchiveError(*work.problems[:_MOST_PROBLEMS])
    if keep:
        log_due()  # an operation compares a few hundred objects; these are the others
    return work.outcomes


class _Import(SiteNames):
    """Brings one version after the other; what one names is brought before it."""

    def __init__(self, contents: Contents, user: Any) -> None:
        super().__init__(contents)
        self.user = user
        self.outcomes: list[Outcome] = []
        self.problems: list[Problem] = []
        self._again: list[Version] = []
        self._stored: list[Any] = []

    def run(self, told: Told | None) -> None:
        """Bring all versions."""
        self._restrict_collections()
        versions = list(self.contents.versions.values())
        self.problems += place_pages([one for one in versions if one.code], self, self.user)
        self._bring_all([one for one in versions if one.state is State.TODO], told)
        for version in self._again:  # what names one another
            version.state = State.TODO
            self._bring_whole(version)
        self.keys.note()

    def _bring_all(self, left: list[Version], told: Told | None) -> None:
        """Bring versions; what a rule refuses is tried again as long as others came in, for which it may have asked."""
        before, total = list(self.problems), len(left)
        while left:
            self.problems = list(before)
            for version in left:
                if told is not None:
                    told(len(self.outcomes), total)
                self._bring_whole(version)
            failed = [one for one in left if one.state is not State.DONE]
            if len(failed) in (0, len(left)):
                return
            for version in failed:
                version.state = State.TODO
            left = failed

    def _restrict_collections(self) -> None:
        for path, wanted in self.contents.restricted.items():
            try:
                restrict(collection_at(path), wanted)
            except Wrong as error:
                self.problems.append(error.at("restricted").problem("archive.yaml"))

    def _bring_whole(self, version: Version) -> None:
        try:
            self.bring(version)
        except Later:
            words = "This and what it names cannot be without each other. Take one of the names out."
            self.problems.append(version.problem(Wrong(Code.CIRCLE, words)))
        except RecursionError:
            words = "Too many things name one another in a row. Import them in parts."
            self.problems.append(version.problem(Wrong(Code.CIRCLE, words)))
            version.state = State.FAILED
        except Wrong:
            pass  # it is among the problems

    def bring(self, version: Version) -> Any:
        """Have a version on the site, and return its key in the database. Raises `Wrong`, `Later` in a circle."""
        if version.state is State.DONE or (version.state is State.DOING and version.pk):
            return version.pk
        if version.state is State.FAILED:
            raise Wrong(Code.REFUSED, f"{version.file} has an error itself. Correct that one first.")
        if version.state is State.DOING:
            raise Later
        version.state = State.DOING
        try:
            self._bring(version)
        except Later:
            version.state = State.TODO
            raise
        except Wrong as error:
            version.state = State.FAILED
            self.problems.append(version.problem(error))
            raise
        version.state = State.DONE
        return version.pk

    def _bring(self, version: Version) -> None:
        thing, is_new = self.thing_of(version)
        version.pk = thing.pk  # what is there already can be named meanwhile
        before = {} if is_new else self._written(thing)
        try:
            later = fill(thing, version, self)
            with transaction.atomic():
                after = self._wanted(thing, version)
                changes = tuple(differences(before, after))
                if is_new or changes or thing.has_new_file:
                    self._save(thing, version)
        except (ValidationError, DataError, IntegrityError, ProtectedError, OverflowError) as error:
            raise _refused(error) from error
        version.pk = thing.pk
        self.know(version, thing)
        if later and version not in self._again:
            self._again.append(version)
        elif not later:
            state = (
                "new"
                if is_new or version in self._again
                else "changed"
                if changes or thing.has_new_file
                else "same"
            )
            self.outcomes.append(
                Outcome(version.file, version.code, state, changes if state == "changed" else ())
            )

    def _save(self, thing: Any, version: Version) -> None:
        try:
            save(thing, version, self.user)
        finally:
            if thing.has_new_file and thing.file._committed:
                self._stored.append(thing.file)
        if thing.has_new_file and thing.replaced:
            # Robust: the new file is stored, whatever becomes of the old one.
            transaction.on_commit(partial(thing.file.storage.delete, thing.replaced), robust=True)

    def _wanted(self, thing: Any, version: Version) -> dict[str, Any]:
        beside = {name: version.fields.get(name) for name in shape_of(version.model).beside}
        wanted = self._written(thing) | beside
        return {name: value for name, value in wanted.items() if value or name not in beside}

    def _written(self, thing: Any) -> dict[str, Any]:
        live = {} if getattr(thing, "live", True) else {"live": False}
        return live | written(thing, self)

    def forget_files(self) -> None:
        """Delete files that were stored for rows that are not kept."""
        for file in self._stored:
            file.storage.delete(file.name)


def _refused(error: Exception) -> Wrong:
    if not isinstance(error, ValidationError):
        return Wrong(Code.REFUSED, f"The database refuses it: {' '.join(str(error).split())[:200]}")
    if not hasattr(error, "error_dict"):
        return Wrong(Code.REFUSED, " ".join(error.messages))
    name, words = next(iter(error.message_dict.items()))
    return Wrong(Code.REFUSED, " ".join(words), "" if name == NON_FIELD_ERRORS else name)
