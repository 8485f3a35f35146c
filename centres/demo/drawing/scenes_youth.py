"""Pictures of Pionirska: gold, amber, leaf green and plum."""

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


def pionirska() -> Canvas:
    """A tree full of pears and flying books, an open book at its foot."""
    c = Canvas("#fff3d6", "#fbdc9a")
    m.sun(c, 250, 210, 76, AMBER)
    m.hill(c, [640, 600, 660, 590, 640, 600], "#cddf9a")
    m.hill(c, [740, 720, 700, 740, 710, 730], "#9dbf67")
    left, right = (
        [(700, 830), (756, 700), (752, 540), (780, 400)],
        [(850, 400), (812, 540), (820, 700), (880, 830)],
    )
    c.polygon([*curve(left), *curve(right)], TERRACOTTA)
    c.line(curve([(785, 590), (680, 500), (590, 470)]), TERRACOTTA, 26)
    c.line(curve([(785, 560), (900, 480), (1010, 440)]), TERRACOTTA, 26)
    for x, y, radius, colour in (
        (800, 290, 210, "#4c8a45"),
        (590, 370, 165, LEAF),
        (1010, 360, 170, LEAF),
        (700, 240, 140, "#6bab57"),
        (920, 230, 130, "#5b9a4a"),
    ):
        c.circle(x, y, radius, colour)
    for x, y, size in (
        (560, 400, 38),
        (680, 300, 32),
        (800, 400, 42),
        (930, 280, 34),
        (1060, 400, 40),
        (820, 190, 30),
    ):
        m.pear(c, x, y, size)
    for x, y, size, colour in (
        (330, 400, 56, PLUM),
        (1280, 240, 64, CORAL),
        (1390, 420, 44, TEAL),
        (1180, 130, 38, BLUE),
    ):
        m.flying_book(c, x, y, size, colour)
    m.open_book(c, 1180, 810, 400, PLUM)
    m.stack(c, 330, 820, [(280, 60, PLUM), (240, 54, CORAL), (210, 50, TEAL)])
    m.hill(c, [850, 838, 856, 842, 852, 840], "#6f9a48")
    return c


def golden_pear() -> Canvas:
    """A large golden pear in rays, on a book."""
    c = Canvas("#6d3365", PLUM)
    for ray in range(16):
        start, end = around(800, 410, 1100, ray * 22.5 - 4), around(800, 410, 1100, ray * 22.5 + 7)
        c.polygon([(800, 410), start, end], (HONEY, 0.09))
    c.circle(800, 410, 330, (HONEY, 0.16))
    c.circle(800, 410, 262, (HONEY, 0.2))
    m.pear(c, 800, 470, 168)
    for x, y, size in (
        (330, 220, 30),
        (1240, 180, 36),
        (1320, 520, 24),
        (270, 560, 24),
        (480, 110, 18),
        (1110, 90, 18),
    ):
        m.star(c, x, y, size, GOLD)
    m.open_book(c, 800, 840, 700, CORAL, lines=False)
    m.spines(c, 100, 860, [(52, 210, GOLD), (44, 180, LEAF), (56, 230, ROSE), (42, 170, TEAL)])
    m.spines(c, 1290, 860, [(46, 180, SKY), (54, 220, AMBER), (40, 160, CORAL), (50, 200, MINT)])
    c.rectangle(0, 860, 1600, 40, INK)
    return c


def award_night() -> Canvas:
    """Four pears on four pedestals under spotlights; one pedestal may stay empty."""
    c = Canvas("#2c1c40", "#7a3a63")
    for x, colour in ((250, GOLD), (620, CORAL), (990, SKY), (1360, MINT)):
        c.polygon([(x - 26, -10), (x + 26, -10), (x + 170, 840), (x - 170, 840)], (colour, 0.2))
    c.ellipse(800, 850, 1000, 90, "#40224a")
    for number, (x, height, colour) in enumerate(
        ((250, 230, CORAL), (620, 330, TEAL), (990, 280, BLUE), (1360, 200, AMBER))
    ):
        c.rectangle(x - 125, 850 - height, 250, height, colour, 12)
        c.rectangle(x - 145, 850 - height - 26, 290, 40, CREAM, 10)
        if number < 3:
            m.pear(c, x, 850 - height - 108, 74)
            c.rectangle(x - 70, 850 - height + 70, 140, 90, (SNOW, 0.24), 10)
        else:
            c.frame(x - 60, 850 - height - 170, 120, 136, (HONEY, 0.75), 6, 40)
    for k in range(34):
        x, y = (k * 263 + 90) % 1600, (k * 149 + 40) % 420
        c.circle(x, y, 4 + k % 4, ((GOLD, ROSE, SKY, HONEY)[k % 4], 0.9))
    return c


