"""What organizers upload: every row of the table of accepted and refused files."""

import base64
import io
import struct
import zlib
from dataclasses import replace

import numpy
import pytest
from PIL import Image, ImageCms

from shared.errors import PictureRefused, explain
from shared.language import translate
from shared.rendering.raster.strips import _chunk
from shared.rendering.uploads import accepted, picture_reader
from shared.rendering.uploads.accepted import accept_inset, accept_template
from shared.rendering.uploads.template import Template
from tests.support import factories
from tests.support.heic import HEIC, heic_of
from tests.support.hostile import processor_seconds
from tests.support.uploads import bomb, saved

SIZE = (640, 450)


def artwork(mode="RGB", size=SIZE):
    """Half red, half green: turned or clipped pictures give themselves away."""
    picture = Image.new("RGB", size, (200, 30, 30))
    picture.paste((30, 160, 30), (size[0] // 2, 0, size[0], size[1]))
    return picture.convert(mode)


def photograph():
    pixels = numpy.random.default_rng(1).integers(0, 256, (SIZE[1], SIZE[0], 3), numpy.uint8)
    return Image.fromarray(pixels)


def pixel(template, x, y):
    return Image.open(io.BytesIO(template.content)).convert("RGB").getpixel((x, y))


def near(one, two, by=12):
    return all(abs(a - b) <= by for a, b in zip(one, two, strict=True))


def test_a_clean_jpeg_is_kept_to_the_byte():
    upload = saved(artwork(), "JPEG", dpi=(300, 300))
    template = accept_template(upload)
    assert template.content == upload
    assert (template.media_type, template.width, template.height) == ("image/jpeg", *SIZE)
    assert template.dpi == 300


def test_a_progressive_jpeg_is_encoded_again_as_a_plain_one():
    upload = saved(artwork(), "JPEG", progressive=True)
    template = accept_template(upload)
    again = Image.open(io.BytesIO(template.content))
    assert template.content != upload
    assert "progressive" not in again.info


def test_a_png_is_kept_pixel_by_pixel_but_without_what_is_hidden_in_it():
    upload = saved(artwork(), "PNG") + b"<script>hidden</script>"
    template = accept_template(upload)
    assert template.media_type == "image/png"
    assert b"hidden" not in template.content
    assert Image.open(io.BytesIO(template.content)).tobytes() == artwork().tobytes()


def test_a_photograph_saved_as_png_becomes_jpeg():
    template = accept_template(saved(photograph(), "PNG"))
    assert template.media_type == "image/jpeg"
    assert template.content.startswith(b"\xff\xd8")


def test_a_picture_from_a_phone_is_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter clockwise
    template = accept_template(saved(artwork(), "JPEG", exif=exif))
    assert (template.width, template.height) == (450, 640)
    assert near(pixel(template, 200, 20), (200, 30, 30))
    assert near(pixel(template, 200, 620), (30, 160, 30))
    assert picture_reader.TURNED in template.warnings


def test_a_picture_as_phones_keep_it_is_a_template_and_a_logo_upright_and_without_its_camera_data():
    template, logo = accept_template(HEIC), accept_inset(HEIC)
    assert (template.media_type, logo.media_type) == ("image/jpeg", "image/png")
    assert (template.width, template.height) == (logo.width, logo.height) == (360, 480)
    assert not Image.open(io.BytesIO(template.content)).getexif()
    # Its sky is above.
    assert near(pixel(template, 180, 20), (200, 220, 250), 25)


def test_print_colours_become_screen_colours_and_it_is_said():
    template = accept_template(saved(artwork("CMYK"), "JPEG"))
    assert near(pixel(template, 20, 20), (200, 30, 30))
    assert picture_reader.COLOURS_CONVERTED in template.warnings
    assert Image.open(io.BytesIO(template.content)).mode == "RGB"


def test_sixteen_bit_grey_is_scaled_and_not_clipped():
    grey = numpy.full((SIZE[1], SIZE[0]), 0x4000, numpy.uint16)
    template = accept_template(saved(Image.fromarray(grey), "PNG"))
    assert pixel(template, 5, 5) == (64, 64, 64)


@pytest.mark.parametrize("mode", ["L", "1", "P"])
def test_grey_black_and_palette_pictures_become_rgb(mode):
    template = accept_template(saved(artwork(mode), "PNG"))
    expected = artwork(mode).convert("RGB").getpixel((20, 20))
    assert pixel(template, 20, 20) == expected


def test_transparency_becomes_white_and_it_is_said():
    picture = artwork("RGBA")
    picture.putpixel((0, 0), (0, 0, 0, 0))
    template = accept_template(saved(picture, "PNG"))
    assert pixel(template, 0, 0) == (255, 255, 255)
    assert pixel(template, 20, 20) == (200, 30, 30)
    assert picture_reader.FLATTENED in template.warnings


def test_a_transparent_palette_becomes_white():
    picture = artwork("P")
    upload = saved(picture, "PNG", transparency=picture.getpixel((0, 0)))
    assert pixel(accept_template(upload), 0, 0) == (255, 255, 255)


def test_an_opaque_alpha_channel_is_dropped_without_a_word():
    template = accept_template(saved(artwork("RGBA"), "PNG", dpi=(300, 300)))
    assert picture_reader.FLATTENED not in template.warnings
    assert Image.open(io.BytesIO(template.content)).mode == "RGB"


def test_a_wide_colour_profile_is_applied_and_a_broken_one_ignored():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for profile in (lab, b"no profile at all"):
        template = accept_template(saved(artwork(), "PNG", icc_profile=profile))
        assert "icc_profile" not in Image.open(io.BytesIO(template.content)).info
        assert near(pixel(template, 20, 20), (200, 30, 30))


def animated_png():
    return saved(artwork(), "PNG", save_all=True, append_images=[artwork().rotate(180)])


# A red square of 320 x 300, as `jpegtran -arithmetic` packs it.
ARITHMETIC_JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwc"
    "KDcpLDAxNDQ0Hyc5PTgyPC4zNDL/2wBDAQkJCQwLDBgNDRgyIRwhMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIy"
    "MjIyMjIyMjIyMjIyMjIyMjIyMjL/yQARCAEsAUADASIAAhEBAxEB/8wACgAQEAUBEBEF/9oADAMBAAIRAxEAPwD/AHH0"
    "0SJh5CupmoD/2Q=="
)


def with_long_text():
    """A PNG that unpacks to 2 MB of text before its pixels."""
    png, text = saved(artwork(), "PNG"), b"Comment\0\0" + zlib.compress(bytes(2 * 2**20))
    return png[:33] + _chunk(b"zTXt", text) + png[33:]


REFUSED = {
    "GIF": (saved(artwork(), "GIF"), "A picture of the kind GIF"),
    "WebP": (saved(artwork(), "WEBP"), "A picture of the kind WebP"),
    "TIFF": (saved(artwork(), "TIFF"), "A picture of the kind TIFF"),
    "BMP": (saved(artwork(), "BMP"), "A picture of the kind BMP"),
    "ICO": (saved(artwork().resize((64, 64)), "ICO"), "A picture of the kind ICO"),
    "truncated HEIC": (HEIC[: len(HEIC) // 2], "damaged"),
    "HEIC head only": (HEIC[:40], "damaged"),
    "a HEIC that says 3 billion pixels": (heic_of(0xC000, 0x10000), "million pixels"),
    "AVIF": (b"\x00\x00\x00\x1cftypavif" + bytes(500), "of the kind AVIF"),
    "EPS": (saved(artwork(), "EPS"), "EPS files cannot be used"),
    "PDF": (saved(artwork(), "PDF"), "PDF files cannot be used"),
    "SVG": (b'<?xml version="1.0"?>\n<svg xmlns="x"/>', "SVG files cannot be used"),
    "animated PNG": (animated_png(), "animated"),
    "truncated PNG": (saved(photograph(), "PNG")[:-5000], "damaged"),
    "truncated JPEG": (saved(photograph(), "JPEG")[:20_000], "damaged"),
    "PNG head only": (saved(artwork(), "PNG")[:40], "damaged"),
    "arithmetic JPEG": (ARITHMETIC_JPEG, "arithmetic coding"),
    "a long hidden text": (with_long_text(), "text beside its pixels"),
    "text": (b"name,email\nAna,ana@example.org\n", "damaged"),
    "nothing": (b"", "damaged"),
    "41 million pixels": (bomb(8200, 5000), "41 million"),
    "100 million pixels": (bomb(10_000, 10_000), "100 million"),
    "4 billion pixels": (bomb(65_000, 65_000), "million"),
    "too small": (saved(artwork(size=(299, 800)), "PNG"), "299 × 800"),
}


def of_scans(number: int) -> bytes:
    """A progressive JPEG of that many scans, of which the last one is repeated."""
    jpeg = saved(artwork(), "JPEG", progressive=True)
    last = jpeg.rindex(b"\xff\xda")
    return jpeg[:last] + jpeg[last:-2] * (number - jpeg.count(b"\xff\xda") + 1) + jpeg[-2:]


def test_a_jpeg_of_many_scans_is_refused_and_one_of_some_is_not():
    with pytest.raises(PictureRefused, match="passes") as refused:
        accept_template(of_scans(101))
    assert explain(refused.value, "zh") != explain(refused.value, "en")
    assert accept_template(of_scans(100))


def test_what_only_looks_like_the_beginning_of_a_segment_is_looked_through_at_once():
    with processor_seconds(1), pytest.raises(PictureRefused):
        accept_template(b"\xff\xd8" + b"\xff" * 1_000_000 + b"\0")


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_a_template_is_refused_with_what_to_do(case):
    upload, said = REFUSED[case]
    with pytest.raises(PictureRefused, match=said) as refused:
        accept_template(upload)
    assert explain(refused.value, "zh") != explain(refused.value, "en")


def test_every_warning_is_translated():
    for warning in (
        accepted.SOFT_IN_PRINT,
        picture_reader.TURNED,
        picture_reader.COLOURS_CONVERTED,
        picture_reader.FLATTENED,
    ):
        assert translate(warning, "zh") != warning


def test_any_damage_to_a_file_is_refused_or_survived():
    """Flip bytes anywhere: a template or a refusal, never a crash. Here in this process, in which
    a crash is seen."""
    choose = numpy.random.default_rng(7)
    for upload in (saved(artwork(), "PNG"), saved(artwork(), "JPEG")):
        for _ in range(150):
            damaged = bytearray(upload)
            for place in choose.integers(0, len(upload), 3):
                damaged[place] = choose.integers(0, 256)
            told, *_ = picture_reader.read(bytes(damaged), picture_reader.TEMPLATE)
            assert "found" in told or picture_reader.REFUSALS[told["refused"]]


def scan_by_scan(picture: Image.Image, repeated: int) -> bytes:
    """A JPEG that is no progressive one, with a scan for each colour, of which the last one is
    repeated (T.81, B.2.3)."""
    jpegs = [saved(channel, "JPEG") for channel in picture.convert("YCbCr").split()]
    frame, scan = (jpegs[0].index(marker) for marker in (b"\xff\xc0", b"\xff\xda"))
    colours = b"".join(bytes((colour, 0x11, 0)) for colour in (1, 2, 3))
    size = struct.pack(">HBHHB", 17, 8, picture.height, picture.width, 3)
    scans = [
        jpeg[scan : scan + 5] + bytes((colour, *jpeg[scan + 6 : scan + 10])) + jpeg[scan + 10 : -2]
        for colour, jpeg in enumerate(jpegs, 1)
    ]
    behind = jpegs[0][frame + 13 : scan] + b"".join(scans) + scans[-1] * repeated
    return jpegs[0][: frame + 2] + size + colours + behind + b"\xff\xd9"


def test_a_plain_jpeg_of_more_scans_than_colours_is_encoded_again():
    """Whoever decodes a template goes through its pixels once for each colour."""
    assert accept_template(scan_by_scan(artwork(), 0)).content.count(b"\xff\xda") == 3
    template = accept_template(scan_by_scan(artwork(), 20))
    assert template.content.count(b"\xff\xda") == 1
    assert near(pixel(template, 20, 20), (200, 30, 30))


@pytest.mark.parametrize("accept", [accept_template, accept_inset])
def test_what_crashes_its_reader_or_takes_too_much_is_refused_and_ends_nothing_else(
    accept, monkeypatch
):
    tight = replace(accepted._LIMITS, memory=200_000_000)
    monkeypatch.setattr(accepted, "_LIMITS", tight)
    with pytest.raises(PictureRefused, match="picture takes too much"):
        accept(saved(artwork(size=(7000, 5000)), "PNG"))


def test_few_pixels_are_accepted_with_a_warning():
    assert accepted.SOFT_IN_PRINT in accept_template(saved(artwork(), "PNG")).warnings


def opened(inset: Template) -> Image.Image:
    return Image.open(io.BytesIO(inset.content))


@pytest.mark.parametrize("edge", ["white", "black"])
def test_a_seal_keeps_its_transparency_and_the_colours_at_its_edges(edge):
    inset = accept_inset(factories.seal("red", edge))
    seal = opened(inset)
    assert (seal.mode, seal.size, inset.warnings) == ("RGBA", (120, 120), ())
    assert seal.getpixel((0, 0))[3] == 0
    assert seal.getpixel((60, 60)) == (255, 0, 0, 255)


def test_a_seal_of_a_palette_is_transparent_too():
    picture = opened(accept_inset(factories.seal("red"))).quantize(8)
    content = io.BytesIO()
    picture.save(content, "PNG")
    assert opened(accept_inset(content.getvalue())).getpixel((0, 0))[3] == 0


def test_a_half_transparent_ink_is_not_paled():
    content = io.BytesIO()
    Image.new("RGBA", (40, 20), (200, 0, 0, 128)).save(content, "PNG")
    assert opened(accept_inset(content.getvalue())).getpixel((5, 5)) == (200, 0, 0, 128)


def test_a_signature_on_white_paper_is_taken_with_a_warning():
    assert accept_inset(factories.small_picture()).warnings == (picture_reader.OPAQUE,)


def test_a_huge_seal_is_scaled_down():
    inset = accept_inset(factories.small_picture(size=(3000, 1500)))
    assert (inset.width, inset.height) == (2000, 1000)


def test_what_is_no_picture_is_no_seal():
    with pytest.raises(PictureRefused, match="files cannot be used"):
        accept_inset(b"%PDF-1.7")
