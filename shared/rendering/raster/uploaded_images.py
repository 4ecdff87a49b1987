"""Organizers' uploads: images that become templates, and their quality in print."""

import hashlib
import io
import math
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

import numpy
from PIL import (
    ExifTags,
    Image,
    ImageChops,
    ImageCms,
    ImageOps,
    PngImagePlugin,
    UnidentifiedImageError,
)

from shared.errors import (
    PictureAnimated,
    PictureBroken,
    PictureCodedArithmetically,
    PictureNotPixels,
    PictureOfManyScans,
    PictureRefused,
    PictureTextTooLarge,
    PictureTooLarge,
    PictureTooSmall,
    PictureWrongKind,
)
from shared.language import N_
from shared.rendering.raster import jpeg_file
from shared.rendering.raster.jpeg import full_jpeg
from shared.rendering.raster.print_size import differs, first_dpi, print_size, usual_dpi
from shared.rendering.sample import draw_sample_template as draw_sample_template

MOST_PIXELS = 40_000_000
# Programs write about ten. 600 KB can make a reader go through 40 million pixels for a minute.
MOST_SCANS = 100
LEAST_SIDE = 300
# A signature or seal is a small part of a certificate: more pixels cost memory without being
# visible.
MOST_INSET_SIDE = 2000
# PNG bytes per pixel. Drawn artwork packs to less than half of this, photographs to twice.
PHOTOGRAPH = 1.0

SOFT_IN_PRINT = N_("The picture has few pixels: in print it will look soft.")
TURNED = N_("The picture was turned upright, as its camera data say.")
COLOURS_CONVERTED = N_("The picture was in print colours (CMYK); its colours may differ slightly.")
FLATTENED = N_("Transparent parts were filled with white.")
OWN_SIZE = N_(
    "PDF certificates are as large as the file says. The usual size can be chosen on the screen "
    "Certificate, under Another picture."
)
OPAQUE = N_("It has no transparent background, so it covers what lies under it.")


@dataclass(frozen=True)
class Template:
    """An accepted image. `content` is the master for certificates, `vector` the same as a vector
    page (SVG or PDF) for PDF certificates.

    `dpi` is what the file states, `print_dpi` the pixels per inch of PDF certificates, which decide
    how large they are."""

    content: bytes
    media_type: str
    width: int
    height: int
    dpi: float | None
    sha256: str
    warnings: tuple[str, ...] = ()
    vector: bytes | None = None
    print_dpi: float | None = None


# How other files begin that people try (signatures from the formats' specifications).
_PIXEL_KINDS = {
    b"GIF8": "GIF",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"BM": "BMP",
    b"8BPS": "Photoshop",
    b"\x00\x00\x01\x00": "ICO",
}
_PAGE_KINDS = {b"%PDF": "PDF", b"%!PS": "EPS", b"\xc5\xd0\xd3\xc6": "EPS"}


# What Pillow raises for files that are not images, or truncated or damaged.
_UNREADABLE = (UnidentifiedImageError, OSError, SyntaxError, ValueError)


def accept_template(upload: bytes, *, is_page: bool = False) -> Template:
    """Check an uploaded picture and make it a template.

    Upright, sRGB, 8 bits, without transparency. A baseline RGB JPEG that already meets this is not
    encoded again; only its metadata is removed. The size on paper that it states counts if it is a
    usual one, and always for the picture of a page (`is_page`). Raises a subclass of PictureRefused
    that says what to do instead.
    """
    _refuse_other_kinds(upload)
    image = _opened(upload)
    plain, changes = _plain(image)
    dpi = _dpi(image)
    content = _kept(upload, image, plain, dpi) or _master(plain, image.format, dpi)
    print_dpi = dpi if is_page and dpi else first_dpi(plain.width, plain.height, dpi)
    return Template(
        content=content,
        media_type="image/jpeg" if content.startswith(b"\xff\xd8") else "image/png",
        width=plain.width,
        height=plain.height,
        dpi=dpi,
        sha256=hashlib.sha256(content).hexdigest(),
        warnings=(*changes, *_in_print(plain, dpi, print_dpi)),
        print_dpi=print_dpi,
    )


