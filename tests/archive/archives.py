"""Archives in tests: exported, imported, and the public content of a site without numbers of its database."""

import re
from collections.abc import Mapping
from typing import Any
from unittest.mock import patch

from wagtail.models import Page

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
    with patch("cms.graphql.loading.digests._digest", " ".join):  # the responses themselves
        seen = dump()
    return {
        f"{label} {_name(keys, label, pk)}": (one.path, _without_numbers(keys, one.response))
        for (label, pk), one in seen.items()
    }


def _name(keys: Keys, label: str, pk: Any) -> str:
    model = Page if label == Page._meta.label_lower else archived().get(label)
    return "" if model is None else keys.name_of(model, int(pk))


def _without_numbers(keys: Keys, response: str) -> str:
    def named(match: re.Match[str]) -> str:
        found = GlobalId.read(match[0])
        if found is None:
            return match[0]
        label = found.model._meta.label_lower
        used = "used" if found.use else ""
        return f"<{label} {_name(keys, label, found.key)} {found.block} {found.locales} {found.draft} {used}>"

    response = re.sub(
        r'"([a-z]+\.[a-z]+):(\d+)"', lambda ref: f"<{ref[1]} {_name(keys, ref[1], ref[2])}>", response
    )
    response = re.sub(r"[A-Za-z0-9_-]{12,}(?:\.[A-Za-z0-9_-]+)?", named, response)
    return re.sub(r"(#[a-z]+-|/documents/)\d+", r"\1", response)
