"""Lines that are columns, from right to left, in which Chinese and Japanese stand upright."""

import datetime
import io
from dataclasses import replace

import numpy
import pymupdf
import pytest
from PIL import Image

from shared.rendering.design import compile_design, render_certificate
from shared.rendering.facts import Facts
from shared.rendering.gallery.catalogue import DesignChoice, style_named
from shared.rendering.gallery.layouts import layout_of as layout_of_choice
from shared.rendering.layout import Box, Field, Layout
from shared.rendering.text.columns import with_numbers_upright
from tests.support.gallery_choices import LINK

WIDTH, HEIGHT = 1200, 850
CITATION = "あなたは「みなと清掃の日」（深く）、熱心に——“王”活動されました。Harbour Day"
DAY = datetime.date(2026, 12, 1)


def field(kind: str, left: float, width: float, size: float, **values: object) -> Field:
    box = Box(left=left, top=0.1, width=width, height=0.8)
    return Field.model_validate(
        {"kind": kind, "box": box, "size": size, "minimum_size": size / 2, "face": "song"}
        | {"in_columns": True, "align": "left", **values}
    )


def design(*fields: Field):
    paper = io.BytesIO()
    Image.new("RGB", (WIDTH, HEIGHT), "#ffffff").save(paper, "PNG")
    return compile_design(paper.getvalue(), Layout(fields=fields))


def citation(**values: object) -> Field:
    return field(
        "text", 0.3, 0.4, 0.05, content=CITATION, vertical="top", line_spacing=1.8, **values
    )


def pixels(file: bytes) -> numpy.ndarray:
    return numpy.asarray(Image.open(io.BytesIO(file)).convert("L")).astype(int)


def page(pdf: bytes) -> numpy.ndarray:
    [shown] = pymupdf.open(stream=pdf)
    zoom = pymupdf.Matrix(WIDTH / shown.rect.width, HEIGHT / shown.rect.height)
    drawn = shown.get_pixmap(matrix=zoom, colorspace=pymupdf.csGRAY)
    samples = numpy.frombuffer(drawn.samples, numpy.uint8)
    return samples.reshape(drawn.height, drawn.width)[:HEIGHT, :WIDTH].astype(int)


@pytest.mark.parametrize("face", ["song", "kai", "hei", "book"])
@pytest.mark.parametrize("language", ["", "ja"])
def test_the_page_looks_like_the_picture(face, language):
    drawn = design(citation(face=face, language=language), field("name", 0.8, 0.1, 0.09, face=face))
    facts = Facts("佐藤 純子 Ana", language="ja")
    picture, printed = (render_certificate(drawn, facts, format) for format in ("png", "pdf"))
    assert abs(page(printed) - pixels(picture)).mean() < 1.2
    # Blurred by what half a pixel is: no mark lies elsewhere.
    far = [
        numpy.asarray(Image.fromarray(one.astype("uint8")).reduce(10)).astype(int)
        for one in (page(printed), pixels(picture))
    ]
    assert abs(far[0] - far[1]).max() < 60


def test_columns_follow_each_other_from_right_to_left_and_each_from_the_top():
    drawn = design(citation())
    [shown] = drawn.resolve_shown(Facts("A"))
    assert len(shown.setting.lines) > 2
    ink = pixels(render_certificate(drawn, Facts("A"), "png")) < 128
    columns = [ink[:, x].any() for x in range(WIDTH)]
    # From the right: the box's edge, then the first column, as full as a column can be.
    first = max(x for x in range(WIDTH) if columns[x])
    assert 0.64 * WIDTH < first <= 0.7 * WIDTH
    rows = [numpy.nonzero(ink[:, x - 30 : x].any(axis=1))[0] for x in (first, first - 76)]
    assert all(0.1 * HEIGHT <= one.min() < 0.14 * HEIGHT for one in rows)


def test_what_is_read_aloud_begins_at_the_right():
    title = field("text", 0.85, 0.1, 0.1, id="title", content="感謝状")
    drawn = design(field("date", 0.1, 0.1, 0.04), citation(), title, field("name", 0.72, 0.1, 0.08))
    order = [one.field.id for one in drawn.resolve_shown(Facts("佐藤", date=DAY, language="ja"))]
    assert order == ["title", "name", "text", "date"]
    text = "".join(
        pymupdf.open(
            stream=render_certificate(drawn, Facts("佐藤", date=DAY, language="ja"), "pdf")
        )[0].get_text().split()
    )  # fmt: skip
    assert text.startswith("感謝状佐藤あなたは")
    assert text.endswith("二〇二六年十二月一日")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2026年12月1日", "二〇二六年十二月一日"),
        ("第27回", "第二十七回"),
        ("10月05日", "十月五日"),
        ("20時間", "二十時間"),
        ("12.5小时", "一二・五小时"),
        ("100時間", "一〇〇時間"),
        # No Chinese: it lies on its side as it is.
        ("12 hours", "12 hours"),
    ],
)
def test_numbers_stand_in_columns_as_they_are_written_there(written, told):
    assert with_numbers_upright(written) == told


def test_an_issued_certificate_keeps_its_columns():
    drawn = design(citation(), field("name", 0.8, 0.1, 0.09))
    facts = Facts("佐藤 純子 Ana", language="ja")
    shown = {one.field.id: one.setting for one in drawn.resolve_shown(facts)}
    kept = replace(facts, typesetting=facts.typesetting.with_settings(shown))
    for format in ("png", "pdf"):
        assert render_certificate(drawn, kept, format) == render_certificate(drawn, facts, format)


def test_layouts_without_columns_say_nothing_of_them():
    assert "in_columns" not in field("name", 0.1, 0.2, 0.05, in_columns=False).model_dump_json()


@pytest.mark.parametrize("language", ["ja", "zh"])
@pytest.mark.parametrize("is_upright", [False, True])
def test_a_letter_of_thanks_stands_in_columns(language, is_upright):
    style = style_named("gratitude")
    choice = DesignChoice(style, language, "感謝状", is_upright=is_upright)
    shown = {one.id: one for one in layout_of_choice(choice, LINK).fields}
    columns = ["title", "name", "thanks", "date", "signature"]
    assert all(shown[id].in_columns for id in columns)
    lefts = [shown[id].box.left for id in columns]
    assert lefts == sorted(lefts, reverse=True)
    centred = layout_of_choice(replace(choice, language="en"), LINK)
    assert not any(one.in_columns for one in centred.fields)
