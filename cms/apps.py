from importlib import import_module
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("CMS")
    private_tables = {
        "ArchiveKey": "By which keys things are known in archives.",
        "Chore": "When the site's own work was done last.",
        "Delivery": "What receivers of changes were sent.",
        "DraftMode": "Who sees drafts on a frontend.",
        "Receiver": "Receivers of changes, with their keys and addresses.",
        "ContentVersion": "The version itself.",
        "PublicObject": "What the public knew when the log of changes was written last.",
        "PreviewDraft": "Drafts that wait for their preview.",
        "PublishedWords": "What translations were based on; reports for editors read it.",
        "SheetImport": "Spreadsheets that editors uploaded.",
        "Throttle": "Limits for sign-in and mails.",
        "TokenAccess": "Tokens. A public response is one without a token.",
    }

    def ready(self) -> None:
        if lacking := [name for name in ("grapple", "graphene_django") if not apps.is_installed(name)]:
            raise ImproperlyConfigured(
                f"INSTALLED_APPS lacks {' and '.join(lacking)}: they make the types of the graph."
            )
        from cms.editorial import (
            choosing_many,
            dates,
            finding,
            guarded_windows,
            lost_session,
            missing,
            one_action,
            redirect_imports,
            rich_text_names,
            row_forms,
            unfinished,
            whole_site,
            workflow_steps,
        )
        from cms.editorial.guarded_views import guard_edit_views
        from cms.editorial.translations_too import ask_in_views_of_pages
        from cms.fields import ProtectedManyToManyField
        from cms.graphql.schema.declarations import grapple_field, named, set_aside_unreadable
        from cms.graphql_fields import ExposedField
        from cms.models import gone_revisions, references
        from cms.publishing import change_log, freshness, receivers
        from cms.reports import spreadsheets
        from cms.running import observing, queue
        from cms.translating import places

        observing.start()
        change_log.describe = _digests
        ExposedField.as_grapple_field = staticmethod(grapple_field)
        ExposedField.type_by_name = staticmethod(named)
        freshness.connect(self)
        for path in settings.CMS_BODY_BLOCKS:
            import_module(path)  # before grapple looks for registered blocks
        set_aside_unreadable()
        receivers.connect()
        references.connect()
        gone_revisions.connect()
        queue.connect()
        choosing_many.register(ProtectedManyToManyField)
        for part in (
            finding,
            guarded_windows,
            lost_session,
            rich_text_names,
            row_forms,
            unfinished,
            missing,
            whole_site,
            redirect_imports,
        ):
            part.connect()
        guard_edit_views()
        dates.take_over()
        workflow_steps.connect()
        one_action.register()
        ask_in_views_of_pages()
        places.connect()
        spreadsheets.take_over()
        _register_checks()


def _register_checks() -> None:
    from cms.graphql.loading.compiler_check import check_compiler
    from cms.graphql.schema.checks import check_graph
    from cms.models.kinds import check_kinds
    from cms.publishing import preview_checks, registry

    checks.register(check_compiler)
    checks.register(check_graph)
    checks.register(check_kinds, checks.Tags.models)
    checks.register(registry.problems_of_entries, checks.Tags.models)
    checks.register(preview_checks.check_stored, checks.Tags.database)


def _digests(*args: Any) -> Any:
    from cms.graphql.loading.digests import digests  # at the first change; not every command needs the graph

    return digests(*args)
