"""Run inside a copy of the project in which docs/extending.md was followed: the commands of the page, in one process.

The database is a copy of a migrated one, so only what is new is applied to it. It is left where the tests of the copy
look for a migrated database.
"""

import shutil

import django
from django.conf import settings
from django.core.management import call_command

if __name__ == "__main__":
    django.setup()
    from django.db import connection

    call_command("makemigrations", verbosity=0)
    call_command("check")
    call_command("migrate", verbosity=0)
    call_command("export_schema")
    connection.close()
    from tests.database import digest_of_migrations
    from tests.kept_databases import FOLDER

    FOLDER.mkdir(parents=True, exist_ok=True)
    shutil.move(settings.DATABASES["default"]["NAME"], FOLDER / f"migrated-{digest_of_migrations()}.sqlite3")
