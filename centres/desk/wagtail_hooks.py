"""What the desk adds to the admin: panels of the start page, reports, the help page, the site's own look."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from centres.desk import edition_urls, month_view
from centres.desk.explorer import DeskPageViewSet
from centres.desk.help import HelpView
from centres.desk.home_panels import CentresPanel, WaitingPanel
from centres.desk.quick import QuickPanel
from centres.desk.reports.editions import EditionReport
from centres.desk.reports.reviews import ReviewReport
from centres.desk.reports.terms import TermReport
from centres.rights.home_panels import narrowed
from cms.reports.report import register

for report in (TermReport, ReviewReport, EditionReport):
    register(report)

edition_urls.register()
month_view.register()


@hooks.register("construct_homepage_panels")
def add_panels(_request: HttpRequest, panels: list[Any]) -> None:
    panels[:] = [QuickPanel(), WaitingPanel(), CentresPanel(), *narrowed(panels)]


@hooks.register("insert_global_admin_css")
def own_look() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("centres_desk/admin.css"))


@hooks.register("register_admin_urls")
def help_address() -> list[URLPattern]:
    return [path("desk/help/", HelpView.as_view(), name="desk_help")]


@hooks.register("register_admin_menu_item")
def help_in_menu() -> MenuItem:
    return MenuItem(HelpView.page_title, reverse("desk_help"), name="desk-help", icon_name="help", order=9000)


@hooks.register("register_admin_viewset")
def explorer() -> DeskPageViewSet:
    return DeskPageViewSet()
