"""Pictures of local studies (earth, sand, river) and of easy reading (mint, sky, coral, large shapes)."""

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
    MINT,
    PLUM,
    ROSE,
    SAND,
    SKY,
    SNOW,
    TEAL,
    TERRACOTTA,
    Canvas,
    around,
    curve,
)


def local_studies() -> Canvas:
    """A town under its castle by a river, with vineyards and a pin on the map."""
    c = Canvas("#fbe3c4", "#f6cfa0")
    m.sun(c, 300, 250, 84, CORAL)
    m.hill(c, [560, 470, 540, 430, 520, 470], "#d9a97c")
    m.hill(c, [650, 600, 560, 470, 560, 640], "#c07d52")
    c.rectangle(930, 330, 280, 170, CREAM)
    for x in (900, 1170):
        c.rectangle(x, 280, 80, 220, "#f1e2c6")
        c.polygon([(x - 12, 284), (x + 40, 200), (x + 92, 284)], TERRACOTTA)
    c.polygon([(920, 334), (1070, 268), (1220, 334)], TERRACOTTA)
    for x in range(960, 1190, 58):
        c.rectangle(x, 380, 24, 44, (INK, 0.5), 10)
    m.hill(c, [700, 640, 650, 560, 600, 680], LEAF)
    for row in range(6):
        c.line(curve([(60 + row * 62, 900), (150 + row * 62, 770), (200 + row * 70, 660)]), "#3f7436", 11)
    for k in range(8):
        x, base = 690 + k * 92, 702 - (k % 3) * 22
        c.rectangle(x, base - 82, 78, 96, (CREAM, SNOW, HONEY, ROSE)[k % 4])
        c.polygon(
            [(x - 10, base - 80), (x + 39, base - 134), (x + 88, base - 80)], (TERRACOTTA, CORAL)[k % 2]
        )
        c.rectangle(x + 26, base - 50, 26, 34, (INK, 0.45), 4)
    bank = curve([(1600, 700), (1320, 720), (1040, 760), (760, 770), (520, 830), (420, 900)])
    c.polygon([*bank, (1600, 900)], BLUE)
    for x, y, width in ((980, 820, 160), (1260, 780, 130), (1340, 850, 190), (760, 860, 120)):
        c.line([(x, y), (x + width, y)], (SNOW, 0.5), 7)
    _pin(c, 560, 500, 74)
    return c


def _pin(c: Canvas, x: float, y: float, size: float) -> None:
    c.ellipse(x, y + size * 1.72, size * 0.5, size * 0.13, (INK, 0.28))
    c.polygon(
        [(x - size * 0.86, y + size * 0.5), (x + size * 0.86, y + size * 0.5), (x, y + size * 1.7)], CORAL
    )
    c.circle(x, y, size, CORAL)
    c.circle(x, y, size * 0.44, SNOW)


def local_map() -> Canvas:
    """A folded map with contour lines, a river, a road and pins."""
    c = Canvas("#f3e2c4", SAND)
    for fold in range(4):
        x, lift = 120 + fold * 340, 44 if fold % 2 else 0
        c.polygon(
            [(x, 110 + lift), (x + 340, 110 + 44 - lift), (x + 340, 780 + 44 - lift), (x, 780 + lift)],
            "#fffaf0" if fold % 2 else "#f7eddb",
        )
    for middle_x, middle_y, count in ((430, 330, 6), (1110, 560, 7)):
        for number in range(count):
            radius = 36 + number * 36
            wobble = [
                (middle_x + dx * 1.25, middle_y + dy * (0.8 + 0.05 * (number % 3)))
                for dx, dy in (
                    around(0, 0, radius * (1 + 0.1 * ((k * 7 + number) % 3)), k * 30) for k in range(13)
                )
            ]
            c.line(curve([*wobble[:-1], wobble[0]], 8), "#cfa977", 5)
    river = curve(
        [(130, 640), (360, 620), (560, 500), (760, 560), (860, 380), (1080, 260), (1300, 300), (1470, 190)]
    )
    c.line(river, SKY, 46)
    c.line(river, BLUE, 10)
    m.path(c, [(200, 240), (480, 200), (700, 330), (960, 460), (1230, 700), (1440, 720)], TERRACOTTA, 8)
    c.rectangle(250, 470, 120, 80, MINT, 14)
    c.rectangle(1250, 400, 150, 96, MINT, 14)
    for x, y, size in ((430, 260, 46), (1110, 480, 58), (700, 620, 40)):
        _pin(c, x, y, size)
    c.circle(1390, 660, 74, SNOW)
    c.ring(1390, 660, 74, INDIGO, 7)
    c.polygon([(1390, 600), (1410, 660), (1370, 660)], CORAL)
    c.polygon([(1390, 720), (1410, 660), (1370, 660)], INDIGO)
    return c


