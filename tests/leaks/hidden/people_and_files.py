"""Users, people without consent, and files of closed collections."""

from django.contrib.auth.models import Group, User
from wagtail.models import Collection, CollectionViewRestriction, Page

from cms.models import Document, Image, SiteLabels, SiteSettings
from cms.models.site import CodeLabel
from tests import factories as make
from tests.cms.pictures import PDF, file, jpeg
from tests.leaks.hidden.world import World


def add_users(world: World) -> None:
    editor = User.objects.create_superuser(
        world.word("never", "user name"),
        email=f"{world.word('never', 'address of a user')}@example.si",
        first_name=world.word("never", "first name of a user"),
        last_name=world.word("never", "last name of a user"),
        password="geslo-urednice",
    )
    members, others = Group.objects.create(name="Člani"), Group.objects.create(name="Drugi")
    for name, group in (("member", members), ("other", others)):
        world.users[name] = User.objects.create_user(name, password="geslo-bralca")
        world.users[name].groups.add(group)
    world.users["editor"] = editor
    person = make.person(
        world.word("consent", "name without consent"),
        title={"sl": world.word("consent", "title without consent")},
        user=editor,
    )
    named = make.person(
        "Bine Novak",
        title={"sl": "bibliotekar"},
        email="bine@example.si",
        email_consent=True,
        same_as="https://viaf.org/viaf/1",
    )
    world.people = [person, named]


def withdraw_consent(world: World) -> None:
    """Take back a consent that was given when the person was chosen."""
    person = world.people[0]
    person.publication_consent = False
    person.save()


def add_collections() -> dict[str, Collection]:
    root = Collection.get_first_root_node()
    closed = root.add_child(name="Zaprta zbirka")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    below = Collection.objects.get(pk=closed.pk).add_child(name="Pod zaprto zbirko")
    return {"open": root, "closed": closed, "below": below}


def add_files(world: World, collections: dict[str, Collection]) -> None:
    images, documents = {}, {}
    for name, collection in collections.items():
        word = world.secret(f"image of a {name} collection") if name != "open" else "odprta"
        images[name] = Image.objects.create(
            title=f"Slika {word}",
            file=jpeg(f"{word}.jpg", size=(64, 48)),
            alt_text={"sl": f"Opis {word}", "en": f"Alt {word}"},
            credit=f"Foto {word}",
            collection=collection,
            focal_point_x=10,
            focal_point_y=10,
            focal_point_width=4,
            focal_point_height=4,
            uploaded_by_user=world.users["editor"],
        )
        word = world.secret(f"document of a {name} collection") if name != "open" else "odprt"
        documents[name] = Document.objects.create(
            title=f"Dokument {word}",
            file=file(PDF, f"{word}.pdf"),
            collection=collection,
            uploaded_by_user=world.users["editor"],
        )
    world.images, world.documents = images, documents


def add_organisation(world: World) -> None:
    organisation = make.organisation(
        "mkl", name={"sl": "Mestna knjižnica", "en": "City library"}, acronym="MKL", city="Ljubljana",
        url="https://mkl.example.si",
        isil="SI-50001", same_as="https://www.wikidata.org/wiki/Q1",
    )  # fmt: skip
    network = make.coded(
        make.Network,
        "public-libraries",
        name={"sl": "Splošne knjižnice"},
        description={"sl": "Vse knjižnice."},
    )
    labels = SiteLabels.for_site(Page.objects.filter(depth=2).first().get_site())
    for name in ("skip_to_content", "skip_to_menu", "free"):
        setattr(labels, name, {"sl": "Beseda", "en": "Word"})
    labels.status_labels = [CodeLabel(code="OPEN", label={"sl": "odprto"})]
    labels.save()
    said = SiteSettings.for_site(labels.site)
    said.publisher, said.contact_email = {"sl": "Izdajatelj", "en": "Publisher"}, "pisite@example.si"
    said.accessibility_statement = make.home()
    said.save()
    world.organisation, world.network = organisation, network
    world.partner = make.organisation("partner", url="https://p.example.si")
