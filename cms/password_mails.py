"""The form for a forgotten password: it writes to nobody again and again because a stranger sends it so."""

from collections.abc import Iterator
from typing import Any

from django.core.cache import cache
from wagtail.admin.forms.auth import PasswordResetForm

SECONDS = 15 * 60


class PasswordMailForm(PasswordResetForm):
    """Sends one mail to an account in a quarter of an hour; what the page says is always the same."""

    def get_users(self, email: str) -> Iterator[Any]:
        """Yield the accounts with this address that were not written to just now."""
        for user in super().get_users(email):
            if cache.add(f"password-mail-{user.pk}", True, SECONDS):
                yield user
