"""The process that reads organizers' pictures; `accepted` starts it.

A malicious file can make decoders crash, hang or take all memory. The result is plain: only its
number of pixels decides the time and memory that decoding it again takes.

It answers `{"refused": NUMBER, "details": {...}}`, a place in REFUSALS, or `{"found": [NUMBER, …],
…}`, places in FINDINGS, with facts about the picture, and then, in parts, the picture as BASE64.
"""

import gc
import io
import math
import warnings
from collections.abc import Iterator
from typing import Any

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

from shared import confined
from shared.errors import PictureRefused
from shared.language import N_
from shared.rendering.raster import encoded
from shared.rendering.raster.strips import full_jpeg
from shared.rendering.uploads.segments import bare_jpeg, scans
from shared.rendering.uploads.signature import cut_out

MOST_PIXELS = 40_000_000
LEAST_SIDE = 300
# A signature or seal is a small part of a certificate: more pixels only cost memory.
MOST_INSET_SIDE = 2000
# PNG bytes per pixel. Drawn artwork compresses to less than half of this, photographs to twice.
PHOTOGRAPH = 1.0
# A JPEG that is not progressive has at most a scan for each colour; in others, readers go through
# all pixels for each scan.
_PLAIN_SCANS = 3

TEMPLATE, INSET, SIGNATURE = "template", "inset", "signature"
TURNED = N_("The picture was turned upright, as its camera data say.")
COLOURS_CONVERTED = N_("The picture was in print colours (CMYK); its colours may differ slightly.")
FLATTENED = N_("Transparent parts were filled with white.")
OPAQUE = N_("It has no transparent background, so it covers the layers below.")
FINDINGS = (TURNED, COLOURS_CONVERTED, FLATTENED, OPAQUE)
_TOO_LARGE = N_(
    "The picture has {megapixels} million pixels; at most {limit} million are possible. "
    "A4 at 300 dpi has 9 million: scale it down and upload it again."
)
_TOO_SMALL = N_(
    "The picture is only {width} × {height} pixels. Each side needs at least "
    "{least}; A4 at 300 dpi is 3508 × 2480."
)
_ANIMATED = N_("The picture is animated. Save one frame of it as PNG or JPEG.")
_TEXT_TOO_LARGE = N_(
    "The picture carries more than {limit} MB of text beside its pixels. "
    "Export it without metadata."
)
_BROKEN = N_("The file is damaged or was not uploaded whole. Export it again.")
_NO_SIGNATURE = N_(
    "No signature was found in the picture. Write it with a dark pen on white paper, and take the "
    "photo from near, with nothing else on it."
)
# The answer has places in this and in FINDINGS: malicious code in this process cannot write its own
# message.
REFUSALS = (_TOO_LARGE, _TOO_SMALL, _ANIMATED, _TEXT_TOO_LARGE, _BROKEN, _NO_SIGNATURE)

# What Pillow and libheif raise for files that are not images, or truncated or damaged.
_UNREADABLE = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, RuntimeError)
# Rows that are handled together.
_BAND = 256


def read(upload: bytes, kind: str) -> Iterator[Any]:
    """Yield the answers of the process about a TEMPLATE, an INSET, or a photograph of a
    SIGNATURE."""
    try:
        plain, content, dpi, found = _READ[kind](upload)
    except PictureRefused as refusal:
        yield {"refused": REFUSALS.index(refusal.message), "details": refusal.details}
        return
    numbers = [FINDINGS.index(finding) for finding in found]
    yield {"found": numbers, "width": plain.width, "height": plain.height, "dpi": dpi}
    yield from confined.in_parts([content])


# The picture, its file, the pixels per inch that were stated, and what was found.
_Accepted = tuple[Image.Image, bytes, float | None, list[str]]


def _template(upload: bytes) -> _Accepted:
    """Make an upright sRGB picture of 8 bits without transparency. A baseline RGB JPEG that is so
    already is not encoded again; only its metadata is removed."""
    image = _opened(upload)
    plain, found = _plain(image)
    stated = image.info.get("dpi")
    dpi = round(float(stated[0]), 2) if stated and stated[0] > 1 else None
    content = _kept(upload, image, plain, dpi)
    if content is None and image.format == "PNG":
        # Judged by how badly a few bands of rows compress, since compressing all may take 10 s.
        height = min(16, plain.height)
        tops = [round((plain.height - height) * share / 8) for share in range(9)]
        bands = [plain.crop((0, top, plain.width, top + height)) for top in tops]
        packed = sum(len(_png(band, None)) for band in bands)
        if packed <= PHOTOGRAPH * len(bands) * plain.width * height:
            content = _png(plain, dpi)
    # A photograph saved as PNG becomes JPEG: a quarter of the size, and of the time to draw on.
    return plain, content or full_jpeg(plain, dpi=dpi), dpi, found


def _inset(upload: bytes) -> _Accepted:
    """Make a PNG with its transparency."""
    upright, found = _upright(_opened(upload, least=1))
    shape = upright.convert("RGBA").getchannel("A")
    # The colours only, even where transparent: blended with white, edges would get a pale rim.
    has_shape = upright.has_transparency_data
    inset = _in_srgb(upright.convert("RGBA").convert("RGB") if has_shape else upright)
    inset.putalpha(shape)
    inset.info = {}
    inset.thumbnail((MOST_INSET_SIDE, MOST_INSET_SIDE))
    is_opaque = shape.getextrema() == (255, 255)
    return inset, _png(inset, None), None, [*found, *([OPAQUE] if is_opaque else [])]