def _in_print(plain: Image.Image, stated: float | None, print_dpi: float) -> Iterator[str]:
    if differs(print_dpi, usual_dpi(*plain.size, stated)):
        yield OWN_SIZE
    if print_size(*plain.size, print_dpi).verdict == "soft":
        yield SOFT_IN_PRINT


def accept_inset(upload: bytes) -> Template:
    """Check a signature or seal, which is drawn onto a template: a PNG, its transparency kept.

    Raises a subclass of PictureRefused that says what to do instead.
    """
    _refuse_other_kinds(upload)
    upright, changes = _upright(_opened(upload, least=1))
    shape = upright.convert("RGBA").getchannel("A")
    inset = _in_srgb(_without_shape(upright))
    inset.putalpha(shape)
    inset.info = {}
    inset.thumbnail((MOST_INSET_SIDE, MOST_INSET_SIDE))
    content = _png(inset, None)
    is_opaque = shape.getextrema() == (255, 255)
    return Template(
        content,
        media_type="image/png",
        width=inset.width,
        height=inset.height,
        dpi=None,
        sha256=hashlib.sha256(content).hexdigest(),
        warnings=(*changes, *((OPAQUE,) if is_opaque else ())),
    )


def _without_shape(image: Image.Image) -> Image.Image:
    """The colours only, even where transparent: blended with white, edges would get a pale rim."""
    return image.convert("RGBA").convert("RGB") if image.has_transparency_data else image


def _refuse_other_kinds(upload: bytes) -> None:
    for start, kind in _PIXEL_KINDS.items():
        if upload.startswith(start):
            raise PictureWrongKind(kind=kind)
    for start, kind in _PAGE_KINDS.items():
        if upload.startswith(start):
            raise PictureNotPixels(kind=kind)
    if upload[:4] == b"RIFF" and upload[8:12] == b"WEBP":
        raise PictureWrongKind(kind="WebP")
    if upload[4:8] == b"ftyp":
        raise PictureWrongKind(kind="HEIC/AVIF")
    if b"<svg" in upload[:1000].lower():
        raise PictureNotPixels(kind="SVG")
    if upload.startswith(b"\xff\xd8") and jpeg_file.is_arithmetic(upload):
        # Pillow may read it, but what prints the PDF does not.
        raise PictureCodedArithmetically()
    if upload.startswith(b"\xff\xd8") and jpeg_file.scans(upload) > MOST_SCANS:
        raise PictureOfManyScans(limit=MOST_SCANS)


