"""Things that return from picture to picture: books, hills, trees, pears, bubbles, stars."""

from collections.abc import Sequence

from centres.demo.drawing.canvas import (
    CREAM,
    GOLD,
    HEIGHT,
    HONEY,
    INK,
    LEAF,
    SNOW,
    TERRACOTTA,
    WIDTH,
    Canvas,
    Colour,
    Point,
    around,
    curve,
    turned,
)


def hill(canvas: Canvas, heights: Sequence[float], colour: Colour) -> None:
    """Land from edge to edge; ``heights`` are the y of its outline at equal distances."""
    step = WIDTH / (len(heights) - 1)
    outline = curve([(index * step, y) for index, y in enumerate(heights)])
    canvas.polygon([(0, HEIGHT), *outline, (WIDTH, HEIGHT)], colour)


def sun(canvas: Canvas, x: float, y: float, radius: float, colour: str) -> None:
    """A disc in two wide halos."""
    canvas.circle(x, y, radius * 1.8, (colour, 0.14))
    canvas.circle(x, y, radius * 1.35, (colour, 0.22))
    canvas.circle(x, y, radius, colour)


def spines(
    canvas: Canvas, x: float, base: float, books: Sequence[tuple[float, float, str]], gap: float = 5
) -> None:
    """Books that stand side by side on ``base``: width, height and colour of each."""
    for number, (width, height, colour) in enumerate(books):
        top = base - height
        canvas.rectangle(x, top, width, height, colour, 7)
        canvas.rectangle(x, top + height * 0.14, width, 9, (SNOW, 0.55))
        if number % 3 == 1:
            canvas.rectangle(x + width * 0.3, top + height * 0.34, width * 0.4, height * 0.3, (SNOW, 0.4), 6)
        elif number % 3 == 2:
            canvas.rectangle(x, top + height * 0.8, width, 9, (SNOW, 0.55))
            canvas.circle(x + width / 2, top + height * 0.45, width * 0.2, (INK, 0.25))
        canvas.rectangle(x, top, width * 0.16, height, (INK, 0.12), 7)
        x += width + gap


def stack(canvas: Canvas, x: float, base: float, books: Sequence[tuple[float, float, str]]) -> float:
    """Books that lie one upon the other: width, thickness and colour; return the y of the top."""
    for number, (width, thickness, colour) in enumerate(books):
        base -= thickness
        left = x - width / 2 + (12 if number % 2 else -10)
        canvas.rectangle(left, base, width, thickness - 4, colour, 9)
        canvas.rectangle(left + width - 26, base + 8, 26, thickness - 20, CREAM, 3)
        canvas.rectangle(left + 28, base, 10, thickness - 4, (SNOW, 0.55))
        canvas.rectangle(left + 46, base, 5, thickness - 4, (SNOW, 0.55))
    return base


def open_book(canvas: Canvas, x: float, y: float, width: float, cover: str, *, lines: bool = True) -> None:
    """An open book seen from the front, its back at ``(x, y)``."""
    half, lift, depth = width / 2, width * 0.09, width * 0.30
    canvas.ellipse(x, y + depth * 0.34, half * 1.02, depth * 0.2, (INK, 0.13))
    for side in (-1, 1):
        outer = [
            (x, y + 14),
            (x + side * (half + 16), y - lift + 18),
            (x + side * (half + 16), y - lift - depth + 6),
        ]
        canvas.polygon([*outer, (x, y - depth + 4)], cover)
        for page, shade in ((10, "#e9dcc3"), (4, "#f6ecd8"), (0, SNOW)):
            canvas.polygon(_page(x, y + page, side, half, lift, depth), shade)
        if lines:
            for row in range(4):
                top = y - depth * (0.8 - row * 0.18)
                text = curve(
                    [
                        (x + side * half * 0.14, top + 4),
                        (x + side * half * 0.5, top - lift * 0.9),
                        (x + side * half * 0.88, top - lift * 0.85),
                    ],
                    8,
                )
                canvas.line(text, "#d9cdb8", width * 0.011)
    canvas.line([(x, y), (x, y - depth + 4)], "#d8c9ae", 4)


def _page(x: float, y: float, side: int, half: float, lift: float, depth: float) -> list[Point]:
    upper = curve(
        [
            (x, y - depth),
            (x + side * half * 0.45, y - depth - lift * 1.25),
            (x + side * half, y - depth - lift),
        ]
    )
    lower = curve([(x + side * half, y - lift), (x + side * half * 0.45, y - lift * 1.25), (x, y)])
    return [*upper, *lower]


def tree(canvas: Canvas, x: float, base: float, height: float, crown: str) -> None:
    """A round tree."""
    canvas.rectangle(x - height * 0.035, base - height * 0.5, height * 0.07, height * 0.5, TERRACOTTA, 4)
    canvas.ellipse(x, base - height * 0.66, height * 0.27, height * 0.34, crown)
    canvas.ellipse(x - height * 0.06, base - height * 0.72, height * 0.17, height * 0.22, (SNOW, 0.13))


