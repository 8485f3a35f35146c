"""Which servers receive changes, how far each has got, and what was sent and received."""

import base64
import secrets

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def new_key() -> str:
    """Return a key for signatures, as Standard Webhooks writes it."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"


class Receiver(models.Model):
    """A server that receives every change, in order.

    The log of changes is the outbox: ``position`` is the key of the last change that this receiver has. A change is
    written in the transaction that makes it, so none is lost and none is told that was rolled back.
    """

    class Kind(models.TextChoices):
        WEBHOOK = "WEBHOOK", _("webhook (signed message)")
        FASTLY = "FASTLY", _("Fastly (purge by key)")
        CLOUDFLARE = "CLOUDFLARE", _("Cloudflare (purge by tag)")
        VARNISH = "VARNISH", _("Varnish with xkey (purge by key)")

    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.WEBHOOK)
    address = models.URLField(
        _("address"),
        max_length=500,
        help_text=_(
            "Begins with https. Fastly: https://api.fastly.com/service/SERVICE/purge. "
            "Cloudflare: https://api.cloudflare.com/client/v4/zones/ZONE/purge_cache."
        ),
    )
    keys = models.TextField(
        _("keys"),
        default=new_key,
        help_text=_(
            "Webhook: keys for the signature, one a line. To change the key, add the new one, give it to the "
            "receiver, then remove the old one. Fastly and Cloudflare: the API token."
        ),
    )
    paused = models.BooleanField(
        _("paused"), default=False, help_text=_("Nothing is sent. What changes meanwhile is sent afterwards.")
    )
    position = models.BigIntegerField(default=0, editable=False)
    # The last change of the message that is being tried: it is repeated unchanged, under the same id.
    pending = models.BigIntegerField(null=True, editable=False)
    attempts = models.PositiveIntegerField(default=0, editable=False)
    next_try = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("receiver of changes")
        verbose_name_plural = _("receivers of changes")

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """One request to a receiver: what was sent, and what came back."""

    receiver = models.ForeignKey(Receiver, on_delete=models.CASCADE, related_name="deliveries")
    message_id = models.CharField(max_length=80)
    request = models.TextField()
    status = models.PositiveIntegerField(null=True)
    response = models.TextField()
    milliseconds = models.PositiveIntegerField()
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["receiver", "-sent_at"], name="delivery_newest")]

    def __str__(self) -> str:
        return self.message_id

    @property
    def succeeded(self) -> bool:
        """Whether the receiver has taken it."""
        return self.status is not None and 200 <= self.status < 300
