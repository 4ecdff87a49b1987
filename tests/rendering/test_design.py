"""Designs and the certificates made from them."""

import datetime
import hashlib
import io
import random
import subprocess
import sys
import threading

import numpy
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from shared.errors import (
    BoxTooSmall,
    FixedTextDoesNotFit,
    FixedTextRefused,
    LayoutPictureMissing,
    NameDoesNotFit,
    NameNotPlain,
    NameProblem,
    NoGlyph,
    explain,
)
from shared.rendering.design import check, compile_design, render_certificate, render_preview
from shared.rendering.facts import Facts
from shared.rendering.layout import FACE_NAMES, Box, Field, Layout, standard_layout
from shared.rendering.names import clean_name
from shared.rendering.raster.jpeg import full_jpeg
from shared.rendering.text.faces import chain
from tests.support.rendering_names import NAMES

NOVEMBER = datetime.date(2026, 11, 24)


def template(width=900, height=640, format="PNG", noise=False, **options):
    picture = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    if noise:
        pixels = numpy.random.default_rng(1).integers(120, 256, (height, width, 3), numpy.uint8)
        picture = Image.fromarray(pixels)
    buffer = io.BytesIO()
    picture.point(lambda value: 128 + value // 2).save(buffer, format, **options)
    return buffer.getvalue()


def seal(side=200):
    """A red disc, half transparent."""
    picture = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    disc = Image.new("L", (side, side), 0)
    y, x = numpy.ogrid[:side, :side]
    inside = (x - side / 2) ** 2 + (y - side / 2) ** 2 < (side / 2) ** 2
    disc = Image.fromarray(numpy.where(inside, 128, 0).astype("uint8"))
    picture.paste((200, 0, 0, 255), (0, 0, side, side))
    picture.putalpha(disc)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def layout_of(*fields):
    return Layout(fields=fields)


def box(left, top, width, height):
    return Box(left=left, top=top, width=width, height=height)


def pixels(file):
    with Image.open(io.BytesIO(file)) as picture:
        return numpy.asarray(picture.convert("RGB")).astype(int)


def changed(design, facts):
    """Which pixels differ from a certificate that says nothing."""
    empty, full = (pixels(render_certificate(design, one, "png")) for one in (Facts(""), facts))
    return abs(full - empty).max(axis=2) > 0


def test_the_standard_layout_draws_name_number_and_date():
    design = compile_design(template(), standard_layout())
    facts = Facts("José 吉田", number="No. 7", date=NOVEMBER)
    placed = {one.id: one for one in check(design, facts)}
    assert placed["name"].lines == ("José 吉田",)
    assert placed["number"].lines == ("No. 7",)
    assert placed["date"].lines == ("2026年11月24日",)
    assert changed(design, facts).any()


@pytest.mark.parametrize(
    ("language", "written"), [("zh", "2026年11月24日"), ("en", "November 24, 2026")]
)
def test_the_date_is_written_as_the_language_writes_it(language, written):
    design = compile_design(template(), standard_layout())
    placed = check(design, Facts("Ana", date=NOVEMBER, language=language))
    assert [one.lines for one in placed if one.id == "date"] == [(written,)]


def random_layout(choose):
    """Some fields of every kind, anywhere, also over one another."""
    fields = []
    kinds = ["name", "number", "date", "column", "text", "qr", "picture"]
    for number in range(choose.randint(1, 6)):
        kind = choose.choice(kinds)
        left, top = choose.uniform(0, 0.5), choose.uniform(0, 0.8)
        content = {"column": "role", "text": "志愿 Thanks", "picture": SEAL}.get(kind, "")
        fields.append(
            Field(
                id=f"{kind}{number}",
                kind=kind,
                content=content,
                box=box(left, top, choose.uniform(0.4, 1 - left), choose.uniform(0.15, 1 - top)),
                size=choose.uniform(0.03, 0.1),
                minimum_size=0.01,
                rotation=choose.choice([0, 0, 90, 180, 270]),
                face=choose.choice(FACE_NAMES),
                weight=choose.choice([400, 700]),
                align=choose.choice(["left", "center", "right"]),
                vertical=choose.choice(["top", "middle", "bottom"]),
                letter_spacing=choose.choice([0, 0.1]),
                color=choose.choice(["#222222", "#aa0000"]),
            )
        )
    return layout_of(*fields)


SEAL = hashlib.sha256(seal()).hexdigest()


@pytest.mark.parametrize("seed", range(12))
def test_a_certificate_is_byte_for_byte_what_drawing_and_encoding_all_of_it_gives(seed):
    choose = random.Random(seed)
    design = compile_design(template(noise=seed % 2 == 1), random_layout(choose), {SEAL: seal()})
    name = choose.choice(list(NAMES.values()))
    facts = Facts(name, "No. 7", NOVEMBER, {"role": "Доброволец"}, "https://example.org/v/1")
    whole = design.background.rows(0, design.height)
    for field in design.fields:
        design.paint(design.resolve_facts(field, facts), whole)
    assert render_certificate(design, facts, "jpg") == full_jpeg(whole)
    assert (pixels(render_certificate(design, facts, "png")) == numpy.asarray(whole)).all()


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("script", ["Han", "Arabic", "Tibetan", "Emoji", "Latin, stacked marks"])
def test_turned_text_stays_inside_its_box(script, rotation):
    shape = box(0.3, 0.1, 0.1, 0.7) if rotation in (90, 270) else box(0.1, 0.3, 0.7, 0.12)
    field = Field(
        id="name", kind="name", box=shape, size=0.12, minimum_size=0.01, rotation=rotation
    )
    design = compile_design(template(), layout_of(field))
    marked = changed(design, Facts(NAMES[script]))
    inside = numpy.zeros_like(marked)
    left, top = round(shape.left * 900), round(shape.top * 640)
    inside[
        top : round((shape.top + shape.height) * 640),
        left : round((shape.left + shape.width) * 900),
    ] = True
    assert marked.any()
    assert not (marked & ~inside).any()


def test_a_quarter_turn_is_clockwise():
    """A wide F: upright its heavy part is at the left, turned clockwise it is at the top."""
    field = Field(id="name", kind="name", box=box(0.4, 0.2, 0.2, 0.6), size=0.2, minimum_size=0.1)
    upright, turned = (
        changed(compile_design(template(), layout_of(one)), Facts("F"))
        for one in (field, field.model_copy(update={"rotation": 90}))
    )
    ys, xs = numpy.nonzero(upright)
    assert xs.mean() < (xs.min() + xs.max()) / 2
    ys, xs = numpy.nonzero(turned)
    assert ys.mean() < (ys.min() + ys.max()) / 2


COVERED = set().union(*[face.coverage for face in chain("kai")])
LETTERS = st.sampled_from([chr(code) for code in sorted(COVERED)])
JOINING = st.sampled_from(["\u200d", "\u200c", "\ufe0f", "\u0301", " ", "🏽", "🇨", "\U000e0100"])


@settings(max_examples=120, deadline=None)
@given(st.text(LETTERS | JOINING, min_size=1, max_size=12) | st.text(max_size=12))
def test_any_name_is_refused_in_words_or_drawn_inside_its_box(name):
    field = Field(id="name", kind="name", box=box(0.1, 0.3, 0.8, 0.4), size=0.2, minimum_size=0.02)
    design = compile_design(template(600, 400), layout_of(field))
    try:
        facts = Facts(clean_name(name))
        marked = changed(design, facts)
    except NameProblem:
        return
    marked[120:280, 60:540] = False
    assert not marked.any()
    assert render_certificate(design, facts, "pdf").startswith(b"%PDF")


def test_a_refused_name_is_refused_by_check_and_by_drawing_alike():
    small = Field(
        id="name", kind="name", box=box(0.4, 0.4, 0.1, 0.05), size=0.05, minimum_size=0.04
    )
    design = compile_design(template(), layout_of(small))
    for name, refusal in (
        ("Wolfgang Amadeus", NameDoesNotFit),
        ("\U00012000", NoGlyph),
        ("A\u202e", NameNotPlain),
    ):
        with pytest.raises(refusal):
            check(design, Facts(name))
        for format in ("jpg", "png", "pdf"):
            with pytest.raises(refusal):
                render_certificate(design, Facts(name), format)


def test_the_refusal_names_the_characters_that_no_face_has():
    design = compile_design(template(), standard_layout())
    with pytest.raises(NoGlyph) as refusal:
        check(design, Facts("A \U00012000 B"))
    assert "\U00012000 (U+12000)" in str(refusal.value)


def test_a_column_that_is_missing_or_hidden_leaves_its_place_empty():
    role = Field(id="role", kind="column", content="role", box=box(0.1, 0.1, 0.5, 0.2))
    hidden = role.model_copy(update={"id": "hidden", "shown": False})
    design = compile_design(template(), layout_of(role, hidden))
    assert [one.id for one in check(design, Facts("A", columns={"role": "Cook"}))] == ["role"]
    assert not changed(design, Facts("A")).any()


def test_fixed_text_is_on_every_certificate_and_one_that_does_not_fit_is_named():
    text = Field(id="thanks", kind="text", content="谢谢", box=box(0.1, 0.1, 0.5, 0.2))
    bare = compile_design(template(), layout_of())
    design = compile_design(template(), layout_of(text))
    assert render_certificate(design, Facts("A"), "png") != render_certificate(
        bare, Facts("A"), "png"
    )
    long = text.model_copy(update={"content": "Thanks " * 60})
    with pytest.raises(FixedTextDoesNotFit, match="thanks"):
        compile_design(template(), layout_of(long))
    with pytest.raises(FixedTextRefused, match="U\\+12000"):
        compile_design(template(), layout_of(text.model_copy(update={"content": "\U00012000"})))
    tiny = text.model_copy(update={"box": box(0.1, 0.1, 0.0001, 0.1)})
    with pytest.raises(BoxTooSmall, match="thanks"):
        compile_design(template(), layout_of(tiny))


def test_every_refusal_of_a_layout_is_translated():
    for refusal in (FixedTextDoesNotFit, FixedTextRefused, BoxTooSmall, LayoutPictureMissing):
        error = refusal(field="thanks", characters="x")
        assert explain(error, "zh") != explain(error, "en")


def test_line_breaks_of_a_spreadsheet_become_blanks_and_control_characters_are_named():
    role = Field(id="role", kind="column", content="role", box=box(0.1, 0.1, 0.8, 0.2))
    design = compile_design(template(), layout_of(role))
    placed = check(design, Facts("A", columns={"role": " Cook\n and driver "}))
    assert placed[0].lines == ("Cook and driver",)
    with pytest.raises(NameNotPlain) as refusal:
        check(design, Facts("A", columns={"role": "Cook\u202e"}))
    assert refusal.value.details["characters"] == "U+202E"


def test_a_seal_stands_over_what_was_placed_before_it_and_lets_it_shine_through():
    name = Field(id="name", kind="name", box=box(0.3, 0.3, 0.4, 0.3), size=0.2)
    over = Field(id="seal", kind="picture", content=SEAL, box=box(0.3, 0.2, 0.4, 0.5))
    facts = Facts("王王王")
    above = compile_design(template(), layout_of(name, over), {SEAL: seal()})
    below = compile_design(template(), layout_of(over, name), {SEAL: seal()})
    red, black = (pixels(render_certificate(one, facts, "png")) for one in (above, below))
    differing = abs(red - black).max(axis=2) > 20
    assert differing.any()
    assert (red[differing][:, 0] > black[differing][:, 0]).mean() > 0.99
    assert not [field for field in below.fields if field.kind == "picture"]


def test_a_picture_that_was_not_brought_is_named():
    lost = Field(id="seal", kind="picture", content="0" * 64, box=box(0.3, 0.2, 0.4, 0.5))
    with pytest.raises(LayoutPictureMissing, match="seal"):
        compile_design(template(), layout_of(lost))


@pytest.mark.parametrize("format", ["jpg", "png"])
def test_a_phone_reads_the_code_even_over_a_seal_and_noise(format):
    over = Field(id="seal", kind="picture", content=SEAL, box=box(0.5, 0.4, 0.5, 0.6))
    code = Field(id="qr", kind="qr", box=box(0.6, 0.5, 0.25, 0.35))
    design = compile_design(template(noise=True), layout_of(over, code), {SEAL: seal()})
    link = "https://certificates.example.org/v/Zk3nJw0qT5d7Vb1xUe9aHg"
    file = render_certificate(design, Facts("A", link=link), format)
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(file)).convert("RGB"))
    assert [one.text for one in found] == [link]


