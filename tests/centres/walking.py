"""Goes through every address of the admin as somebody, and notes where which of the planted words is read.

The addresses are those of the URL resolver. An address with an argument that is not known here raises `AssertionError`:
say what to put there in `Walk._values`, or in `NOT_VISITED` why it cannot be visited.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from zipfile import ZipFile, is_zipfile

from django.apps import apps
from django.contrib.messages import get_messages
from django.db import transaction
from django.test import Client
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.models import Revision, Task, TaskState, Workflow, WorkflowState

from cms.sheets.registry import sheets
from tests.admin_addresses import Address, addresses
from tests.centres.planted import SEARCHED, words
from tests.centres.test_rights import SCRIPT

NOT_VISITED = {
    "wagtailadmin_logout": "it ends the session",
    "wagtailadmin_error_test": "it fails on purpose",
    "wagtailadmin_login": "for those who are not signed in",
    "wagtailadmin_password_reset_confirm": "its token is in a mail",
    "wagtailadmin_sprite": "icons",
    "wagtailadmin_javascript_catalog": "words of Wagtail",
    "wagtailredirects:process_import": "no person asks for it: the form before sends what it signed, or it fails",
}
PAGES = ("programmepage", "centrepage")
ACTIONS = ("approve", "reject", "cancel")


class Walk:
    """The addresses of the admin, filled with the planted rows."""

    def __init__(self, rows: dict[str, list[Any]]) -> None:
        self.rows = rows

    def keys(self, *models: str) -> list[str]:
        return [str(row.pk) for model in models for row in self.rows.get(model, ())]

    def fillings(self, address: Address) -> Iterator[str]:
        """Yield paths of ``address``; a combination of page and revision that do not belong together is left out."""
        values = [self._values(address, argument) for argument in address.arguments]
        for chosen in itertools.product(*values):
            named = dict(zip(address.arguments, chosen, strict=True))
            if self._belong(address, named):
                yield f"/{_filled(address.pattern, named)}"

    def _belong(self, address: Address, named: dict[str, str]) -> bool:
        key = named.get("page_id") or named.get("pk")
        if "revision_id" in named:
            return Revision.objects.filter(pk=named["revision_id"], object_id=key).exists()
        if "task_state_id" in named:
            return TaskState.objects.filter(pk=named["task_state_id"], workflow_state__object_id=key).exists()
        if "workflow_state_id" in named:
            return WorkflowState.objects.filter(pk=named["workflow_state_id"], object_id=key).exists()
        if address.name == "wagtail_bulk_action" or address.pattern.endswith("<str:action>/"):
            found = bulk_action_registry.get_bulk_action_class(*(named[part] for part in address.arguments))
            return found is not None
        return True

    def _values(self, address: Address, argument: str) -> list[str]:
        plain = {
            "page_id": self.keys(*PAGES),
            "parent_page_id": self.keys(*PAGES),
            "page_to_move_id": self.keys(*PAGES),
            "page_pk": self.keys(*PAGES),
            "destination_id": self.keys(*PAGES)[:1],
            "revision_id": [str(key) for key in Revision.objects.values_list("pk", flat=True)],
            "revision_id_a": ["earliest", "live"],
            "revision_id_b": ["latest"],
            "task_state_id": [str(key) for key in TaskState.objects.values_list("pk", flat=True)],
            "task_id": [str(key) for key in Task.objects.values_list("pk", flat=True)],
            "workflow_state_id": [str(key) for key in WorkflowState.objects.values_list("pk", flat=True)],
            "workflow_pk": [str(key) for key in Workflow.objects.values_list("pk", flat=True)],
            "action_name": list(ACTIONS),
            "image_id": self.keys("image"),
            "document_id": self.keys("document"),
            "doc_id": self.keys("document"),
            "uploaded_file_id": self.keys("uploadedfile"),
            "filter_spec": ["max-165x165"],
            "collection_id": self.keys("collection"),
            "redirect_id": self.keys("redirect"),
            "session_id": self.keys("editingsession"),
            "object_id": self.keys("programmepage")[:1],
            "name": ["all", *(sheet.name for sheet in sheets() if sheet.exported)],
            "kind": ["xlsx", "csv"],
            "action": sorted({name for one in _bulk_actions() for name in one}),
        }
        if argument in plain:
            return plain[argument]
        if argument in {"app_label", "app_name", "content_type_app_name"}:
            return _apps_of(address)
        if argument in {"model_name", "content_type_model_name"}:
            return _models_of(address)
        if argument == "pk":
            return self._keys_of(address)
        raise AssertionError(f"Say what “{argument}” of {address.pattern} ({address.name}) is")

    def _keys_of(self, address: Address) -> list[str]:
        space, _colon, name = address.name.rpartition(":")
        snippet = re.match(r"wagtailsnippet(?:s|choosers)_[a-z]+_([a-z]+)$", space)
        kinds = {
            "wagtailadmin_pages": PAGES,
            "wagtailadmin_api:pages": PAGES,
            "wagtailadmin_api:documents": ("document",),
            "wagtailadmin_api:images": ("image",),
            "wagtailadmin_collections": ("collection",),
            "wagtailadmin_workflows": ("workflow", "groupapprovaltask"),
            "wagtaildocs_chooser": ("document",),
            "wagtailimages_chooser": ("image",),
            "wagtailusers_groups": ("group",),
        }
        named = {"centres_set_up": ("centrepage",), "centres_review": ("review",), "": ("collection",)}
        any_of = {
            "wagtailusers_users": "user",
            "wagtailusers_api_tokens": "apitoken",
            "wagtaillocales": "locale",
            "wagtailsites": "site",
            "wagtailsettings": "site",
            "receivers": "receiver",
            "search_synonyms": "synonym",
            "simple_translation": "sharedtext",
        }
        beside = {"receiver_log": "receiver", "spreadsheets_import": "sheetimport"}
        if snippet:
            return self.keys(snippet.group(1)) or _any_key(snippet.group(1))
        if space in any_of:
            return _any_key(any_of[space])
        if name in beside:
            return _any_key(beside[name])
        assert space in kinds or (not space and name in named), (
            f"Say whose key “pk” of {address.pattern} ({address.name}) is"
        )
        return self.keys(*(kinds[space] if space else named[name]))


def _any_key(model: str) -> list[str]:
    found = next(one for one in apps.get_models() if one._meta.model_name == model)
    return [str(key) for key in found._default_manager.values_list("pk", flat=True)[:1]] or ["1"]


def _bulk_actions() -> list[dict[str, Any]]:
    bulk_action_registry._scan_for_bulk_actions()
    return [actions for models in bulk_action_registry.actions.values() for actions in models.values()]


def _apps_of(address: Address) -> list[str]:
    if "bulk/" in address.pattern:
        bulk_action_registry._scan_for_bulk_actions()
        return sorted(bulk_action_registry.actions)
    if "settings/" in address.pattern or "translation/" in address.pattern:
        return ["cms"]
    if "editing-sessions" in address.pattern or "tag-" in address.pattern:
        return ["wagtailcore"] if "editing" in address.pattern else ["taggit"]
    return ["centres"]


def _models_of(address: Address) -> list[str]:
    if "bulk/" in address.pattern:
        return sorted({name for models in bulk_action_registry.actions.values() for name in models})
    if "settings/" in address.pattern:
        return ["sitesettings", "sitelabels"]
    if "translation/" in address.pattern:
        return ["sharedtext"]
    if "editing-sessions" in address.pattern:
        return ["page"]
    if "tag-" in address.pattern:
        return ["tag"]
    return ["claimstask"] if "tasks/" in address.pattern else list(PAGES)


def _filled(pattern: str, named: dict[str, str]) -> str:
    path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: named[found.group(1)], _plain(pattern, named))
    return path.replace("\\.", ".").replace("^", "").removesuffix("$")


def _plain(pattern: str, named: dict[str, str]) -> str:
    return re.sub(r"\(\?P<(\w+)>[^)]*\)", lambda found: named[found.group(1)], pattern)


def _said(answer: Any) -> str:
    """Return everything that an answer tells, a workbook unpacked."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if is_zipfile(BytesIO(content)):
        with ZipFile(BytesIO(content)) as book:
            content = b"".join(book.read(name) for name in book.namelist())
    told = " ".join(str(message) for message in get_messages(answer.wsgi_request))
    return "\n".join((content.decode("utf-8", "replace"), str(answer.headers), told))


