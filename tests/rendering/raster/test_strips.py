"""Splicing changed rows gives the same picture as encoding all of it."""

import io
import itertools
import random
import re
import zlib

import numpy
import pymupdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from shared.rendering.area import Area
from shared.rendering.raster import strips as raster
from shared.rendering.raster.strips import (
    Background,
    Canvas,
    EncodedJpeg,
    EncodedPng,
    Strip,
    full_jpeg,
)
from tests.support.examples import examples


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
        strips.append(Strip(top, Canvas.of(strip), (Area(0, top, template.width, bottom),)))
    return picture, strips


@st.composite
def pictures_and_rows(draw):
    width, height = draw(st.integers(9, 90)), draw(st.integers(1, 300))
    spans = draw(
        st.lists(st.tuples(st.floats(0, height), st.floats(0, height)).map(sorted), max_size=4)
    )
    template = draw(st.sampled_from([noise, flat]))(width, height)
    return template, raster.changed_rows([tuple(span) for span in spans], height)


@examples(80)
@given(pictures_and_rows(), st.sampled_from([None, 72, 300, 96.5]))
def test_a_spliced_jpeg_is_byte_for_byte_the_fully_encoded_one(case, dpi):
    template, rows = case
    picture, strips = changed(template, rows)
    assert EncodedJpeg(Background(Canvas.of(template))).spliced(strips, dpi) == full_jpeg(
        picture, dpi=dpi
    )


@examples(80)
@given(pictures_and_rows(), st.sampled_from([None, 72, 300]))
def test_a_spliced_png_has_exactly_the_drawn_pixels(case, dpi):
    template, rows = case
    picture, strips = changed(template, rows)
    with Image.open(
        io.BytesIO(EncodedPng(Background(Canvas.of(template))).spliced(strips, dpi))
    ) as read:
        assert read.tobytes() == picture.tobytes()
        assert round(read.info.get("dpi", (0,))[0]) == (dpi or 0)


@pytest.mark.parametrize("encoded", [EncodedJpeg, EncodedPng])
def test_another_decoder_reads_the_same_picture(encoded):
    template = noise(401, 333)
    picture, strips = changed(template, [(16, 64), (320, 333)])
    read = pymupdf.Pixmap(encoded(Background(Canvas.of(template))).spliced(strips, 300))
    difference = numpy.frombuffer(read.samples, numpy.uint8).astype(int) - numpy.frombuffer(
        picture.tobytes(), numpy.uint8
    )
    # The noise is hard on JPEG; PNG must not differ at all.
    assert abs(difference).mean() <= (6 if encoded is EncodedJpeg else 0)


def test_a_spliced_png_keeps_every_rule_of_the_format():
    """Chunks in order with right checksums; one zlib stream, with nothing behind it."""
    template = flat(300, 200)
    png = EncodedPng(Background(Canvas.of(template))).spliced(changed(template, [(32, 48)])[1], 300)
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


def test_a_png_carries_a_credential_in_one_chunk_of_text_that_is_not_packed():
    template, signed = flat(300, 200), '{"name": "José 王小明"}'
    picture, strips = changed(template, [(32, 48)])
    png = EncodedPng(Background(Canvas.of(template))).spliced(strips, 300, signed)
    with Image.open(io.BytesIO(png)) as read:
        assert read.info["openbadgecredential"] == signed
        assert read.tobytes() == picture.tobytes()
    content = b"openbadgecredential\0\0\0\0\0" + signed.encode()
    assert png.count(b"iTXt") == png.count(len(content).to_bytes(4) + b"iTXt" + content) == 1


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
    spliced = EncodedJpeg(Background(Canvas.of(template)), quality).spliced(strips, None)
    assert spliced == full_jpeg(picture, quality)


@st.composite
def pictures_and_patches(draw):
    """A template and rectangles on it, of any place and size."""
    width, height = draw(st.integers(9, 400)), draw(st.integers(1, 120))
    sides = st.tuples(st.floats(0, width), st.floats(0, width)).map(sorted)
    rows = st.tuples(st.floats(0, height), st.floats(0, height)).map(sorted)
    patches = draw(st.lists(st.tuples(sides, rows), max_size=4))
    return noise(width, height), [Area(x[0], y[0], x[1], y[1]) for x, y in patches]


def patched(template, patches):
    """A copy of `template` with other pixels in the patches, and its strips."""
    picture, strips = template.copy(), []
    for number, patch in enumerate(patches):
        left, top, right, bottom = map(int, patch)
        if right > left and bottom > top:
            picture.paste(flat(right - left, bottom - top, number), (left, top))
    for top, bottom in raster.changed_rows([(p.top, p.bottom) for p in patches], template.height):
        image = picture.crop((0, top, template.width, bottom))
        strips.append(Strip(top, Canvas.of(image), tuple(patches)))
    return picture, strips


@examples(150)
@given(pictures_and_patches())
def test_a_jpeg_with_patches_is_byte_for_byte_the_fully_encoded_one(case):
    template, patches = case
    picture, strips = patched(template, patches)
    assert EncodedJpeg(Background(Canvas.of(template))).spliced(strips, None) == full_jpeg(picture)


@examples(60)
@given(pictures_and_patches(), st.integers(0, 100), st.sampled_from([EncodedJpeg, EncodedPng]))
def test_what_stands_on_all_certificates_is_laid_over_a_template_encoded_once(case, row, encoded):
    """The file is that of a picture that has it in its pixels."""
    template, patches = case
    whole, strips = patched(template, patches)
    background = Background(Canvas.of(template), strips)
    over = encoded(Background(Canvas.of(template))).over(background, strips)
    top = min(row, whole.height - 1) // 16 * 16
    picture, drawn = changed(whole, [(top, min(top + 16, whole.height))])
    with Image.open(io.BytesIO(over.spliced(drawn, None))) as read:
        expected = read.tobytes()
    with Image.open(
        io.BytesIO(encoded(Background(Canvas.of(whole))).spliced(drawn, None))
    ) as plain:
        assert plain.tobytes() == expected
    assert background.rows(0, whole.height).rgb.tobytes() == whole.tobytes()
    if encoded is EncodedPng:
        assert expected == picture.tobytes()


def test_a_name_in_the_middle_leaves_most_intervals_of_its_rows_as_they_were():
    template = noise(1664, 64)
    _, strips = patched(template, [Area(730, 20, 830, 40)])
    before = full_jpeg(template)
    after = EncodedJpeg(Background(Canvas.of(template))).spliced(strips, None)
    old, new = (cut(one) for one in (before, after))
    assert len(old) == len(new) == 8 * raster.INTERVALS_A_ROW
    touched = [number for number in range(len(old)) if old[number] != new[number]]
    assert touched == [row * raster.INTERVALS_A_ROW + 7 for row in (2, 3, 4)]


def cut(file):
    """The intervals of a JPEG between its restart markers."""
    start = file.index(b"\xff\xda") + 14
    return re.split(rb"\xff[\xd0-\xd9]", file[start:])[:-1]


def test_a_jpeg_decodes_to_the_pixels_that_it_had_with_an_interval_for_each_row():
    """So were certificates encoded before: what was issued looks as it did."""
    for picture in (noise(401, 333), flat(1203, 97)):
        buffer = io.BytesIO()
        picture.save(buffer, "JPEG", quality=92, subsampling=0, restart_marker_rows=1)
        with Image.open(buffer) as before, Image.open(io.BytesIO(full_jpeg(picture))) as now:
            assert before.tobytes() == now.tobytes()
