"""The PDF of many certificates as a print shop needs it, and anybody's printer as well."""

import io
import re

import numpy
import pikepdf
import pymupdf
import pytest
from PIL import Image, ImageOps

from shared.rendering.design import (
    CompiledDesign,
    compile_design,
    print_together,
    render_certificate,
)
from shared.rendering.facts import Facts
from shared.rendering.fields.field import Box
from shared.rendering.fields.qr import QrCode
from shared.rendering.layout import standard_layout
from tests.support.carried import claims
from tests.support.factories import small_picture
from tests.support.pdf_pages import design_on, made

FACTS = [Facts("José", language="en"), Facts("王小明", language="zh")]
MM = 72 / 25.4


def halves() -> bytes:
    """Red on the left and blue on the right, up to the edges, as a template."""
    picture = Image.new("RGB", (600, 424), "red")
    picture.paste("blue", (300, 0, 600, 424))
    content = io.BytesIO()
    picture.save(content, "PNG")
    return content.getvalue()


def svg() -> bytes:
    half = '<rect x="{}" width="300" height="424" fill="{}"/>'
    shapes = half.format(0, "red") + half.format(300, "blue")
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 424">{shapes}</svg>'.encode()


def on_halves(vector: bytes | None = None) -> CompiledDesign:
    design = compile_design(halves(), standard_layout())
    return design.printed(None, vector and "0" * 64, lambda: vector or b"")


def boxes(pdf: bytes) -> list[dict[str, list[float]]]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [
            {
                name: [float(side) / MM for side in page.obj[f"/{name}Box"].as_list()]
                for name in ("Media", "Bleed", "Trim", "Crop")
            }
            for page in opened.pages
        ]


def whole_page(pdf: bytes, dpi: int = 127) -> numpy.ndarray:
    """The first page up to its MediaBox, five pixels per mm."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.pages[0].cropbox = opened.pages[0].mediabox
        written = io.BytesIO()
        opened.save(written)
    shown = pymupdf.open(stream=written.getvalue())[0].get_pixmap(dpi=dpi)
    return numpy.frombuffer(shown.samples, numpy.uint8).reshape(shown.height, shown.width, 3)


def contents(pdf: bytes) -> str:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        page = opened.pages[0]
        page.contents_coalesce()
        return page.Contents.read_bytes().decode("latin-1")


def test_each_page_says_where_it_is_cut_and_shows_that_sheet_alone():
    for found in boxes(print_together(on_halves(), FACTS)):
        left, bottom, right, top = found["Trim"]
        assert (right - left, top - bottom) == pytest.approx((297, 210), abs=0.2)
        assert found["Crop"] == found["Trim"]
        around = [left - 3, bottom - 3, right + 3, top + 3]
        assert found["Bleed"] == pytest.approx(around, abs=0.01)
        around = [left - 8, bottom - 8, right + 8, top + 8]
        assert found["Media"] == pytest.approx(around, abs=0.01)


@pytest.mark.parametrize("vector", [None, svg()], ids=["picture", "SVG"])
def test_the_ground_goes_on_where_the_knife_may_slip(vector):
    page = whole_page(print_together(on_halves(vector), FACTS))
    height, width, _ = page.shape
    # Between the sheet's edge, 8 mm inside of the page, and the end of the ground, 5 mm inside.
    for row in (26, 38, 42, height // 4, height - 42, height - 38, height - 27):
        for column in (26, 38, 42, width // 4):
            assert page[row, column] == pytest.approx((255, 0, 0), abs=6), (row, column)
            assert page[row, -column] == pytest.approx((0, 0, 255), abs=6), (row, -column)
    # Beyond it there are marks alone.
    assert (page[:20, 60 : width - 60] == 255).all()
    assert (page[60 : height - 60, :20] == 255).all()


def test_marks_stand_at_each_corner_outside_of_the_ground():
    page = whole_page(print_together(on_halves(), FACTS))
    dark = Image.fromarray(page).convert("L").point(lambda level: 255 if level < 250 else 0)
    for corner in (dark, ImageOps.mirror(dark), ImageOps.flip(dark), dark.rotate(180)):
        # Along both edges of the sheet, 8 mm inside, from the page's end to the ground.
        for side in (corner, corner.transpose(Image.Transpose.TRANSPOSE)):
            assert side.crop((0, 0, 24, 60)).getbbox()[1::2] == pytest.approx((40, 40), abs=1.5)


def test_a_foreign_page_stays_vector_on_its_sheet():
    pdf = print_together(design_on(made()), FACTS)
    alone = render_certificate(design_on(made()), FACTS[0], "pdf")
    first, shown = pymupdf.open(stream=pdf)[0], pymupdf.open(stream=alone)[0]
    frames = [
        next(tuple(one["rect"]) for one in page.get_drawings() if one["color"])
        for page in (first, shown)
    ]
    assert frames[0] == pytest.approx(frames[1], abs=0.05)
    places = [page.search_for("José") for page in (first, shown)]
    [[place], [alone]] = [[tuple(one) for one in found] for found in places]
    assert place == pytest.approx(alone, abs=0.05)


def test_grey_is_printed_in_black_ink_here_alone_and_colors_stay():
    layout = standard_layout()
    fields = [one.model_copy(update={"color": "#000000"}) for one in layout.fields]
    coloured = [one.model_copy(update={"color": "#A01020"}) for one in layout.fields]
    grey, red = (
        compile_design(small_picture(), layout.model_copy(update={"fields": tuple(these)}))
        for these in (fields, coloured)
    )
    assert "0 0 0 1 k" in contents(print_together(grey, FACTS))
    assert not re.search(r"\d k$", contents(print_together(red, FACTS)), re.MULTILINE)
    assert "0 0 0 1 k" not in contents(render_certificate(grey, FACTS[0], "pdf"))


def test_it_promises_screen_readers_what_it_did_and_archives_and_presses_nothing():
    pdf = print_together(on_halves(), FACTS)
    assert claims(pdf) == {"ua-1"}
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert b"pdfx" not in opened.Root.Metadata.read_bytes().lower()
        assert "/OutputIntents" not in opened.Root
        marks = [one for page in opened.pages for one in marked(page)]
    assert {"/Artifact"} <= set(marks)


def marked(page: pikepdf.Page) -> list[str]:
    return [
        str(one.operands[0])
        for one in pikepdf.parse_content_stream(page)
        if str(one.operator) in ("BMC", "BDC")
    ]


def test_what_it_adds_is_in_the_file_once_and_the_same_pages_give_the_same_bytes():
    few, many = (print_together(on_halves(), FACTS * count) for count in (1, 50))
    assert len(many) < len(few) + 98 * 1500
    assert print_together(on_halves(), FACTS) == print_together(on_halves(), FACTS)


def test_links_stay_where_their_codes_are():
    code = QrCode(id="code", box=Box(left=0.8, top=0.7, width=0.1, height=0.14))
    facts = Facts("José", language="en", link="https://certs.example/c/1")
    layout = standard_layout()
    layout = layout.model_copy(update={"fields": (*layout.fields, code)})
    design = compile_design(small_picture(), layout)
    [[printed]], [[alone]] = (
        [page.get_links() for page in pymupdf.open(stream=pdf)]
        for pdf in (print_together(design, [facts]), render_certificate(design, facts, "pdf"))
    )
    assert printed["uri"] == alone["uri"]
    assert tuple(printed["from"]) == pytest.approx(tuple(alone["from"]), abs=0.05)
