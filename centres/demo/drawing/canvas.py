"""A sheet of 1600 by 900 units on which shapes with soft edges are drawn."""

import math
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

type Point = tuple[float, float]
type Colour = str | tuple[str, float]

WIDTH, HEIGHT = 1600, 900
# Drawn twice as large and scaled down, which is all the smoothing that Pillow's shapes need.
SCALE = 2

CREAM, INK, SNOW = "#fdf6e9", "#22223b", "#ffffff"
INDIGO, BLUE, SKY = "#2f3e75", "#4a6fb5", "#bcd4f0"
TEAL, MINT, LEAF = "#1f7a7a", "#a8dccb", "#5b9a4a"
GOLD, AMBER, HONEY = "#f2b632", "#e08e2b", "#fbe3a4"
CORAL, TERRACOTTA, ROSE = "#e8655a", "#b9532f", "#f7c8bd"
PLUM, LILAC, SAND = "#5a2a54", "#c9b3dd", "#ecd9b8"


class Canvas:
    """Shapes in units of the finished picture; a colour may be given with its opacity: ``(GOLD, 0.5)``."""

    def __init__(self, top: str, bottom: str) -> None:
        gradient = Image.linear_gradient("L").resize((WIDTH * SCALE, HEIGHT * SCALE))
        size = gradient.size
        self.image = Image.composite(Image.new("RGB", size, bottom), Image.new("RGB", size, top), gradient)
        # In this mode colours with an opacity are blended into the picture.
        self._draw = ImageDraw.Draw(self.image, "RGBA")

    def polygon(self, points: Sequence[Point], colour: Colour) -> None:
        self._draw.polygon([(x * SCALE, y * SCALE) for x, y in points], _rgba(colour))

    def rectangle(
        self, x: float, y: float, width: float, height: float, colour: Colour, radius: float = 0
    ) -> None:
        box = [value * SCALE for value in (x, y, x + width, y + height)]
        self._draw.rounded_rectangle(box, radius * SCALE, _rgba(colour))

    def frame(
        self, x: float, y: float, width: float, height: float, colour: Colour, stroke: float, radius: float
    ) -> None:
        box = [value * SCALE for value in (x, y, x + width, y + height)]
        self._draw.rounded_rectangle(box, radius * SCALE, None, _rgba(colour), round(stroke * SCALE))

    def circle(self, x: float, y: float, radius: float, colour: Colour) -> None:
        self.ellipse(x, y, radius, radius, colour)

    def ellipse(self, x: float, y: float, rx: float, ry: float, colour: Colour) -> None:
        self._draw.ellipse(
            [(x - rx) * SCALE, (y - ry) * SCALE, (x + rx) * SCALE, (y + ry) * SCALE], _rgba(colour)
        )

    def ring(self, x: float, y: float, radius: float, colour: Colour, stroke: float) -> None:
        box = [(x - radius) * SCALE, (y - radius) * SCALE, (x + radius) * SCALE, (y + radius) * SCALE]
        self._draw.ellipse(box, None, _rgba(colour), round(stroke * SCALE))

    def arc(
        self, x: float, y: float, radius: float, start: float, end: float, colour: Colour, stroke: float
    ) -> None:
        """Draw a part of a ring, in degrees clockwise from three o'clock."""
        box = [(x - radius) * SCALE, (y - radius) * SCALE, (x + radius) * SCALE, (y + radius) * SCALE]
        self._draw.arc(box, start, end, _rgba(colour), round(stroke * SCALE))

    def line(self, points: Sequence[Point], colour: Colour, stroke: float) -> None:
        """Draw a line through ``points`` with round ends and corners."""
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self._draw.line(scaled, _rgba(colour), round(stroke * SCALE), "curve")
        if isinstance(colour, str):
            for x, y in (points[0], points[-1]):
                self.circle(x, y, stroke / 2, colour)

    def letter(
        self, text: str, x: float, y: float, size: float, colour: Colour, *, caron: bool = False
    ) -> None:
        """Write ``text`` around a middle; Pillow's own font has no č, š, ž, so a caron is drawn above."""
        font = ImageFont.load_default(size * SCALE)
        self._draw.text((x * SCALE, y * SCALE), text, _rgba(colour), font, "mm")
        if caron:
            top, wide = y - size * 0.5, size * 0.15
            self.line(
                [(x - wide, top - size * 0.13), (x, top), (x + wide, top - size * 0.13)], colour, size * 0.075
            )

    def finished(self, width: int) -> Image.Image:
        """Return the picture scaled down to ``width``."""
        return self.image.resize((width, width * HEIGHT // WIDTH), Image.Resampling.BOX)


def curve(points: Sequence[Point], steps: int = 24) -> list[Point]:
    """Return a smooth line through ``points`` (Catmull–Rom splines)."""
    padded = [points[0], *points, points[-1]]
    line: list[Point] = []
    for index in range(len(points) - 1):
        a, b, c, d = padded[index : index + 4]
        for step in range(steps):
            t = step / steps
            line.append((_spline(a[0], b[0], c[0], d[0], t), _spline(a[1], b[1], c[1], d[1], t)))
    return [*line, points[-1]]


def around(x: float, y: float, radius: float, angle: float) -> Point:
    """Return the point at ``angle`` degrees clockwise from three o'clock on a circle."""
    return x + radius * math.cos(math.radians(angle)), y + radius * math.sin(math.radians(angle))


def turned(points: Sequence[Point], middle: Point, angle: float) -> list[Point]:
    """Return ``points`` turned clockwise by ``angle`` degrees around ``middle``."""
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return [
        (
            middle[0] + (x - middle[0]) * cos - (y - middle[1]) * sin,
            middle[1] + (x - middle[0]) * sin + (y - middle[1]) * cos,
        )
        for x, y in points
    ]


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)


def _rgba(colour: Colour) -> tuple[int, int, int, int]:
    name, opacity = colour if isinstance(colour, tuple) else (colour, 1.0)
    red, green, blue = (int(name[place : place + 2], 16) for place in (1, 3, 5))
    return red, green, blue, round(255 * opacity)