def _opened(upload: bytes, least: int = LEAST_SIDE) -> Image.Image:
    """The picture, loaded in full, its size checked before its pixels are."""
    try:
        # Pillow warns of large pictures; we refuse them below.
        with warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning):
            image = Image.open(io.BytesIO(upload), formats=("PNG", "JPEG"))
        _refuse_unsuited(image, least)
        image.load()
    except Image.DecompressionBombError as problem:
        raise PictureTooLarge(megapixels="> 170", limit=MOST_PIXELS // 1_000_000) from problem
    except _UNREADABLE as problem:
        raise _reason(problem) from problem
    return image


def _reason(problem: Exception) -> PictureRefused:
    """Why a picture cannot be read, from what Pillow said."""
    if any(name in str(problem) for name in ("MAX_TEXT_CHUNK", "MAX_TEXT_MEMORY")):
        return PictureTextTooLarge(limit=PngImagePlugin.MAX_TEXT_CHUNK // 2**20)
    return PictureBroken()


def _refuse_unsuited(image: Image.Image, least: int) -> None:
    if image.width * image.height > MOST_PIXELS:
        megapixels = math.ceil(image.width * image.height / 1e6)
        raise PictureTooLarge(megapixels=megapixels, limit=MOST_PIXELS // 1_000_000)
    if min(image.size) < least:
        raise PictureTooSmall(width=image.width, height=image.height, least=least)
    if image.format == "PNG" and getattr(image, "is_animated", False):
        raise PictureAnimated()


def _kept(upload: bytes, image: Image.Image, plain: Image.Image, dpi: float | None) -> bytes | None:
    """The upload with only its pixels; None unless it is a JPEG of exactly these pixels."""
    if image.format not in ("JPEG", "MPO") or "progressive" in image.info:
        return None
    bare = jpeg_file.bare(upload, dpi)
    try:
        with Image.open(io.BytesIO(bare), formats=("JPEG",)) as again:
            is_same = again.mode == "RGB" and not ImageChops.difference(again, plain).getbbox()
    except _UNREADABLE:
        return None
    return bare if is_same else None


def _plain(image: Image.Image) -> tuple[Image.Image, list[str]]:
    """Upright 8-bit sRGB without transparency, and what had to change for it."""
    upright, changes = _upright(image)
    if upright.has_transparency_data:
        flat = _on_white(upright.convert("RGBA"))
        changes += [FLATTENED] if flat is not None else []
        upright = flat or upright
    plain = _in_srgb(upright)
    # Pillow would write comments and profiles found here into every file made from it.
    plain.info = {}
    return plain, changes


def _upright(image: Image.Image) -> tuple[Image.Image, list[str]]:
    """With 8 bits a channel and the top above, and what had to change for it."""
    changes = []
    if image.getexif().get(ExifTags.Base.Orientation, 1) != 1:
        changes.append(TURNED)
    if image.mode == "CMYK":
        changes.append(COLOURS_CONVERTED)
    upright = ImageOps.exif_transpose(image)
    if upright.mode.startswith("I"):
        # convert("RGB") would clip 16-bit grey at 255 instead of scaling it.
        upright = Image.fromarray((numpy.asarray(upright) >> 8).astype("uint8"))
    return upright, changes


def _on_white(image: Image.Image) -> Image.Image | None:
    """The picture without its transparency; None if nothing shone through."""
    if image.getchannel("A").getextrema() == (255, 255):
        return None
    white = Image.new("RGBA", image.size, "white")
    flat = Image.alpha_composite(white, image).convert("RGB")
    flat.info = image.info
    return flat


def _in_srgb(image: Image.Image) -> Image.Image:
    """Colours as screens show them: a wide-gamut or print profile is applied, then dropped."""
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "CMYK"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if "sRGB" not in ImageCms.getProfileDescription(source):
                srgb = ImageCms.createProfile("sRGB")
                converted = ImageCms.profileToProfile(image, source, srgb, outputMode="RGB")
                assert converted is not None
                return converted
        except (ImageCms.PyCMSError, OSError):
            # A broken profile: the plain conversion is what other programs show, too.
            pass
    return image.convert("RGB")


def _master(image: Image.Image, format: str | None, dpi: float | None) -> bytes:
    """The file that certificates are made from, without anything hidden in it.

    A photograph saved as PNG becomes JPEG: a quarter of the size, and of the time to draw on.
    """
    if format != "PNG" or _is_photograph(image):
        return full_jpeg(image, dpi=dpi)
    return _png(image, dpi)


def _is_photograph(image: Image.Image) -> bool:
    """Judged by how badly a few bands of rows compress, since compressing all may take 10 s."""
    height = min(16, image.height)
    tops = [round((image.height - height) * share / 8) for share in range(9)]
    bands = [image.crop((0, top, image.width, top + height)) for top in tops]
    packed = sum(len(_png(band, None)) for band in bands)
    return packed > PHOTOGRAPH * len(bands) * image.width * height


def _png(image: Image.Image, dpi: float | None) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=4, **({"dpi": (dpi, dpi)} if dpi else {}))
    return buffer.getvalue()


def _dpi(image: Image.Image) -> float | None:
    found = image.info.get("dpi")
    return round(float(found[0]), 2) if found and found[0] > 1 else None