def test_around_the_code_are_four_white_modules():
    code = Field(id="qr", kind="qr", box=box(0.1, 0.1, 0.5, 0.7))
    design = compile_design(template(), layout_of(code))
    found = pixels(render_certificate(design, Facts("A", link="https://example.org"), "png"))
    dark = numpy.argwhere((found == 0).all(axis=2))
    (top, left), (bottom, right) = dark.min(axis=0), dark.max(axis=0) + 1
    module = (bottom - top) // 25  # version 2 has 25 modules
    around = found[top - 4 * module : bottom + 4 * module, left - 4 * module : right + 4 * module]
    frame = numpy.ones(around.shape[:2], bool)
    frame[4 * module : -4 * module, 4 * module : -4 * module] = False
    assert (around[frame] == 255).all()


def test_the_density_of_the_template_is_kept_unless_another_is_asked_for():
    design = compile_design(template(dpi=(300, 300)), standard_layout())
    for format in ("jpg", "png"):
        for asked, expected in ((None, 300), (150, 150)):
            file = render_certificate(design, Facts("A"), format, dpi=asked)
            assert round(Image.open(io.BytesIO(file)).info["dpi"][0]) == expected


@pytest.mark.parametrize("seed", range(8))
def test_the_preview_is_the_certificate_scaled_down(seed):
    choose = random.Random(seed)
    size = (choose.randint(900, 2000), choose.randint(600, 1400))
    design = compile_design(template(*size), random_layout(choose), {SEAL: seal()})
    facts = Facts("José 吉田", "No. 7", NOVEMBER, {"role": "Доброволец"}, "https://example.org")
    width = choose.randint(300, 800)
    height = round(size[1] * width / size[0])
    whole = Image.open(io.BytesIO(render_certificate(design, facts, "png")))
    buffer = io.BytesIO()
    whole.resize((width, height), Image.Resampling.HAMMING).save(buffer, "JPEG", quality=85)
    preview = pixels(render_preview(design, facts, width))
    assert preview.shape == (height, width, 3)
    # Scaled rows may differ by a rounding, which JPEG then spreads over its units.
    assert abs(preview - pixels(buffer.getvalue())).max() <= 8


