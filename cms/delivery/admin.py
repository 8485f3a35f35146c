"""Receivers of changes in the admin: their list, their log, and buttons to test, pause and send again."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail import hooks
from wagtail.admin import messages as admin_messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.model import ModelViewSet

from cms.delivery import deliverer, messages
from cms.models import Change, Delivery, Receiver

_SHOWN = 50


class ReceiverForm(WagtailAdminModelForm):
    """Refuses an address that would never be sent to, and a key that can't sign."""

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        parts = urlsplit(address)
        if parts.scheme != "https" and parts.hostname not in settings.CMS_DELIVERY_PRIVATE_HOSTS:
            raise ValidationError(_("The address must begin with https."))
        return address

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("kind") == Receiver.Kind.WEBHOOK:
            try:
                usable = [messages.sign(key, "", "", b"") for key in given.get("keys", "").split()]
            except ValueError:
                usable = []
            if not usable:
                self.add_error("keys", _("A key is whsec_ and then base64."))
        return given

    def save(self, commit: bool = True) -> Receiver:
        new = self.instance.pk is None
        receiver: Receiver = super().save(commit)
        if new and commit:
            deliverer.start_now(receiver)
        return receiver


def behind(receiver: Receiver) -> int:
    """Return how many changes the receiver has not got yet."""
    return Change.objects.filter(pk__gt=receiver.position).count()


def _log_link(receiver: Receiver) -> str:
    return format_html('<a href="{}">{}</a>', reverse("receiver_log", args=[receiver.pk]), _("Log"))


class ReceiverViewSet(ModelViewSet):
    """The list of receivers; only superusers have the rights to it."""

    model = Receiver
    name = "receivers"
    icon = "mail"
    menu_label = gettext_lazy("Receivers of changes")
    add_to_settings_menu = True
    copy_view_enabled = False
    form_fields = ["name", "kind", "address", "keys", "paused"]
    panels = [FieldPanel(name) for name in form_fields]
    list_display = [
        "name",
        Column("kind", label=gettext_lazy("Kind"), accessor="get_kind_display"),
        Column("behind", label=gettext_lazy("Behind"), accessor=behind),
        BooleanColumn("paused", label=gettext_lazy("Paused")),
        Column("log", label=gettext_lazy("Log"), accessor=_log_link),
    ]

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return forms.modelform_factory(Receiver, form=ReceiverForm, fields=self.form_fields)


@require_http_methods(["GET", "POST"])
def log(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was sent to a receiver and what it answered, and do what a button asks for."""
    if not request.user.is_superuser:
        raise PermissionDenied
    receiver = get_object_or_404(Receiver, pk=pk)
    if request.method == "POST":
        _DO.get(request.POST.get("do", ""), _nothing)(request, receiver)
        return redirect("receiver_log", pk=pk)
    context = {
        "receiver": receiver,
        "behind": behind(receiver),
        "deliveries": receiver.deliveries.order_by("-sent_at", "-pk")[:_SHOWN],
    }
    return render(request, "cms/receiver_log.html", context)


def _test(request: HttpRequest, receiver: Receiver) -> None:
    _tell(request, deliverer.record(receiver, *messages.test_request(receiver)))


def _resend(request: HttpRequest, receiver: Receiver) -> None:
    delivery = get_object_or_404(Delivery, pk=request.POST.get("delivery"), receiver=receiver)
    body = delivery.request.encode()
    sent = messages.signed_again(receiver, delivery.message_id, body)
    _tell(request, deliverer.record(receiver, delivery.message_id, sent))


def _pause(request: HttpRequest, receiver: Receiver) -> None:
    Receiver.objects.filter(pk=receiver.pk).update(paused=True)
    admin_messages.success(request, _("Nothing more is sent until you go on."))


def _go_on(request: HttpRequest, receiver: Receiver) -> None:
    Receiver.objects.filter(pk=receiver.pk).update(paused=False, attempts=0, next_try=timezone.now())
    admin_messages.success(request, _("What has changed meanwhile is being sent."))


def _nothing(_request: HttpRequest, _receiver: Receiver) -> None:
    pass


_DO = {"test": _test, "resend": _resend, "pause": _pause, "go-on": _go_on}


def _tell(request: HttpRequest, reply: Any) -> None:
    if reply.status is not None and 200 <= reply.status < 300:
        admin_messages.success(request, _("The receiver answered %(status)s.") % {"status": reply.status})
    else:
        text = f"{reply.status or ''} {reply.text[:200]}".strip()
        admin_messages.error(request, _("The receiver did not take it: %(text)s") % {"text": text})


def register() -> None:
    """Put receivers into the settings' menu and give their logs addresses."""
    hooks.register("register_admin_viewset", ReceiverViewSet)
    hooks.register("register_admin_urls", lambda: [path("receivers/<int:pk>/log/", log, name="receiver_log")])
