"""Hides words in the database of DATA_DIR that no answer may hold: python -m benchmarks.fuzz_content

It is the site of tests/leaks: drafts, expired and scheduled pages, closed branches and collections, internal notes.
Run it on an empty, migrated database, before `benchmarks.fuzz`, which looks for these words.
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
django.setup()

from django.db import transaction  # noqa: E402

from tests.leaks.hidden import build  # noqa: E402


def main() -> None:
    """Build the site and say how many words it hides."""
    with transaction.atomic():
        world = build()
    print(
        f"{len(world.gated) + len(world.consent) + len(world.never)} words are hidden in {len(world.pages)} pages"
    )


if __name__ == "__main__":
    main()
