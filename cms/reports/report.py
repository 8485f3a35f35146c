"""What the reports of the admin share: who sees them, their spreadsheets, and what stands there if empty."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports import ReportView

from cms.lists import CountingPaginator


class Report(ReportView):
    """A report with a name, by which its addresses are called; `register` puts it into the menu."""

    name: ClassVar[str]
    order: ClassVar[int]
    template_name = "cms/reports/report.html"
    paginator_class = CountingPaginator
    is_searchable = False
    # What the report is for, and what its being empty means: sentences for the person who reads it.
    purpose: Any = ""
    nothing: Any = ""

    @classmethod
    def may_see(cls, user: Any) -> bool:
        """Return whether the report has anything to say to ``user``."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.may_see(request.user):
            raise PermissionDenied
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer

    def get_index_url(self) -> str:
        return reverse(f"report_{self.name}")

    def get_index_results_url(self) -> str:
        return reverse(f"report_{self.name}_results")

    def get_filename(self) -> str:
        """Return the name of the file that the report is saved as."""
        return self.name

    @cached_property
    def no_results_message(self) -> Any:
        return super().no_results_message if self.is_filtering else self.nothing

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return context | {"purpose": self.purpose}


class _ReportItem(MenuItem):
    def __init__(self, report: type[Report]) -> None:
        self.report = report
        super().__init__(
            report.page_title,
            reverse(f"report_{report.name}"),
            name=f"report-{report.name}",
            icon_name=report.header_icon,
            order=report.order,
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return self.report.may_see(request.user)


def register(report: type[Report]) -> None:
    """Put ``report`` into the menu and give it its addresses."""

    def urls() -> list[URLPattern]:
        base = f"reports/{report.name}/"
        return [
            path(base, report.as_view(), name=f"report_{report.name}"),
            path(f"{base}results/", report.as_view(results_only=True), name=f"report_{report.name}_results"),
        ]

    hooks.register("register_admin_urls", urls)
    hooks.register("register_reports_menu_item", lambda: _ReportItem(report))
