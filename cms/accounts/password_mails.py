"""The form for a forgotten password: it tells a stranger nothing, and writes to nobody again and again for one."""

from collections.abc import Iterator
from datetime import timedelta
from threading import Thread
from typing import Any

from django.db import connections
from django.utils.translation import get_language, override
from wagtail.admin.forms.auth import PasswordResetForm

from cms.models import first_within

PERIOD = timedelta(minutes=15)
THREAD = "password-mail"


class PasswordMailForm(PasswordResetForm):
    """Sends one mail to an account in a quarter of an hour; what the page says is always the same."""

    def get_users(self, email: str) -> Iterator[Any]:
        """Yield the accounts with this address that were not written to just now."""
        for user in super().get_users(email):
            if first_within(f"password-mail-{user.pk}", PERIOD):
                yield user

    def send_mail(self, *arguments: Any, **named: Any) -> None:
        """Write and send the mail beside the answer, which would tell by its time that there is an account."""
        language, send = get_language(), super().send_mail

        def work() -> None:
            try:
                with override(language):
                    send(*arguments, **named)  # a failure is logged there
            finally:
                connections.close_all()  # nobody else gives back what the thread took

        Thread(target=work, name=THREAD).start()
