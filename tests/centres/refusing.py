"""What a rule says when it refuses, in both languages."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation


def refused(check: Any, slovenian: str, english: str = "", field: str | None = None) -> None:
    """Assert that ``check`` raises, for ``field`` where given, with the advice in both languages."""
    for language, words in (("sl", slovenian), ("en", english)):
        with translation.override(language), pytest.raises(ValidationError) as error:
            check()
        with translation.override(language):
            messages = error.value.message_dict.get(field, []) if field else error.value.messages
            assert words in " ".join(str(message) for message in messages)
