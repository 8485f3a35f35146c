"""All objects that the public sees, each with its response, so that two dumps tell what differs between them.

An object's response holds its own fields and the values that belong to it. Other objects are references in it. Left out
are lists with pages of their own, which are queries, and JSON-LD, which repeats other objects.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils import timezone
from graphql import (
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLUnionType,
    execute_sync,
    get_named_type,
    is_leaf_type,
    is_required_argument,
    parse,
)
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from centres.models import Edition
from cms.graphql.loading.context import Context
from cms.graphql.loading.digests import digests
from cms.models import Change
from cms.publishing.beside import OWN, REDIRECTS, told
from cms.publishing.identity import GlobalId
from cms.publishing.objects import object_models
from cms.publishing.version import content_version
from cms.publishing.visibility import Gate
from config.schema import schema

LEFT_OUT = {"jsonLd", "parent", "editUrl", "requestedLocale", "isFallback", "canonical", "hreflang"}
OF_PAGES = {"path", "url"}  # a page that moved is compared by its path
# What stands for a row of its own but has no id to ask for.
REFERENCES = {"Organisation": "code", "Term": "code", "Network": "code", "CompetenceField": "code"}
NAMELESS = {
    "Person",
    "Venue",
    "Appointment",
    "Review",
    "LegalBasis",
    "Document",
    "Image",
    "Goal",
    "ExpectedEffect",
}


# Rows that responses are made from and that are no objects. Whether a redirect is followed hangs on its page too, and
# the log has that as a change of the page.
BESIDE = tuple(model for model, _type, _tell in OWN if model is not Redirect)


@dataclass(frozen=True)
class Seen:
    """An object as the public sees it."""

    path: str | None
    response: str


type Dump = dict[tuple[str, str], Seen]


def dump() -> Dump:
    """Return all public objects by model and id."""
    found: Dump = {}
    context = Context(deadline=float("inf"))
    for key, path, response in (*_pages(context), *_editions(context)):
        found[key] = Seen(path, response)
    gate = Gate(now=timezone.now(), version=content_version())
    for model in object_models():
        if issubclass(model, Edition):
            continue
        for row in model._default_manager.order_by("pk"):
            if _is_public(row, gate):
                response = digests(model, [row.pk], gate)[row.pk][0]
                assert response, f"{row} cannot be read"
                found[model._meta.label_lower, str(row.pk)] = Seen(None, response)
    for model in BESIDE:
        for pk in model._default_manager.values_list("pk", flat=True):
            if (response := told((model, pk))) is not None:
                found[model._meta.label_lower, str(pk)] = Seen(None, repr(response))
    return found


def _is_public(row: Any, gate: Gate) -> bool:
    if not gate.allows(row) or not getattr(row, getattr(row, "public_if", "pk")):
        return False
    key = getattr(row, "public_with", None)
    return key is None or any(map(gate.allows, Page.objects.filter(translation_key=getattr(row, key))))


def _pages(context: Context) -> Any:
    pages = list(Page.objects.filter(depth__gt=1).select_related("locale").order_by("pk"))
    asked = " ".join(
        f'p{page.pk}: page(id: "{page.pk}", locale: "{page.locale.language_code}", fallback: []) {{ ...one }}'
        for page in pages
    )
    data = _ask(
        f"query {{ {asked} }} fragment one on PageInterface {{ {_selection('PageInterface')} }}", context
    )
    for page in pages:
        if (answer := data[f"p{page.pk}"]) is not None and GlobalId.read(answer["id"]).key == str(page.pk):
            yield ("wagtailcore.page", str(page.pk)), page.url_path, repr(answer)


def _editions(context: Context) -> Any:
    keys = list(Edition.objects.order_by("pk").values_list("pk", "type"))
    answers: dict[int, list[Any]] = {pk: [] for pk, _type in keys}
    for code in ("sl", "en") if keys else ():
        asked = " ".join(f'e{pk}: edition(id: "{pk}", locale: "{code}") {{ ...one }}' for pk, _type in keys)
        data = _ask(
            f"query {{ {asked} }} fragment one on EditionInterface {{ {_selection('EditionInterface')} }}",
            context,
        )
        for pk, _type in keys:
            answers[pk].append(data[f"e{pk}"])
    for pk, type_ in keys:
        if any(answers[pk]):
            yield (f"centres.{type_.lower()}edition", str(pk)), None, repr(answers[pk])


def _ask(query: str, context: Context) -> Any:
    answer = execute_sync(schema, parse(query), context_value=context)
    assert not answer.errors, answer.errors
    return answer.data


@cache
def _selection(name: str, depth: int = 0) -> str:
    type_ = schema.type_map[name]
    if isinstance(type_, (GraphQLInterfaceType, GraphQLUnionType)):
        possible = sorted(schema.get_possible_types(type_), key=lambda one: one.name)
        return "__typename " + " ".join(f"... on {one.name} {{ {_fields(one, depth)} }}" for one in possible)
    assert isinstance(type_, GraphQLObjectType)
    return _fields(type_, depth)


def _fields(type_: GraphQLObjectType, depth: int) -> str:
    parts = ["__typename"]
    for name, field in type_.fields.items():
        named = get_named_type(field.type)
        if name in OF_PAGES and schema.type_map["PageInterface"] in type_.interfaces:
            continue
        if name in LEFT_OUT or named.name.endswith("Connection"):
            continue
        if any(map(is_required_argument, field.args.values())):
            continue
        alias = f"{type_.name}_{name}: {name}" if name != "id" else name
        if is_leaf_type(named):
            parts.append(alias)
        elif named.name in NAMELESS:
            parts.append(f"{alias} {{ __typename }}")
        elif named.name in REFERENCES:
            parts.append(f"{alias} {{ {REFERENCES[named.name]} }}")
        elif named.name != "BodyBlock" and _has_id(named):
            parts.append(f"{alias} {{ __typename {'id' if _has_id(named) else ''} }}")
        elif depth < 4:
            parts.append(f"{alias} {{ {_selection(named.name, depth + 1)} }}")
    return " ".join(parts)


def _has_id(type_: Any) -> bool:
    return type_.name != "Session" and "id" in getattr(type_, "fields", {})


def differences(before: Dump, after: Dump) -> set[tuple[str, str, str]]:
    """Return kind, model and id of all that differs between two dumps, as the log should name it."""
    found = set()
    for key in before.keys() | after.keys():
        old, new = before.get(key), after.get(key)
        if old is None:
            found.add(("PUBLISHED", *key))
        elif new is None:
            found.add(("DELETED" if _is_gone(key) else "UNPUBLISHED", *key))
        elif old.path != new.path:
            found.add(("MOVED", *key))
        elif old.response != new.response:
            found.add(("UPDATED", *key))
    return found


def _is_gone(key: tuple[str, str]) -> bool:
    from django.apps import apps

    return not apps.get_model(key[0])._base_manager.filter(pk=key[1]).exists()


def entries(since: int) -> list[tuple[str, str, str]]:
    """Return kind, model and id of the entries of the log behind the one with this key, in their order."""
    found = Change.objects.filter(pk__gt=since).exclude(type=REDIRECTS).order_by("pk")
    return list(found.values_list("kind", "model", "object_id"))


def newest() -> int:
    """Return the key of the newest entry."""
    return Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
