"""A process of the site that does what it is told, a line of JSON at a time: python -m tests.leaks.process"""

import json
import os
import sys
from datetime import timedelta
from typing import Any

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
# The settings of the tests keep what is no test's in memory; two processes need a file.
settings.DATABASES["default"]["NAME"] = os.environ["DATABASE_FILE"]
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402
from wagtail.models import APIToken, PageViewRestriction  # noqa: E402

from cms.models import TokenAccess  # noqa: E402
from home.models import InfoPage  # noqa: E402
from tests import factories as make  # noqa: E402

ENDPOINT = "/graphql/"
ANSWER = "answer: "  # what is logged stands on lines without it


def build() -> dict[str, str]:
    """Publish a page and give a token; return both."""
    page = make.below(make.home(), InfoPage(title="Javna stran", slug="javna", summary=make.SUMMARY))
    row, plain = APIToken.create_token(user=User.objects.create_user("bralka"), name="preizkus")
    TokenAccess.objects.create(token=row, scope="PUBLISHED", expires_at=timezone.now() + timedelta(days=1))
    return {"page": str(page.pk), "token": plain}


def ask(query: str, token: str = "") -> Any:
    """Return an answer of the endpoint."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return Client(headers=headers).post(ENDPOINT, {"query": query}, content_type="application/json").json()


def revoke() -> None:
    """Revoke every token."""
    APIToken.objects.update(revoked_at=timezone.now())


def restrict(page: str) -> None:
    """Close a page to everybody who is not signed in."""
    PageViewRestriction.objects.create(page_id=int(page), restriction_type="login")


def lift() -> None:
    """Take the restrictions back, one by one as the admin does."""
    for restriction in PageViewRestriction.objects.all():
        restriction.delete()


def unpublish(page: str) -> None:
    """Unpublish a page."""
    InfoPage.objects.get(pk=page).unpublish()


ORDERS = {one.__name__: one for one in (build, ask, revoke, restrict, lift, unpublish)}


def main() -> None:
    """Follow orders until the other end is closed."""
    for line in sys.stdin:
        order = json.loads(line)
        done = ORDERS[order.pop("do")](**order)
        print(f"{ANSWER}{json.dumps(done)}", flush=True)


if __name__ == "__main__":
    main()
