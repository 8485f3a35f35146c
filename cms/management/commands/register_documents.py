"""Register the documents of a frontend's build, so that it may ask for them by their hash."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.graphql.protocol.errors import ErrorCode, Refusal
from cms.graphql.protocol.manifest import ManifestError, documents_in
from cms.graphql.serving.registration import checked, store
from cms.graphql.serving.view import endpoint
from cms.models.trusted_document import TrustedDocument


class Command(BaseCommand):
    """Registers all documents of a manifest, or none if one of them can't be executed."""

    help = "Register the GraphQL documents of a frontend's build (see docs/limits.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("file", type=Path, nargs="?", help="the manifest, as JSON")
        parser.add_argument("--list", action="store_true", help="show what is registered")
        parser.add_argument("--client", default="", help="the name of the frontend")

    def handle(self, *, file: Path | None, client: str, **options: Any) -> None:
        """Check and store the documents. Raises CommandError with one line for each that is refused."""
        if options["list"]:
            self._list()
            return
        if file is None:
            raise CommandError("Name the manifest, or use --list.")
        try:
            entries = documents_in(json.loads(file.read_text("utf-8")))
        except (OSError, ManifestError, ValueError) as error:
            raise CommandError(f"{file}: {error}") from error
        documents, refused = checked(entries)
        said = {key: "; ".join(error.message for error in refusal.errors) for key, refusal in refused.items()}
        expensive = {key for key, refusal in refused.items() if refusal.code is ErrorCode.COST_LIMIT}
        for key in expensive:  # the limit may be raised without another build
            self.stderr.write(f"{key}: {said[key]}")
        if lines := [f"{key}: {text}" for key, text in said.items() if key not in expensive]:
            raise CommandError("\n".join(["Nothing was registered.", *lines]))
        new = store(documents, client)
        self.stdout.write(f"{len(documents)} documents, {new} of them new.")

    def _list(self) -> None:
        """Write a line for each registered document, with what is wrong with one that is executed no longer."""
        for row in TrustedDocument.objects.order_by("client", "name", "sha256"):
            try:
                endpoint().documents.prepare(row.source, row.sha256, registered=True)
                state = "valid"
            except Refusal as refusal:
                state = f"{refusal.code.name}: {refusal.errors[0].message}"
            day = row.registered_at.date()
            self.stdout.write(f"{row.sha256}  {row.client or '-'}  {day}  {row.name or '-'}  {state}")
