"""Finding snippets in the admin by any part of their words, without case and accents, on every database."""

from typing import Any

from django import forms
from django.conf import settings
from django.db import models
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
)

from centres.rights.views import ChoosableRows, ReadableRows
from cms.editorial.choosing_many import FOR, offered_for
from cms.editorial.finding import has_words
from cms.fields import LocalisedTextField
from cms.languages.sorting import fold
from cms.lists import CountingIndexView, CountingPaginator
from cms.sheets.lists import SheetExport

Rows = models.QuerySet[Any]


def matching(rows: Rows, query: str) -> Rows:
    """Return those of ``rows`` that have every word of ``query`` in one of their texts, a part of it or another form.

    The tables are small and the columns hold several languages, so the words are compared here, in one pass.
    """
    wanted = fold(query).split()
    locales = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
    found = [
        row.pk
        for row in rows
        if all(word in fold(" ".join(_texts(row))) for word in wanted)
        or has_words(_texts(row), query, locales)
    ]
    return rows.filter(pk__in=found)


def _texts(row: models.Model) -> list[str]:
    texts = [str(row)]
    for column in row._meta.fields:
        value = getattr(row, column.attname)
        if isinstance(column, LocalisedTextField):
            texts.extend((value or {}).values())
        elif isinstance(column, (models.CharField, models.TextField)) and value:
            texts.append(value)
    return texts


class FoldedIndexView(ReadableRows, SheetExport, CountingIndexView):
    """A listing that is searched with `matching`."""

    @cached_property
    def is_searchable(self) -> bool:
        return bool(self.index_results_url)

    def search_queryset(self, queryset: Rows) -> Rows:
        return matching(queryset, self.search_query) if self.is_searching else queryset


class FoldedSearchForm(BaseFilterForm):
    """The search of a chooser."""

    q = forms.CharField(
        label=_("Search term"), widget=forms.TextInput(attrs={"placeholder": _("Search")}), required=False
    )

    def filter(self, objects: Rows) -> Rows:
        objects = super().filter(objects)
        if query := self.cleaned_data.get("q"):
            self.is_searching, self.search_query = True, query
            objects = matching(objects, query)
        return objects


class OfferedRows(ChoosableRows):
    """What a chooser offers: of that which its reader may choose, what the field takes for which it was opened."""

    def get_object_list(self) -> Rows:
        try:
            return offered_for(super().get_object_list(), self.request.GET.get(FOR, ""))
        except LookupError as error:
            raise Http404 from error


class FoldedChooseView(OfferedRows, ChooseView):
    paginator_class = CountingPaginator
    filter_form_class = FoldedSearchForm


class FoldedChooseResultsView(OfferedRows, ChooseResultsView):
    paginator_class = CountingPaginator
    filter_form_class = FoldedSearchForm


class FoldedChosenView(ChoosableRows, SnippetChosenView):
    pass


class FoldedChosenMultipleView(OfferedRows, SnippetChosenMultipleView):
    pass


class FoldedChooserViewSet(SnippetChooserViewSet):
    """A chooser that is searched with `matching`."""

    page_title = _("Choose:")  # the name of the model stands behind it, in the form of the dictionary
    preserve_url_parameters = ["multiple", FOR]
    choose_view_class = FoldedChooseView
    choose_results_view_class = FoldedChooseResultsView
    chosen_view_class = FoldedChosenView
    chosen_multiple_view_class = FoldedChosenMultipleView
