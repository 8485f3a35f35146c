"""Which tables and columns no public response is made from.

A table counts unless it is named here, so a forgotten one empties caches too often and never too seldom. An app names
its own in ``private_tables`` of its AppConfig: the name of a model, and the reason.
"""

from functools import cache

from django.apps import apps
from django.db import models
from wagtail.models import DraftStateMixin, LockableMixin, Page, RevisionMixin

# Whole apps, or one model of an app.
PRIVATE_TABLES = {
    # Groups count: restrictions of pages and collections are read together with theirs.
    "auth.Group_permissions": "Rights of editors.",
    "auth.Permission": "Rights of editors.",
    "auth.User": "Accounts. A public response is one without an account.",
    "auth.User_groups": "Rights of editors.",
    "auth.User_user_permissions": "Rights of editors.",
    "axes": "Wrong passwords, counted.",
    "django_tasks_database": "The queue of work that is handed over.",
    "otp_static": "Second factors of editors.",
    "otp_totp": "Second factors of editors.",
    "sessions": "Sessions. A public response is one without a session.",
    "simple_translation": "Holds no rows; it carries a permission.",
    "wagtailadmin": "State of the admin's forms and of who edits what.",
    "wagtailcore.APIToken": "Tokens. A public response is one without a token.",
    "wagtailcore.Comment": "Comments of editors.",
    "wagtailcore.CommentReply": "Comments of editors.",
    "wagtailcore.GroupApprovalTask": "Workflows.",
    "wagtailcore.GroupApprovalTask_groups": "Workflows.",
    "wagtailcore.GroupCollectionPermission": "Rights of editors.",
    "wagtailcore.GroupPagePermission": "Rights of editors.",
    "wagtailcore.GroupSitePermission": "Rights of editors.",
    "wagtailcore.ModelLogEntry": "History for editors.",
    "wagtailcore.PageLogEntry": "History for editors.",
    "wagtailcore.PageSubscription": "Who gets mail about comments.",
    "wagtailcore.Revision": "Drafts and history. Publishing writes what the public reads into the other tables.",
    "wagtailcore.Task": "Workflows.",
    "wagtailcore.TaskState": "Workflows.",
    "wagtailcore.UploadedFile": "Files that wait for an editor.",
    "wagtailcore.Workflow": "Workflows.",
    "wagtailcore.WorkflowContentType": "Workflows.",
    "wagtailcore.WorkflowPage": "Workflows.",
    "wagtailcore.WorkflowState": "Workflows.",
    "wagtailcore.WorkflowTask": "Workflows.",
    "wagtailforms": "What visitors send in; only editors read it.",
    "wagtailsearch": "The search of the admin. The public search has an index of its own.",
    "wagtailusers": "Profiles of editors.",
}

# Columns that a saved draft writes, by the class that brings them.
PRIVATE_COLUMNS: dict[type[models.Model], dict[str, str]] = {
    Page: {
        "draft_title": "The title in the admin's lists.",
        "latest_revision_created_at": "Time of the last draft.",
    },
    RevisionMixin: {"latest_revision": "The last draft."},
    DraftStateMixin: {"has_unpublished_changes": "Whether there is a draft."},
    LockableMixin: {
        "locked": "Locks keep editors out, not readers.",
        "locked_at": "Locks keep editors out, not readers.",
        "locked_by": "Locks keep editors out, not readers.",
    },
}


def private_tables() -> dict[str, str]:
    """Return the reason for each private app or model, by its label."""
    found = dict(PRIVATE_TABLES)
    for config in apps.get_app_configs():
        for name, reason in getattr(config, "private_tables", {}).items():
            found[f"{config.label}.{name}"] = reason
    return found


def unknown_private() -> list[str]:
    """Return labels of the list that name no model of an installed app: slips of the pen."""
    known = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    installed = {config.label for config in apps.get_app_configs()}
    return sorted(
        label
        for label in private_tables()
        if label.partition(".")[0] in installed and label not in known | installed
    )


def public_tables() -> dict[str, frozenset[str]]:
    """Return every table that counts, with those of its columns that do not."""
    private = private_tables()
    found: dict[str, frozenset[str]] = {}
    for model in apps.get_models(include_auto_created=True):
        meta = model._meta
        if meta.proxy or not meta.managed or meta.app_label in private or meta.label in private:
            continue
        names = private_columns(model)
        found[meta.db_table] = frozenset(
            column.column for column in meta.local_fields if column.column and column.name in names
        )
    return found


@cache
def private_columns(model: type[models.Model]) -> frozenset[str]:
    """Return the names of the columns of ``model`` that only a draft or its editor writes."""
    return frozenset(
        name for base, columns in PRIVATE_COLUMNS.items() if issubclass(model, base) for name in columns
    )
