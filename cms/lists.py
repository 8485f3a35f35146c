"""What lists of the admin say in their reader's words: yes and no, and how many rows there are."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import IndexView


class CountingPaginator(WagtailPaginator):
    """Says what is counted before the number.

    Wagtail puts the plural behind any number, and Slovenian has a form of its own for two, three and five.
    """

    @cached_property
    def items_count_label(self) -> str:
        return f"{capfirst(self.verbose_name_plural)}: {self.count}"


class CountingIndexView(IndexView):
    paginator_class = CountingPaginator


class YesNoColumn(Column):
    """A yes, a no or an unknown in words, where Wagtail writes Python's names of them."""

    def get_value(self, instance: Any) -> str:
        match super().get_value(instance):
            case None:
                return gettext("Unknown")
            case answer:
                return gettext("Yes") if answer else gettext("No")
