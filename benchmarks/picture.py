"""The rates of `make bench` at one connection as a picture, for the README."""

from collections.abc import Iterator
from math import log10
from typing import Any
from xml.sax.saxutils import escape

from benchmarks.reads import NAMES
from benchmarks.report import SYSTEMS

# System, its mark: a form beside the colour, for who does not see colours.
MARKS = {
    "rest": ("#8a6d00", "M-5,-5h10v10h-10z"),
    "bare": ("#b3400a", "M0,-6l6,11h-12z"),
    "cold": ("#1f5fbf", "M0,-7l7,7l-7,7l-7,-7z"),
    "warm": ("#0a7a4b", "M-6,0a6,6 0 1,0 12,0a6,6 0 1,0 -12,0z"),
    "constant": ("#6b6b76", "M-1.5,-7h3v14h-3z"),
}
LEFT, WIDTH, ROW, TOP = 300, 820, 34, 60
RIGHT = WIDTH - 30
TICKS = (1, 10, 100, 1_000, 10_000)
STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#1c1c24}line{stroke:#c9c9d2}"
    "@media(prefers-color-scheme:dark){.ground{fill:#16161d}text{fill:#ececf2}line{stroke:#45455a}path{filter:brightness(1.5)}}"
)


def picture(results: Any) -> str:
    """Return an SVG: a line for each read, a mark for each system at its responses per second (logarithmic)."""
    return "\n".join(_drawn(results)) + "\n"


def _drawn(results: Any) -> Iterator[str]:
    height = TOP + ROW * len(NAMES) + 40
    rates = {
        (system, read): max(results.times[system, read, 1].rate, 1) for system in MARKS for read in NAMES
    }
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="t d">'
    yield '<title id="t">Responses per second at one connection</title>'
    said = "; ".join(
        f"{name}: " + ", ".join(f"{SYSTEMS[system]} {rates[system, read]:,.0f}" for system in MARKS)
        for read, name in NAMES.items()
    )
    yield f'<desc id="d">{escape(said)}</desc><style>{STYLE}</style>'
    yield f'<rect class="ground" width="{WIDTH}" height="{height}" rx="8" fill="#fff"/>'
    for place, (system, mark) in enumerate(MARKS.items()):
        left = 24 + 160 * place
        yield _mark(left, 24, *mark) + f'<text x="{left + 12}" y="28">{escape(SYSTEMS[system])}</text>'
    for tick in TICKS:
        x = _x(tick)
        yield f'<line x1="{x:.1f}" y1="{TOP - 14}" x2="{x:.1f}" y2="{height - 32}"/>'
        yield f'<text x="{x:.1f}" y="{height - 12}" text-anchor="middle">{tick:,}</text>'
    for place, (read, name) in enumerate(NAMES.items()):
        y = TOP + ROW * place + 8
        yield f'<text x="{LEFT - 20}" y="{y + 4}" text-anchor="end">{escape(name)}</text>'
        for system, mark in MARKS.items():
            yield _mark(_x(rates[system, read]), y, *mark)
    yield "</svg>"


def _x(rate: float) -> float:
    return LEFT + (RIGHT - LEFT) * log10(rate) / log10(TICKS[-1])


def _mark(x: float, y: float, colour: str, form: str) -> str:
    return f'<path transform="translate({x:.1f},{y})" d="{form}" fill="{colour}"/>'
