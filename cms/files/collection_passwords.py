"""The password of a closed collection: asked for by Wagtail's form, and counted when it is wrong.

Wagtail takes as many passwords as somebody sends, for every restriction by its number, of whichever kind it is.
"""

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_lockout_response
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from wagtail.documents.views.serve import authenticate_with_password
from wagtail.models import CollectionViewRestriction


def enter(request: HttpRequest, restriction_id: int) -> HttpResponse:
    """Ask for the password, and open the collection for this session where it is right.

    Too many wrong ones from an address close this door to it, as they do that of the admin.
    """
    kind = CollectionViewRestriction.PASSWORD
    restriction = get_object_or_404(CollectionViewRestriction, pk=restriction_id, restriction_type=kind)
    asked = {"username": f"collection {restriction.pk}"}
    if request.method == "POST" and not AxesProxyHandler.is_allowed(request, asked):
        locked: HttpResponse = get_lockout_response(request, credentials=asked)
        return locked
    answer: HttpResponse = authenticate_with_password(request, restriction.pk)
    if request.method == "POST" and not 300 <= answer.status_code < 400:  # the form again
        user_login_failed.send(sender=__name__, credentials=asked, request=request)
    return answer


urlpatterns = [
    path("authenticate_with_password/<int:restriction_id>/", enter, name="collection_password"),
]
