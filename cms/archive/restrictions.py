"""Who may see pages and collections.

An archive keeps it, and an import lifts no restriction of the site: it makes nothing public that was not.
"""

from typing import Any

from django.contrib.auth.models import Group
from wagtail.models import (
    BaseViewRestriction,
    Collection,
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
)

from cms.archive.problems import Code, Wrong

_TYPES = dict(BaseViewRestriction.RESTRICTION_CHOICES)


def restrictions_of(thing: Any) -> list[dict[str, Any]]:
    """Return the restrictions of a page or a collection as they are written."""
    found = []
    for one in thing.view_restrictions.order_by("pk"):
        written: dict[str, Any] = {"type": one.restriction_type}
        if one.password:
            written["password"] = one.password
        if groups := sorted(one.groups.values_list("name", flat=True)):
            written["groups"] = groups
        found.append(written)
    return found


def restrict(thing: Page | Collection, wanted: Any) -> None:
    """Give a page or a collection the ``wanted`` restrictions if it has none. Raises `Wrong`."""
    if not isinstance(wanted, list) or not all(isinstance(one, dict) for one in wanted):
        raise Wrong(Code.WRONG_VALUE, "This is no list of restrictions. Each has a type.")
    if thing.view_restrictions.exists():
        return
    for one in wanted:
        if one.get("type") not in _TYPES or one.keys() - {"type", "password", "groups"}:
            raise Wrong(Code.WRONG_VALUE, f"A restriction has one of these types: {', '.join(_TYPES)}.")
        names = one.get("groups", [])
        if not isinstance(names, list) or not all(isinstance(name, str) and name for name in names):
            raise Wrong(Code.WRONG_VALUE, "The groups of a restriction are a list of names.")
        # A group that is not here yet is made without members: nobody sees what only its members may.
        groups = [Group.objects.get_or_create(name=name[:150])[0] for name in names]
        model, holder = (
            (PageViewRestriction, {"page": thing.page_ptr if hasattr(thing, "page_ptr") else thing})
            if isinstance(thing, Page)
            else (CollectionViewRestriction, {"collection": thing})
        )
        made = model.objects.create(
            restriction_type=one["type"], password=str(one.get("password", "")), **holder
        )
        made.groups.set(groups)
