"""Steps of workflows end once, with what stood in the form; and what saves itself takes no step.

A slow response brings second clicks, and a second editor may have taken the step meanwhile. Both hear so.
"""

from collections.abc import Callable
from typing import Any, cast

from django.db import transaction
from django.db.models.signals import post_save
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.utils import get_latest_str
from wagtail.admin.views import generic
from wagtail.admin.views.generic.mixins import CreateEditViewOptionalFeaturesMixin
from wagtail.admin.views.generic.workflow import BaseWorkflowFormView, WorkflowAction
from wagtail.admin.views.pages.create import CreateView as CreatePageView
from wagtail.admin.views.pages.edit import EditView as EditPageView
from wagtail.models import Revision, TaskState

_STEPS = ("workflow-action", "submit", "cancel-workflow", "restart-workflow")
_ACTIONS = ("action-", "workflow-action-")


def connect() -> None:
    """Have Wagtail's forms and its list of tasks take steps as described above."""
    post_save.connect(_follow_the_draft, sender=Revision)
    for view in (EditPageView, CreatePageView, generic.EditView, generic.CreateView):
        view.setup = _without_actions(view.setup)
    mixin = CreateEditViewOptionalFeaturesMixin
    mixin.save_instance = _sparing_the_draft(mixin.save_instance)
    WorkflowAction.dispatch = _alone(WorkflowAction.dispatch)


def already_taken(view: Any, form: Any) -> HttpResponse | None:
    """Return the response to a step that is over when its form arrives; None where there is something to do.

    What was changed in such a form is no step, and is saved as a draft where the reader may do that.
    """
    thing = view.page if isinstance(view, EditPageView) else view.object
    if not isinstance(view, EditPageView) and view.action == "submit" and thing.workflow_in_progress:
        view.action = "edit"  # as for pages: what waits already is not sent again
    taken = view.action_name if isinstance(view, EditPageView) else view.action
    if taken not in ("save", "edit") or not any(view.request.POST.get(f"action-{step}") for step in _STEPS):
        return None
    if form.has_changed():
        messages.warning(view.request, _("This step had been taken already."))
        return None
    _tell(view.request, thing)
    return cast("HttpResponse", redirect(view.get_edit_url()))


def _tell(request: HttpRequest, thing: Any) -> None:
    words = _("This step had been taken already. Nothing more was done with “%(title)s”.")
    messages.info(request, words % {"title": get_latest_str(thing)})


def _follow_the_draft(instance: Revision, created: bool, **_kwargs: Any) -> None:
    """Have the step that waits be about the newest draft: only who decides on the step can have saved it."""
    if created:
        TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__base_content_type=instance.base_content_type_id,
            workflow_state__object_id=instance.object_id,
        ).update(revision=instance)


def _without_actions(plain: Callable[..., None]) -> Callable[..., None]:
    def setup(view: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        if request.method == "POST" and not request.accepts("text/html"):
            sent = request.POST.copy()
            for name in [name for name in sent if name.startswith(_ACTIONS)]:
                del sent[name]
            request.POST = sent  # type: ignore[assignment]
        plain(view, request, *args, **kwargs)

    return setup


def _sparing_the_draft(plain: Callable[..., Any]) -> Callable[..., Any]:
    def save_instance(view: Any) -> Any:
        # As for pages: an unchanged form is no new draft, which all steps before would have to confirm again.
        if view.view_name != "create" and view.action == "workflow-action" and not view.form.has_changed():
            view.new_revision = None
            return view.object
        return plain(view)

    return save_instance


def _alone(plain: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    def dispatch(view: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            state = TaskState.objects.select_for_update().get(pk=view.task_state.pk)
            if state.status == TaskState.STATUS_IN_PROGRESS:
                view.task_state = state.specific
                return plain(view, request, *args, **kwargs)
        view.check_action()
        _tell(request, view.object)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            view_of: BaseWorkflowFormView = view
            return cast(
                "HttpResponse",
                view_of.render_modal_json(request, {"step": "success", "redirect": view.redirect_url}),
            )
        return cast("HttpResponse", redirect(view.redirect_url))

    return dispatch
