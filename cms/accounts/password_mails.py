"""The form for a forgotten password: it tells a stranger nothing, and writes to nobody again and again for one."""

from collections.abc import Iterator
from threading import Thread
from typing import Any

from django.core.cache import cache
from django.utils.translation import get_language, override
from wagtail.admin.forms.auth import PasswordResetForm

SECONDS = 15 * 60
THREAD = "password-mail"


class PasswordMailForm(PasswordResetForm):
    """Sends one mail to an account in a quarter of an hour; what the page says is always the same."""

    def get_users(self, email: str) -> Iterator[Any]:
        """Yield the accounts with this address that were not written to just now."""
        for user in super().get_users(email):
            if cache.add(f"password-mail-{user.pk}", True, SECONDS):
                yield user

    def send_mail(self, *arguments: Any, **named: Any) -> None:
        """Write and send the mail beside the answer, which would tell by its time that there is an account."""
        language, send = get_language(), super().send_mail

        def work() -> None:
            with override(language):
                send(*arguments, **named)  # a failure is logged there

        Thread(target=work, name=THREAD).start()
