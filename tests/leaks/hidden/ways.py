"""Every way from an open page to something hidden."""

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Comment, Page, PageViewRestriction

from centres.models import (
    CentrePage,
)
from home.models import FeaturedCentre, FeaturedProgramme
from tests import factories as make
from tests.leaks.hidden.world import DOORS, World, link, stream


def lead_to_hidden(world: World) -> None:
    hidden = [page for name, page in world.pages.items() if name.split("-")[0] in DOORS]
    programmes = [page for page in hidden if isinstance(page, make.ProgrammePage)]
    centres = [page for page in hidden if isinstance(page, CentrePage)]
    texts = "".join(link("page", page.pk) for page in hidden)
    texts += "".join(link("document", one.pk) for one in world.documents.values())
    for text in world.texts.values():
        type(text).objects.filter(pk=text.pk).update(
            text=f"{text.text if text.pk != world.texts['open'].pk else '<p>Odprto</p>'}{texts}"
        )
    body = stream(
        ("heading", {"text": "Naslov", "level": "2"}),
        ("paragraph", {"text": f"<p>Odprto</p>{texts}"}),
        ("quote", {"quote": "Beri", "attribution": "Kdo"}),
        ("accordion", {"items": [{"type": "item", "id": "a", "value": {"heading": "Kdo?", "text": texts}}]}),
        *(("call_to_action", {"label": "Več", "page": page.pk, "href": ""}) for page in hidden),
        ("call_to_action", {"label": "Več", "page": world.pages["info"].pk, "href": ""}),
        *(("shared_text", {"text": text.pk}) for text in world.texts.values()),
        *(("figure", {"image": image.pk, "caption": "Slika", "decorative": False, "alt_text": "", "credit": ""})
          for image in world.images.values()),
        *(("document", {"document": one.pk, "description": "Datoteka"}) for one in world.documents.values()),
        ("video", {"url": "https://video.arnes.si/x", "title": "Posnetek", "transcript": texts}),
        ("table", {"columns": [{"type": "text", "heading": "Leto"}], "rows": [{"values": ["2024"]}], "caption": "T"}),
        ("statistics", {"items": [{"value": "58", "label": "knjižnic"}]}),
        ("timeline", {"items": [{"date": {"date": "2021-12-01", "precision": "MONTH"}, "text": "Začetek"}]}),
        ("programmes", {"heading": "Izbrani", "programmes": [page.pk for page in programmes], "centre": None,
                        "kind": "", "topic": None, "limit": 24}),
        ("programmes", {"heading": "Po pravilu", "programmes": [], "centre": None, "kind": "TRAINING",
                        "topic": None, "limit": 24}),
        *(("programmes", {"heading": "Po centru", "programmes": [], "centre": centre.pk, "kind": "",
                          "topic": None, "limit": 24}) for centre in centres),
    )  # fmt: skip
    for name in ("home", "info", "centre", "programme", "commission"):
        page = type(world.pages[name]).objects.get(pk=world.pages[name].pk)
        page.body = body
        if hasattr(page, "lead_image"):
            page.lead_image = world.images["below"]
        if name == "centre":
            page.intro = world.texts["draft"]
            page.easy_read_summary = texts
        if name == "home":
            page.featured_centre_rows = [
                FeaturedCentre(page=one) for one in (world.pages["centre"], *centres)
            ]
            page.featured_programme_rows = [
                FeaturedProgramme(page=one) for one in (world.pages["programme"], *programmes)
            ]
        world.pages[name] = make.publish(page)
    index = make.centre_index()
    index.body = body
    make.publish(index)
    twin = CentrePage.objects.get(pk=world.pages["login-centre-twin"].pk)
    twin.intro, twin.lead_image = world.texts["open"], world.images["open"]
    make.publish(twin)
    _aliases(world, hidden)
    for number, page in enumerate(hidden):
        Redirect.objects.create(old_path=f"/staro-{number}", redirect_page=page, is_permanent=True)
        world.queries.append(f"/staro-{number}/")
    Redirect.objects.create(old_path="/drugam", redirect_page=world.pages["info"], is_permanent=True)
    world.queries.append("/drugam/")
    for pk, word in world.pending.items():
        page = Page.objects.get(pk=pk).specific
        page.title, page.summary, page.seo_title = f"Osnutek {word}", f"{word} {make.SUMMARY}", word
        page.save_revision(user=world.users["editor"])
        Comment.objects.create(
            page=page, user=world.users["editor"], text=world.word("never", "comment"), contentpath="title"
        )


def _aliases(world: World, hidden: list[Page]) -> None:
    closed = PageViewRestriction.objects.filter(page=world.pages["login-info"]).get().page
    alias = world.pages["info"].create_alias(parent=closed.specific, update_slug="vzdevek")
    Page.objects.filter(pk=alias.pk).update(title=f"Vzdevek {world.secret('alias below a closed page')}")
