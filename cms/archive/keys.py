"""Names of things in an archive: keys that mean the same on every site, instead of numbers of the database.

A page is named by its address in the site's own language, a coded thing by its code, others by a key that is made of
their words once and then stays (`cms.models.ArchiveKey`). ``sl/centri/pionirska`` is the Slovenian version of what is
in ``pages/centri/pionirska.yaml``; a row below a page has its key behind a ``#``.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from anyascii import anyascii
from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import override
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.models import Collection, Locale, Page, Site

from cms.archive.kinds import archived, is_translated, locales
from cms.archive.problems import Code, Wrong
from cms.models import ArchiveKey, CodedModel
from cms.publishing.registry import entry_of

HOME = "home"
DEFAULT_SITE = "default"
_LONGEST = 80


class Keys:
    """The keys of what is on the site."""

    def __init__(self) -> None:
        self.locales = locales()
        self._codes = {locale.pk: code for code, locale in self.locales.items()}
        self._indexes: dict[Any, _Index] = {}
        self.translated: dict[Any, _Translated] = {}

    # ------------------------------------------------------------ from things to keys
    def key_of(self, thing: Any) -> str:
        """Return the key of a thing: the name of its file."""
        model = type(thing)
        if is_translated(model):
            return self.versions(model).keys[thing.translation_key]
        return self.index(model).key_by_pk[thing.pk]

    def name_of(self, model: Any, pk: Any) -> str:
        """Return how others name the row ``pk`` of ``model``. Raises KeyError where it is in no archive."""
        if model is Locale:
            return self._codes[pk]
        if model is Site:
            site = Site.objects.get(pk=pk)
            return DEFAULT_SITE if site.is_default_site else f"{site.hostname}:{site.port}"
        if model is Collection:
            return path_of(Collection.objects.get(pk=pk))
        if is_translated(model):
            versions = self.versions(model)
            uuid, locale = versions.by_pk[pk]
            return f"{self._codes[locale]}/{versions.keys[uuid]}"
        if (parent := entry_of(model).parent) is not None:
            row = model._default_manager.get(pk=pk)
            return f"{self.name_of(parent.related_model, getattr(row, parent.attname))}#{row.translation_key}"
        return self.index(model).key_by_pk[pk]

    def index(self, model: Any) -> "_Index":
        """Return the keys of all rows of a model without languages."""
        if model not in self._indexes:
            self._indexes[model] = _Index(model)
        return self._indexes[model]

    def versions(self, model: Any) -> "_Translated":
        """Return the keys of all rows of a model with languages, all pages together."""
        root = Page if issubclass(model, Page) else model
        if root not in self.translated:
            self.translated[root] = _Translated(root, self._codes)
        return self.translated[root]

    def note(self) -> None:
        """Write down the keys that were made of words, so that they stay."""
        for model in archived().values():
            if model in self._indexes:
                self._indexes[model].note()


class _Index:
    def __init__(self, model: Any) -> None:
        self.label = model._meta.label_lower
        rows = {row.pk: row for row in model._default_manager.order_by("pk")}
        self.stored: dict[Any, str] = {}
        if issubclass(model, CodedModel):
            self.stored = {pk: row.code for pk, row in rows.items()}
        else:
            noted = ArchiveKey.objects.filter(model=self.label).values_list("object_id", "key")
            self.stored = {pk: key for pk, key in noted if pk in rows}
        self.key_by_pk = dict(self.stored)
        self.pk_by_key = {key: pk for pk, key in self.key_by_pk.items()}
        for pk, row in rows.items():
            if pk not in self.key_by_pk:
                self.add(pk, unlike(self.pk_by_key, words_of(row)))

    def add(self, pk: Any, key: str) -> None:
        """Have ``key`` mean the row ``pk``."""
        self.key_by_pk[pk] = key
        self.pk_by_key[key] = pk

    def note(self) -> None:
        new = {pk: key for pk, key in self.key_by_pk.items() if self.stored.get(pk) != key}
        gone = ArchiveKey.objects.filter(model=self.label)
        gone.exclude(object_id__in=self.key_by_pk).delete()
        gone.filter(object_id__in=new).delete()
        ArchiveKey.objects.bulk_create(
            [ArchiveKey(model=self.label, object_id=pk, key=key) for pk, key in new.items()], batch_size=500
        )
        self.stored |= new


class _Translated:
    """The versions of things in each language."""

    def __init__(self, model: Any, codes: dict[Any, str]) -> None:
        fields = ("pk", "translation_key", "locale_id")
        self.by_pk: dict[Any, tuple[UUID, Any]] = {}
        self.pks: dict[tuple[UUID, Any], Any] = {}
        found: dict[UUID, dict[str, str]] = defaultdict(dict)
        rows: Iterable[Any] = (
            model.objects.filter(depth__gt=1).only(*fields, "url_path")
            if model is Page
            else model._default_manager.all()
        )
        for row in rows:
            self.add(row)
            if row.locale_id in codes:
                words = row.url_path.strip("/").partition("/")[2] or HOME if model is Page else words_of(row)
                found[row.translation_key][codes[row.locale_id]] = words
        self.keys: dict[UUID, str] = {}
        self.uuids: dict[str, UUID] = {}
        for uuid in sorted(found):
            words = found[uuid].get(settings.LANGUAGE_CODE) or found[uuid][min(found[uuid])]
            self.name(uuid, unlike(self.uuids, words))

    def name(self, uuid: UUID, key: str) -> None:
        """Have ``key`` mean all versions with ``uuid``."""
        self.keys[uuid] = key
        self.uuids[key] = uuid

    def add(self, row: Any) -> None:
        """Note a version that is on the site."""
        self.by_pk[row.pk] = (row.translation_key, row.locale_id)
        self.pks[row.translation_key, row.locale_id] = row.pk


def words_of(thing: Any) -> str:
    """Return the words of a thing as a key: ASCII, lower case, hyphens. Settings are known by their site."""
    if isinstance(thing, BaseSiteSetting) and thing.site.is_default_site:
        return DEFAULT_SITE
    with override(settings.LANGUAGE_CODE):
        return slugify(anyascii(str(thing)))[:_LONGEST].strip("-") or "unnamed"


def unlike(taken: Any, key: str) -> str:
    """Return ``key``, with a number behind it where it is ``taken``."""
    found, number = key, 1
    while found in taken:
        number += 1
        found = f"{key}-{number}"
    return found


def path_of(collection: Collection) -> str:
    """Return the names of a collection and of those above it, without the root."""
    above = collection.get_ancestors(inclusive=True).filter(depth__gt=1)
    return " / ".join(above.values_list("name", flat=True))


def collection_at(path: str) -> Collection:
    """Return the collection that ``path`` names, made if it is not there."""
    place = Collection.get_first_root_node()
    for name in filter(None, path.split(" / ")):
        below = place.get_children().filter(name=name).first()
        place = below if below is not None else Collection.objects.get(pk=place.pk).add_child(name=name)
    return place


def site_called(name: str) -> Site:
    """Return the site that ``name`` means. Raises `Wrong`."""
    host, _colon, port = name.partition(":")
    which = {"is_default_site": True} if name == DEFAULT_SITE else {"hostname": host, "port": port or 80}
    site = Site.objects.filter(**which).first() if str(which.get("port", 80)).isdecimal() else None
    if site is None:
        raise Wrong(
            Code.MISSING_REFERENCE, f"There is no site {name}. Write {DEFAULT_SITE} for the usual one."
        )
    return site
