"""The audit of the locked packages fails for a vulnerability alone, and never calls silence an all-clear."""

import json
from typing import Any

import pytest

from scripts.audit import report

pytestmark = pytest.mark.one_database

CLEAN = {"name": "django", "version": "6.1.3", "vulns": []}
HOLED = {"name": "pillow", "version": "13.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["13.1"]}]}
UNKNOWN = {"name": "wagtail", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("packages", "word", "code"),
    [
        ([CLEAN], "AUDITED: no known", 0),
        ([CLEAN, UNKNOWN], "no data for wagtail", 0),
        ([CLEAN, HOLED, UNKNOWN], "pillow 13.0: PYSEC-1, mended in 13.1", 1),
        ([UNKNOWN], "NOT AUDITED", 0),
    ],
)
def test_what_the_audit_says(packages: list[Any], word: str, code: int) -> None:
    said, ended = report(json.dumps({"dependencies": packages}))
    assert word in said
    assert ended == code


@pytest.mark.parametrize("answer", ["", "ERROR: no connection", "[]"])
def test_data_that_cannot_be_reached_is_no_failure_and_no_all_clear(answer: str) -> None:
    assert report(answer) == ("NOT AUDITED: the vulnerability data can't be reached from here.", 0)
