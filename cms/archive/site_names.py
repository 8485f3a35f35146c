"""Finds what an archive names, in the archive or on the site."""

from typing import Any

from wagtail.models import Collection, Locale, Page, Site

from cms.archive.contents import Contents, State, Version
from cms.archive.keys import Keys, collection_at, site_called
from cms.archive.kinds import folder_of, is_translated
from cms.archive.problems import Code, Wrong
from cms.archive.records import newest_of
from cms.publishing.registry import entry_of


class SiteNames:
    """Names of what is on the site, and of what is being brought there."""

    def __init__(self, contents: Contents) -> None:
        self.contents = contents
        self.keys = Keys()
        self.codes = list(self.keys.locales)
        self.placed: dict[Any, Any] = {}  # pages by version

    def name_of(self, model: Any, pk: Any) -> str:
        return self.keys.name_of(model, pk)

    def bring(self, version: Version) -> Any:
        """Have a version on the site, and return its key in the database."""
        raise NotImplementedError

    def named(self, model: Any, name: str) -> Any:
        """Return the key in the database of what ``name`` means for a column of ``model``. Raises `Wrong`."""
        if model is Locale and name in self.keys.locales:
            return self.keys.locales[name].pk
        if model is Collection:
            return collection_at(name).pk
        if model is Site:
            return site_called(name).pk
        parent = entry_of(model).parent
        pk = self._row(model, parent, name) if parent is not None else self._thing(model, name)
        if pk is None or not model._base_manager.filter(pk=pk).exists():
            words = f"There is no {model._meta.verbose_name} “{name[:100]}”, here or on the site."
            raise Wrong(Code.MISSING_REFERENCE, f"{words} Correct the name, or add it.")
        return pk

    def complete(self, model: Any, name: Any) -> None:
        """Have what ``name`` means filled, as far as it is in the archive: rules of others ask for its columns."""
        version = self._version(model, name) if isinstance(name, str) and issubclass(model, Page) else None
        if version is not None and version.pk and version.state is State.TODO:
            self.bring(version)

    def _row(self, model: Any, parent: Any, name: str) -> Any:
        holder, _sign, key = name.partition("#")
        version = self._version(parent.related_model, holder)
        pk = self._thing(parent.related_model, holder) if version is None else self.bring(version)
        rows = model._default_manager.filter(**{parent.attname: pk})
        return next((row.pk for row in rows if str(row.translation_key) == key), None)

    def _thing(self, model: Any, name: str) -> Any:
        version = self._version(model, name)
        if version is not None:
            return version.pk if issubclass(version.model, Page) and version.pk else self.bring(version)
        if not is_translated(model):
            return self.keys.index(model).pk_by_key.get(name)
        code, _slash, key = name.partition("/")
        versions = self.keys.versions(model)
        uuid = self.contents.outside.get(f"{folder_of(model)}/{key}") or versions.uuids.get(key)
        locale = self.keys.locales.get(code)
        return versions.pks.get((uuid, locale.pk)) if uuid and locale else None

    def _version(self, model: Any, name: str) -> Version | None:
        code, key = ("", name)
        if is_translated(model):
            code, _slash, key = name.partition("/")
        return self.contents.versions.get((folder_of(model), key, code))

    # ------------------------------------------------------------ things
    def thing_of(self, version: Version) -> tuple[Any, bool]:
        """Return the thing on the site that a version is, in its newest state, and whether it is a new one."""
        if issubclass(version.model, Page):
            page, is_new = self.placed[version]
            return newest_of(version.model._base_manager.get(pk=page.pk)), is_new
        if version.uuid is not None:
            locale = self.keys.locales[version.code]
            pk = self.keys.versions(version.model).pks.get((version.uuid, locale.pk))
            new = {"translation_key": version.uuid, "locale": locale}
        else:
            pk, new = self.keys.index(version.model).pk_by_key.get(version.key), {}
        if pk is None:
            return version.model(**new), True
        return newest_of(version.model._base_manager.get(pk=pk)), False

    def know(self, version: Version, thing: Any) -> None:
        """Note that a version is on the site."""
        if version.uuid is not None:
            versions = self.keys.versions(version.model)
            versions.add(thing)
            versions.name(version.uuid, version.key)
        else:
            self.keys.index(version.model).add(thing.pk, version.key)