def wednesday() -> Canvas:
    """A week with its third day marked, a cup of coffee and books."""
    c = Canvas("#fdf0d5", "#f8dfb8")
    c.circle(1330, 250, 260, (GOLD, 0.2))
    c.rectangle(212, 132, 800, 560, (INK, 0.12), 40)
    c.rectangle(200, 110, 800, 560, SNOW, 40)
    c.rectangle(200, 110, 800, 130, PLUM, 40)
    c.rectangle(200, 190, 800, 50, PLUM)
    for x in (360, 600, 840):
        c.rectangle(x - 13, 70, 26, 92, AMBER, 13)
    for row in range(3):
        for column in range(5):
            x, y = 246 + column * 146, 282 + row * 126
            marked = column == 2
            c.rectangle(x, y, 124, 102, GOLD if marked else "#efe6da", 20)
            if marked:
                m.star(c, x + 62, y + 54, 34, SNOW)
            else:
                c.rectangle(x + 26, y + 42, 72, 16, "#d8cab6", 8)
    c.rectangle(0, 790, 1600, 110, TERRACOTTA)
    c.rectangle(0, 790, 1600, 26, "#d98a5c")
    c.ellipse(1250, 800, 190, 26, (INK, 0.25))
    c.polygon(
        curve([(1120, 610), (1130, 740), (1190, 796), (1310, 796), (1370, 740), (1380, 610)], 12), CORAL
    )
    c.ellipse(1250, 610, 130, 28, "#7a3b22")
    c.ring(1392, 676, 56, CORAL, 22)
    for k in range(3):
        x = 1190 + k * 60
        c.line(curve([(x, 560), (x + 26, 510), (x - 14, 460), (x + 14, 410)]), "#cbb394", 12)
    m.stack(c, 620, 790, [(380, 62, TEAL), (320, 56, CORAL)])
    return c


def hearts_vote() -> Canvas:
    """Books and hearts fall into a ballot box."""
    c = Canvas("#ffe9e2", "#f9c9bd")
    for x, y, size in (
        (250, 210, 44),
        (1340, 190, 56),
        (1180, 420, 34),
        (400, 470, 30),
        (1440, 520, 26),
        (140, 560, 34),
    ):
        m.heart(c, x, y, size, CORAL)
    for x, y, size in ((560, 120, 26), (1060, 130, 30), (300, 360, 20), (1290, 350, 20)):
        m.heart(c, x, y, size, (PLUM, 0.5))
    c.polygon([(600, 480), (690, 120), (940, 170), (850, 530)], TEAL)
    c.polygon([(630, 478), (704, 170), (912, 212), (838, 520)], CREAM)
    m.heart(c, 770, 340, 74, CORAL)
    c.rectangle(430, 460, 740, 70, PLUM, 18)
    c.rectangle(580, 480, 440, 24, INK, 12)
    c.polygon([(470, 530), (1130, 530), (1090, 850), (510, 850)], INDIGO)
    m.star(c, 800, 690, 96, GOLD)
    for x, colour in ((620, ROSE), (980, ROSE)):
        m.heart(c, x, 690, 40, colour)
    m.stack(c, 240, 850, [(270, 58, GOLD), (230, 52, TEAL)])
    m.spines(c, 1230, 850, [(48, 190, TEAL), (42, 220, GOLD), (54, 170, LILAC), (44, 200, CORAL)])
    c.rectangle(0, 850, 1600, 50, PLUM)
    return c


def quiz() -> Canvas:
    """A magnifying glass over a museum, with pieces of a puzzle."""
    c = Canvas("#d9ecd2", "#f6ecc4")
    m.hill(c, [760, 730, 770, 720, 760, 740], "#b8d49b")
    c.rectangle(170, 740, 760, 40, "#d8c6a2", 6)
    c.rectangle(210, 700, 680, 44, CREAM, 6)
    for column in range(5):
        x = 240 + column * 138
        c.rectangle(x, 430, 66, 270, CREAM, 8)
        c.rectangle(x + 12, 450, 8, 230, "#e3d3b2", 4)
        c.rectangle(x + 42, 450, 8, 230, "#e3d3b2", 4)
    c.rectangle(200, 384, 700, 50, CREAM, 6)
    c.polygon([(180, 384), (550, 200), (920, 384)], SAND_LIGHT)
    c.circle(550, 320, 40, GOLD)
    c.line([(1235, 600), (1420, 800)], TERRACOTTA, 54)
    c.circle(1100, 440, 236, INDIGO)
    c.circle(1100, 440, 200, SKY)
    c.letter("?", 1100, 440, 300, INDIGO)
    c.arc(1100, 440, 172, 200, 260, (SNOW, 0.8), 16)
    for x, y, size, colour in ((1340, 180, 92, CORAL), (180, 160, 84, TEAL), (760, 120, 70, PLUM)):
        c.rectangle(x - size, y - size * 0.7, size * 1.5, size * 1.4, colour, 16)
        c.circle(x + size * 0.5, y, size * 0.28, colour)
        c.circle(x - size * 0.25, y - size * 0.7, size * 0.26, colour)
    c.rectangle(0, 850, 1600, 50, LEAF)
    return c


