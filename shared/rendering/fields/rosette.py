"""A rosette of fine lines, as engravers draw them, which is different on every certificate."""

import hashlib
import math
from functools import lru_cache
from typing import Any, ClassVar, Literal

import numpy
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from shared.language import N_
from shared.rendering.facts import Facts
from shared.rendering.fields.field import Field, Page, Resolved
from shared.rendering.fields.settings import BOX, COLOUR, Settings
from shared.rendering.text.typesetting import Typesetting

# The rosette's radius around its middle, the point (0, 0).
_REACH = 500
# The width of its lines, in the same unit.
_STROKE = 3.4
# It is drawn that many times as large, so that its lines are smooth.
_FINER = 3

# A row for each point of a line.
Curve = NDArray[numpy.float64]


@lru_cache(maxsize=256)
def curves(seed: str) -> tuple[Curve, ...]:
    """Return the closed lines of version 1, from the outside in, by the digest of `seed`.

    They are three rings of strands, each a circle with waves, turned against each other (a
    guilloche).
    """
    digest = hashlib.sha256(seed.encode()).digest()
    first, second = 11 + digest[0] % 8, 7 + digest[1] % 7
    slant = 0.5 + digest[2] / 512
    rings = (
        # Waves, strands, middle radius, and height of the waves.
        (first, 10, 0.82, 0.13 + digest[3] / 5000),
        (second, 8, 0.55, 0.17 + digest[4] / 4000),
        (5 + digest[5] % 5, 6, 0.27, 0.09 + digest[6] / 6000),
    )
    found: list[Curve] = []
    for waves, strands, middle, height in rings:
        turn = 2 * math.pi * numpy.arange(waves * 14) / (waves * 14)
        phase = 2 * math.pi * numpy.arange(strands)[:, None] / strands
        swell = numpy.cos(waves * turn + phase) + slant / 3 * numpy.cos(2 * waves * turn - phase)
        reach = _REACH * (middle + height * swell / (1 + slant / 3))
        found.extend(numpy.stack((reach * numpy.cos(turn), reach * numpy.sin(turn)), axis=-1))
    return tuple(found)


def _path(curve: Curve) -> str:
    """Return a closed line as SVG, in tenths, with each point relative to the one before, which is
    read fastest."""
    points = (curve * 10).round().astype(int)
    (left, top), steps = points[0], numpy.diff(points, axis=0).ravel().tolist()
    return f"M{left} {top}l{' '.join(map(str, steps))}Z"


class Rosette(Field):
    """An ornament drawn from the public id of the certificate. It proves nothing.

    `generator` is the version of the drawing.
    """

    kind: Literal["rosette"] = "rosette"
    generator: Literal[1] = 1

    label: ClassVar[str] = N_("Rosette")
    settings: ClassVar[Settings] = (*BOX, COLOUR)
    may_cover: ClassVar[bool] = True

    def content_of(self, facts: Facts, typesetting: Typesetting) -> str:
        """Return the public id, with which the link ends."""
        return facts.link.rpartition("/")[2] or facts.number or facts.name

    def sample(self, facts: Facts) -> str:
        return "❋"

    def paint(self, resolved: Resolved, image: Image.Image, top: int = 0) -> None:
        if not resolved.content:
            return
        side = min(resolved.box.width, resolved.box.height)
        drawn = Image.new("L", (side * _FINER, side * _FINER))
        canvas, scale = ImageDraw.Draw(drawn), side * _FINER / (2 * _REACH)
        middle, width = side * _FINER / 2, max(1, round(_STROKE * scale))
        for curve in curves(resolved.content):
            points = (middle + curve * scale).round().ravel().tolist()
            canvas.line([*points, *points[:2]], 255, width)
        tile = Image.new("RGBA", (side, side), self.color)
        tile.putalpha(drawn.resize((side, side), Image.Resampling.BOX))
        resolved.paste(tile, image, top)

    def on_page(self, resolved: Resolved, page: Page) -> dict[str, Any]:
        side = min(resolved.box.width, resolved.box.height) * page.point
        reach, path = 10 * _REACH, "".join(map(_path, curves(resolved.content)))
        view = f"{-reach} {-reach} {2 * reach} {2 * reach}"
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}"><path d="{path}" '
            f'fill="none" stroke="{self.color}" stroke-width="{10 * _STROKE}"/></svg>'
        )
        return {"draw": "ornament", "svg": svg, "side": side}
