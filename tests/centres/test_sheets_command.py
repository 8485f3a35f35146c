"""Spreadsheets from the terminal."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from centres.models import Person
from tests.centres.sheet_files import workbook

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    get_user_model().objects.create_superuser("ana", "ana@example.si")
    file = tmp_path / "people.xlsx"
    file.write_bytes(workbook("Osebe", ["Ime in priimek"], ["Ana"], ["Bor"]))
    return file


def run(*words: Any) -> str:
    out = StringIO()
    call_command("import_spreadsheet", *words, stdout=out, stderr=out)
    return out.getvalue()


def test_a_file_is_shown_first_and_imported_if_asked(plan: Path) -> None:
    said = run(plan, "--user", "ana")
    assert "Would import: 2 new, 0 changed, 0 same." in said
    assert not Person.objects.exists()
    said = run(plan, "--user", "ana", "--import")
    assert "Rows: 2 of 2" in said
    assert "Imported: 2 new" in said
    assert Person.objects.count() == 2


def test_what_is_wrong_ends_the_command(plan: Path) -> None:
    plan.write_bytes(workbook("Osebe", ["Ime in priimek"], ["a" * 200]))
    with pytest.raises(CommandError, match="1 errors; nothing was changed"):
        run(plan, "--user", "ana", "--import")
    for words in ((plan, "--user", "bor"), (plan.parent / "none.xlsx", "--user", "ana")):
        with pytest.raises(CommandError):
            run(*words)
