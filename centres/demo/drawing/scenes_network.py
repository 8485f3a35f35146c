"""Pictures of the site itself and of the Training Centre: indigo, blue, teal and gold."""

from centres.demo.drawing import motifs as m
from centres.demo.drawing.canvas import (
    AMBER,
    BLUE,
    CORAL,
    CREAM,
    GOLD,
    HONEY,
    INDIGO,
    INK,
    LEAF,
    LILAC,
    MINT,
    PLUM,
    ROSE,
    SKY,
    SNOW,
    TEAL,
    TERRACOTTA,
    Canvas,
    around,
    curve,
)


def home() -> Canvas:
    """Four houses with books for roofs, on one road."""
    c = Canvas("#cfe3f5", HONEY)
    m.sun(c, 1290, 200, 82, GOLD)
    m.hill(c, [520, 430, 505, 415, 480, 420], "#9fc4c9")
    m.hill(c, [600, 560, 500, 585, 520, 570], "#6fa79a")
    m.hill(c, [700, 640, 690, 610, 680, 620], TEAL)
    m.path(c, [(-40, 800), (300, 745), (610, 800), (930, 735), (1240, 775), (1660, 720)], CREAM)
    m.tree(c, 120, 705, 240, LEAF)
    m.tree(c, 1500, 700, 280, LEAF)
    m.tree(c, 810, 690, 190, "#4b8a58")
    for x, base, width, wall, roof in (
        (325, 752, 240, CREAM, BLUE),
        (630, 770, 200, ROSE, GOLD),
        (985, 745, 250, SNOW, TERRACOTTA),
        (1300, 772, 205, HONEY, CORAL),
    ):
        m.house(c, x, base, width, wall, roof)
    for x, y, size, colour in (
        (330, 190, 62, BLUE),
        (520, 120, 44, CORAL),
        (660, 260, 36, TEAL),
        (930, 150, 50, PLUM),
    ):
        m.flying_book(c, x, y, size, colour)
    m.hill(c, [850, 822, 846, 815, 850, 830], INDIGO)
    return c


def training_centre() -> Canvas:
    """A lamp shines on an open book; around it the marks of questions asked and answered."""
    c = Canvas(INDIGO, "#486aa8")
    c.polygon([(560, 250), (900, 250), (1290, 830), (250, 830)], (HONEY, 0.16))
    c.polygon([(610, 250), (850, 250), (1110, 830), (420, 830)], (HONEY, 0.2))
    c.rectangle(0, 800, 1600, 100, "#1f2a55")
    c.line([(1080, 800), (1080, 470), (760, 160)], GOLD, 20)
    c.ellipse(1080, 800, 130, 26, AMBER)
    c.circle(1080, 470, 24, AMBER)
    c.polygon(curve([(560, 255), (620, 130), (730, 80), (840, 130), (900, 255)]), GOLD)
    c.ellipse(730, 255, 170, 26, HONEY)
    m.open_book(c, 740, 770, 620, CORAL)
    m.stack(c, 255, 800, [(300, 62, TEAL), (250, 54, CORAL), (270, 58, GOLD)])
    m.spines(c, 1260, 800, [(52, 210, SKY), (44, 250, ROSE), (60, 190, MINT), (46, 230, GOLD)])
    m.bubble(c, 130, 190, 260, 170, SKY, left=True)
    c.letter("?", 260, 275, 130, INDIGO)
    m.bubble(c, 1180, 130, 270, 170, MINT, left=False)
    c.line([(1250, 218), (1300, 262), (1392, 168)], TEAL, 24)
    return c