def test_a_preview_is_never_larger_than_the_template():
    design = compile_design(template(), standard_layout())
    assert pixels(render_preview(design, Facts("A"), 3000)).shape == (640, 900, 3)


def test_the_same_template_and_layout_are_compiled_once_even_by_many_threads():
    content, found = template(701, 500), []
    threads = [
        threading.Thread(target=lambda: found.append(compile_design(content, standard_layout())))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(design) for design in found}) == 1
    assert compile_design(content, standard_layout()) is found[0]


def test_other_pictures_under_the_same_layout_are_another_design():
    other = compile_design(template(702, 500), standard_layout())
    assert other is not compile_design(template(703, 500), standard_layout())


def test_the_least_used_designs_leave_when_memory_is_full(monkeypatch):
    first = compile_design(template(640, 480), standard_layout())
    monkeypatch.setattr("shared.rendering.design.COMPILED_DESIGNS_BYTES", 2_500_000)
    second = compile_design(template(641, 480), standard_layout())
    assert compile_design(template(640, 480), standard_layout()) is first
    compile_design(template(642, 480), standard_layout())
    assert compile_design(template(640, 480), standard_layout()) is first
    assert compile_design(template(641, 480), standard_layout()) is not second


def test_many_threads_draw_what_one_draws():
    design = compile_design(template(), standard_layout())
    alone = {n: render_certificate(design, Facts(n), "jpg") for n in NAMES.values()}
    found = {}

    def work(names):
        for name in names:
            found[name] = render_certificate(design, Facts(name), "jpg")

    names = list(NAMES.values())
    threads = [threading.Thread(target=work, args=(names[i::4],)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == alone


SCRIPT = """
import datetime, hashlib, sys
from shared.rendering.design import compile_design, render_certificate
from shared.rendering.text.faces import chain
from shared.rendering.facts import Facts
from shared.rendering.layout import standard_layout
from shared.rendering.sample import draw_sample_template
design = compile_design(draw_sample_template("zh"), standard_layout())
for format in ("jpg", "png", "pdf"):
    facts = Facts("José 吉田 محمد 👩‍🚀", "No. 7", datetime.date(2026, 11, 24), link="https://example.org")
    print(hashlib.sha256(render_certificate(design, facts, format)).hexdigest())
"""


def test_another_process_makes_the_same_bytes():
    runs = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin", "PYTHONPATH": "."},
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert len(runs[0].split()) == 3