SAND_LIGHT = "#efdcb4"


def growing() -> Canvas:
    """From a seedling to a tree, each out of a book."""
    c = Canvas("#e3f3e6", "#cfe9c8")
    m.sun(c, 1330, 190, 70, GOLD)
    m.hill(c, [790, 770, 800, 780, 790, 775], "#b4d69a")
    for x, height, width, cover in ((250, 110, 330, CORAL), (700, 250, 400, BLUE), (1230, 250, 480, PLUM)):
        base = 800
        m.open_book(c, x, base, width, cover, lines=False)
        foot = base - width * 0.28
        stalk = curve([(x, foot + 40), (x + 8, foot - height * 0.5), (x, foot - height)])
        c.line(stalk, "#4b7d3c" if height < 250 or x < 1000 else TERRACOTTA, 14 if x < 1000 else 34)
        for k in range(height // 50 if x < 1000 else 0):
            m.leaf(c, x, foot - 40 - k * 52, 72 + height / 8, -32)
            m.leaf(c, x, foot - 60 - k * 52, 72 + height / 8, 212)
    for dx, dy, radius, colour in (
        (0, 0, 190, LEAF),
        (-150, 60, 130, "#4c8a45"),
        (150, 60, 130, "#4c8a45"),
        (20, -90, 120, "#6bab57"),
    ):
        c.circle(1230 + dx, 330 + dy, radius, colour)
    for x, y in ((1130, 270), (1250, 220), (1350, 330), (1210, 370), (1090, 410), (1330, 440)):
        m.heart(c, x, y, 30, CORAL)
    c.rectangle(0, 840, 1600, 60, LEAF)
    return c


def reading_aloud() -> Canvas:
    """Letters with carons rise out of an open book on waves of sound."""
    c = Canvas("#fde7c8", "#f9cfa6")
    for number, radius in enumerate((230, 350, 470, 590)):
        c.arc(800, 700, radius, 205, 335, ((CORAL, GOLD, TEAL, LILAC)[number], 0.75), 26)
    for text, x, y, size, colour, caron in (
        ("C", 540, 400, 130, PLUM, True),
        ("S", 800, 300, 160, CORAL, True),
        ("Z", 1060, 400, 130, TEAL, True),
        ("a", 380, 270, 90, AMBER, False),
        ("e", 1230, 260, 96, INDIGO, False),
        ("i", 680, 120, 84, TEAL, False),
        ("o", 960, 130, 90, PLUM, False),
        ("u", 240, 470, 80, CORAL, False),
        ("m", 1370, 470, 86, AMBER, False),
    ):
        c.letter(text, x, y, size, colour, caron=caron)
    m.open_book(c, 800, 820, 760, TEAL)
    m.star(c, 180, 170, 30, GOLD)
    m.star(c, 1430, 160, 34, GOLD)
    m.heart(c, 150, 720, 44, CORAL)
    m.heart(c, 1450, 720, 44, CORAL)
    c.rectangle(0, 860, 1600, 40, TERRACOTTA)
    return c


def manual() -> Canvas:
    """Five bars from weak to excellent above an open book; the tallest bears a pear."""
    c = Canvas("#efe3f4", "#dccbea")
    c.circle(330, 240, 240, (SNOW, 0.45))
    c.circle(1350, 640, 300, (SNOW, 0.35))
    for number, colour in enumerate(("#b9a9c9", SKY, MINT, GOLD, CORAL)):
        height = 110 + number * 92
        c.rectangle(330 + number * 196, 640 - height, 150, height, colour, 20)
        for dot in range(number + 1):
            c.circle(405 + number * 196, 684 - height + dot * 44, 12, (SNOW, 0.85))
    m.pear(c, 1189, 100, 46)
    m.open_book(c, 798, 866, 600, PLUM)
    c.rectangle(0, 872, 1600, 28, PLUM)
    return c
