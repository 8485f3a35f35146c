"""What the platform adds to Wagtail's admin."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.html import format_html_join, json_script
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import LiveStatusTagColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.accounts.token_admin import TokenViewSet
from cms.delivery import admin as delivery
from cms.editorial import lost_session
from cms.editorial.messages import tell
from cms.editorial.missing import tell_hints
from cms.editorial.refusals import RefusedAtItsTime
from cms.graphql.serving.admin import TrustedDocumentViewSet
from cms.graphql.serving.registration import ACTION as REGISTERED
from cms.languages import inline_language
from cms.lists import CountingIndexView
from cms.models import SharedText
from cms.models.at_once import REFUSED
from cms.publishing import preview_frame
from cms.publishing.operation import touch
from cms.reports import state
from cms.reports.alt_texts import AltTextReport
from cms.reports.report import register as register_report
from cms.reports.search_queries import SearchQueryReport
from cms.reports.translations import TranslationReport
from cms.reports.words import MissingWordsReport
from cms.sheets import admin as spreadsheets
from cms.translating import offer as translating


@hooks.register("register_rich_text_features")
def register_inline_language(features: Any) -> None:
    inline_language.register(features)


@hooks.register("register_admin_urls")
def register_preview_addresses() -> list[Any]:
    return preview_frame.urlpatterns


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def page_in_draft_mode(page: Any, user: Any, *_args: Any, **_kwargs: Any) -> Iterator[Any]:
    if button := preview_frame.draft_mode_button(page, user):
        yield button


@hooks.register("register_admin_menu_item")
def site_in_draft_mode() -> MenuItem:
    return DraftModeItem(
        _("Site with drafts"),
        reverse_lazy("draft_mode"),
        name="draft-mode",
        icon_name="view",
        attrs={"target": "_blank", "rel": "noreferrer"},
        order=160,
    )


class DraftModeItem(MenuItem):
    """Leads to the frontend's draft mode, where the deployment has one."""

    def is_shown(self, _request: Any) -> bool:
        return bool(settings.CMS_DRAFT_MODE_URL)


if settings.CMS_TWO_FACTOR:
    from cms.accounts import second_factor  # its models are there only then

    hooks.register("register_admin_urls", lambda: second_factor.urlpatterns)
    hooks.register("register_account_menu_item", second_factor.account_item)


hooks.register("construct_wagtail_userbar", preview_frame.add_edit_item)


@hooks.register("after_bulk_action")
def files_were_moved(_request: Any, action_type: str, objects: list[Any], action: Any) -> None:
    # Wagtail moves many files in one statement and tells nobody.
    if action_type == "add_to_collection":
        touch(*action.model._default_manager.filter(pk__in=[row.pk for row in objects]))


@hooks.register("insert_editor_js")
def follow_the_typing() -> str:
    names = ("editing", "submitting", "missing", "signing_in", "pasting")
    scripts = [(static(f"cms/{name}.js"),) for name in names]
    return json_script(lost_session.texts(), "signing-in") + format_html_join(
        "\n", '<script type="module" src="{}"></script>', scripts
    )


@hooks.register("insert_global_admin_js")
def on_every_page() -> str:
    scripts = [(static(f"cms/{name}.js"),) for name in ("dates", "asking_first", "wagtails_words")]
    return format_html_join("\n", '<script type="module" src="{}"></script>', scripts)


@hooks.register("register_admin_viewset")
def register_tokens() -> TokenViewSet:
    # Wagtail registers its own under this name only where its REST API is installed, and it is not.
    return TokenViewSet("wagtailusers_api_tokens", url_prefix="api-tokens")


class SharedTextViewSet(SnippetViewSet):
    """Shared texts in the admin's main menu."""

    model = SharedText
    menu_name = "shared-texts"  # the label would name it in whichever language was asked first
    icon = "copy"
    menu_label = _("Shared texts")
    menu_order = 350
    add_to_admin_menu = True
    index_view_class = CountingIndexView
    list_display = ["name", "locale", LiveStatusTagColumn(label=_("Status"))]
    # By the database, as lists of some rows are: the index on SQLite knows no single fields.
    search_fields = ["name", "text"]
    search_backend_name = None


for report in (TranslationReport, MissingWordsReport, AltTextReport, SearchQueryReport):
    register_report(report)

for moment in ("after_create_page", "after_edit_page"):
    hooks.register(moment, tell)
for moment in ("after_create_snippet", "after_edit_snippet"):
    hooks.register(moment, tell_hints)


@hooks.register("register_log_actions")
def refusals_in_the_history(actions: Any) -> None:
    actions.register_action(REFUSED)(RefusedAtItsTime)


@hooks.register("register_log_actions")
def registrations_in_the_history(actions: Any) -> None:
    actions.register_action(REGISTERED, _("Register documents"), _("Documents registered"))


# In front of Wagtail's own view of the same address.
hooks.register("register_admin_urls", translating.urls, order=-1)

register_snippet(SharedTextViewSet)
register_snippet(TrustedDocumentViewSet)

state.register()
delivery.register()
spreadsheets.register()
