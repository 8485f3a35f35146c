"""Puts the pages of an archive into the tree, before they are filled: they link to one another."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.models import Page

from cms.archive.contents import State, Version
from cms.archive.problems import Code, Problem, Wrong
from cms.archive.restrictions import restrict


def place_pages(versions: list[Version], names: Any, user: Any) -> list[Problem]:
    """Have a page for each version where its parent says: a bare draft if it is new. Return what is wrong."""
    left = sorted(
        (one for one in versions if issubclass(one.model, Page)),
        key=lambda one: (one.place, one.file, one.code),
    )
    problems: list[Problem] = []
    while left:
        ready = [one for one in left if not _waits(one, left)]
        if not ready:
            words = "Each of these pages is below the other. Correct the parent of one."
            problems += [_failed(one, Wrong(Code.CIRCLE, words, "parent")) for one in left]
            break
        for version in ready:
            try:
                page, is_new = _placed(version, names, user)
                names.placed[version] = (page, is_new)
                version.pk = page.pk
                names.know(version, page)
            except Wrong as error:
                problems.append(_failed(version, error))
            except ValidationError as error:
                field = next(iter(getattr(error, "message_dict", {})), "")
                problems.append(_failed(version, Wrong(Code.REFUSED, " ".join(error.messages), field)))
        left = [one for one in left if one not in ready]
    return problems


def _failed(version: Version, wrong: Wrong) -> Problem:
    version.state = State.FAILED
    return version.problem(wrong)


def _parent(version: Version) -> str:
    parent = version.fields.get("parent", "")
    if not isinstance(parent, str):
        raise Wrong(Code.WRONG_VALUE, "This is no name of a page, such as sl/centri.", "parent")
    return parent


def _waits(version: Version, left: list[Version]) -> bool:
    parent = version.fields.get("parent")
    return any(parent == f"{one.code}/{one.key}" for one in left)


def _placed(version: Version, names: Any, user: Any) -> tuple[Any, bool]:
    parent = _below(version, names)
    for name in ("title", "slug"):
        if not isinstance(version.fields.get(name), str) or not version.fields[name]:
            raise Wrong(Code.WRONG_VALUE, "A page needs this as a text.", name)
    title, slug = str(version.fields["title"]), str(version.fields["slug"])
    page = _there(version, names, parent, slug)
    is_new = page is None
    if page is None:
        locale = names.keys.locales[version.code]
        page = version.model(title=title, slug=slug, locale=locale, translation_key=version.uuid, live=False)
        page.owner = user
        parent.add_child(instance=page)
    elif not isinstance(page, version.model):
        raise Wrong(
            Code.REFUSED, f"The page on the site is of another type: {page._meta.label_lower}.", "type"
        )
    elif page.get_parent().pk != parent.pk:
        page.move(parent, "last-child", user=user)
        page = Page.objects.get(pk=page.pk).specific
    try:
        restrict(page, version.fields.get("restricted", []))
    except Wrong as error:
        raise error.at("restricted") from None
    return page, is_new


def _below(version: Version, names: Any) -> Any:
    name = _parent(version)
    if not name:
        return Page.get_first_root_node()
    try:
        return Page.objects.get(pk=names.named(Page, name))
    except Wrong as error:
        raise error.at("parent") from None


def _there(version: Version, names: Any, parent: Any, slug: str) -> Any:
    """Return the page that a version is already; a home page, or a bare page of a new site, is it by its address."""
    locale = names.keys.locales[version.code]
    pages = Page.objects.filter(locale=locale)
    found = pages.filter(translation_key=version.uuid).first()
    if found is None:
        same = pages.child_of(parent).filter(slug=slug)
        if not parent.is_root():
            same = same.filter(latest_revision=None, live_revision=None)
        found = same.first()
        if found is None or not isinstance(found.specific, version.model):
            return None
        Page.objects.filter(translation_key=found.translation_key).update(translation_key=version.uuid)
        found.refresh_from_db()
    return found.specific
