"""`check_files` finds what a restore forgot."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command

from cms.media.images import make_renditions
from cms.models import Document, Image
from tests.cms.pictures import jpeg


@pytest.fixture
def media(settings: Any, tmp_path: Path, db: None) -> Path:
    settings.MEDIA_ROOT = tmp_path
    image = Image.objects.create(title="Hruška", file=jpeg(size=(300, 200)), alt_text={"sl": "Hruška"})
    make_renditions(image)
    Document.objects.create(title="Razpis", file=ContentFile(b"%PDF-1.7", name="razpis.pdf"))
    return tmp_path


def check(*arguments: str) -> tuple[str, list[str]]:
    """What the command says, and what it names as missing; the first is its error where it ends with one."""
    out, err = StringIO(), StringIO()
    try:
        call_command("check_files", *arguments, stdout=out, stderr=err)
    except CommandError as error:
        return str(error), err.getvalue().splitlines()
    return out.getvalue(), err.getvalue().splitlines()


def test_files_that_are_there_are_counted(media: Path) -> None:
    files = sum(path.is_file() for path in media.rglob("*"))
    assert check() == (f"{files} files are there.\n", [])


@pytest.mark.parametrize(
    ("folder", "kind"), [("original_images", "image “Hruška”"), ("documents", "document “Razpis”")]
)
def test_a_lost_original_or_document_is_named(media: Path, folder: str, kind: str) -> None:
    (file,) = (media / folder).iterdir()
    file.unlink()
    said, missing = check("--mend")
    assert said.startswith("1 of ")
    assert len(missing) == 1
    assert kind in missing[0]
    assert file.name in missing[0]


def test_a_lost_size_is_named_and_made_again(media: Path) -> None:
    file = next((media / "images").iterdir())
    file.unlink()
    said, missing = check()
    assert "check_files --mend" in said
    assert file.name in missing[0]
    assert check("--mend")[0].startswith("1 sizes made again.")
    assert check()[1] == []


def test_an_empty_folder_is_all_missing(media: Path) -> None:
    files = [path for path in media.rglob("*") if path.is_file()]
    for file in files:
        file.unlink()
    said, missing = check()
    assert said.startswith(f"{len(files)} of {len(files)} files are missing")
    assert len(missing) == len(files)
