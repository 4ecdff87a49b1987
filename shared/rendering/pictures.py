"""What organizers upload: pictures that become templates, and what print makes of them."""

import hashlib
import io
import math
from dataclasses import dataclass
from typing import Literal

import numpy
from PIL import Image, ImageOps, UnidentifiedImageError

from shared.errors import (
    PictureAnimated,
    PictureBroken,
    PictureNotPixels,
    PictureTooLarge,
    PictureTooSmall,
    PictureWrongKind,
)
from shared.language import N_
from shared.rendering.raster import JPEG_QUALITY
from shared.rendering.sample import draw_sample_template as draw_sample_template

MOST_PIXELS = 40_000_000
LEAST_SIDE = 300

SOFT_IN_PRINT = N_("The picture has few pixels: in print it will look soft.")
TURNED = N_("The picture was turned upright, as its camera data say.")
COLOURS_CONVERTED = N_("The picture was in print colours (CMYK); its colours may differ slightly.")
FLATTENED = N_("Transparent parts were filled with white.")


@dataclass(frozen=True)
class Template:
    """An accepted picture. `content` is the master that certificates are made from."""

    content: bytes
    media_type: str
    width: int
    height: int
    dpi: float | None
    sha256: str
    warnings: tuple[str, ...] = ()


# How files begin that people try instead (signatures from the formats' own specifications).
_PIXEL_KINDS = (
    (b"GIF8", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"BM", "BMP"),
    (b"8BPS", "Photoshop"),
    (b"\x00\x00\x01\x00", "ICO"),
)
_PAGE_KINDS = ((b"%PDF", "PDF"), (b"%!PS", "EPS"), (b"\xc5\xd0\xd3\xc6", "EPS"))


def accept_template(upload: bytes) -> Template:
    """Check an uploaded picture and make it a template.

    Upright, RGB, 8 bits, without transparency; a clean baseline RGB JPEG is kept as it is.
    Raises a subclass of PictureRefused that says what to do instead.
    """
    _refuse_other_kinds(upload)
    picture = _opened(upload)
    warnings: list[str] = []
    dpi = _dpi(picture)
    plain = _plain(picture, warnings)
    if print_size(plain.width, plain.height, dpi).verdict == "soft":
        warnings.append(SOFT_IN_PRINT)
    kept = picture.format == "JPEG" and picture.mode == "RGB" and not warnings_of_change(warnings)
    is_baseline = kept and "progressive" not in picture.info
    content = upload if is_baseline else _master(plain, picture.format or "PNG", dpi)
    media_type = "image/jpeg" if picture.format == "JPEG" else "image/png"
    digest = hashlib.sha256(content).hexdigest()
    return Template(content, media_type, plain.width, plain.height, dpi, digest, tuple(warnings))


def warnings_of_change(warnings: list[str]) -> list[str]:
    """Those that mean that the pixels are no longer those of the upload."""
    return [warning for warning in warnings if warning != SOFT_IN_PRINT]


def _refuse_other_kinds(upload: bytes) -> None:
    for start, kind in _PIXEL_KINDS:
        if upload.startswith(start):
            raise PictureWrongKind(kind=kind)
    for start, kind in _PAGE_KINDS:
        if upload.startswith(start):
            raise PictureNotPixels(kind=kind)
    if upload[:4] == b"RIFF" and upload[8:12] == b"WEBP":
        raise PictureWrongKind(kind="WebP")
    if upload[4:8] == b"ftyp":
        raise PictureWrongKind(kind="HEIC/AVIF")
    if b"<svg" in upload[:1000].lower():
        raise PictureNotPixels(kind="SVG")


