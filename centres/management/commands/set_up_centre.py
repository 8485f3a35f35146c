"""Sets up a new centre: groups, collection and workflow in one step."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from centres.models import CentrePage
from centres.rights.set_up import set_up_centre


class Command(BaseCommand):
    help = (
        "Makes the groups of a centre's editors and leads, its collection and its workflow, or brings them up to "
        "date. The centre's page must be there already; it may be a draft. Safe to repeat."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "slug", nargs="?", help="last part of the address of the centre's page: pionirska"
        )
        parser.add_argument("--all", dest="every", action="store_true", help="set up every centre")
        parser.add_argument("--editor", action="append", default=[], help="a user who writes for the centre")
        parser.add_argument("--lead", action="append", default=[], help="a user who publishes for the centre")

    @transaction.atomic
    def handle(
        self, *args: Any, slug: str | None, every: bool, editor: list[str], lead: list[str], **options: Any
    ) -> None:
        if bool(slug) == every or (every and (editor or lead)):
            raise CommandError(
                "one_centre_or_all: Name one centre, such as pionirska, or say --all; people go to one centre."
            )
        for centre in _all_centres() if slug is None else [_centre(slug)]:
            try:
                team = set_up_centre(centre)
            except ValidationError as error:
                raise CommandError(f"{error.code}: {' '.join(error.messages)}") from error
            for names, group in ((editor, team.editors), (lead, team.leads)):
                _join(names, group)
            self.stdout.write(f"{centre.short_name}: {team.editors}, {team.leads}")


def _all_centres() -> list[CentrePage]:
    """Return one page of each centre."""
    return list({page.translation_key: page for page in CentrePage.objects.order_by("-pk")}.values())


def _centre(slug: str) -> CentrePage:
    pages = CentrePage.objects.filter(slug=slug)
    if len(set(pages.values_list("translation_key"))) > 1:
        raise CommandError(f"ambiguous_centre: Several centres have the address “{slug}”.")
    if (page := pages.first()) is None:
        known = ", ".join(sorted(set(CentrePage.objects.values_list("slug", flat=True)))) or "none"
        raise CommandError(
            f"unknown_centre: No centre has the address “{slug}”. There are: {known}. "
            "Add the page of the centre first."
        )
    return page


def _join(names: list[str], group: Group) -> None:
    model = get_user_model()
    for name in names:
        user = model.objects.filter(**{model.USERNAME_FIELD: name}).first()
        if user is None:
            raise CommandError(
                f"unknown_user: There is no user “{name}”. Add the user first; nothing was done."
            )
        user.groups.add(group)
