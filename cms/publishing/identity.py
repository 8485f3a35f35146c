"""Global ids: the one name of an object in the graph, in the log of changes and in webhooks.

Clients take an id as it is (Relay, Global Object Identification). It has a name and, behind a full stop, a version
where the object is not the usual one: other locales, a use with words of its own, drafts. So the name alone is a valid
id, and the log of changes, which knows no versions, gives it.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Self

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from wagtail.models import Page

from cms.models import Change
from cms.publishing.registry import entries, entry_of

# Longer than any id that is given: a page, a block in it, some locales and the place of a use.
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class GlobalId:
    """What an id stands for.

    ``key`` is the primary key as text. ``block`` is the column of a body and the key of a block in it, for a block.
    ``locales`` are the requested ones, empty for the usual ones: those of a page's own locale, and else the site's.
    ``use`` is the place that gives the object words of its own, as the name of a block.
    """

    model: type[models.Model]
    key: str
    block: str = ""
    locales: tuple[str, ...] = ()
    use: str = ""
    draft: bool = False

    @property
    def name(self) -> str:
        """What the id says before it is encoded, without the version."""
        name = f"{_label(self.model)}:{self.key}"
        return f"{name}:{self.block}" if self.block else name

    def __str__(self) -> str:
        return f"{encoded(self.name)}{self.common()[1]}"

    def common(self) -> tuple[str, str]:
        """Return the label and the encoded version with its full stop, as in all ids that differ in the key alone."""
        version = _version(self.locales, self.use, self.draft)
        return _label(self.model), f".{version}" if version else ""

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Return what an id stands for; None for what was never given as one."""
        if len(text) > _LONGEST or not text.isascii():
            return None
        name, _stop, version = text.partition(".")
        try:
            found = cls._of(_decoded(name), _decoded(version))
        except (ValueError, LookupError, ValidationError, OverflowError):
            return None
        return found if str(found) == text else None

    @classmethod
    def _of(cls, name: str, version: str) -> Self:
        label, key, *block = name.split(":", 2)
        model = apps.get_model(label)
        pk: Any = model._meta.pk.to_python(key)
        if str(pk) != key or (isinstance(pk, int) and not 0 < pk < 2**63):
            raise ValueError(name)
        locales, use, draft = [*version.split("|"), "", "", ""][:3]
        return cls(model, key, "".join(block), tuple(filter(None, locales.split(","))), use, draft == _DRAFT)

    @classmethod
    def place(cls, name: str) -> Self | None:
        """Return the block behind the name of a use; None for what is none."""
        return cls.read(encoded(name))

    @property
    def pk(self) -> Any:
        return self.model._meta.pk.to_python(self.key)


_DRAFT = "draft"


@cache
def _label(model: Any) -> str:
    # Keys of pages are unique among all types of pages, and the log of changes knows pages as such.
    return str(
        Page._meta.label_lower if issubclass(model, Page) else model._meta.concrete_model._meta.label_lower
    )


@lru_cache(maxsize=1024)
def _version(locales: tuple[str, ...], use: str, draft: bool) -> str:
    return encoded("|".join((",".join(locales), use, _DRAFT if draft else "")).rstrip("|"))


def encoded(text: str) -> str:
    """Return ``text`` as it stands in ids."""
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decoded(text: str) -> str:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()


def id_of_change(change: Change) -> str:
    """Return the id of what changed, as the graph gives it in the usual version."""
    model = apps.get_model(change.model) if change.model else _model_of(change.type)
    return str(GlobalId(model, change.object_id))


@cache
def _model_of(type_: str) -> Any:
    # Entries that were written before models were noted; then the type has to do.
    return next((entry.model for entry in entries() if entry.shown and entry.type == type_), Page)


@cache
def has_id(model: type[models.Model]) -> bool:
    """Return whether rows of ``model`` are objects with an id in the graph.

    A row below another is a value of it, unless it has a list of its own or other objects of the graph point at it.
    """
    entry = entry_of(model)
    if not entry.shown or entry.parent is None:
        return entry.shown
    others = (
        one for one in model._meta.get_fields(include_hidden=True) if one.auto_created and one.is_relation
    )
    pointed_at = any(entry_of(other.related_model).shown for other in others)
    return pointed_at or hasattr(model, "graphql_list")
