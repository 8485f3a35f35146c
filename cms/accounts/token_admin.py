"""Tokens for servers in the admin: who made them, what they may read and until when.

Wagtail 8 has the tokens and these views, but neither an end nor a scope; both are asked for here.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.widgets import AdminDateInput
from wagtail.log_actions import log
from wagtail.models import APIToken
from wagtail.users.utils import user_can_manage_token
from wagtail.users.views import api_tokens

from cms.models.access import TokenAccess, TokenScope
from cms.publishing.visitors import may_register

_EDITOR = "wagtailadmin.access_admin"
_LONGEST = timedelta(days=366 * 2)


def _in_a_year() -> date:
    return timezone.localdate() + timedelta(days=365)


class TokenForm(api_tokens.APITokenForm):
    """A new token: its name, its owner, what it may read and its last day."""

    name = forms.CharField(
        max_length=255, label=_("Name"), help_text=_("Which server uses it, such as “public website”.")
    )
    user: Any = forms.ModelChoiceField(
        queryset=None, label=_("User"), help_text=_("The token may read what this user may read, never more.")
    )
    scope = forms.ChoiceField(
        choices=TokenScope.choices,
        initial=TokenScope.PUBLISHED,
        label=_("Scope"),
        help_text=_("Drafts only for frontends that show previews to editors."),
    )
    last_day = forms.DateField(
        initial=_in_a_year,
        label=_("Last day"),
        widget=AdminDateInput,
        help_text=_("At most two years from now. Make a new token before this one ends."),
    )

    def clean_last_day(self) -> date:
        """Refuse a day that is over or too far away."""
        day: date = self.cleaned_data["last_day"]
        today = timezone.localdate()
        if day < today:
            raise ValidationError(_("This day is over. Choose a later one."))
        if day > today + _LONGEST:
            raise ValidationError(_("A token may be valid for two years at most. Choose an earlier day."))
        return day

    def clean(self) -> dict[str, Any]:
        """Refuse a token for drafts or documents whose owner lacks the right to them."""
        given = super().clean() or self.cleaned_data
        owner = given.get("user")
        if given.get("scope") == TokenScope.DRAFTS and owner and not owner.has_perm(_EDITOR):
            self.add_error(
                "scope", _("This user edits nothing, so there are no drafts for the token to read.")
            )
        if given.get("scope") == TokenScope.DOCUMENTS and owner and not may_register(owner):
            self.add_error(
                "scope", _("This user may not delete trusted documents, so their tokens register none.")
            )
        if given.get("scope") == TokenScope.PLACES and owner and not owner.has_perm(_EDITOR):
            self.add_error("scope", _("This user edits nothing, so there are no seats for the token to set."))
        return given


class TokenIndexView(api_tokens.IndexView):
    """All tokens that the user may manage."""

    page_title = _("Tokens for servers")

    @cached_property
    def columns(self) -> list[Any]:
        return [
            self._get_title_column_class(TitleColumn)("name", label=_("Name"), get_url=self.get_edit_url),
            Column("prefix", label=_("Begins with")),
            Column("user", label=_("User")),
            Column("scope", label=_("Scope"), accessor=lambda token: _access(token, "get_scope_display")),
            DateColumn("expires_at", label=_("Valid until"), accessor="access.expires_at"),
            DateColumn("last_used_at", label=_("Last used")),
            DateColumn("revoked_at", label=_("Revoked")),
        ]

    def get_queryset(self) -> QuerySet[APIToken]:
        return super().get_queryset().select_related("access")


def _access(token: APIToken, name: str) -> str:
    access = getattr(token, "access", None)
    return str(getattr(access, name)()) if access is not None else ""


class TokenCreateView(api_tokens.CreateView):
    """Makes a token and shows it, once."""

    page_subtitle = _("Token")

    def form_valid(self, form: TokenForm) -> HttpResponse:
        owner = form.cleaned_data["user"]
        if not user_can_manage_token(self.request.user, owner, "wagtailcore.add_apitoken"):
            raise PermissionDenied
        self.object, plaintext = make_token(
            user=owner,
            name=form.cleaned_data["name"],
            scope=form.cleaned_data["scope"],
            last_day=form.cleaned_data["last_day"],
        )
        log(self.object, "wagtail.apitoken.create", user=self.request.user)
        context = self.get_created_context(plaintext) | {
            "page_title": _("The token is ready"),
            "header_title": _("The token is ready"),
        }
        # Wagtail sends every page of the admin with no-store: the token stays in no cache.
        return TemplateResponse(self.request, "cms/token_created.html", context)


def make_token(*, user: Any, name: str, scope: str, last_day: date) -> tuple[APIToken, str]:
    """Return a new token with its end and scope, and its text, which is kept nowhere."""
    end = timezone.make_aware(datetime.combine(last_day, time.max), timezone.get_default_timezone())
    with transaction.atomic():
        token, plaintext = APIToken.create_token(user=user, name=name)
        TokenAccess.objects.create(token=token, scope=scope, expires_at=end)
    return token, plaintext


class TokenRevokeView(api_tokens.RevokeView):
    """Ends a token at once; its row stays, so that it is known who had one."""

    page_title = _("Revoke")
    template_name = "cms/token_revoke.html"

    @property
    def confirmation_message(self) -> Any:
        return _("Servers that use this token read nothing from now on. Revoke it?")

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        if not user_can_manage_token(request.user, self.object.user, "wagtailcore.delete_apitoken"):
            raise PermissionDenied
        self.object.revoke()
        log(self.object, "wagtail.apitoken.revoke", user=request.user)
        messages.success(request, _("The token “%(name)s” is revoked.") % {"name": self.object.name})
        return redirect(self.get_success_url())


class TokenViewSet(api_tokens.APITokenViewSet):
    """The tokens of servers, in the admin's settings."""

    menu_label = _("Tokens for servers")
    index_view_class = TokenIndexView
    add_view_class = TokenCreateView
    delete_view_class = TokenRevokeView

    def get_form_class(self, for_update: bool = False) -> Any:
        return super().get_form_class(for_update=True) if for_update else TokenForm
