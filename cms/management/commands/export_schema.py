"""Writes the served schema and the cache keys of clients into the repository, or compares them with what is there."""

from argparse import ArgumentParser
from difflib import unified_diff
from itertools import islice
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string
from graphql import build_schema, find_breaking_changes, print_schema

from cms.graphql.schema.cache_keys import cache_keys

LINES_SHOWN = 60


class Command(BaseCommand):
    help = "Writes the served GraphQL schema to the committed file, and names what would break frontends."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="write nothing; fail if the file is not what is served"
        )

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        path = settings.CMS_GRAPHQL_SCHEMA_FILE
        schema = import_string(settings.CMS_GRAPHQL_SCHEMA)
        served = print_schema(schema) + "\n"
        keys_path, keys = path.with_name("cache-keys.json"), cache_keys(schema)
        committed = path.read_text() if path.exists() else ""
        if check:
            self._compare(committed, served)
            self._compare(keys_path.read_text() if keys_path.exists() else "", keys)
            return
        for change in (
            find_breaking_changes(build_schema(committed), build_schema(served)) if committed else ()
        ):
            self.stdout.write(self.style.WARNING(f"Breaking: {change.description}"))
        path.write_text(served)
        keys_path.write_text(keys)
        self.stdout.write(f"{path.name}: {len(served.splitlines())} lines")

    def _compare(self, committed: str, served: str) -> None:
        if committed == served:
            return
        difference = unified_diff(
            committed.splitlines(), served.splitlines(), "committed", "served", n=1, lineterm=""
        )
        self.stdout.write("\n".join(islice(difference, LINES_SHOWN)))
        raise CommandError(
            "The committed schema is not what is served: run `make schema` and read the difference."
        )
