"""The colours of an organization's logo, for the designs."""

import io
from dataclasses import dataclass

import numpy
from PIL import Image

from shared.rendering.gallery.catalogue import mixed
from shared.rendering.raster import encoded

# A small picture has the same colours.
_SIDE = 256
_COLOURS = 12
# The least share of the pixels that count as a colour.
_LEAST_SHARE = 0.004
# With less chroma, a colour is grey; with a smaller difference, two are the same (CIE 1976,
# L*a*b*).
_GREY, _ALIKE = 14.0, 28.0
# JPEG does not leave white quite white.
_WHITE = 246
_DARK_GREY, _PALE = "#333333", 0.45


@dataclass(frozen=True)
class _Colour:
    written: str
    share: float
    lab: numpy.ndarray

    @property
    def chroma(self) -> float:
        return float(numpy.hypot(self.lab[1], self.lab[2]))


def colours_of(logo: bytes) -> tuple[str, str]:
    """Return the main and the second colour ("#rrggbb") of an accepted logo (PNG).

    The main one has most of what is coloured; a logo of one colour has a paler shade of it as its
    second, and one without colours has greys.
    """
    with Image.open(io.BytesIO(logo), formats=("PNG",)) as opened:
        picture = opened.convert("RGBA")
    found = _colours_in(picture)
    coloured = [colour for colour in found if colour.chroma >= _GREY]
    if not coloured:
        darkest = min(found, key=lambda colour: float(colour.lab[0]), default=None)
        main = darkest.written if darkest and darkest.lab[0] < 60 else _DARK_GREY
        return main, mixed(main, "#ffffff", _PALE)
    main_colour = max(coloured, key=_weight)
    others = [colour for colour in coloured if _apart(colour.lab, main_colour.lab) >= _ALIKE]
    if not others:
        return main_colour.written, mixed(main_colour.written, "#ffffff", _PALE)
    return main_colour.written, max(others, key=_weight).written


def without_ground(logo: bytes) -> bytes:
    """Return an accepted logo (PNG) on a white ground without it: on white it looks the same, and
    no box is seen on other paper. Any other logo is returned as it is."""
    with Image.open(io.BytesIO(logo), formats=("PNG",)) as opened:
        picture = numpy.asarray(opened.convert("RGBA")).astype(numpy.float32)
    rim = numpy.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])
    if rim.min() < _WHITE:
        return logo
    # The least opacity that looks the same on white.
    shape = 1 - picture[:, :, :3].min(axis=2, keepdims=True) / 255
    ink = 255 - (255 - picture[:, :, :3]) / numpy.maximum(shape, 1 / 255)
    bare = numpy.concatenate([ink, 255 * shape], axis=2)
    return encoded(Image.fromarray(numpy.clip(bare.round(), 0, 255).astype(numpy.uint8)), "PNG")


def _weight(colour: _Colour) -> float:
    """Return how much a colour counts: a large area does, and so does a strong colour; a pale
    ground is no logo's colour."""
    return float(colour.share**0.7) * colour.chroma


def difference(one: str, other: str) -> float:
    """Return how different two colours ("#rrggbb") look (CIE 1976)."""
    first, second = (
        _lab(numpy.frombuffer(bytes.fromhex(colour.removeprefix("#")), numpy.uint8))
        for colour in (one, other)
    )
    return _apart(first, second)


def _apart(one: numpy.ndarray, other: numpy.ndarray) -> float:
    return float(numpy.linalg.norm(one - other))


def _colours_in(picture: Image.Image) -> list[_Colour]:
    """Return the few colours of the pixels that are seen, without their rims, which are
    mixtures."""
    picture.thumbnail((_SIDE, _SIDE), Image.Resampling.NEAREST)
    pixels = numpy.asarray(picture)
    seen = pixels[pixels[:, :, 3] > 127][:, :3]
    if not len(seen):
        return []
    flat = Image.fromarray(seen.reshape(1, -1, 3))
    reduced = flat.quantize(_COLOURS, Image.Quantize.MEDIANCUT)
    palette = numpy.asarray(reduced.getpalette(), numpy.uint8).reshape(-1, 3)
    numbers, counts = numpy.unique(numpy.asarray(reduced), return_counts=True)
    found = []
    for number, count in zip(numbers, counts, strict=True):
        if count / len(seen) >= _LEAST_SHARE:
            red, green, blue = (int(part) for part in palette[number])
            lab = _lab(palette[number])
            found.append(_Colour(f"#{red:02x}{green:02x}{blue:02x}", count / len(seen), lab))
    return found


def _lab(colour: numpy.ndarray) -> numpy.ndarray:
    """Return an sRGB colour (IEC 61966-2-1) as CIE L*a*b*, D65."""
    part = colour / 255
    linear = numpy.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    to_xyz = numpy.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    ratio = to_xyz @ linear / numpy.array([0.9505, 1.0, 1.089])
    bent = numpy.where(ratio > 216 / 24389, numpy.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    x, y, z = bent
    return numpy.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])
