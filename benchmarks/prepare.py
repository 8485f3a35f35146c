"""Prepares a database for the measurement: python -m benchmarks.prepare PROGRAMMES_PER_CENTRE

An empty one is only migrated, and gets the centres; one that has the centres gets their programmes and the indexes
of search. Prints JSON: what the reads ask for.
"""

import json
import sys
from io import StringIO

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402


def main(each: int) -> None:
    """Prepare the database of the settings."""
    from benchmarks.content import add_programmes, make_base
    from centres.models import CentrePage, ProgrammePage

    if not connection.introspection.table_names():
        call_command("migrate", verbosity=0)
        make_base()
        print("{}")
        return
    add_programmes(each)
    call_command("rebuild_search", stdout=StringIO())
    if each <= 100:  # the rivals are measured on the small database only
        call_command("update_index", verbosity=0)
    programme = ProgrammePage.objects.get(slug="programme-7")
    centre = CentrePage.objects.get(slug="centre-7")
    target = {
        "path": programme.url_path,
        "page_id": programme.pk,
        "centre": centre.slug,
        "centre_id": centre.pk,
        "word": programme.title.split()[0],
    }
    print(json.dumps(target))


if __name__ == "__main__":
    main(int(sys.argv[1]))
