"""Operations of editors, drawn at random from a seed: each is named and does one thing, in one commit."""

from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, RestrictedError
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    Site,
)

from centres.models import (
    Appointment,
    AwardEdition,
    Book,
    Edition,
    EventEdition,
    Organisation,
    Person,
    ProgrammePage,
    Topic,
    Venue,
)
from centres.models.edition import EditionAvailability
from cms.models import Document, SharedText, SiteLabels, SiteSettings
from cms.running.clock import Clock
from tests import factories as make
from tests.operations.editor import SECRET, Editor

type Operation = Callable[[Editor], Any]
OPERATIONS: list[Operation] = []
# What a form answers to an editor: nothing has changed then.
REFUSALS = (ValidationError, ProtectedError, RestrictedError, IntegrityError)


def operation(function: Operation) -> Operation:
    OPERATIONS.append(function)
    return function


def operations(editor: Editor, count: int) -> Iterator[tuple[str, Callable[[], bool]]]:
    """Yield the name of each operation and what performs it, which returns whether it was not refused."""
    for _ in range(count):
        chosen = editor.random.choice(OPERATIONS)
        yield chosen.__name__, lambda chosen=chosen: _perform(chosen, editor)


def _perform(chosen: Operation, editor: Editor) -> bool:
    try:
        with transaction.atomic():
            chosen(editor)
    except REFUSALS:
        return False
    return True


# ---------------------------------------------------------------- pages
@operation
def publish_a_page(editor: Editor) -> None:
    page = editor.page().get_latest_revision_as_object()
    page.save_revision().publish()


@operation
def rename_a_page(editor: Editor) -> None:
    page = editor.page().get_latest_revision_as_object()
    page.title = editor.word()
    page.save_revision().publish()


@operation
def save_a_draft(editor: Editor) -> None:
    page = editor.page().get_latest_revision_as_object()
    page.title = editor.word()
    page.save_revision()


@operation
def change_a_fact(editor: Editor) -> None:
    page = editor.any(ProgrammePage.objects.filter(alias_of=None)).get_latest_revision_as_object()
    page.since_year = editor.random.randint(1950, 2020)
    page.save_revision().publish()


@operation
def change_a_slug(editor: Editor) -> None:
    page = editor.page().get_latest_revision_as_object()
    page.slug = f"{page.slug.split('--')[0]}--{next(editor.numbers)}"
    page.save_revision().publish()


@operation
def save_a_page_in_code(editor: Editor) -> None:
    page = editor.page()
    page.summary = f"{make.SUMMARY} {next(editor.numbers)}"
    page.save()


@operation
def schedule_a_page(editor: Editor) -> None:
    page = editor.page().get_latest_revision_as_object()
    page.title, page.go_live_at = editor.word(), editor.later()
    page.save_revision().publish()


@operation
def let_a_page_expire(editor: Editor) -> None:
    page = editor.page().get_latest_revision_as_object()
    page.go_live_at, page.expire_at = None, editor.later()
    page.save_revision().publish()


@operation
def unpublish_a_page(editor: Editor) -> None:
    editor.page(live=True).unpublish()


@operation
def unpublish_in_the_admin(editor: Editor) -> None:
    page = editor.page(live=True)
    editor.post("wagtailadmin_pages:unpublish", page.pk, include_descendants=editor.random.choice(("", "on")))


@operation
def publish_many_in_the_admin(editor: Editor) -> None:
    ids = "&".join(f"id={editor.page().pk}" for _ in range(2))
    editor.post("wagtail_bulk_action", "wagtailcore", "page", "publish", query=f"?{ids}")


@operation
def move_a_page(editor: Editor) -> None:
    page = editor.page()
    parent = editor.any(Page.objects.filter(depth__gte=2).exclude(path__startswith=page.path)).specific
    if not page.can_move_to(parent):
        raise ValidationError("not there")
    page.move(parent, pos="last-child")


@operation
def copy_a_page(editor: Editor) -> None:
    page = editor.page()
    page.copy(
        recursive=editor.random.choice((True, False)),
        update_attrs={"slug": f"kopija-{next(editor.numbers)}", "title": editor.word()},
        keep_live=editor.random.choice((True, False)),
    )


@operation
def make_an_alias(editor: Editor) -> None:
    page = editor.page()
    page.create_alias(parent=page.get_parent(), update_slug=f"vzdevek-{next(editor.numbers)}")


@operation
def make_an_alias_a_page(editor: Editor) -> None:
    from wagtail.actions.convert_alias import ConvertAliasPageAction

    alias = editor.any(Page.objects.filter(alias_of__isnull=False)).specific
    ConvertAliasPageAction(alias).execute(skip_permission_checks=True)


@operation
def translate_a_page(editor: Editor) -> None:
    page = editor.page(locale__language_code="sl")
    english = Locale.objects.get(language_code="en")
    if page.has_translation(english):
        raise ValidationError("is translated")
    copy = page.copy_for_translation(english, copy_parents=True)
    if editor.random.random() < 0.5:
        copy.save_revision().publish()


@operation
def delete_a_page(editor: Editor) -> None:
    # Seldom: what is deleted cannot be worked on.
    page = editor.page(numchild=0)
    if Edition.objects.filter(programme_key=page.translation_key).exists() or editor.random.random() < 0.5:
        raise ValidationError("is needed")
    page.delete()


@operation
def restrict_a_page(editor: Editor) -> None:
    kind = editor.random.choice(("login", "password", "groups"))
    page = editor.page()
    restriction = PageViewRestriction.objects.filter(page=page).first() or PageViewRestriction(page=page)
    restriction.restriction_type, restriction.password = kind, "geslo" if kind == "password" else ""
    restriction.save()


