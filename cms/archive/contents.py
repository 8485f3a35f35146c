"""What the files of an archive are: read and checked by themselves, before the site is asked."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Any
from uuid import UUID

from cms.archive.files import FORMAT, MANIFEST, Files
from cms.archive.kinds import PAGES, archived, folder_of, is_translated, model_called, shape_of
from cms.archive.problems import ArchiveError, Code, Problem, Wrong
from cms.archive.records import KEY, Fields, key_in, version_in
from cms.archive.yaml_files import read_yaml
from cms.models.archive_keys import LONGEST_KEY

_OF_PAGES = {"parent", "place", "restricted"}


class State(Enum):
    """How far an import is with a version."""

    TODO = "todo"
    DOING = "doing"
    DONE = "done"
    FAILED = "failed"


@dataclass(eq=False)
class Version:
    """One language of what a file holds, or all of it where there are no languages."""

    file: str
    model: Any
    key: str
    code: str
    uuid: UUID | None
    fields: Fields
    pk: Any = None  # once it is on the site
    state: State = State.TODO

    @property
    def place(self) -> int:
        """Where a page stands among those beside it."""
        place = self.fields.get("place", 0)
        return place if isinstance(place, int) else 0

    def problem(self, wrong: Wrong) -> Problem:
        return (wrong.at(self.code) if self.code else wrong).problem(self.file)


@dataclass
class Contents:
    """All versions by folder, key and language; keys of pages that others name and that are not in the archive."""

    versions: dict[tuple[str, str, str], Version] = field(default_factory=dict)
    outside: dict[str, UUID] = field(default_factory=dict)
    restricted: dict[str, Any] = field(default_factory=dict)
    media: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _files: dict[tuple[str, UUID], str] = field(default_factory=dict)

    def add(self, folder: str, version: Version) -> None:
        """Note a version. Raises `Wrong` where another file is the same thing."""
        if version.uuid is not None:
            first = self._files.setdefault((folder, version.uuid), version.file)
            if first != version.file:
                words = f"{first} has this key too. Delete the line in the file of the new thing."
                raise Wrong(Code.DUPLICATE, words, KEY)
        self.versions[folder, version.key, version.code] = version


def contents_of(files: Files, codes: list[str]) -> Contents:
    """Return what is in ``files``; ``codes`` are the languages of the site. Raises `ArchiveError` for no archive."""
    if MANIFEST not in files:
        words = (
            f"There is no {MANIFEST}. Name the folder that has it, or a file that export_content has written."
        )
        raise ArchiveError(Problem(Code.NOT_READABLE, words))
    found = Contents()
    _read_manifest(read_yaml(MANIFEST, files[MANIFEST]()), found)
    folders = {folder_of(model) for model in archived().values()}
    for name in sorted(files.keys() - {MANIFEST}):
        folder, _slash, inner = name.partition("/")
        if folder not in folders or not inner:
            if not name.startswith("README"):
                found.problems.append(
                    Problem(Code.UNKNOWN_FILE, "No archive has such a file. Delete it.", name)
                )
        elif inner.endswith(".yaml"):
            try:
                for version in _versions(name, read_yaml(name, files[name]()), codes):
                    found.add(folder, version)
            except ArchiveError as error:
                found.problems += error.problems
            except Wrong as error:
                found.problems.append(error.problem(name))
        else:
            found.media[name] = files[name]
    return found


def _read_manifest(manifest: Any, found: Contents) -> None:
    try:
        if manifest["format"] != FORMAT:
            words = f"This is an archive of format {manifest['format']}; this version reads format {FORMAT}."
            raise ArchiveError(Problem(Code.NOT_READABLE, words, MANIFEST))
        found.outside = {str(name): UUID(uuid) for name, uuid in manifest.get("outside", {}).items()}
        found.restricted = dict(manifest.get("restricted", {}))
    except (KeyError, TypeError, ValueError, AttributeError):
        words = "This is no archive: format, outside or restricted are not as export_content writes them."
        raise ArchiveError(Problem(Code.NOT_READABLE, words, MANIFEST)) from None


def _versions(name: str, record: Any, codes: list[str]) -> list[Version]:
    if not isinstance(record, dict):
        raise Wrong(Code.NOT_YAML, "There are no fields in this file. Each line begins with the name of one.")
    folder, _slash, inner = name.partition("/")
    key = inner.removesuffix(".yaml")
    model = _model(folder, record)
    known = set(shape_of(model).names)
    if not is_translated(model):
        if len(key) > LONGEST_KEY:
            raise Wrong(Code.UNSAFE_NAME, f"The name has more than {LONGEST_KEY} signs. Shorten it.")
        _refuse_unknown(record, {*known, "live"}, codes)
        return [Version(name, model, key, "", None, record)]
    _refuse_unknown(record, {*known, *codes, "type", KEY}, codes)
    uuid = key_in(record, name)
    made = []
    for code in filter(record.__contains__, codes):
        fields = version_in(model, record, code)
        try:
            of_pages = _OF_PAGES if folder == PAGES else set()
            _refuse_unknown(fields, {*known, *of_pages, "live"}, [])
        except Wrong as error:
            raise error.at(code) from None
        made.append(Version(name, model, key, code, uuid, fields))
    if not made:
        words = f"Nothing is written in a language of this site. There are: {', '.join(codes)}."
        raise Wrong(Code.UNKNOWN_LANGUAGE, words)
    return made


def _model(folder: str, record: Fields) -> Any:
    if folder != PAGES:
        return model_called(folder)
    label = record.get("type")
    model = model_called(label) if isinstance(label, str) else None
    if model is None or folder_of(model) != PAGES:
        known = ", ".join(label for label, one in archived().items() if folder_of(one) == PAGES)
        raise Wrong(Code.WRONG_VALUE, f"“{str(label)[:60]}” is no type of page. There are: {known}.", "type")
    return model


def _refuse_unknown(fields: Fields, known: set[str], codes: list[str]) -> None:
    for name, value in fields.items():
        if name in known:
            continue
        if codes and isinstance(value, dict) and 2 <= len(name) <= 3:
            words = f"This is no language of this site. There are: {', '.join(codes)}. Delete it."
            raise Wrong(Code.UNKNOWN_LANGUAGE, words, name[:60])
        words = f"There is no such field. There are: {', '.join(sorted(known))}."
        raise Wrong(Code.UNKNOWN_FIELD, words, name[:60])
