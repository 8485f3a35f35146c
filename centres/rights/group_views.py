"""Groups in the admin: those of a centre's team stay."""

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.users.views.groups import DeleteView, GroupViewSet

from centres.models import CentreTeam


class DeleteGroupView(DeleteView):
    """Deletes a group, unless a centre works with it."""

    def form_valid(self, form: Any) -> HttpResponse:
        team = CentreTeam.objects.filter(Q(editors=self.object) | Q(leads=self.object)).first()
        if team is None:
            answer: HttpResponse = super().form_valid(form)
            return answer
        messages.error(
            self.request,
            _("This group belongs to the centre “%(centre)s” and stays. Take its people out of it instead.")
            % {"centre": team},
        )
        return redirect("wagtailusers_groups:edit", self.object.pk)


class TeamGroupViewSet(GroupViewSet):
    delete_view_class = DeleteGroupView
