"""Mails go through the queue, so that a mail server that is slow or away keeps nobody waiting and loses no mail.

They are sealed there, because one may hold the link to a new password, and one that could not be sent stays.
"""

import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.tasks import task

from cms.running.sealing import opened, seal

DIRECT = "direct"  # the name in settings.MAILERS of the mailer that really sends
_FIELDS = ("subject", "body", "from_email", "to", "cc", "bcc", "reply_to")


@task(backend="queue")
def send_mail(sealed: str) -> None:
    """Send a mail of `_written`, sealed. Raises SealError once a link in it would not open any more."""
    mail = json.loads(opened(sealed, settings.PASSWORD_RESET_TIMEOUT))
    alternatives = mail.pop("alternatives")
    message = EmailMultiAlternatives(**mail)
    for content, mimetype in alternatives:
        message.attach_alternative(content, mimetype)
    mailers[DIRECT].send_messages([message])


class QueuedBackend(BaseEmailBackend):
    """Hands mails over to the worker; one with a file goes out at once."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Take the mails over, and return how many were."""
        for message in email_messages:
            if message.attachments:
                mailers[DIRECT].send_messages([message])
            else:
                send_mail.enqueue(seal(json.dumps(_written(message))))
        return len(email_messages)


def _written(message: EmailMessage) -> dict[str, Any]:
    mail = {name: getattr(message, name) for name in _FIELDS}
    alternatives = [tuple(one) for one in getattr(message, "alternatives", [])]
    texts = {name: [str(one) for one in value] if isinstance(value, list | tuple) else str(value)
             for name, value in mail.items()}  # fmt: skip
    return texts | {"headers": dict(message.extra_headers), "alternatives": alternatives}
