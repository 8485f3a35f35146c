"""Fails where a change of the schema breaks frontends and the changelog does not say so."""

import shutil
import subprocess
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string
from graphql import print_schema

from cms.graphql.schema.evolution import breaking_changes, unannounced


class Command(BaseCommand):
    help = "Compares the served schema with those that were published before; breaks must stand in the changelog."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--against", metavar="REVISION", help="compare with this revision alone")

    def handle(self, *args: Any, against: str | None, **options: Any) -> None:
        served = print_schema(import_string(settings.CMS_GRAPHQL_SCHEMA))
        revisions = [against] if against else self._revisions()
        earlier = {name: text for name in revisions if (text := self._schema_at(name))}
        if not earlier:
            self.stdout.write("No earlier version of the schema is at hand: nothing to compare with.")
            return
        changes = sorted({change for text in earlier.values() for change in breaking_changes(text, served)})
        if silent := unannounced(changes, settings.CMS_CHANGELOG.read_text("utf-8")):
            listed = "\n".join(f"- {change}" for change in silent)
            raise CommandError(
                f"The schema breaks frontends. Take that back, or tell them under “### Schema” in "
                f"{settings.CMS_CHANGELOG.name}, in these words and what to do instead:\n{listed}"
            )
        self.stdout.write(f"Compared with {', '.join(earlier)}: {len(changes)} breaking changes, all told.")

    def _revisions(self) -> list[str]:
        """Return the last release, what is on the main branch, and the version before the present one.

        A checkout without history has fewer of them or none.
        """
        path = self._path()
        release = self._git("describe", "--tags", "--abbrev=0")
        main = self._git("merge-base", "HEAD", "origin/main")
        history = (self._git("log", "-2", "--format=%h", "--", path) or "").split()
        return list(dict.fromkeys(name for name in (release, main, *history) if name))

    def _schema_at(self, revision: str) -> str | None:
        return self._git("show", f"{revision}:{self._path()}")

    def _path(self) -> str:
        return str(Path(settings.CMS_GRAPHQL_SCHEMA_FILE).relative_to(settings.BASE_DIR))

    def _git(self, *arguments: str) -> str | None:
        """Return what git says; None where there is no git, no repository or no such revision."""
        git = shutil.which("git")
        if git is None:
            return None
        done = subprocess.run(  # noqa: S603 - all arguments are ours
            [git, *arguments], cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
        )
        return done.stdout.strip() if done.returncode == 0 and done.stdout.strip() else None
