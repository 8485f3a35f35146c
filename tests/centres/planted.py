"""A site with a word planted in each kind of row of one centre, and who may read which of them.

Each kind has a word of its own that begins with `SEARCHED`; no other text of the site has it.
"""

from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log
from wagtail.models import Comment, CommentReply, UploadedFile

from centres.models import EventEdition
from centres.rights.set_up import set_up_centre
from cms.models import Document, Image
from cms.search.models import QueryCount
from tests import factories
from tests.centres.test_rights import (
    CHIEF,
    EDITOR,
    LEAD,
    MEMBER,
    SECRETARY,
    TRANSLATOR,
    Content,
    build,
    user,
)
from tests.cms.pictures import file, jpeg

SEARCHED = "skritox"
FORMER, OTHER_LEAD = "somebody who left the centre", "lead of another centre"
# Whoever leads another centre may do all that its editors may.
STRANGERS = (OTHER_LEAD, FORMER, SECRETARY, MEMBER, TRANSLATOR, CHIEF)

# Who may read what, besides the people of the centre and administrators.
MAY_READ = {
    "page": {CHIEF},
    "change": {CHIEF},
    "workflow": {CHIEF},
    "taskcomment": {CHIEF},
    "comment": {CHIEF},
    "reply": {CHIEF},
    "locked": {CHIEF},
    "edition": {CHIEF},
    "editionchange": {CHIEF},
    "editionworkflow": {CHIEF},
    "goneedition": set(),
    "gonepage": set(),
    "scheduled": {CHIEF},
    "image": {CHIEF, TRANSLATOR},
    "document": {CHIEF, TRANSLATOR},
    "tag": {CHIEF, TRANSLATOR},
    "upload": set(),
    "team": {CHIEF},
    "collection": {CHIEF, TRANSLATOR},
    "review": {SECRETARY, MEMBER},
    "appointment": {SECRETARY, MEMBER},
    "redirect": {CHIEF},
    "query": {CHIEF},
}


def word(kind: str) -> str:
    """Return the word of one kind of row."""
    assert kind in MAY_READ
    return f"{SEARCHED}{kind}z"


def words() -> dict[str, str]:
    return {kind: word(kind) for kind in MAY_READ}


def plant() -> tuple[Content, dict[str, list[Any]]]:
    """Return the site, and the rows with a word by the name of their model."""
    site = build()
    site.users[OTHER_LEAD] = user(OTHER_LEAD, "Domoznanstvo – objava")
    author = user(FORMER, "Pionirska – objava")
    site.users["admin"] = get_user_model().objects.create_superuser("admin", "admin@example.si")
    rows: dict[str, list[Any]] = {}

    def keep(row: Any) -> Any:
        rows.setdefault(row._meta.model_name, []).append(row)
        return row

    _pages(site, author, keep)
    _editions(site, author, keep)
    _files(site, author, keep)
    _records(site, author, keep)
    # What strangers have of their own: forms and lists that could name rows of others.
    for name in ("programme", "event", "image", "document"):
        keep(site.foreign[name])
    # They did all of this, and work for another centre by now.
    author.groups.set(Group.objects.filter(name="Domoznanstvo – objava"))
    site.users[FORMER] = get_user_model().objects.get(pk=author.pk)
    return site, rows


def _draft(parent: Any, kind: str, author: Any) -> Any:
    page = factories.programme(parent, word(kind))
    page.unpublish(user=author)
    page.owner = author
    page.save()
    page.save_revision(user=author, log_action=True)
    return page


def _pages(site: Content, author: Any, keep: Any) -> None:
    centre, live = site.own["centre"], site.own["programme"]
    page = keep(_draft(centre, "page", author))
    page.save_revision(user=author, log_action=True)

    live.title = word("change")
    live.save_revision(user=author, log_action=True)
    site.own["programme"] = type(live).objects.get(pk=live.pk)
    keep(site.own["programme"])

    submitted = keep(_draft(centre, "workflow", author))
    started = submitted.get_workflow().start(submitted, author)
    keep(started)
    step = started.current_task_state
    step.reject(user=site.users[LEAD], comment=word("taskcomment"))
    started.refresh_from_db()
    started.resume(user=author)
    for state in started.task_states.all():
        keep(state)
        keep(state.task)

    note = keep(
        Comment.objects.create(page=page, user=author, text=word("comment"), contentpath="title", position="")
    )
    CommentReply.objects.create(comment=note, user=author, text=word("reply"))

    locked = _draft(centre, "locked", author)
    locked.locked, locked.locked_by, locked.locked_at = True, author, timezone.now()
    locked.save()

    planned = _draft(centre, "scheduled", author)
    planned.go_live_at = timezone.now() + timedelta(days=30)
    planned.save_revision(user=author, approved_go_live_at=planned.go_live_at)

    _draft(centre, "gonepage", author).delete(user=site.users["admin"])

    hidden = factories.centre(word("team"), host=factories.organisation("pionirska"))
    team = set_up_centre(hidden)
    team.collection.name = word("collection")
    team.collection.save()
    hidden.unpublish()
    keep(hidden)
    for part in (team.editors, team.collection, team.workflow):
        keep(part)

    keep(Redirect.objects.create(old_path=f"/{word('redirect')}", redirect_page=page))
    keep(
        EditingSession.objects.create(
            user=author, content_type=_kind(page), object_id=page.pk, last_seen_at=timezone.now()
        )
    )


def _kind(row: Any) -> ContentType:
    return ContentType.objects.get_for_model(row)


def _editions(site: Content, author: Any, keep: Any) -> None:
    programme = site.own["programme"]

    def edition(kind: str) -> EventEdition:
        made = factories.event(programme, factories.moment(2027, 5, 1, 10), label={"sl": word(kind)})
        made.live = False
        made.save()
        made.save_revision(user=author, log_action=True)
        return made

    keep(edition("edition"))
    submitted = keep(edition("editionworkflow"))
    if workflow := submitted.get_workflow():
        keep(workflow.start(submitted, author))
    changed = keep(site.own["event"])
    changed.label = {"sl": word("editionchange")}
    changed.save_revision(user=author, log_action=True)
    gone = edition("goneedition")
    log(gone, "wagtail.delete", user=author, deleted=True)
    gone.delete()


def _files(site: Content, author: Any, keep: Any) -> None:
    place = site.own["image"].collection
    image = Image(title=word("image"), file=jpeg(), alt_text={"sl": word("image")}, collection=place)
    document = Document(
        title=word("document"), file=file("besedilo", f"{word('document')}.txt"), collection=place
    )
    for row in (image, document):
        row.uploaded_by_user = author
        row.save()
        row.tags.add(word("tag"))
        keep(row)
    for model in (Image, Document):
        keep(
            UploadedFile.objects.create(
                for_content_type=_kind(model),
                file=jpeg(f"{word('upload')}.jpg"),
                uploaded_by_user=site.users[EDITOR],
            )
        )
    type(site.own["programme"]).objects.filter(pk=site.own["programme"].pk).update(lead_image=image)


def _records(site: Content, author: Any, keep: Any) -> None:
    review, term = site.records["review"], site.records["appointment"]
    review.internal_note = review.self_report = word("review")
    review.save()
    term.title_awarded = {"sl": word("appointment")}
    term.save()
    keep(review)
    keep(term)
    keep(site.records["cycle"])
    keep(
        QueryCount.objects.create(day=timezone.localdate(), locale="sl", text=word("query"), times=3, hits=0)
    )