def training_steps() -> Canvas:
    """Stairs of books up to a flag."""
    c = Canvas("#dcebf8", "#f8efdc")
    m.sun(c, 300, 220, 70, GOLD)
    m.hill(c, [700, 640, 680, 600, 640, 560], "#c4dcec")
    m.hill(c, [790, 760, 780, 740, 760, 730], "#9cc3cf")
    colours = (BLUE, CORAL, TEAL, GOLD, PLUM, AMBER, INDIGO)
    for step in range(5):
        books = [(250, 64, colours[(step * 2 + level) % 7]) for level in range(step * 2 + 1)]
        m.stack(c, 270 + step * 265, 850, books)
    m.path(c, [(160, 760), (300, 700), (520, 585), (790, 450), (1050, 325), (1260, 205)], INDIGO, 8)
    c.line([(1330, 270), (1330, 60)], INK, 12)
    c.polygon(curve([(1336, 66), (1410, 50), (1500, 84), (1500, 160), (1410, 136), (1336, 156)], 10), CORAL)
    m.star(c, 1412, 106, 32, SNOW)
    c.rectangle(0, 850, 1600, 50, INDIGO)
    return c


def stage() -> Canvas:
    """A microphone between curtains, under bunting."""
    c = Canvas(PLUM, "#8c3b5e")
    for left in (-60, 560, 1180):
        c.polygon([(left + 230, -20), (left + 330, -20), (left + 560, 800), (left - 10, 800)], (HONEY, 0.14))
    c.ellipse(800, 800, 900, 90, TERRACOTTA)
    c.ellipse(800, 790, 420, 38, (HONEY, 0.55))
    for side in (0, 1):
        for fold in range(4):
            x = fold * 72 if side == 0 else 1600 - fold * 72
            tip = x + (96 if side == 0 else -96)
            c.polygon(
                [(x, 0), (tip, 0), (tip + (-40 if side == 0 else 40), 900), (x, 900)],
                CORAL if fold % 2 else "#c94a46",
            )
    c.line([(800, 790), (800, 400)], INK, 16)
    c.ellipse(800, 794, 110, 18, INK)
    c.rectangle(746, 250, 108, 170, INK, 54)
    for row in range(3):
        c.rectangle(762, 290 + row * 34, 76, 8, (SNOW, 0.5), 4)
    c.rectangle(746, 356, 108, 20, GOLD)
    rope = curve([(330, 60), (560, 150), (800, 175), (1040, 150), (1270, 60)])
    c.line(rope, HONEY, 7)
    for number, (knot, height) in enumerate(rope[6:-4:10]):
        flag = [(knot - 30, height), (knot + 30, height), (knot, height + 66)]
        c.polygon(flag, (GOLD, TEAL, SKY, ROSE)[number % 4])
    m.stack(c, 480, 800, [(210, 52, TEAL), (180, 46, GOLD)])
    m.spines(c, 1030, 800, [(46, 150, SKY), (40, 180, GOLD), (50, 140, MINT)])
    return c


def accessible_web() -> Canvas:
    """A web page with a clear focus, and a picture that is also told in words."""
    c = Canvas("#d8efe8", "#b3d9e8")
    c.circle(1330, 180, 230, (SNOW, 0.35))
    c.circle(200, 760, 280, (SNOW, 0.3))
    c.rectangle(262, 132, 1080, 640, (INK, 0.12), 34)
    c.rectangle(250, 110, 1080, 640, SNOW, 34)
    c.rectangle(250, 110, 1080, 84, INDIGO, 34)
    c.rectangle(250, 160, 1080, 34, INDIGO)
    for number, colour in enumerate((CORAL, GOLD, MINT)):
        c.circle(300 + number * 44, 152, 14, colour)
    c.rectangle(480, 130, 640, 44, (SNOW, 0.25), 22)
    c.rectangle(310, 250, 420, 290, SKY, 22)
    c.circle(420, 340, 42, GOLD)
    c.polygon([(310, 520), (450, 400), (560, 470), (650, 390), (730, 460), (730, 530), (310, 530)], TEAL)
    m.bubble(c, 560, 452, 330, 130, CORAL, left=True)
    for row, width in enumerate((250, 210)):
        c.rectangle(600, 488 + row * 38, width, 18, SNOW, 9)
    for row, width in enumerate((470, 440, 300)):
        c.rectangle(790, 260 + row * 52, width, 24, "#cdd6e6", 12)
    c.rectangle(960, 600, 270, 92, TEAL, 26)
    c.frame(940, 580, 310, 132, GOLD, 11, 40)
    c.line([(1040, 646), (1150, 646), (1118, 616)], SNOW, 11)
    c.line([(1150, 646), (1118, 676)], SNOW, 11)
    c.rectangle(420, 790, 740, 74, INDIGO, 24)
    for key in range(9):
        c.rectangle(440 + key * 78, 804, 66, 46, GOLD if key == 7 else LILAC, 12)
    return c


