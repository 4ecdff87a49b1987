"""Texts of many lines: as large as fits, as they were typed, and nothing of them lost."""

import io

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from shared.errors import LayoutRefused
from shared.rendering.design import compile_design, render_certificate
from shared.rendering.facts import Facts
from shared.rendering.layout import FACE_NAMES, Box, Field, Layout
from shared.rendering.names import clean_lines
from shared.rendering.placed import PARTED, check
from shared.rendering.text import fitting
from shared.rendering.text.faces import chain
from shared.rendering.text.fitting import draw_text
from tests.support.examples import examples
from tests.support.pdf_texts import text_of
from tests.support.rendering_names import NAMES

SONG = fitting.TextStyle(chain("song"), is_paragraph=True)
NAME = fitting.TextStyle(chain("song"))
CITATION = (
    "for leading the first aid team through three long days of rain, for teaching forty new "
    "helpers what to do, and for the calm, the humour and the hot tea that kept all of us going."
)
CITATION_IN_CHINESE = (
    "感谢您在连续三天的雨中带领急救组坚守岗位，培训了四十名新志愿者（含两名领队）。" * 3
)
WORDS = sorted({word for name in NAMES.values() for word in name.split()})


def lines_of(fitted):
    return [line.text for line in fitted.lines]


def test_a_citation_is_set_at_its_full_size_where_there_is_room():
    fitted = fitting.fit(CITATION, SONG, 1400, 500, 60, 27)
    assert (fitted.size, fitted.shrunk) == (60, False)
    assert " ".join(lines_of(fitted)) == CITATION
    widths = [line.advance for line in fitted.lines]
    # Balanced: the last line is no rest.
    assert min(widths) > 0.7 * max(widths)


def test_it_is_as_large_as_its_box_allows():
    fitted = fitting.fit(CITATION, SONG, 900, 400, 90, 20)
    setting = fitting.place(fitted, SONG, 900, 400, "center", "middle")
    assert fitted.shrunk
    assert setting.ink.bottom - setting.ink.top > 0.7 * 400
    assert setting.ink.right - setting.ink.left > 0.8 * 900


def test_a_chinese_citation_breaks_where_chinese_texts_do():
    fitted = fitting.fit(CITATION_IN_CHINESE, SONG, 900, 400, 60, 20)
    assert "".join(lines_of(fitted)) == CITATION_IN_CHINESE
    assert len(fitted.lines) > 3
    assert not any(line[0] in "，。）" or line[-1] == "（" for line in lines_of(fitted))


def test_a_short_text_is_put_on_more_lines_as_soon_as_that_makes_it_larger():
    assert len(fitting.fit("Certificate of Appreciation", SONG, 800, 120, 60, 20).lines) == 1
    fitted = fitting.fit("Certificate of Appreciation", SONG, 700, 140, 60, 20)
    assert (fitted.size, len(fitted.lines)) == (60, 2)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("\n\n one \n\n\n\n two\t \n", "one\n\ntwo"),
        ("one\u2028two", "one\ntwo"),
        ("  ", ""),
    ],
)
def test_line_feeds_stay_as_they_were_typed(typed, wanted):
    assert clean_lines(typed, 100, keeps_no_break=False) == wanted


def test_an_empty_line_stays_empty():
    fitted = fitting.fit("one\n\ntwo", SONG, 400, 400, 40, 20)
    assert lines_of(fitted) == ["one", "", "two"]
    rows = [y for _, y in fitting.place(fitted, SONG, 400, 400, "left", "top").origins]
    assert rows[2] - rows[1] == rows[1] - rows[0]


def test_a_hyphen_is_a_place_to_break_only_where_nothing_else_fits():
    for style in (SONG, NAME):
        wide = fitting.fit("Anna-Maria Petersen-Schmidt", style, 420, 160, 60, 20)
        assert lines_of(wide) == ["Anna-Maria", "Petersen-Schmidt"]
        narrow = fitting.fit("Petersen-Schmidt", style, 130, 160, 60, 20)
        assert lines_of(narrow) == ["Petersen-", "Schmidt"]
        assert not narrow.parted


def test_a_word_longer_than_its_box_is_parted_as_a_last_resort_beside_others_too():
    text = "the Donaudampfschifffahrtsgesellschaft in Vienna"
    fitted = fitting.fit(text, SONG, 200, 300, 40, 20)
    assert fitted.parted
    assert " ".join(lines_of(fitted)).replace("- ", "") == text
    assert lines_of(fitted)[-1].endswith(" in Vienna")
    name = fitting.fit("Ana Donaudampfschifffahrtsgesellschaft", NAME, 280, 100, 40, 20)
    assert (name.parted, len(name.lines)) == (True, 2)
    # Letters that hang together are never parted.
    assert fitting.fit("محمدعبداللهمحمدعبدالله و", SONG, 60, 300, 40, 20) is None


