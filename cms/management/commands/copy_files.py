from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import storages
from django.core.management.base import BaseCommand, CommandError

from cms.media.copying import Bucket, Folder, Place, copy_files

_TOLD = 100  # files between two lines where nobody watches


class Command(BaseCommand):
    help = (
        "Copies all uploads between a folder and the bucket of MEDIA_URL_STORAGE. Nothing is deleted. "
        "May be interrupted: run it again, and it goes on with what is left."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("direction", choices=["to-bucket", "from-bucket"])
        parser.add_argument(
            "--folder", type=Path, default=settings.MEDIA_ROOT, help="default: the uploads of DATA_DIR"
        )

    def handle(self, *args: Any, direction: str, folder: Path, **options: Any) -> None:
        storage: Any = storages["default"]
        if not hasattr(storage, "put"):
            raise CommandError("MEDIA_URL_STORAGE names no bucket. Set it, then copy.", returncode=2)
        places: list[Place] = [Folder(folder), Bucket(storage)]
        if direction == "from-bucket":
            places.reverse()
        elif not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.", returncode=2)
        self._copied = self._kept = 0
        try:
            failed = self._copy(*places)
        except KeyboardInterrupt:
            raise CommandError(
                f"Interrupted. {self._counted()} Run it again to go on.", returncode=130
            ) from None
        except OSError as error:
            raise CommandError(f"{self._counted()} Then it ended: {error}. Run it again to go on.") from error
        if failed:
            raise CommandError(f"{self._counted()} {failed} could not be copied. Run it again to go on.")
        self.stdout.write(self._counted())

    def _copy(self, source: Place, target: Place) -> int:
        failed = 0
        for step in copy_files(source, target):
            if step.error:
                failed += 1
                self.stderr.write(f"not copied: {step.name}: {step.error}")
            elif step.copied:
                self._copied += 1
            else:
                self._kept += 1
            if self.stdout.isatty():
                self.stdout.write(f"\r{step.number} of {step.total} ", ending="")
            elif step.number % _TOLD == 0:
                self.stdout.write(f"{step.number} of {step.total}")
        if self.stdout.isatty():
            self.stdout.write("")
        return failed

    def _counted(self) -> str:
        return f"{self._copied} files copied, {self._kept} were there already."