def two_voices() -> Canvas:
    """Two voices across a desk: a jagged one and a calm one."""
    c = Canvas("#fbe6d6", "#f4cfc4")
    c.circle(420, 330, 330, (CORAL, 0.13))
    c.circle(1190, 330, 330, (TEAL, 0.14))
    m.bubble(c, 150, 120, 590, 360, CORAL, left=True)
    jagged = [(235 + k * 60, 300 + (88 if k % 2 else -88) * (0.55 + 0.45 * (k % 3 == 1))) for k in range(8)]
    c.line(jagged, SNOW, 18)
    m.bubble(c, 870, 170, 590, 330, TEAL, left=False)
    c.line(curve([(960, 335), (1050, 295), (1140, 345), (1230, 300), (1320, 340), (1380, 322)]), SNOW, 18)
    c.rectangle(0, 690, 1600, 210, TERRACOTTA)
    c.rectangle(0, 690, 1600, 34, "#d98a5c")
    m.stack(c, 800, 690, [(240, 54, INDIGO), (200, 50, GOLD), (220, 52, LEAF)])
    c.ellipse(1010, 690, 62, 13, INK)
    c.polygon(curve([(960, 684), (968, 636), (1010, 616), (1052, 636), (1060, 684)]), GOLD)
    c.circle(1010, 610, 11, INK)
    return c


def neural_shelf() -> Canvas:
    """Books on a shelf that a net of lights connects."""
    c = Canvas("#1d2547", "#3c4f8f")
    for shelf, base in enumerate((440, 790)):
        c.rectangle(90, base, 1420, 26, "#c58a54", 6)
        colours = (TEAL, GOLD, CORAL, SKY, LILAC, MINT, AMBER, ROSE, BLUE)
        books = [
            (52 + (k * 17 + shelf * 9) % 28, 165 + (k * 53 + shelf * 31) % 105, colours[(k * 4 + shelf) % 9])
            for k in range(18)
        ]
        m.spines(c, 118, base, books)
    nodes = [
        (200, 210),
        (420, 130),
        (640, 260),
        (830, 110),
        (1050, 230),
        (1270, 120),
        (1420, 300),
        (300, 520),
        (560, 560),
        (800, 480),
        (1060, 570),
        (1320, 510),
    ]
    pairs = [
        (0, 1),
        (1, 2),
        (2, 3),
        (3, 4),
        (4, 5),
        (5, 6),
        (0, 7),
        (7, 8),
        (8, 9),
        (9, 10),
        (10, 11),
        (11, 6),
        (2, 8),
        (2, 9),
        (4, 9),
        (4, 10),
        (1, 3),
        (5, 11),
    ]
    for start, end in pairs:
        c.line([nodes[start], nodes[end]], (HONEY, 0.55), 4)
    for number, (x, y) in enumerate(nodes):
        c.circle(x, y, 34, (GOLD, 0.2))
        c.circle(x, y, 17 if number % 3 else 23, HONEY)
    for angle in range(0, 360, 45):
        c.line([around(800, 480, 36, angle), around(800, 480, 62, angle)], HONEY, 6)
    return c
