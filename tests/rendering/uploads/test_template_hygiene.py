"""A template carries its pixels and nothing that an organizer did not mean to give away."""

import io
import struct
import zipfile

import numpy
import pymupdf
import pytest
from PIL import Image, ImageCms

from shared.rendering.design import compile_design, render_certificate
from shared.rendering.facts import Facts
from shared.rendering.layout import Layout
from shared.rendering.uploads.accepted import accept_template

SIZE = (640, 450)
SECRET = b"taken at home, by Ana"


def artwork():
    soft = numpy.random.default_rng(1).integers(0, 256, (9, 13, 3), numpy.uint8)
    return Image.fromarray(soft).resize(SIZE, Image.Resampling.BICUBIC)


def saved(picture, format, **options):
    buffer = io.BytesIO()
    picture.save(buffer, format, **options)
    return buffer.getvalue()


def decoded(content):
    with Image.open(io.BytesIO(content)) as picture:
        return picture.convert("RGB")


def scan(jpeg):
    """The entropy-coded bytes: equal when nothing was encoded again."""
    start = jpeg.index(b"\xff\xda")
    return jpeg[start : jpeg.index(b"\xff\xd9", start)]


def with_segment(jpeg, marker, content):
    """The JPEG with one more segment behind its first."""
    place = 4 + int.from_bytes(jpeg[4:6], "big")
    segment = bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content
    return jpeg[:place] + segment + jpeg[place:]


def zipped():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("addresses.txt", SECRET)
    return buffer.getvalue()


def with_much(jpeg, marker):
    for _ in range(20):
        jpeg = with_segment(jpeg, marker, SECRET.ljust(60_000, b"."))
    return jpeg


def camera_data():
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    return exif


SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
CLEAN = saved(artwork(), "JPEG", quality=90, dpi=(300, 300))
CARRYING = {
    "a comment": saved(artwork(), "JPEG", quality=90, dpi=(300, 300), comment=SECRET),
    "camera data": saved(artwork(), "JPEG", quality=90, dpi=(300, 300), exif=camera_data()),
    "the usual profile": saved(artwork(), "JPEG", quality=90, dpi=(300, 300), icc_profile=SRGB),
    "a megabyte of APP5": with_much(CLEAN, 0xE5),
    "provenance (JUMBF in APP11)": with_segment(CLEAN, 0xEB, b"JP" + SECRET),
    "a thumbnail (JFXX)": with_segment(CLEAN, 0xE0, b"JFXX\0" + SECRET),
    "an archive behind the end": CLEAN + zipped(),
    "a second picture behind the end": saved(
        artwork(), "MPO", quality=90, dpi=(300, 300), save_all=True, append_images=[artwork()]
    ),
}


@pytest.mark.parametrize("carried", CARRYING)
def test_what_a_jpeg_carries_beside_its_pixels_is_taken_out_without_encoding_it_again(carried):
    upload = CARRYING[carried]
    assert upload != CLEAN
    template = accept_template(upload)
    assert scan(template.content) == scan(CLEAN)
    assert SECRET not in template.content
    assert abs(len(template.content) - len(CLEAN)) < 20
    assert template.content.endswith(b"\xff\xd9")
    assert decoded(template.content).tobytes() == decoded(upload).tobytes()
    assert round(decoded_dpi(template.content)) == 300


def decoded_dpi(content):
    with Image.open(io.BytesIO(content)) as picture:
        return picture.info["dpi"][0]


def test_how_the_colours_are_kept_is_not_taken_out():
    """APP14 says that this JPEG holds red, green and blue themselves."""
    upload = saved(artwork(), "JPEG", keep_rgb=True)
    assert b"Adobe" in upload
    template = accept_template(with_segment(upload, 0xE5, SECRET))
    assert scan(template.content) == scan(upload)
    assert b"Adobe" in template.content
    assert decoded(template.content).tobytes() == decoded(upload).tobytes()


@pytest.mark.parametrize("density", [(72, 72), (300, 300)])
def test_a_cameras_jpeg_keeps_its_pixels_and_density_without_its_data(density):
    """As cameras write it: no JFIF segment, the density among the camera's data."""
    exif = camera_data()
    exif[0x011A], exif[0x011B], exif[0x0128] = *density, 2
    written = saved(artwork(), "JPEG", quality=90, exif=exif)
    jfif = written.index(b"JFIF") - 4
    upload = written[:jfif] + written[jfif + 18 :]
    assert b"JFIF" not in upload
    template = accept_template(upload)
    assert scan(template.content) == scan(written)
    assert SECRET not in template.content
    assert template.dpi == decoded_dpi(template.content) == density[0]


def test_a_jpeg_whose_comment_is_all_that_is_left_over_keeps_every_byte_without_it():
    plain = saved(artwork(), "JPEG", quality=90)
    assert accept_template(saved(artwork(), "JPEG", quality=90, comment=SECRET)).content == plain


def test_a_drawn_png_is_in_the_pdf_pixel_by_pixel():
    picture = Image.new("RGB", SIZE, (253, 251, 247))
    picture.paste((200, 30, 31), (40, 40, 600, 60))
    design = compile_design(accept_template(saved(picture, "PNG")).content, Layout(fields=()))
    with pymupdf.open(stream=render_certificate(design, Facts("Ana"), "pdf")) as document:
        (image,) = document[0].get_images()
        found = pymupdf.Pixmap(document, image[0])
    assert (found.width, found.height) == SIZE
    assert bytes(found.samples) == picture.tobytes()


def test_nothing_hidden_in_an_upload_is_in_the_pdf():
    for upload in (CARRYING["a comment"], CARRYING["an archive behind the end"]):
        design = compile_design(accept_template(upload).content, Layout(fields=()))
        pdf = render_certificate(design, Facts("Ana"), "pdf")
        assert SECRET not in pdf
        assert b"addresses.txt" not in pdf
