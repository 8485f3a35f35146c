"""One step for a new centre: its two groups, its collection and its workflow."""

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

from centres.models import CentrePage, CentreTeam, ClaimsTask
from centres.rights import groups, rules


@transaction.atomic
def set_up_centre(centre: CentrePage) -> CentreTeam:
    """Make what the people of ``centre`` need to work on it, or bring it up to date. Safe to repeat.

    The groups are bound to the page of the centre in every language, and to a collection of its own. Raises
    `ValidationError` with the code ``name_taken`` if another centre's groups have the names.
    """
    site = groups.set_up_site_roles()
    named = named_page(centre)
    team = CentreTeam.objects.select_for_update().filter(centre_key=centre.translation_key).first()
    if team is None:
        team = _new_team(centre, named.short_name)
    _rename(team, named.short_name)
    pages = list(CentrePage.objects.filter(translation_key=centre.translation_key))
    for group, role in ((team.editors, rules.EDITOR), (team.leads, rules.LEAD)):
        groups.give(group, role, pages, [team.collection])
        groups.let_choose_shared_files(group)
    _fill_workflow(team, site[rules.SECRETARIES])
    for page in pages:
        WorkflowPage.objects.update_or_create(page=page, defaults={"workflow": team.workflow})
    return team


def named_page(centre: CentrePage) -> CentrePage:
    """Return the page whose short name the groups take: that in the site's own language, if there is one."""
    pages = CentrePage.objects.filter(translation_key=centre.translation_key).select_related("locale")
    return min(pages, key=lambda page: (page.locale.language_code != groups.default_language(), page.pk))


def bind_translation(page: CentrePage) -> None:
    """Give the people of a centre their rights on a new page of it; nothing happens where no team was set up."""
    if CentreTeam.objects.filter(centre_key=page.translation_key).exists():
        set_up_centre(page)


def _new_team(centre: CentrePage, name: str) -> CentreTeam:
    own = [_free_group(make(name)) for make in (rules.editors_of, rules.leads_of)]
    return CentreTeam.objects.create(
        centre_key=centre.translation_key,
        editors=own[0],
        leads=own[1],
        collection=groups.collection(name, parent=groups.collection(groups.CENTRES_FILES)),
        workflow=Workflow.objects.create(name=name),
    )


def _free_group(name: str) -> Group:
    """Return the group called ``name``, unless it is another centre's."""
    group = Group.objects.get_or_create(name=name)[0]
    if CentreTeam.objects.filter(editors=group).exists() or CentreTeam.objects.filter(leads=group).exists():
        raise _taken(name)
    return group


def _rename(team: CentreTeam, name: str) -> None:
    """Carry a new short name of the centre into the names of what was set up for it."""
    for group, label in ((team.editors, rules.editors_of(name)), (team.leads, rules.leads_of(name))):
        if group.name != label:
            if Group.objects.filter(name=label).exists():
                raise _taken(label)
            group.name = label
            group.save()
    for named in (team.collection, team.workflow):
        if named.name != name:
            named.name = name
            named.save()


def _taken(name: str) -> ValidationError:
    return ValidationError(
        _("The group “%(name)s” belongs to another centre. Give this centre another short name."),
        code="name_taken",
        params={"name": name},
    )


def _fill_workflow(team: CentreTeam, secretaries: Group) -> None:
    """Have texts go to the lead, and changed claims to the secretary of the commission after that."""
    approval = GroupApprovalTask.objects.filter(workflow_tasks__workflow=team.workflow).first()
    if approval is None:
        approval = GroupApprovalTask.objects.create(name=team.leads.name)
        WorkflowTask.objects.create(workflow=team.workflow, task=approval, sort_order=0)
    elif approval.name != team.leads.name:
        approval.name = team.leads.name
        approval.save()
    approval.groups.set([team.leads])
    claims = ClaimsTask.objects.order_by("pk").first() or ClaimsTask.objects.create(name=rules.CLAIMS_STEP)
    claims.groups.set([secretaries])
    WorkflowTask.objects.get_or_create(workflow=team.workflow, task=claims, defaults={"sort_order": 1})