def test_a_name_has_three_lines_only_in_a_box_that_is_higher_than_wide():
    name = "Wilhelmina Konstantina Maximiliane"
    tall = fitting.fit(name, NAME, 400, 420, 90, 20)
    assert lines_of(tall) == name.split()
    assert len(fitting.fit(name, NAME, 420, 400, 90, 20).lines) == 2
    assert len(fitting.fit("Ana Bo", NAME, 400, 420, 90, 20).lines) == 1


# In a design


def white(size=(600, 400)):
    content = io.BytesIO()
    Image.new("RGB", size, "white").save(content, "PNG")
    return content.getvalue()


def design_with(kind, content, width=0.9):
    box = Box(left=0.05, top=0.05, width=width, height=0.9)
    size = {"size": 0.1, "minimum_size": 0.05}
    field = Field(id="one", kind=kind, content=content, box=box, face="song", **size)
    return compile_design(white(), Layout(fields=(field,)))


def fixed_lines(design):
    [text] = design.typesetting.fields.values()
    return ["".join(run["text"] for run in line["runs"]) for line in text["lines"]]


def test_a_no_break_space_forbids_a_break_in_a_fixed_text_and_is_a_blank_in_a_column():
    bound = "Vienna and its 100\u00a0friends of the river"
    free = bound.replace("\u00a0", " ")
    width = 0.45
    assert any(line.endswith(" 100") for line in fixed_lines(design_with("text", free, width)))
    lines = fixed_lines(design_with("text", bound, width))
    assert any("100\u00a0friends" in line for line in lines)
    column = design_with("column", "words", width)
    [pasted] = check(column, Facts("A", columns={"words": bound}))
    [typed] = check(column, Facts("A", columns={"words": free}))
    assert pasted == typed


def test_a_text_has_a_thousand_characters_at_most():
    assert design_with("column", "words", 0.9)
    with pytest.raises(LayoutRefused):
        Layout.from_json({"fields": [{"kind": "text", "content": "a" * 1001, "box": {}}]})


def test_a_word_parted_beside_others_is_reported():
    column = design_with("column", "words", 0.3)
    [placed] = check(column, Facts("A", columns={"words": "of Rindfleischetikettierung"}))
    assert placed.warning == PARTED


def test_lines_are_read_in_their_order_on_the_page_of_a_pdf():
    design = design_with("text", "one two\n\nthree four")
    read = text_of(render_certificate(design, Facts(""), "pdf")).split()
    assert read == ["one", "two", "three", "four"]


# Any text in any box

texts = st.lists(
    st.lists(st.sampled_from([*WORDS, "Anna-Maria", "100\u00a0km"]), max_size=12).map(" ".join),
    min_size=1,
    max_size=4,
).map(lambda rows: clean_lines("\n".join(rows), 1000, keeps_no_break=True))
styles = st.builds(
    fitting.TextStyle,
    st.sampled_from([chain(face) for face in FACE_NAMES]),
    st.sampled_from([400, 700]),
    st.sampled_from([0.8, 1.2, 1.6]),
    st.sampled_from([0.0, 0.1]),
    st.just(True),
)
widths, heights = st.integers(60, 900), st.integers(30, 500)


@examples(80)
@given(texts, styles, widths, heights, st.sampled_from(["left", "center", "right"]))
def test_ink_never_leaves_the_box_and_no_text_is_lost(text, style, width, height, align):
    fitted = fitting.fit(text, style, width, height, 60, 10) if text else None
    if fitted is None:
        return
    setting = fitting.place(fitted, style, width, height, align, "middle")
    picture = Image.new("RGB", (3 * width, 3 * height), "white")
    draw_text(setting, "#000000", picture, (width, height))
    pixels = numpy.asarray(picture.convert("L")).copy()
    pixels[height : 2 * height, width : 2 * width] = 255
    assert int((pixels < 250).sum()) == 0
    drawn, typed = "".join(lines_of(fitted)), text.replace("\n", "")
    if not fitted.parted:
        assert lines_of(fitted).count("") == text.split("\n").count("")
        assert drawn.replace(" ", "") == typed.replace(" ", "")
    assert drawn.replace(" ", "").replace("-", "") == typed.replace(" ", "").replace("-", "")


@examples(80)
@given(texts, styles, widths, heights, st.integers(0, 300), st.integers(0, 300))
def test_a_larger_box_never_makes_a_text_smaller(text, style, width, height, wider, higher):
    fitted = fitting.fit(text, style, width, height, 60, 10) if text else None
    if fitted is not None:
        larger = fitting.fit(text, style, width + wider, height + higher, 60, 10)
        assert larger is not None
        assert larger.size >= fitted.size
