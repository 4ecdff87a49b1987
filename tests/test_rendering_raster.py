"""Splicing changed rows gives the same picture as encoding all of it."""

import io
import itertools
import random
import zlib

import numpy
import pymupdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from shared.rendering import raster


def noise(width, height, seed=1):
    pixels = numpy.random.default_rng(seed).integers(0, 256, (height, width, 3), numpy.uint8)
    return Image.fromarray(pixels).resize((width, height))


def flat(width, height, seed=1):
    return Image.linear_gradient("L").resize((width, height)).convert("RGB")


def changed(template, rows, seed=2):
    """A copy of `template` with other pixels in `rows`, and these rows as strips."""
    picture, strips = template.copy(), []
    for top, bottom in rows:
        strip = noise(template.width, bottom - top, seed + top)
        picture.paste(strip, (0, top))
        strips.append((top, strip))
    return picture, strips


@st.composite
def pictures_and_rows(draw):
    width, height = draw(st.integers(9, 90)), draw(st.integers(1, 300))
    spans = draw(
        st.lists(st.tuples(st.floats(0, height), st.floats(0, height)).map(sorted), max_size=4)
    )
    template = draw(st.sampled_from([noise, flat]))(width, height)
    return template, raster.changed_rows([tuple(span) for span in spans], height)


@settings(max_examples=80, deadline=None)
@given(pictures_and_rows(), st.sampled_from([None, 72, 300, 96.5]))
def test_a_spliced_jpeg_is_byte_for_byte_the_fully_encoded_one(case, dpi):
    template, rows = case
    picture, strips = changed(template, rows)
    assert raster.EncodedJpeg(template).spliced(strips, dpi) == raster.full_jpeg(picture, dpi=dpi)


@settings(max_examples=80, deadline=None)
@given(pictures_and_rows(), st.sampled_from([None, 72, 300]))
def test_a_spliced_png_has_exactly_the_drawn_pixels(case, dpi):
    template, rows = case
    picture, strips = changed(template, rows)
    with Image.open(io.BytesIO(raster.EncodedPng(template).spliced(strips, dpi))) as read:
        assert read.tobytes() == picture.tobytes()
        assert round(read.info.get("dpi", (0,))[0]) == (dpi or 0)


@pytest.mark.parametrize("encoded", [raster.EncodedJpeg, raster.EncodedPng])
def test_another_decoder_reads_the_same_picture(encoded):
    template = noise(401, 333)
    picture, strips = changed(template, [(16, 64), (320, 333)])
    read = pymupdf.Pixmap(encoded(template).spliced(strips, 300))
    difference = numpy.frombuffer(read.samples, numpy.uint8).astype(int) - numpy.frombuffer(
        picture.tobytes(), numpy.uint8
    )
    # The noise is hard on JPEG; PNG must not differ at all.
    assert abs(difference).mean() <= (6 if encoded is raster.EncodedJpeg else 0)


def test_a_spliced_png_keeps_every_rule_of_the_format():
    """Chunks in order with right checksums; one zlib stream, with nothing behind it."""
    template = flat(300, 200)
    png = raster.EncodedPng(template).spliced(changed(template, [(32, 48)])[1], 300)
    kinds, stream, place = [], b"", 8
    while place < len(png):
        length = int.from_bytes(png[place : place + 4], "big")
        kind, content = png[place + 4 : place + 8], png[place + 8 : place + 8 + length]
        checksum = int.from_bytes(png[place + 8 + length : place + 12 + length], "big")
        assert checksum == zlib.crc32(kind + content)
        kinds.append(kind)
        stream += content if kind == b"IDAT" else b""
        place += 12 + length
    assert kinds[:2] == [b"IHDR", b"pHYs"]
    assert kinds[-1] == b"IEND"
    assert set(kinds[2:-1]) == {b"IDAT"}
    unpacker = zlib.decompressobj()
    assert len(unpacker.decompress(stream)) == 200 * (1 + 3 * 300)
    assert unpacker.eof
    assert unpacker.unused_data == b""


def test_changed_rows_cover_every_span_in_whole_slices():
    choose = random.Random(3)
    for _ in range(300):
        height = choose.randint(20, 500)
        spans = [sorted(choose.uniform(0, height) for _ in "ab") for _ in range(3)]
        rows = raster.changed_rows([tuple(span) for span in spans], height)
        assert all(any(a <= top and bottom <= b for a, b in rows) for top, bottom in spans)
        assert all(a % raster.SLICE == 0 and a < b for a, b in rows)
        assert all(b % raster.SLICE == 0 or b == height for _, b in rows)
        assert all(one[1] < two[0] for one, two in itertools.pairwise(rows))


@pytest.mark.parametrize("quality", [70, 84, 92])
def test_a_spliced_jpeg_has_one_quality_throughout(quality):
    template = noise(401, 333)
    picture, strips = changed(template, [(16, 64), (320, 333)])
    spliced = raster.EncodedJpeg(template, quality).spliced(strips, None)
    assert spliced == raster.full_jpeg(picture, quality)