def _opened(upload: bytes) -> Image.Image:
    """The picture, loaded in full, its size checked before its pixels are."""
    try:
        picture = Image.open(io.BytesIO(upload), formats=("PNG", "JPEG"))
        if picture.width * picture.height > MOST_PIXELS:
            megapixels = math.ceil(picture.width * picture.height / 1e6)
            raise PictureTooLarge(megapixels=megapixels, limit=MOST_PIXELS // 1_000_000)
        if min(picture.size) < LEAST_SIDE:
            raise PictureTooSmall(width=picture.width, height=picture.height, least=LEAST_SIDE)
        if getattr(picture, "is_animated", False) and picture.format == "PNG":
            raise PictureAnimated()
        picture.load()
    except (UnidentifiedImageError, Image.DecompressionBombError) as problem:
        raise PictureBroken() from problem
    except (OSError, SyntaxError, ValueError) as problem:
        # What Pillow raises for truncated and damaged files.
        raise PictureBroken() from problem
    return picture


def _plain(picture: Image.Image, warnings: list[str]) -> Image.Image:
    """Upright 8-bit RGB; what had to change is added to `warnings`."""
    upright = ImageOps.exif_transpose(picture)
    if picture.getexif().get(0x0112, 1) != 1:
        warnings.append(TURNED)
    if upright.mode in ("CMYK", "YCCK"):
        warnings.append(COLOURS_CONVERTED)
    if upright.mode.startswith("I"):
        # convert("RGB") would clip 16-bit grey at 255 instead of scaling it.
        upright = Image.fromarray((numpy.asarray(upright) >> 8).astype("uint8"))
    if upright.has_transparency_data:
        return _on_white(upright.convert("RGBA"), warnings)
    return upright.convert("RGB")


def _on_white(picture: Image.Image, warnings: list[str]) -> Image.Image:
    if picture.getchannel("A").getextrema() != (255, 255):
        warnings.append(FLATTENED)
    white = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(white, picture).convert("RGB")


def _master(picture: Image.Image, format: str, dpi: float | None) -> bytes:
    buffer = io.BytesIO()
    density = {"dpi": (dpi, dpi)} if dpi else {}
    if format == "JPEG":
        picture.save(buffer, "JPEG", quality=JPEG_QUALITY, subsampling=0, **density)
    else:
        picture.save(buffer, "PNG", **density)
    return buffer.getvalue()


def _dpi(picture: Image.Image) -> float | None:
    found = picture.info.get("dpi")
    return round(float(found[0]), 2) if found and found[0] > 1 else None


# Print


@dataclass(frozen=True)
class PrintSize:
    """Which paper the picture suits, how many pixels per inch it has there, and how it will look.

    `paper` is None if the shape is none of the usual ones; the size is then reckoned from the
    file's own dpi, or for a long side of 297 mm.
    """

    paper: str | None
    landscape: bool
    width_mm: float
    height_mm: float
    dpi: float
    verdict: Literal["sharp", "fair", "soft"]


# ISO 216 and ANSI/ASME Y14.1, short side x long side in mm.
_PAPERS = (("A4", 210.0, 297.0), ("Letter", 215.9, 279.4))
_SHAPE_TOLERANCE = 0.02
_SHARP, _FAIR = 200, 120


def print_size(width: int, height: int, dpi: float | None = None) -> PrintSize:
    """What the picture is in print: "A4 at 142 dpi, soft" as data."""
    short, long = sorted((width, height))
    fitting = [
        (name, short_mm, long_mm)
        for name, short_mm, long_mm in _PAPERS
        if abs(long / short / (long_mm / short_mm) - 1) < _SHAPE_TOLERANCE
    ]
    name, long_mm = (fitting[0][0], fitting[0][2]) if fitting else (None, 297.0)
    if not fitting and dpi and dpi > 100:
        long_mm = long / dpi * 25.4
    resolution = long / long_mm * 25.4
    verdict: Literal["sharp", "fair", "soft"] = (
        "sharp" if resolution >= _SHARP else "fair" if resolution >= _FAIR else "soft"
    )
    scale = 25.4 / resolution
    return PrintSize(
        name,
        width > height,
        round(width * scale, 1),
        round(height * scale, 1),
        round(resolution, 1),
        verdict,
    )
