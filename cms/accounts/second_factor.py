"""A second factor behind the password of the admin: a code of the editor's phone (RFC 6238), by django-otp.

On where the setting ``CMS_TWO_FACTOR`` is. Whoever may enter the admin then sets up an app at the first sign-in and
gets codes for the day on which the phone is lost. django-otp keeps the secrets, checks and counts; these are its pages.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import segno
from django import forms
from django.conf import settings
from django.contrib.auth import authenticate
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django_otp import devices_for_user, login, match_token, user_has_device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

RECOVERY_CODES = 10
# What an editor without a second factor yet needs to get in or out.
_OPEN = (
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_sprite",
)
CODE, SET_UP = "second_factor_code", "second_factor_set_up"


class SecondFactorMiddleware:
    """Leads editors whose session has shown a password alone to the page for the code, or to that for setting up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._way(request) or self.get_response(request)

    def _way(self, request: HttpRequest) -> HttpResponse | None:
        if not request.path.startswith(settings.CMS_ADMIN_PATH):
            return None
        user: Any = request.user
        if not user.is_authenticated or user.is_verified() or request.path in map(reverse, _OPEN):
            return None
        address = reverse(CODE if user_has_device(user) else SET_UP)
        return None if request.path == address else HttpResponseRedirect(address + _on_the_way(request))


class CodeForm(forms.Form):
    """A code of the app or one of those for the loss of the phone. Raises ValidationError for a wrong one."""

    code = forms.CharField(
        label=_("Code"),
        max_length=16,
        help_text=_("The six digits that the app on your phone shows, or one of your codes for its loss."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )

    def __init__(self, request: HttpRequest, data: Any = None) -> None:
        super().__init__(data)
        self.request = request
        self.device: Any = None

    def clean_code(self) -> str:
        """Find the device that the code is of; each wrong one makes the next wait longer (django-otp)."""
        code = str(self.cleaned_data["code"]).replace(" ", "")
        self.device = self.matching(code)
        if self.device is None:
            raise forms.ValidationError(
                _("This code is wrong, was used already, or came too soon after a wrong one.")
            )
        return code

    def matching(self, code: str) -> Any:
        """Return the device of the user that ``code`` is of, or None."""
        return match_token(self.request.user, code)


class SetUpForm(CodeForm):
    """The first code of a new app, with the password, so that an open session alone takes over no account."""

    password = forms.CharField(
        label=_("Password"),
        help_text=_("Your password once more."),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def matching(self, code: str) -> Any:
        device = unconfirmed(self.request.user)
        return device if device.verify_token(code) else None

    def clean_password(self) -> str:
        """Check the password, counted like at the sign-in."""
        name = self.request.user.get_username()
        password = str(self.cleaned_data["password"])
        if authenticate(self.request, username=name, password=password) is None:
            raise forms.ValidationError(_("This is not your password."))
        return password


def unconfirmed(user: Any) -> TOTPDevice:
    """Return the app that is being set up: the same one until a code of it was typed."""
    device = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    return device or TOTPDevice.objects.create(user=user, name="app", confirmed=False)


@transaction.atomic
def confirm(request: HttpRequest, device: TOTPDevice) -> list[str]:
    """Let a new app stand in the place of all that the user had, and return the codes for its loss."""
    for old in devices_for_user(request.user, confirmed=None):
        if old.persistent_id != device.persistent_id:
            old.delete()
    device.confirmed = True
    device.save()
    spare = StaticDevice.objects.create(user=request.user, name="spare")
    codes = [StaticToken.random_token() for _code in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=spare, token=code) for code in codes)
    login(request, device)
    return codes


@never_cache
@sensitive_post_parameters()
def code(request: HttpRequest) -> HttpResponse:
    """Ask for a code, and open the admin for this session where it is right."""
    form = CodeForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        login(request, form.device)
        return HttpResponseRedirect(_next(request))
    return render(request, "cms/second_factor_code.html", {"form": form})


@never_cache
@sensitive_post_parameters()
def set_up(request: HttpRequest) -> HttpResponse:
    """Show the secret of a new app as a picture for its camera, and take its first code."""
    form = SetUpForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = {"codes": confirm(request, form.device), "next": _next(request)}
        return render(request, "cms/second_factor_codes.html", found)
    device = unconfirmed(request.user)
    picture = segno.make(device.config_url).svg_inline(omitsize=True, light="white", title="QR")
    return render(
        request, "cms/second_factor_set_up.html", {"form": form, "picture": picture, "device": device}
    )


def account_item(_request: HttpRequest) -> dict[str, Any]:
    """Return the entry of the account page that leads to setting up another phone."""
    return {
        "url": reverse(SET_UP),
        "label": _("Second step of the sign-in"),
        "help_text": _("Set up another phone in the place of the one that you have."),
    }


def _on_the_way(request: HttpRequest) -> str:
    """Return the query that lets the pages of the second factor lead on to where ``request`` wanted to go."""
    if request.path in (reverse(CODE), reverse(SET_UP)):
        wanted = request.GET.get("next", "")
    else:
        wanted = request.get_full_path() if request.method == "GET" else ""
    return f"?{urlencode({'next': wanted})}" if wanted else ""


def _next(request: HttpRequest) -> str:
    wanted = request.GET.get("next", "")
    hosts = {request.get_host()}
    return (
        wanted
        if url_has_allowed_host_and_scheme(wanted, hosts, request.is_secure())
        else reverse("wagtailadmin_home")
    )


urlpatterns = [path("second-factor/", code, name=CODE), path("second-factor/set-up/", set_up, name=SET_UP)]