def _signature(upload: bytes) -> _Accepted:
    """Make a PNG of the ink alone; a picture with transparency has no paper already."""
    upright, _ = _upright(_opened(upload, least=1))
    if upright.has_transparency_data:
        return _inset(upload)
    ink = cut_out(_in_srgb(upright))
    if ink is None:
        raise PictureRefused(_NO_SIGNATURE)
    return ink, _png(ink, None), None, []


_READ = {TEMPLATE: _template, INSET: _inset, SIGNATURE: _signature}


def _opened(upload: bytes, least: int = LEAST_SIDE) -> Image.Image:
    """Return the picture, loaded in full after a check of its size. Raises PictureRefused."""
    try:
        # Pillow warns of large pictures; we refuse them below.
        with warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning):
            image = Image.open(io.BytesIO(upload), formats=_formats(upload))
        if image.width * image.height > MOST_PIXELS:
            megapixels = math.ceil(image.width * image.height / 1e6)
            raise PictureRefused(_TOO_LARGE, megapixels=megapixels, limit=MOST_PIXELS // 1_000_000)
        if min(image.size) < least:
            raise PictureRefused(_TOO_SMALL, width=image.width, height=image.height, least=least)
        if image.format == "PNG" and getattr(image, "is_animated", False):
            raise PictureRefused(_ANIMATED)
        image.load()
        # Read here, where an error means damage.
        image.getexif()
    except Image.DecompressionBombError as problem:
        raise PictureRefused(
            _TOO_LARGE, megapixels="> 170", limit=MOST_PIXELS // 1_000_000
        ) from problem
    except _UNREADABLE as problem:
        if any(name in str(problem) for name in ("MAX_TEXT_CHUNK", "MAX_TEXT_MEMORY")):
            raise PictureRefused(
                _TEXT_TOO_LARGE, limit=PngImagePlugin.MAX_TEXT_CHUNK // 2**20
            ) from problem
        raise PictureRefused(_BROKEN) from problem
    return image


def _formats(upload: bytes) -> tuple[str, ...]:
    """Return the decoders that may read it. That of HEIC, which turns pictures upright itself
    (ISO/IEC 23008-12, 6.5.10), is loaded only when needed."""
    if upload[4:8] != b"ftyp":
        return "PNG", "JPEG"
    import pi_heif

    pi_heif.register_heif_opener(thumbnails=False)
    return ("HEIF",)


def _kept(upload: bytes, image: Image.Image, plain: Image.Image, dpi: float | None) -> bytes | None:
    """Return the upload with only its pixels; None unless it is a JPEG of exactly these pixels."""
    if image.format not in ("JPEG", "MPO") or "progressive" in image.info:
        return None
    if scans(upload) > _PLAIN_SCANS:
        return None
    bare = bare_jpeg(upload, dpi)
    try:
        with Image.open(io.BytesIO(bare), formats=("JPEG",)) as again:
            is_same = again.mode == "RGB" and not any(
                ImageChops.difference(again.crop(band), plain.crop(band)).getbbox()
                for band in _bands(plain)
            )
    except _UNREADABLE:
        return None
    return bare if is_same else None


def _plain(image: Image.Image) -> tuple[Image.Image, list[str]]:
    """Return the picture as upright 8-bit sRGB without transparency, and the changes made."""
    upright, changes = _upright(image)
    if upright.has_transparency_data:
        flat = _on_white(upright if upright.mode == "RGBA" else upright.convert("RGBA"))
        changes += [FLATTENED] if flat is not None else []
        upright = flat or upright
    plain = _in_srgb(upright)
    # Pillow would write comments and profiles found here into every file made from it.
    plain.info = {}
    return plain, changes


def _upright(image: Image.Image) -> tuple[Image.Image, list[str]]:
    """Return the picture upright with 8 bits a channel, and the changes made."""
    changes = []
    if image.getexif().get(ExifTags.Base.Orientation, 1) != 1:
        changes.append(TURNED)
    if image.mode == "CMYK":
        changes.append(COLOURS_CONVERTED)
    # Each copy of the largest picture takes 160 MB.
    ImageOps.exif_transpose(image, in_place=True)
    if image.mode.startswith("I"):
        # convert("RGB") would clip 16-bit grey at 255 instead of scaling it.
        return Image.fromarray((numpy.asarray(image) >> 8).astype("uint8")), changes
    return image, changes


def _on_white(image: Image.Image) -> Image.Image | None:
    """Return the picture on white; None if it is opaque."""
    if image.getchannel("A").getextrema() == (255, 255):
        return None
    flat = Image.new("RGB", image.size)
    for box in _bands(image):
        band = image.crop(box)
        white = Image.new("RGBA", band.size, "white")
        flat.paste(Image.alpha_composite(white, band).convert("RGB"), box)
    flat.info = image.info
    return flat


def _bands(image: Image.Image) -> Iterator[tuple[int, int, int, int]]:
    """Yield boxes of some rows each, since a copy of the largest picture takes 160 MB."""
    for top in range(0, image.height, _BAND):
        yield 0, top, image.width, min(top + _BAND, image.height)


def _in_srgb(image: Image.Image) -> Image.Image:
    """Return the picture in sRGB: a wide-gamut or print profile is applied, then dropped."""
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


def _png(image: Image.Image, dpi: float | None) -> bytes:
    return encoded(image, "PNG", compress_level=4, **({"dpi": (dpi, dpi)} if dpi else {}))


if __name__ == "__main__":
    # The process ends in a second, and nothing in it forms reference cycles.
    gc.disable()
    (kind, file) = confined.work()
    for value in read(file, kind):
        confined.answer(value)