@operation
def restrict_in_the_admin(editor: Editor) -> None:
    page = editor.page()
    editor.post(
        "wagtailadmin_pages:set_privacy", page.pk, restriction_type=editor.random.choice(("login", "none"))
    )


@operation
def lift_a_restriction(editor: Editor) -> None:
    editor.any(PageViewRestriction.objects.exclude(page__title__contains=SECRET)).delete()


# ---------------------------------------------------------------- rows
@operation
def publish_an_edition(editor: Editor) -> None:
    edition = editor.any(EventEdition.objects.all()).get_latest_revision_as_object()
    edition.label = {"sl": editor.word()}
    edition.save_revision().publish()


@operation
def publish_an_edition_unchanged(editor: Editor) -> None:
    edition = editor.any(EventEdition.objects.all()).get_latest_revision_as_object()
    edition.save_revision().publish()


@operation
def schedule_an_edition(editor: Editor) -> None:
    edition = editor.any(EventEdition.objects.all()).get_latest_revision_as_object()
    if editor.random.random() < 0.5:
        edition.go_live_at = editor.later()
    else:
        edition.expire_at = editor.later()
    edition.save_revision().publish()


@operation
def unpublish_an_edition(editor: Editor) -> None:
    editor.any(EventEdition.objects.filter(live=True)).unpublish()


@operation
def count_seats(editor: Editor) -> None:
    edition = editor.any(EventEdition.objects.all())
    taken = editor.random.randint(0, 9)
    EditionAvailability.objects.update_or_create(edition=edition, defaults={"seats_taken": taken})


@operation
def publish_an_award(editor: Editor) -> None:
    edition = editor.any(AwardEdition.objects.all()).get_latest_revision_as_object()
    if editor.random.random() < 0.5 and edition.live:
        edition.unpublish()
    else:
        edition.save_revision().publish()


@operation
def publish_an_act(editor: Editor) -> None:
    act = editor.any(Appointment.objects.all())
    if act.live and editor.random.random() < 0.5:
        act.unpublish()
    else:
        act.save_revision().publish()


@operation
def change_a_shared_text(editor: Editor) -> None:
    text = editor.any(SharedText.objects.all()).get_latest_revision_as_object()
    text.text = f"<p><b>{editor.word()}</b></p>"
    text.save_revision().publish()


@operation
def unpublish_a_shared_text(editor: Editor) -> None:
    editor.any(SharedText.objects.filter(live=True)).unpublish()


@operation
def change_a_book(editor: Editor) -> None:
    book = editor.any(Book.objects.all()).get_latest_revision_as_object()
    book.title = editor.word()
    book.save_revision().publish()


@operation
def change_an_organisation(editor: Editor) -> None:
    organisation = editor.any(Organisation.objects.all())
    organisation.name = {"sl": editor.word(), "en": editor.word()}
    organisation.save()


@operation
def save_without_a_change(editor: Editor) -> None:
    editor.any(editor.random.choice((Organisation, Topic, Venue)).objects.all()).save()


@operation
def change_a_consent(editor: Editor) -> None:
    person = editor.any(Person.objects.all())
    person.publication_consent = not person.publication_consent
    person.save()


@operation
def make_and_delete_a_venue(editor: Editor) -> None:
    if editor.random.random() < 0.5:
        Venue.objects.create(name={"sl": editor.word()}, address="Kersnikova 2, 1000 Ljubljana")
    else:
        editor.any(Venue.objects.all()).delete()


# ---------------------------------------------------------------- files
@operation
def move_a_document(editor: Editor) -> None:
    document = editor.any(Document.objects.all())
    document.collection = editor.any(Collection.objects.all())
    document.save()


@operation
def move_documents_in_the_admin(editor: Editor) -> None:
    ids = "&".join(f"id={pk}" for pk in Document.objects.values_list("pk", flat=True))
    collection = editor.any(Collection.objects.all())
    editor.post(
        "wagtail_bulk_action",
        "cms",
        "document",
        "add_to_collection",
        query=f"?{ids}",
        collection=collection.pk,
    )


@operation
def make_a_collection(editor: Editor) -> None:
    editor.any(Collection.objects.all()).add_child(name=editor.word())


@operation
def move_a_collection(editor: Editor) -> None:
    moved = editor.any(Collection.objects.filter(depth__gt=1))
    parent = editor.any(Collection.objects.exclude(path__startswith=moved.path))
    editor.post("wagtailadmin_collections:edit", moved.pk, name=moved.name, parent=parent.pk)


@operation
def restrict_a_collection(editor: Editor) -> None:
    collection = editor.any(Collection.objects.filter(depth__gt=1))
    CollectionViewRestriction.objects.get_or_create(
        collection=collection, defaults={"restriction_type": "login"}
    )


@operation
def open_a_collection(editor: Editor) -> None:
    editor.any(CollectionViewRestriction.objects.all()).delete()


# ---------------------------------------------------------------- settings and time
@operation
def change_labels(editor: Editor) -> None:
    labels = editor.any(SiteLabels.objects.all())
    labels.free = {"sl": editor.word(), "en": editor.word()}
    labels.save()


@operation
def change_settings(editor: Editor) -> None:
    settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    settings.name = {"sl": editor.word(), "en": editor.word()}
    settings.save()


@operation
def make_a_redirect(editor: Editor) -> None:
    Redirect.objects.create(old_path=f"/staro-{next(editor.numbers)}", redirect_page=editor.page())


@operation
def save_a_locale(editor: Editor) -> None:
    editor.any(Locale.objects.all()).save()


@operation
def turn_the_clock(editor: Editor) -> None:
    editor.wait(editor.random.choice((1, 6, 40)))
    Clock().publish()


@operation
def publish_what_is_scheduled(editor: Editor) -> None:
    call_command("publish_scheduled", verbosity=0)
