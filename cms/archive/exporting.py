"""Writes content into the files of an archive: all of it, or a branch of the tree with what belongs to it."""

from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from typing import Any

from wagtail.models import Collection, CollectionViewRestriction, Page

from cms.archive.files import FORMAT, MANIFEST, Files, Read
from cms.archive.keys import Keys, path_of
from cms.archive.kinds import PAGES, archived, folder_of, is_translated
from cms.archive.problems import ArchiveError, Code, Problem
from cms.archive.records import merged, newest_of, written
from cms.archive.restrictions import restrictions_of
from cms.archive.yaml_files import write_yaml
from cms.publishing.registry import entry_of


def exported(below: str = "") -> Files:
    """Return the files of an archive of all content, or of the pages at and below the address ``below``.

    With the pages comes what is declared to be public with them, and all that any of it names but other pages. Each
    thing is written as the public has it; one that is not published as its newest draft. Raises `ArchiveError`.
    """
    export = _Export()
    export.add(_things(below))
    return export.files()


def _things(below: str) -> Iterable[Any]:
    if not below:
        for model in archived().values():
            yield from model._default_manager.all()
        return
    root = Page.objects.filter(url_path=f"/{below.strip('/')}/").first()
    if root is None:
        words = f"There is no page at {below}. Write its address, such as /sl/."
        raise ArchiveError(Problem(Code.MISSING_REFERENCE, words))
    pages = [
        page
        for one in root.get_translations(inclusive=True)
        for page in one.get_descendants(inclusive=True).specific()
    ]
    yield from pages
    keys = {page.translation_key for page in pages}
    for model in archived().values():
        if (column := entry_of(model).public_with) is not None:
            yield from model._default_manager.filter(**{f"{column}__in": keys})


class _Export:
    """Names what it writes, and notes what is named, so that this is written too."""

    def __init__(self) -> None:
        self.keys = Keys()
        self.codes = list(self.keys.locales)
        self._codes = {locale.pk: code for code, locale in self.keys.locales.items()}
        self._versions: dict[tuple[Any, str], dict[str, Any]] = defaultdict(dict)  # of each file, by language
        self._written: dict[tuple[Any, Any], dict[str, Any]] = {}
        self._named: set[tuple[Any, Any]] = set()
        self._media: dict[str, Read] = {}

    # ------------------------------------------------------------ names
    def name_of(self, model: Any, pk: Any) -> str:
        name = self.keys.name_of(model, pk)
        parent = entry_of(model).parent
        if parent is not None:
            model, pk = (
                parent.related_model,
                model._default_manager.values_list(parent.attname, flat=True).get(pk=pk),
            )
        self._named.add((Page if issubclass(model, Page) else model, pk))
        return name

    def named(self, model: Any, name: str) -> Any:
        raise NotImplementedError  # nothing is read here

    # ------------------------------------------------------------ things
    def add(self, things: Iterable[Any]) -> None:
        """Write ``things``, and then what they name."""
        for thing in things:
            self._add(thing)
        known = set(archived().values())
        while missing := {one for one in self._named if one not in self._written and one[0] in known}:
            for model, pk in missing:
                self._add(model._default_manager.get(pk=pk))

    def _add(self, thing: Any) -> None:
        model = type(thing)
        root = Page if issubclass(model, Page) else model
        if (root, thing.pk) in self._written:
            return
        key = self.keys.key_of(thing)
        newest = newest_of(thing)
        fields = written(newest, self)
        self._written[root, thing.pk] = fields
        if fields.keys() <= {"site"}:
            return  # settings that nobody has filled in
        if not getattr(thing, "live", True):
            fields = {"live": False, **fields}
        if isinstance(thing, Page):
            fields = self._place(thing) | fields
        code = self._codes[thing.locale_id] if is_translated(model) else ""
        self._versions[model, key][code] = (thing, fields)
        self._add_media(thing, key)

    def _place(self, page: Page) -> dict[str, Any]:
        parent = page.get_parent()
        place: dict[str, Any] = {} if parent.depth == 1 else {"parent": self.name_of(Page, parent.pk)}
        place["place"] = 1 + parent.get_children().filter(path__lt=page.path).count()
        if found := restrictions_of(page):
            place["restricted"] = found
        return place

    def _add_media(self, thing: Any, key: str) -> None:
        file = getattr(thing, "file", None)
        if not file:
            return
        model: Any = type(thing)
        name = f"{folder_of(model)}/{key}/{file.name.rpartition('/')[2]}"

        def read() -> bytes:
            try:
                with file.open("rb") as opened:
                    return bytes(opened.read())
            except OSError:
                words = f"The storage has no file of “{thing}”. Upload it again, or delete it."
                raise ArchiveError(Problem(Code.MISSING, words, name)) from None

        self._media[name] = read

    # ------------------------------------------------------------ files
    def files(self) -> Files:
        """Return the files of all that was added."""
        found: dict[str, Read] = dict(self._media)
        for (model, key), versions in self._versions.items():
            content = write_yaml(self._record(model, versions))
            found[f"{folder_of(model)}/{key}.yaml"] = partial(bytes, content)
        found[MANIFEST] = partial(bytes, write_yaml(self._manifest()))
        self.keys.note()
        return found

    def _record(self, model: Any, versions: dict[str, Any]) -> dict[str, Any]:
        if not is_translated(model):
            return versions[""][1] or {"live": True}
        ordered = {code: versions[code] for code in self.codes if code in versions}
        thing = next(iter(ordered.values()))[0]
        head = {"type": model._meta.label_lower} if issubclass(model, Page) else {}
        facts = merged(model, {code: fields for code, (_thing, fields) in ordered.items()})
        return head | {"key": str(thing.translation_key)} | facts

    def _manifest(self) -> dict[str, Any]:
        manifest: dict[str, Any] = {"format": FORMAT, "languages": self.codes}
        written_pages = {pk for root, pk in self._written if root is Page}
        outside = {pk for root, pk in self._named if root is Page} - written_pages
        if outside:
            versions = self.keys.versions(Page)
            uuids = {versions.by_pk[pk][0] for pk in outside}
            manifest["outside"] = {f"{PAGES}/{versions.keys[uuid]}": str(uuid) for uuid in sorted(uuids)}
        restricted = Collection.objects.filter(pk__in=CollectionViewRestriction.objects.values("collection"))
        if found := {path_of(one): restrictions_of(one) for one in restricted.order_by("path")}:
            manifest["restricted"] = found
        return manifest
