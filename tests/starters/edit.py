"""Edits the served demo in a process of its own, as an editor does: python -m tests.starters.edit FOLDER WHAT WORDS."""

import os
import sys
from collections.abc import Callable

import django
import time_machine

from tests.browser import NOW, SECRET_KEY


def withdraw(path: str) -> None:
    """Take a page away in every language."""
    from wagtail.models import Page

    page = Page.objects.get(url_path=path)
    for one in page.get_translations(inclusive=True):
        one.specific.unpublish()


def rename_topic(code: str, name: str) -> None:
    """Publish another Slovenian name of a topic."""
    from centres.models import Topic

    topic = Topic.objects.get(code=code)
    topic.name = {**topic.name, "sl": name}
    topic.save()


def publish(path: str, title: str) -> None:
    """Publish another title of a page."""
    from wagtail.models import Page

    draft(path, title)
    Page.objects.get(url_path=path).latest_revision.publish()


def draft(path: str, title: str) -> None:
    """Save another title of a page as a draft."""
    from wagtail.models import Page

    page = Page.objects.get(url_path=path).specific
    page.title = title
    page.save_revision()


if __name__ == "__main__":
    folder, what, *words = sys.argv[1:]
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DATA_DIR": folder,
        "SECRET_KEY": SECRET_KEY,
    }
    django.setup()
    can: dict[str, Callable[..., object]] = {
        "withdraw": withdraw,
        "rename_topic": rename_topic,
        "publish": publish,
        "draft": draft,
    }
    with time_machine.travel(NOW, tick=True):
        can[what](*words)
