"""The report of images that have no alternative text in one of the site's languages."""

from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.models import ReferenceIndex
from wagtail.permissions import policy_registry

from cms.models import Image
from cms.reports.report import Report


def without_alt_text() -> QuerySet[Image]:
    """Return the images whose alternative text is empty in at least one language of the site."""
    lacking = Q()
    for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
        lacking |= ~Q(alt_text__has_key=code) | Q(**{f"alt_text__{code}": ""})
    return Image.objects.filter(lacking)


def missing_languages(image: Image) -> str:
    """Return the names of the languages in which ``image`` has no alternative text."""
    names = settings.WAGTAIL_CONTENT_LANGUAGES
    return ", ".join(str(name) for code, name in names if not image.alt_text.get(code))


class AltTextReport(Report):
    """Images without words for people who cannot see them."""

    name = "missing-alt-texts"
    order = 330
    model = Image
    page_title = _("Missing alternative texts")
    header_icon = "image"
    purpose = _(
        "People who cannot see an image have its alternative text read to them. It is written once for each image "
        "and language; an image that is mere decoration is marked so at the place where it is used."
    )
    nothing = _("Every image that you look after has an alternative text in every language.")
    list_export = ["title", "missing", "uses", "created_at"]
    export_headings = {
        "title": _("Title"),
        "missing": _("Missing in"),
        "uses": _("Used in places"),
        "created_at": _("Uploaded"),
    }

    @classmethod
    def may_see(cls, user: Any) -> bool:
        return bool(policy_registry.get_by_type(Image).user_has_permission(user, "change"))

    def get_base_queryset(self) -> QuerySet[Image]:
        policy = policy_registry.get_by_type(Image)
        own = policy.instances_user_has_permission_for(self.request.user, "change")
        return without_alt_text().filter(pk__in=own.values("pk")).order_by("-created_at", "pk")

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        rows = list(object_list)
        uses = _uses([image.pk for image in rows])
        for image in rows:
            image.missing = missing_languages(image)
            image.uses = uses.get(str(image.pk), 0)
        return rows

    @cached_property
    def columns(self) -> list[Column]:
        """What is missing, and in how many places readers meet it."""
        return [
            TitleColumn(
                "title",
                label=_("Title"),
                get_url=lambda image: reverse("wagtailimages:edit", args=[image.pk]),
            ),
            Column("missing", label=_("Missing in")),
            Column("uses", label=_("Used in places")),
            DateColumn("created_at", label=_("Uploaded")),
        ]


def _uses(keys: list[int]) -> dict[str, int]:
    """Return in how many things each image is used: one statement for all of them."""
    kind = ReferenceIndex._get_base_content_type(Image)
    found = ReferenceIndex.objects.filter(to_content_type=kind, to_object_id__in=[str(key) for key in keys])
    uses: dict[str, set[Any]] = {}
    for to, source, thing in found.values_list("to_object_id", "base_content_type", "object_id"):
        uses.setdefault(to, set()).add((source, thing))
    return {to: len(things) for to, things in uses.items()}
