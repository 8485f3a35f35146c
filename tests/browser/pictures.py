"""Pictures as a phone makes them."""

from pathlib import Path

from PIL import Image, ImageDraw


def photograph(place: Path) -> Path:
    """Draw a picture, large enough for all sizes of the site, to ``place`` and return it."""
    picture = Image.new("RGB", (2400, 1350), (96, 120, 90))
    ImageDraw.Draw(picture).ellipse((400, 200, 2000, 1150), fill=(230, 200, 120))
    picture.save(place, quality=80)
    return place
