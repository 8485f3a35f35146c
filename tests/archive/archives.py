"""Archives in tests: exported, imported, and the public content of a site without numbers of its database."""

import re
from collections.abc import Mapping
from typing import Any

from cms.archive.exporting import exported
from cms.archive.importing import Outcome, import_files
from cms.archive.keys import Keys
from cms.archive.kinds import archived
from cms.publishing.identity import GlobalId
from tests.operations.dump import dump


def packed(below: str = "") -> dict[str, bytes]:
    """Return the files of an archive by name."""
    return {name: read() for name, read in exported(below).items()}


def unpacked(files: Mapping[str, bytes], *, keep: bool = True) -> list[Outcome]:
    """Import files that `packed` returned."""
    return import_files({name: lambda name=name: files[name] for name in files}, keep=keep)


def public() -> dict[str, Any]:
    """Return what the public has of all objects, by names that mean the same on every site."""
    keys = Keys()
    return {
        f"{label} {_name(keys, label, pk)}": (seen.path, _without_numbers(keys, seen.response))
        for (label, pk), seen in dump().items()
    }


def _name(keys: Keys, label: str, pk: Any) -> str:
    model = {**archived(), "wagtailcore.page": next(iter(archived().values()))}.get(label)
    if label == "wagtailcore.page":
        from wagtail.models import Page

        model = Page
    return keys.name_of(model, int(pk)) if model else "1"


def _without_numbers(keys: Keys, response: str) -> str:
    def named(match: re.Match[str]) -> str:
        found = GlobalId.read(match[0])
        if found is None:
            return match[0]
        try:
            name = _name(keys, found.model._meta.label_lower, found.key)
        except (KeyError, ValueError):
            name = found.model._meta.label_lower
        return f"<{name} {found.block} {found.locales} {found.draft} {bool(found.use)}>"

    return re.sub(r"[A-Za-z0-9_-]{12,}(?:\.[A-Za-z0-9_-]+)?", named, response)