def _questions(address: Address, path: str, rows: dict[str, list[Any]]) -> Iterator[dict[str, Any]]:
    """Yield what is asked at ``path``: it as it is, searched, saved, and with the rows that it takes."""
    yield {}
    if issubclass(address.view_class or object, SpreadsheetExportMixin):
        yield from ({"q": SEARCHED}, {"export": "csv"}, {"export": "xlsx"})
    elif "search" in path or "choose" in path or "/api/" in path:
        yield from ({"q": SEARCHED}, {"search": SEARCHED})
    if "/bulk/" in path:
        model = path.split("/bulk/")[1].split("/")[1]
        pages = [row.pk for name in PAGES for row in rows[name]]
        keys = pages if model == "page" else [row.pk for row in rows.get(model, ())]
        yield {"id": keys}
        yield {"id": "all"}
    if "chosen-multiple" in path:
        yield {"id": [row.pk for model in rows.values() for row in model]}
    if "tag-autocomplete" in path:
        yield {"term": SEARCHED}


@dataclass
class Found:
    """What a walk found: addresses by the kind of word that is read there, what failed, and how many were visited."""

    read: dict[str, set[str]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    visited: int = 0


def walk(person: Any, rows: dict[str, list[Any]], until: set[str] | None = None) -> Found:
    """Visit every address as ``person``; with ``until``, only so long as one of these kinds is not read yet.

    Each address is asked once, and what it changed is taken back.
    """
    client = Client(raise_request_exception=False)
    client.force_login(person)
    found, way = Found(), Walk(rows)
    # Lists, reports and choosers first: they show most.
    for address in sorted(addresses(), key=lambda one: len(one.arguments)):
        if address.name in NOT_VISITED or address.pattern.endswith(".*/$"):
            continue
        for path in way.fillings(address):
            found.visited += 1
            _note(found, path, list(_answers(client, address, path, rows)))
            if until is not None and until <= set(found.read):
                return found
    return found


def _note(found: Found, path: str, answers: list[Any]) -> None:
    for answer in answers:
        if answer.status_code >= 500:
            found.failed.append(f"{path}: {answer.exc_info[1]!r}")
        text = _said(answer)
        if SEARCHED in text:
            for kind, planted_word in words().items():
                if planted_word in text:
                    found.read.setdefault(kind, set()).add(path)


def _answers(client: Client, address: Address, path: str, rows: dict[str, list[Any]]) -> Iterator[Any]:
    with transaction.atomic():
        for question in _questions(address, path, rows):
            answer = _ask(client, client.get, path, question)
            yield answer
            if answer.status_code in {302, 403, 404, 405} or answer.status_code >= 500:
                break
        if answer.status_code in {302, 403, 405}:
            yield _ask(client, client.post, path, {}, headers=SCRIPT)
        transaction.set_rollback(True)


def _ask(client: Client, method: Any, *asked: Any, **how: Any) -> Any:
    # A message that waits for the next page was noted where it was made.
    client.cookies.pop("messages", None)
    return method(*asked, **how)
