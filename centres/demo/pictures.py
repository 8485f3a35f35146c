"""The pictures and documents of the demo, with the words for people who cannot see them."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from centres.demo.drawing import scenes_network, scenes_places, scenes_youth
from centres.demo.drawing.canvas import WIDTH, Canvas, Point
from centres.demo.shapes import Words, words


@dataclass(frozen=True, slots=True)
class PictureContent:
    """A picture that ``draw`` makes; ``focus`` is the point of the drawing that every crop must show."""

    draw: Callable[[], Canvas]
    title: str
    alt_text: Words
    focus: Point
    centre: str | None = None
    width: int = 1280

    def png(self) -> bytes:
        """Return the drawn picture as a PNG file."""
        output = BytesIO()
        self.draw().finished(self.width).save(output, "PNG", compress_level=1)
        return output.getvalue()

    def focal_area(self) -> dict[str, int]:
        """Return the columns of an image that say where its focal point is."""
        scale = self.width / WIDTH
        x, y = (round(value * scale) for value in self.focus)
        area = {"width": round(480 * scale), "height": round(420 * scale)}
        return {f"focal_point_{name}": value for name, value in ({"x": x, "y": y} | area).items()}


PICTURES: dict[str, PictureContent] = {
    "home": PictureContent(
        scenes_network.home,
        "Vas pod knjižnimi strehami",
        words(
            "Štiri hiše s strehami iz odprtih knjig stojijo ob isti poti, nad hribi letijo knjige.",
            "Four houses roofed with open books stand along one road; books fly over the hills.",
        ),
        (700, 560),
        width=WIDTH,
    ),
    "training-centre": PictureContent(
        scenes_network.training_centre,
        "Svetilka nad knjigo",
        words(
            "Namizna svetilka osvetljuje odprto knjigo, ob njej sta oblačka z vprašajem in kljukico.",
            "A desk lamp lights an open book; beside it are bubbles with a question mark and a tick.",
        ),
        (740, 560),
        "ucni-center",
        width=WIDTH,
    ),
    "training-steps": PictureContent(
        scenes_network.training_steps,
        "Stopnice iz knjig",
        words(
            "Skladovnice knjig rastejo kot stopnice do zastavice z zvezdo na vrhu.",
            "Stacks of books rise like stairs to a flag with a star at the top.",
        ),
        (1000, 500),
        "ucni-center",
    ),
    "stage": PictureContent(
        scenes_network.stage,
        "Oder z mikrofonom",
        words(
            "Mikrofon na osvetljenem odru med rdečima zavesama, nad njim pisane zastavice.",
            "A microphone on a lit stage between red curtains, with bunting above.",
        ),
        (800, 420),
        "ucni-center",
    ),
    "accessible-web": PictureContent(
        scenes_network.accessible_web,
        "Dostopna spletna stran",
        words(
            "Spletna stran z jasno označenim gumbom in sliko, ki ima opis v oblačku; pod njo je tipkovnica.",
            "A web page with a clearly marked button and a picture described in a bubble; a keyboard below.",
        ),
        (790, 430),
        "ucni-center",
    ),
    "two-voices": PictureContent(
        scenes_network.two_voices,
        "Dva glasova ob pultu",
        words(
            "Nad izposojevalnim pultom sta oblačka: v rdečem je nazobčana črta, v zelenem umirjen val.",
            "Two bubbles over a lending desk: a jagged line in the red one, a calm wave in the green one.",
        ),
        (800, 330),
        "ucni-center",
    ),
    "neural-shelf": PictureContent(
        scenes_network.neural_shelf,
        "Police in mreža luči",
        words(
            "Dve polici s pisanimi knjigami, ki jih povezuje mreža svetlih točk.",
            "Two shelves of colourful books connected by a net of lights.",
        ),
        (800, 460),
        "ucni-center",
    ),
    "pionirska": PictureContent(
        scenes_youth.pionirska,
        "Drevo s hruškami in knjigami",
        words(
            "Drevo, polno zlatih hrušk, ob njem odprta knjiga; po zraku letijo knjige.",
            "A tree full of golden pears with an open book beside it; books fly through the air.",
        ),
        (810, 380),
        "pionirska",
        width=WIDTH,
    ),
    "golden-pear": PictureContent(
        scenes_youth.golden_pear,
        "Zlata hruška",
        words(
            "Velika zlata hruška v soju žarkov raste iz odprte knjige.",
            "A large golden pear in rays of light grows out of an open book.",
        ),
        (800, 400),
        "pionirska",
        width=WIDTH,
    ),
    "award-night": PictureContent(
        scenes_youth.award_night,
        "Štirje podstavki",
        words(
            "Na treh od štirih podstavkov pod žarometi stojijo zlate hruške, četrti je ostal prazen.",
            "Golden pears stand on three of four pedestals under spotlights; the fourth is empty.",
        ),
        (800, 470),
        "pionirska",
    ),
    "wednesday": PictureContent(
        scenes_youth.wednesday,
        "Koledar z označenimi sredami",
        words(
            "Koledar, na katerem je z zvezdicami označena sreda, ob njem skodelica kave in knjigi.",
            "A calendar with Wednesdays marked by stars, beside it a cup of coffee and two books.",
        ),
        (680, 400),
        "pionirska",
    ),
    "hearts-vote": PictureContent(
        scenes_youth.hearts_vote,
        "Glasovnica s srcem",
        words(
            "Knjiga s srcem na platnici pada v glasovalno skrinjico, okrog nje plavajo srca.",
            "A book with a heart on its cover falls into a ballot box; hearts float around it.",
        ),
        (790, 460),
        "pionirska",
    ),
    "quiz": PictureContent(
        scenes_youth.quiz,
        "Povečevalno steklo pred muzejem",
        words(
            "Povečevalno steklo z vprašajem pred muzejem s stebri, nad njim koščki sestavljanke.",
            "A magnifying glass with a question mark before a museum with columns; puzzle pieces above.",
        ),
        (900, 430),
        "pionirska",
    ),
    "growing": PictureContent(
        scenes_youth.growing,
        "Od poganjka do drevesa",
        words(
            "Iz treh odprtih knjig rastejo poganjek, rastlina in drevo s srci v krošnji.",
            "A seedling, a plant and a tree with hearts in its crown grow out of three open books.",
        ),
        (800, 520),
        "pionirska",
    ),
    "reading-aloud": PictureContent(
        scenes_youth.reading_aloud,
        "Črke nad knjigo",
        words(
            "Iz odprte knjige se v mavričnih valovih dvigajo črke, med njimi Č, Š in Ž.",
            "Letters, among them Č, Š and Ž, rise from an open book on rainbow waves.",
        ),
        (800, 500),
        "pionirska",
    ),
    "manual": PictureContent(
        scenes_youth.manual,
        "Pet stopenj nad knjigo",
        words(
            "Nad odprto knjigo raste pet stolpcev, na najvišjem stoji zlata hruška.",
            "Five bars rise above an open book; a golden pear stands on the tallest.",
        ),
        (800, 480),
        "pionirska",
    ),
    "local-studies": PictureContent(
        scenes_places.local_studies,
        "Mesto pod gradom ob reki",
        words(
            "Mesto pod gradom ob reki, pred njim vinograd in oznaka z zemljevida.",
            "A town below a castle by a river, with a vineyard and a map pin in front.",
        ),
        (900, 500),
        "domoznanstvo",
        width=WIDTH,
    ),
    "local-map": PictureContent(
        scenes_places.local_map,
        "Zemljevid s plastnicami",
        words(
            "Zložen zemljevid s plastnicami, reko, potjo, tremi oznakami in kompasom.",
            "A folded map with contour lines, a river, a path, three pins and a compass.",
        ),
        (800, 450),
        "domoznanstvo",
    ),
    "scanner": PictureContent(
        scenes_places.scanner,
        "Razglednica postane digitalna",
        words(
            "Stara razglednica se pod svetlobnim žarkom spreminja v pisane pike.",
            "An old postcard turns into coloured pixels under a beam of light.",
        ),
        (960, 450),
        "domoznanstvo",
    ),
    "easy-reading": PictureContent(
        scenes_places.easy_reading,
        "Tri kartice z liki",
        words(
            "Tri velike kartice: krog z eno vrstico, kvadrat z dvema in trikotnik s tremi.",
            "Three large cards: a circle with one line, a square with two and a triangle with three.",
        ),
        (800, 440),
        "lahko-branje",
        width=WIDTH,
    ),
    "easy-shapes": PictureContent(
        scenes_places.easy_shapes,
        "Liki nad knjigo",
        words(
            "Iz odprte knjige se dvigajo krog, kvadrat in trikotnik, vsak po svoji poti.",
            "A circle, a square and a triangle rise from an open book, each along its own path.",
        ),
        (800, 480),
        "lahko-branje",
    ),
}

CREDIT = "Risba: demonstracijsko spletišče, prosta raba"


@dataclass(frozen=True, slots=True)
class DocumentContent:
    """A file that lies beside this module."""

    file: Path
    title: str
    language: str
    accessible: str
    rights: str
    centre: str | None = None


DOCUMENTS: dict[str, DocumentContent] = {
    "training-brochure": DocumentContent(
        Path(__file__).parent / "files" / "predstavitev-ucnega-centra.pdf",
        "Predstavitev Učnega centra",
        "sl",
        "YES",
        "Prosta raba z navedbo vira",
        "ucni-center",
    ),
}
