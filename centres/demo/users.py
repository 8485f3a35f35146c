"""The people who use the demo's admin: one per role. They exist only where a password for them is set."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from centres.demo.store import Store


@dataclass(frozen=True, slots=True)
class UserContent:
    """Somebody who signs in; ``groups`` by name."""

    username: str
    first_name: str
    last_name: str
    groups: tuple[str, ...] = ()
    superuser: bool = False


# [X] All names are invented. Two people of each centre of Ljubljana City Library: one writes, one publishes.
USERS = (
    UserContent("admin", "Skrbnica", "Spletišča", superuser=True),
    UserContent("urednica.ucni", "Maja", "Zidanšek", ("Učni center – uredniki",)),
    UserContent("vodja.ucni", "Lucija", "Brezovar", ("Učni center – uredniki", "Učni center – objava")),
    UserContent("urednik.pionirska", "Jernej", "Zajčar", ("Pionirska – uredniki",)),
    UserContent("vodja.pionirska", "Nives", "Podlogar", ("Pionirska – uredniki", "Pionirska – objava")),
    UserContent("tajnica", "Ema", "Lokar", ("Komisija – tajništvo",)),
    UserContent("clan.komisije", "Rok", "Vidmajer", ("Komisija – člani",)),
    UserContent("glavna.urednica", "Ines", "Koprivec", ("Glavni urednik",)),
    UserContent("prevajalka", "Hana", "Slapnik", ("Prevajalci",)),
)


def load(store: Store) -> None:
    """Make the users of the demo whose groups are there, with the password in ``CMS_DEMO_PASSWORD``.

    Where that is empty nobody is made: a site that others can reach must not have known passwords.
    """
    if not settings.CMS_DEMO_PASSWORD:
        return
    groups = set(Group.objects.values_list("name", flat=True))
    for content in USERS:
        if groups.issuperset(content.groups):
            store.make(f"user:{content.username}", partial(_user, content))


def _user(content: UserContent) -> Any:
    model = get_user_model()
    existing = model.objects.filter(username=content.username).first()
    if existing is not None:
        return existing
    user = model(
        username=content.username,
        first_name=content.first_name,
        last_name=content.last_name,
        email=f"{content.username}@knjiznica.example",
        is_superuser=content.superuser,
        is_staff=content.superuser,
    )
    user.set_password(settings.CMS_DEMO_PASSWORD)
    user.save()
    user.groups.set(Group.objects.filter(name__in=content.groups))
    return user
