"""What a form may send as a choice: what choosers offer to its sender, and what stands there already.

A chooser sends a key. Wagtail calls the row with that key by its name when it shows the form again, whoever may see the
row. So a key of a row that may not be named to the sender is taken for a key that no row has. A key of such an image or
document is kept, because the form itself refuses it with a reason (`cms.models.chosen_files`); it is shown as none.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.rich_text.converters.html_to_contentstate import PageLinkElementHandler
from wagtail.admin.widgets import AdminPageChooser, BaseChooser
from wagtail.blocks.base import BlockWidget
from wagtail.documents.rich_text.contentstate import DocumentLinkElementHandler
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import policy_registry

from centres.rights.beside import known_to
from centres.rights.page_titles import title_for
from centres.rights.policies import SnippetPolicy
from centres.rights.views import is_key
from cms.models import Document, Image

NO_ROW = "0"

type Standing = Callable[[], set[tuple[type[Model], str]]]

_NOTHING: Standing = set
_asking: ContextVar[Any] = ContextVar("asking", default=None)
_standing: ContextVar[Standing] = ContextVar("standing", default=_NOTHING)


def connect() -> None:
    """Have all choosers of the admin's forms, alone or in blocks, take such keys only."""
    form: Any = WagtailAdminModelForm
    form.__init__ = _noting_what_stands(form.__init__)
    BlockWidget.value_from_datadict = _knowing(BlockWidget.value_from_datadict)
    BlockWidget.render_with_errors = _knowing(BlockWidget.render_with_errors)
    BaseChooser.value_from_datadict = _refusing(BaseChooser.value_from_datadict)
    BaseChooser.get_value_data = _hiding(BaseChooser.get_value_data)
    AdminPageChooser.get_display_title = _page_title
    for handler, model in ((PageLinkElementHandler, Page), (DocumentLinkElementHandler, Document)):
        handler.get_attribute_data = _naming(handler.get_attribute_data, model)


def may_name(user: Any, model: type[Model], key: Any) -> bool:
    """Return whether the row of ``model`` with ``key`` is one that choosers offer, or lists show, to ``user``."""
    if user is None or user.is_superuser or not is_key(model, key):
        return True  # nobody's hands, or Wagtail's own matter
    return any(rows.filter(pk=key).exists() for rows in _nameable(user, model))


def _nameable(user: Any, model: type[Model]) -> Iterator[Any]:
    policy = policy_registry.get_by_type(model)
    if issubclass(model, Page):
        yield Page.objects.filter(live=True)
    elif isinstance(policy, SnippetPolicy):
        yield policy.choosable(user)
    elif type(policy) is ModelPermissionPolicy:
        yield model._default_manager.all()  # its rights are on the model, not on rows
        return
    yield known_to(user, model)


class AskerMiddleware:
    """Notes who asks in the admin, for widgets: they do not know for whom they are shown."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(settings.CMS_ADMIN_PATH):
            return self.get_response(request)
        token = _asking.set(request)
        try:
            return self.get_response(request)
        finally:
            _asking.reset(token)


def _asker() -> Any:
    request = _asking.get()
    return None if request is None else request.user


def _kind(model: type[Model]) -> type[Model]:
    return Page if issubclass(model, Page) else model


# ---------------------------------------------------------------- what stands there already
def _noting_what_stands(plain: Callable[..., None]) -> Callable[..., None]:
    def init(form: Any, *args: Any, **kwargs: Any) -> None:
        plain(form, *args, **kwargs)
        for name, field in form.fields.items():
            if isinstance(field.widget, BaseChooser | BlockWidget):
                field.widget.standing = partial(_standing_in, form, name)

    return init


def _standing_in(form: Any, name: str) -> set[tuple[type[Model], str]]:
    field = form.fields[name]
    value = form.get_initial_for_field(field, name)
    if isinstance(field.widget, BaseChooser):
        return {(_kind(field.widget.model_class), str(getattr(value, "pk", value)))}
    if value is None:
        return set()
    found = field.widget.block_def.extract_references(value)
    return {(_kind(model), str(key)) for model, key, *_place in found}


@contextmanager
def _with(widget: Any) -> Iterator[None]:
    standing = getattr(widget, "standing", None)
    if standing is None:
        yield
        return
    token = _standing.set(standing)
    try:
        yield
    finally:
        _standing.reset(token)


def _stands(widget: Any, key: Any) -> bool:
    with _with(widget):
        return (_kind(widget.model_class), str(key)) in _standing.get()()


def _knowing(plain: Callable[..., Any]) -> Callable[..., Any]:
    """Have the choosers in the blocks of a widget know what stands in them already."""

    def known(widget: Any, *args: Any, **kwargs: Any) -> Any:
        with _with(widget):
            return plain(widget, *args, **kwargs)

    return known


# ---------------------------------------------------------------- what is sent, and how it is called
def _refusing(plain: Callable[..., Any]) -> Callable[..., Any]:
    def value_from_datadict(widget: Any, *args: Any) -> Any:
        sent, model = plain(widget, *args), widget.model_class
        if sent is None or issubclass(model, Image | Document) or may_name(_asker(), model, sent):
            return sent
        return sent if _stands(widget, sent) else NO_ROW

    return value_from_datadict


def _hiding(plain: Callable[..., Any]) -> Callable[..., Any]:
    def get_value_data(widget: Any, value: Any) -> Any:
        key = getattr(value, "pk", value)
        if not key or _stands(widget, key) or may_name(_asker(), widget.model_class, key):
            return plain(widget, value)
        return None

    return get_value_data


def _page_title(_widget: Any, page: Page) -> str:
    return title_for(_asker(), page)


def _naming(plain: Callable[..., Any], model: type[Model]) -> Callable[..., Any]:
    """Leave the address of a link, which is made of a title or the name of a file, to those who may name its end."""

    def get_attribute_data(handler: Any, attributes: Any) -> Any:
        key = attributes.get("id")
        if may_name(_asker(), model, key):
            return plain(handler, attributes)
        return {"id": int(key), "url": None, "parentId": None} if model is Page else {"id": int(key)}

    return get_attribute_data
