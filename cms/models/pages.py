"""What every page of the site has, whatever it is about."""

from typing import Any, ClassVar

from django.core.validators import MaxLengthValidator, MinLengthValidator
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from grapple.models import GraphQLString
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from cms.languages.sorting import SORT_KEY_LENGTH, fold, sort_key
from cms.models.at_once import PublishedAtOnce, take_validation
from cms.models.chosen_files import OwnFilesPageForm
from cms.models.facts import SharedFactsMixin, copy_facts, renew_keys
from cms.models.previews import show_in_frontend
from cms.site import frontend_url


class BasePage(SharedFactsMixin, PublishedAtOnce, Page):  # type: ignore[django-manager-missing]
    """A page of a headless site: words in one locale, an address of its own, nothing to render here.

    The home page of a locale has the locale's code as its slug, so Wagtail's ``url_path`` is the public path
    (``/sl/…``) and the database finds a page by its path with one index.
    """

    summary = models.TextField(
        _("summary"),
        validators=[MinLengthValidator(60), MaxLengthValidator(300)],
        help_text=_(
            "One paragraph of 60 to 300 characters, without acronyms. It is shown in lists and found by search engines."
        ),
    )
    sort_key = models.CharField(max_length=SORT_KEY_LENGTH, editable=False, db_index=True, default="")
    folded_title = models.CharField(max_length=510, editable=False, default="")

    translated_fields: ClassVar[tuple[str, ...]] = ("summary",)
    generated_fields: ClassVar[tuple[str, ...]] = ("sort_key", "folded_title")

    base_form_class = OwnFilesPageForm
    content_panels = [*Page.content_panels, FieldPanel("summary")]

    graphql_fields = [
        GraphQLString("summary", description="One paragraph about the page, for lists and search results.")
    ]

    class Meta:
        abstract = True

    @property
    def public_path(self) -> str:
        """The site-relative address, with locale and with leading and trailing slash; ``path`` is the tree's own."""
        return str(self.url_path)

    def sort_text(self) -> str:
        """Return the words by which lists order this page."""
        return str(self.title)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        from cms.models.references import noted_once  # which needs all models

        self.sort_key = sort_key(self.sort_text(), self.locale.language_code)
        self.folded_title = fold(self.title)
        if self.pk is None:
            renew_keys(self)
        if (fields := kwargs.get("update_fields")) is not None and "title" in fields:
            kwargs["update_fields"] = [*fields, "sort_key", "folded_title"]
        is_new = self.pk is None
        if take_validation(self):
            kwargs["clean"] = False
        with transaction.atomic(), noted_once(self, written=fields):
            saved = super().save(*args, **kwargs)
            if not is_new and self._brings_facts(kwargs.get("update_fields")):
                copy_facts(self)
        return saved

    def _brings_facts(self, written: Any) -> bool:
        """Return whether facts may have been ``written`` that are not those of another language already."""
        if self.alias_of_id or getattr(self, "has_facts_of_another", False):
            return False
        return written is None or bool({*self.shared_fields, *self.shared_relations} & set(written))

    def serve_preview(self, request: HttpRequest, _mode_name: str) -> HttpResponse:
        """Show the draft where the public would read the page: in the frontend."""
        return show_in_frontend(request, self)

    def get_url_parts(self, request: Any = None) -> tuple[int, str, str] | None:
        """Return site id, root and path on the frontend's host, which is where "view live" leads in the admin."""
        site_id_root = super().get_url_parts(request)
        if site_id_root is None:
            return None
        return site_id_root[0], frontend_url(), self.public_path