def scanner() -> Canvas:
    """A postcard turns into pixels under a beam of light."""
    c = Canvas("#2d3355", "#59507a")
    c.circle(800, 420, 420, (GOLD, 0.08))
    c.rectangle(170, 200, 860, 520, CREAM, 12)
    c.rectangle(206, 236, 788, 448, "#f3ddb8")
    c.rectangle(206, 236, 788, 230, "#f6c99b")
    c.circle(380, 350, 60, CORAL)
    c.polygon(
        [*curve([(206, 530), (360, 420), (540, 490), (720, 400), (994, 500)]), (994, 684), (206, 684)],
        "#b98a5e",
    )
    c.polygon([*curve([(206, 600), (440, 540), (700, 610), (994, 560)]), (994, 684), (206, 684)], "#8d6a4c")
    c.rectangle(640, 470, 90, 130, CREAM)
    c.polygon([(628, 474), (685, 400), (742, 474)], TERRACOTTA)
    size, colours = 46, (SKY, TEAL, GOLD, CORAL, MINT, BLUE, ROSE)
    for column in range(11):
        for row in range(11):
            if (column * 5 + row * 3 + column * row) % 11 < 9 - column * 0.75:
                x, y = 1040 + column * size, 206 + row * size
                colour = colours[(row // 2 + column // 2 + (row * column) % 3) % 7]
                c.rectangle(x, y, size - 5, size - 5, colour, 6)
    c.rectangle(996, 130, 40, 660, HONEY, 20)
    c.rectangle(940, 130, 152, 660, (HONEY, 0.25), 30)
    c.rectangle(930, 96, 172, 60, SNOW, 20)
    c.rectangle(930, 764, 172, 60, SNOW, 20)
    c.rectangle(0, 850, 1600, 50, INDIGO)
    return c


def easy_reading() -> Canvas:
    """Three large cards, each with one shape and few lines."""
    c = Canvas("#e2f5ee", "#c8eae0")
    m.sun(c, 1440, 120, 60, GOLD)
    m.hill(c, [780, 760, 790, 765, 780, 770], MINT)
    for number, (x, colour) in enumerate(((160, CORAL), (610, BLUE), (1060, LEAF))):
        top = 170 + (number % 2) * 40
        c.rectangle(x + 12, top + 18, 380, 560, (INK, 0.12), 44)
        c.rectangle(x, top, 380, 560, SNOW, 44)
        middle = x + 190
        if number == 0:
            c.circle(middle, top + 190, 112, colour)
        elif number == 1:
            c.rectangle(middle - 104, top + 86, 208, 208, colour, 26)
        else:
            c.polygon([(middle, top + 76), (middle + 128, top + 298), (middle - 128, top + 298)], colour)
        for line in range(number + 1):
            width = 250 if line < number else 170
            c.rectangle(x + 65, top + 366 + line * 58, width, 30, "#c6d3d8", 15)
    c.rectangle(0, 850, 1600, 50, TEAL)
    return c


def easy_shapes() -> Canvas:
    """Large shapes rise out of an open book, far apart from each other."""
    c = Canvas("#f1fbf7", "#d3efe6")
    c.circle(800, 430, 390, (GOLD, 0.13))
    c.circle(430, 360, 104, CORAL)
    c.rectangle(706, 130, 190, 190, BLUE, 24)
    c.polygon([(1170, 236), (1292, 448), (1048, 448)], LEAF)
    m.path(c, [(680, 640), (560, 570), (470, 490)], TEAL, 10)
    m.path(c, [(800, 600), (806, 470), (801, 360)], TEAL, 10)
    m.path(c, [(920, 640), (1040, 580), (1130, 500)], TEAL, 10)
    m.open_book(c, 800, 840, 760, PLUM, lines=False)
    for side in (-1, 1):
        for row in range(2):
            x = 800 + side * 185 - 115
            c.rectangle(x, 660 + row * 62, 230, 28, ((CORAL, AMBER) if side < 0 else (TEAL, BLUE))[row], 14)
    m.star(c, 180, 180, 26, GOLD)
    m.star(c, 1430, 190, 30, GOLD)
    return c
