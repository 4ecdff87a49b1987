"""Each design of the gallery leaves its texts on plain paper, and is drawn the same each time."""

from dataclasses import replace

import numpy
import pymupdf
import pytest
from PIL import Image, ImageChops, ImageFilter

from shared.rendering.design import compile_design, render_certificate
from shared.rendering.gallery.catalogue import READABLE, DesignChoice, Logo, contrast, style_named
from shared.rendering.gallery.drawing import _drawn, _drawn_on, draw_template, sketch
from shared.rendering.gallery.layouts import layout_of
from shared.rendering.layout import Box
from shared.rendering.placed import overlaps
from shared.rendering.raster.print_size import print_size
from tests.support.gallery_choices import CHOICES, LINK, facts, flat, name_of, pixels, small

WAVES, RECORD = flat("waves"), flat("record")


def drawn_anew(choice: DesignChoice, format: str, long_side: int) -> bytes:
    return _drawn(choice.style.name, _drawn_on(choice), format, long_side)


def part_of(picture: numpy.ndarray, box: Box) -> numpy.ndarray:
    """The pixels in a box, in one row."""
    height, width, _ = picture.shape
    rows = slice(round(box.top * height), round((box.top + box.height) * height))
    across = slice(round(box.left * width), round((box.left + box.width) * width))
    return picture[rows, across].reshape(-1, 3)


def colours(picture: numpy.ndarray) -> set[int]:
    """Each colour that is there, as one number: rows of three would be sorted ten times as long."""
    return set(numpy.unique(picture @ [0x10000, 0x100, 1]).tolist())


@pytest.mark.parametrize("choice", CHOICES, ids=name_of)
def test_every_text_stands_on_plain_paper_and_can_be_read(choice: DesignChoice):
    picture = pixels(sketch(choice, 900))
    assert picture.shape[:2] == ((900, 636) if choice.is_upright else (636, 900))
    for field in layout_of(choice, LINK).fields:
        under = {f"#{one:06x}" for one in colours(part_of(picture, field.box))}
        if field.kind == "name" and not choice.style.plan:
            assert under == {choice.style.paper}
        if field.is_text:
            assert {one for one in under if contrast(one, field.color) < READABLE} == set(), (
                field.id
            )


@pytest.mark.parametrize("choice", CHOICES, ids=name_of)
def test_nothing_lies_on_anything_else_and_everything_fits(choice: DesignChoice):
    design = small(choice)
    assert overlaps(design, facts(choice)) == []
    shown = {field.id for field in design.shown}
    assert shown >= {"name", "date", "number", "title", "qr"}


def test_the_same_choice_is_the_same_bytes_and_another_is_not():
    for format in ("png", "svg"):
        assert drawn_anew(WAVES, format, 900) == drawn_anew(WAVES, format, 900)
    assert sketch(replace(WAVES, main="#800080"), 900) != sketch(WAVES, 900)


def test_an_emblem_stands_on_the_sheet_unless_there_is_a_logo():
    """Only that there is one: another logo makes no other sheet."""
    plain = flat("academy")
    one, other = (replace(plain, logo=Logo(name, 1, 1, b"")) for name in ("one", "other"))
    assert sketch(plain, 300) == drawn_anew(plain, "png", 300)
    assert sketch(one, 300) == sketch(other, 300) != sketch(plain, 300)


def test_what_is_only_written_on_it_draws_no_other_sheet():
    another = replace(WAVES, title="Thank You", event="Harbour Run", organization="Friends")
    assert draw_template(another) is draw_template(WAVES)


def test_the_chosen_colours_are_on_the_sheet():
    picture = pixels(sketch(replace(WAVES, main="#800080", accent="#ff8800"), 900))
    assert {0x800080, 0xFFFFFF} <= colours(picture)


def test_a_template_is_a4_sharp_in_print_and_its_pdf_has_no_pixels_and_all_words():
    choice = WAVES
    template = draw_template(choice)
    assert (template.width, template.height, template.warnings) == (3508, 2480, ())
    assert print_size(template.width, template.height, template.print_dpi).verdict == "sharp"
    assert template.vector is not None
    plain = compile_design(template.content, layout_of(choice, LINK))
    design = plain.printed(None, "0" * 64, lambda: template.vector)
    [page] = pymupdf.open(stream=render_certificate(design, facts(choice), "pdf"))
    assert page.get_images() == []
    assert len(page.get_drawings()) >= 7
    for words in (choice.title, choice.organization, facts(choice).name, "R-0042"):
        assert words in page.get_text()


def test_the_page_without_pixels_looks_like_the_picture():
    choice = RECORD
    page = pymupdf.open(stream=drawn_anew(choice, "svg", 900), filetype="svg")[0]
    seen = page.get_pixmap(matrix=pymupdf.Matrix(900 / page.rect.width, 900 / page.rect.width))
    shape = (seen.height, seen.width, 3)
    as_page = numpy.frombuffer(seen.samples, numpy.uint8).reshape(shape)[:636, :900]
    picture = pixels(sketch(choice, 900))[: as_page.shape[0], : as_page.shape[1]]
    assert abs(as_page.astype(int) - picture).mean() < 3


@pytest.mark.parametrize("style", ["cream", "night"])
def test_a_ground_that_fades_is_the_same_in_a_pdf_and_has_no_pixels_there(style: str):
    choice = flat(style)
    vector = drawn_anew(choice, "svg", 900)
    design = small(choice).printed(None, "0" * 64, lambda: vector)
    pdf, png = (render_certificate(design, facts(choice), format) for format in ("pdf", "png"))
    [page] = pymupdf.open(stream=pdf)
    assert page.get_images() == []
    seen = page.get_pixmap(matrix=pymupdf.Matrix(900 / page.rect.width, 900 / page.rect.width))
    as_page = numpy.frombuffer(seen.samples, numpy.uint8).reshape(seen.height, seen.width, 3)
    assert abs(as_page[:636, :900].astype(int) - pixels(png)[: seen.height]).mean() < 3


@pytest.mark.parametrize("is_upright", [False, True], ids=["flat", "upright"])
def test_the_paper_does_not_shine_through_the_mosaic_where_triangles_meet(is_upright: bool):
    red_paper = replace(style_named("geometric"), paper="#ff0000")
    choice = DesignChoice(
        red_paper, "en", "", is_upright=is_upright, main="#000000", accent="#000000"
    )
    red = Image.fromarray(pixels(sketch(choice, 873))[:, :, 0])
    # A line is gone once it is made thinner and thicker again; what remains are tips of triangles.
    thick = red.filter(ImageFilter.MinFilter(3)).filter(ImageFilter.MaxFilter(3))
    lines = numpy.asarray(ImageChops.difference(red, thick)) > 8
    # Tips alone are about 200 pixels, lines a thousand.
    assert lines.sum() < 400


def test_a_name_that_is_no_design_is_no_design():
    with pytest.raises(KeyError):
        style_named("unknown")
