"""Every form of the admin that edits something asks before it writes over what others saved (`stale_forms`)."""

from collections.abc import Callable
from typing import Any, cast

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.views.pages.create import CreateView as CreatePageView
from wagtail.admin.views.pages.edit import EditView as EditPageView
from wagtail.log_actions import registry as histories
from wagtail.models import DraftStateMixin

from cms.editorial.refusals import refusal
from cms.editorial.stale_forms import ASKED, VERSION, edit_once_saved, watch
from cms.editorial.workflow_steps import already_taken
from cms.models.at_once import NotPublishedError
from cms.publishing.operation import keep_others_waiting

# How a form of Wagtail tells which draft it was opened with.
_DRAFTS = ("loaded_revision_id", "overwrite_revision_id")

type Answer = Callable[..., HttpResponse]


def guard_edit_views() -> None:
    """Put the question in front of Wagtail's two views for editing, from which all others are made."""
    for view, prepare in ((EditPageView, _prepare_page), (generic.EditView, _prepare)):
        view.__init__ = _noting(view.__init__)
        view.setup = _guarded(view.setup, prepare)
    plain = generic.EditView.get_form

    def get_form(view: Any, *args: Any, **kwargs: Any) -> Any:
        return _watched(view, plain(view, *args, **kwargs), lambda latest: _form_of(view, latest))

    generic.EditView.get_form = get_form
    _guard_create_views()


def _guard_create_views() -> None:
    """Have forms of new content edit it once they have saved themselves."""
    plain = generic.CreateView.get_form

    def get_form(view: Any, *args: Any, **kwargs: Any) -> Any:
        return edit_once_saved(plain(view, *args, **kwargs))

    generic.CreateView.get_form = get_form
    CreatePageView.get = _editing_once_saved(CreatePageView.get)
    CreatePageView.post = _editing_once_saved(CreatePageView.post)


def _editing_once_saved(plain: Answer) -> Answer:
    def answer(view: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        made = view.form_class
        view.form_class = lambda *args, **kwargs: edit_once_saved(made(*args, **kwargs))
        return plain(view, request, *args, **kwargs)

    return answer


def _noting(plain: Callable[..., None]) -> Callable[..., None]:
    def init(view: Any, **kwargs: Any) -> None:
        plain(view, **kwargs)
        view.made_with = kwargs

    return init


def _guarded(plain: Callable[..., None], prepare: Callable[[Any], None]) -> Callable[..., None]:
    def setup(view: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        plain(view, request, *args, **kwargs)
        if not hasattr(view, "unguarded_post"):
            view.unguarded_post = view.post
            prepare(view)

    return setup


def _prepare(view: Any) -> None:
    view.post = lambda request, *args, **kwargs: _alone(view, _post, request, *args, **kwargs)


def _prepare_page(view: Any) -> None:
    plain_get = view.get

    def get(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        _watch_forms_of_page(view)
        return plain_get(request, *args, **kwargs)

    view.get = get
    view.post = lambda request, *args, **kwargs: _alone(view, _post_page, request, *args, **kwargs)


def _watch_forms_of_page(view: Any) -> None:
    plain = view.form_class

    def form_class(*args: Any, **kwargs: Any) -> Any:
        return _watched(view, plain(*args, **kwargs), lambda now: plain(*args, **kwargs | {"instance": now}))

    view.form_class = form_class


def _watched(view: Any, form: Any, remade: Callable[[Any], Any]) -> Any:
    latest = _latest(view) if form.is_bound and hasattr(view, "get_revisions_revert_url") else None
    if hasattr(view, "permission_panel_forms"):
        form.panels = view.permission_panel_forms
    return watch(form, _is_outdated(view), None if latest is None else remade(latest))


def _form_of(view: Any, thing: Any) -> Any:
    return view.get_form_class()(**view.get_form_kwargs() | {"instance": thing})


def _latest(view: Any) -> Any:
    """Return what is stored now of the thing that ``view`` puts back to an older version."""
    stored = view.real_page_record if isinstance(view, EditPageView) else view.live_object
    return stored.get_latest_revision_as_object() if isinstance(stored, DraftStateMixin) else stored


def _alone(view: Any, post: Answer, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Answer with what is stored read again, while nobody else can save the same thing.

    A refused publishing leaves the draft saved: it is answered here, as an exception would take the saving back.
    """
    if getattr(view, "is_alone", False):
        return post(view, request, *args, **kwargs)
    match: Any = request.resolver_match
    with transaction.atomic():
        keep_others_waiting(getattr(view, "page", None) or getattr(view, "object", None) or view.get_object())
        again = type(view)(**view.made_with)
        again.is_alone = True
        again.setup(request, *match.args, **match.kwargs)
        try:
            return cast("HttpResponse", again.dispatch(request, *match.args, **match.kwargs))
        except NotPublishedError as error:
            return refusal(request, error)


def _post(view: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
    view.object = getattr(view, "object", None) or view.get_object()
    form = view.get_form()
    if form.watched.questions:
        return _ask(view, form) or view.render_to_response(view.get_context_data(form=form))
    if taken := already_taken(view, form):
        return taken
    return view.unguarded_post(request, *args, **kwargs)


def _post_page(view: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
    if view.page.alias_of_id is None:
        _watch_forms_of_page(view)
        form = view.form_class(
            request.POST,
            request.FILES,
            instance=view.page,
            subscription=view.subscription,
            parent_page=view.parent,
            for_user=request.user,
        )
        if form.watched.questions:
            view.has_unsaved_changes = True
            return _ask(view, form) or view.render_to_response(view.get_context_data())
        if taken := already_taken(view, form):
            return taken
    return view.unguarded_post(request, *args, **kwargs)


def _ask(view: Any, form: Any) -> Any:
    """Have the form shown again with the question; one that was sent by itself, without a reader, is refused."""
    words = _("Somebody else saved this while your form was open. Nothing of yours is saved yet.")
    if view.expects_json_response:
        return view.json_error_response("invalid_revision", words)
    view.form = form
    choose = messages.button(f"#{form.watched.named(ASKED)}", _("Choose what stays"), new_window=False)
    messages.error(view.request, words, buttons=[choose])
    return None


def _is_outdated(view: Any) -> bool:
    """Return whether a form whose fingerprints say nothing about it was opened with an older draft.

    A request that tells neither fingerprints nor its draft may have been: it is asked where another one saved last.
    """
    sent = view.request.POST
    if not sent or (VERSION in sent and not hasattr(view, "get_revisions_revert_url")):
        return False
    if VERSION in sent or any(sent.get(name) for name in _DRAFTS):
        return bool(getattr(view, "is_out_of_date", False))
    return another_saved_last(getattr(view, "page", None) or view.object, view.request.user)


def another_saved_last(thing: Any, user: Any) -> bool:
    """Return whether the last person to change ``thing``, by its history, was another one than ``user``."""
    history = histories.get_log_model_for_instance(thing)
    changes = history.objects.for_instance(thing).filter(content_changed=True)
    who = changes.order_by("-timestamp", "-pk").values_list("user_id", flat=True).first()
    return who not in (None, user.pk)
