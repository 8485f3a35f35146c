"""A small site with one of everything that operations work on."""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Collection

from centres.models import AwardResult, Partner
from centres.models.centre_rows import ResultItem
from cms.models import Document, SharedText, SiteLabels, SiteSettings
from home.models import InfoPage
from tests import factories as make
from tests.cms.pictures import PDF, file


def build() -> None:
    """Write the site into the database."""
    home = make.home()
    collection = Collection.get_first_root_node().add_child(name="Gradivo")
    document = Document.objects.create(
        title="Poročilo", file=file(PDF, "porocilo.pdf"), collection=collection
    )
    text = SharedText.objects.create(name="Skupno", text="<p>Skupno besedilo</p>", locale=home.locale)
    partner = make.organisation("partner")
    for name in ("Pionirska", "Domoznanstvo"):
        centre = make.centre(
            name,
            results=[ResultItem(kind="RESEARCH", title="Poročilo", document=document)],
            partners=[Partner(organisation=partner, relation="COOPERATES")],
        )
        make.translated(centre, title=f"{name} EN", slug=f"{centre.slug}-en")
        programme = make.programme(centre, f"Program {name}")
        make.translated(programme, title=f"Programme {name}", slug=f"{programme.slug}-en")
        make.event(programme, timezone.now() + timedelta(days=20))
        make.appointment(centre)
    award = make.programme(centre, "Priznanje", kind="AWARD")
    book = make.book()
    make.award(award, results=[AwardResult(category=make.category(), outcome="AWARDED", books=[book])])
    make.person()
    make.venue()
    make.external_edition()
    page = make.below(home, InfoPage(title="O nas", summary=make.SUMMARY))
    links = f'<p><a linktype="page" id="{centre.pk}">center</a></p>'
    body = [
        {"type": "paragraph", "id": "00000000-0000-4000-8000-000000000001", "value": {"text": links}},
        {"type": "shared_text", "id": "00000000-0000-4000-8000-000000000002", "value": {"text": text.pk}},
    ]
    other = make.below(home, InfoPage(title="Povezave", summary=make.SUMMARY, body=body))
    make.below(page, InfoPage(title="Pod nami", summary=make.SUMMARY))
    other.create_alias(parent=page, update_slug="povezave-drugje")
    SiteLabels.objects.get_or_create(site_id=home.get_site().pk)
    SiteSettings.objects.get_or_create(site_id=home.get_site().pk)