def pear(canvas: Canvas, x: float, y: float, size: float, colour: str = GOLD) -> None:
    """A pear with its belly around ``(x, y)``, two and a half times ``size`` high."""
    outline = [(0, -1.45), (0.3, -1.3), (0.42, -0.85), (0.72, -0.3), (0.95, 0.3), (0.72, 0.88), (0, 1.05)]
    right = [(x + dx * size, y + dy * size) for dx, dy in outline]
    left = [(2 * x - px, py) for px, py in reversed(right)]
    canvas.polygon(curve([*right, *left[1:]]), colour)
    shine = curve(
        [(x - size * 0.5, y + size * 0.45), (x - size * 0.62, y), (x - size * 0.35, y - size * 0.5)]
    )
    canvas.line(shine, HONEY, size * 0.13)
    canvas.line(
        curve([(x, y - size * 1.38), (x + size * 0.06, y - size * 1.7), (x + size * 0.22, y - size * 1.92)]),
        TERRACOTTA,
        size * 0.11,
    )
    leaf(canvas, x + size * 0.1, y - size * 1.6, size * 0.85, -28)


def leaf(canvas: Canvas, x: float, y: float, length: float, angle: float, colour: str = LEAF) -> None:
    """A leaf that grows out of ``(x, y)``."""
    side = curve([(x, y), (x + length * 0.45, y - length * 0.26), (x + length, y)], 10)
    other = curve([(x + length, y), (x + length * 0.5, y + length * 0.22), (x, y)], 10)
    canvas.polygon(turned([*side, *other], (x, y), angle), colour)
    canvas.line(turned([(x + length * 0.1, y), (x + length * 0.8, y)], (x, y), angle), (SNOW, 0.45), 4)


def star(canvas: Canvas, x: float, y: float, size: float, colour: Colour) -> None:
    """A star of five points."""
    canvas.polygon(
        [around(x, y, size if k % 2 == 0 else size * 0.45, k * 36 - 90) for k in range(10)], colour
    )


def heart(canvas: Canvas, x: float, y: float, size: float, colour: Colour) -> None:
    """A heart around ``(x, y)``."""
    half = [(0, -0.35), (0.3, -0.78), (0.78, -0.7), (0.88, -0.2), (0.5, 0.4), (0, 0.9)]
    right = curve([(x + dx * size, y + dy * size) for dx, dy in half], 12)
    canvas.polygon([*right, *[(2 * x - px, py) for px, py in reversed(right)]], colour)


def bubble(
    canvas: Canvas, x: float, y: float, width: float, height: float, colour: str, *, left: bool
) -> None:
    """A speech bubble whose tail points down to one side."""
    foot = x + width * (0.26 if left else 0.74)
    tip = foot + (-60 if left else 60)
    canvas.polygon(
        [(foot - 40, y + height - 12), (foot + 40, y + height - 12), (tip, y + height + 78)], colour
    )
    canvas.rectangle(x, y, width, height, colour, 64)


def house(canvas: Canvas, x: float, base: float, width: float, wall: str, roof: str) -> None:
    """A house under a roof that is an open book."""
    height = width * 0.72
    canvas.rectangle(x - width / 2, base - height, width, height, wall, 6)
    canvas.rectangle(x - width * 0.11, base - height * 0.5, width * 0.22, height * 0.5, (INK, 0.55), 8)
    for side in (-1, 1):
        canvas.rectangle(
            x + side * width * 0.3 - width * 0.09, base - height * 0.72, width * 0.18, width * 0.2, HONEY, 5
        )
        eaves = [(x, base - height * 1.62), (x + side * width * 0.68, base - height * 0.86)]
        canvas.polygon(
            [*eaves, (x + side * width * 0.68, base - height * 0.98), (x, base - height * 1.76)], roof
        )
        canvas.polygon(
            [(x, base - height * 1.5), (x + side * width * 0.6, base - height * 0.84), *reversed(eaves)],
            CREAM,
        )
    canvas.polygon(
        [
            (x, base - height * 1.5),
            (x - width * 0.5, base - height * 0.94),
            (x + width * 0.5, base - height * 0.94),
        ],
        wall,
    )


def path(canvas: Canvas, points: Sequence[Point], colour: Colour, size: float = 9) -> None:
    """Dots along a smooth line."""
    for index, (x, y) in enumerate(curve(points, 12)):
        if index % 3 == 0:
            canvas.circle(x, y, size, colour)


def flying_book(canvas: Canvas, x: float, y: float, size: float, colour: str) -> None:
    """An open book that flies like a bird."""
    for side in (-1, 1):
        cover = [
            (x, y + size * 0.02),
            (x + side * size * 1.1, y - size * 0.62),
            (x + side * size * 1.22, y - size * 0.02),
        ]
        canvas.polygon([*cover, (x, y + size * 0.62)], colour)
        page = [
            (x, y - size * 0.1),
            (x + side * size * 0.98, y - size * 0.7),
            (x + side * size * 1.06, y - size * 0.16),
        ]
        canvas.polygon([*page, (x, y + size * 0.42)], CREAM)
