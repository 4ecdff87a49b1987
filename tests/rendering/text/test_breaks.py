"""Two lines: where they break, when they are worth it, and that they never touch."""

import itertools

import numpy
import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from shared.rendering.layout import FACE_NAMES
from shared.rendering.text import fitting
from shared.rendering.text.faces import chain
from shared.rendering.text.fitting import draw_text
from shared.rendering.text.paragraphs import soft_breaks
from tests.support.examples import examples
from tests.support.rendering_names import NAMES

KAI = fitting.TextStyle(chain("kai"))


def parts(name):
    """The pieces between the places where a line may end."""
    places = [0, *soft_breaks(name), len(name)]
    return [name[a:b] for a, b in itertools.pairwise(places)]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("ณัฐวุฒิปิ่นเกล้าสมบูรณ์", ["ณัฐ", "วุฒิ", "ปิ่น", "เกล้า", "สมบูรณ์"]),
        ("བསྟན་འཛིན་རྒྱ་མཚོ", ["བསྟན་", "འཛིན་", "རྒྱ་", "མཚོ"]),
        ("大学（志愿）会", ["大", "学", "（志", "愿）", "会"]),
        ("田・ケン", ["田・", "ケ", "ン"]),
        ("Anna - Maria", ["Anna - ", "Maria"]),
        ("Anna-Maria", ["Anna-", "Maria"]),
        ("阿力·艾力", ["阿", "力·", "艾", "力"]),
        ("Ana·Bo", ["Ana·", "Bo"]),
        ("김민준 이서연", ["김민준 ", "이서연"]),
        ("𠮷田 a", ["𠮷", "田 ", "a"]),
    ],
)
def test_a_line_ends_where_a_reader_expects_it(name, wanted):
    assert parts(name) == wanted


PIECES = [
    "เกล้า",
    "ใจ",
    "ปิ่น",
    "བསྟན་",
    "མཚོ།",
    "田・ケン",
    "（王）",
    "「あ」",
    "Ana",
    "(Bo)",
    "-",
    "·",
    "𠮷",
    "កម្ពុជា",
]


@given(st.lists(st.sampled_from([*PIECES, " "]), max_size=8).map("".join))
def test_no_line_begins_or_ends_with_what_belongs_to_the_other(name):
    for place in soft_breaks(name):
        assert 0 < place < len(name)
        assert not regex.match(r"[་།・」）)\-·\p{M}]", name[place:])
        assert not regex.search(r"[เแโใไ「（(]$", name[:place])


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("北京大学（志愿者协会）附属中学第三分会", ["北京大学（志愿者协会）", "附属中学第三分会"]),
        ("ณัฐวุฒิสมบูรณ์ ปิ่นเกล้า", ["ณัฐวุฒิสมบูรณ์", "ปิ่นเกล้า"]),
    ],
)
def test_brackets_stay_whole_and_words_together_where_the_lines_stay_about_even(name, wanted):
    fitted = fitting.fit(name, KAI, 240, 110, 60, 10)
    assert [line.text for line in fitted.lines] == wanted


def test_a_word_that_must_part_shows_it_by_a_hyphen():
    fitted = fitting.fit("Donaudampfschifffahrtsgesellschaft", KAI, 240, 110, 60, 22)
    first, second = (line.text for line in fitted.lines)
    assert first.endswith("-")
    assert first[:-1] + second == "Donaudampfschifffahrtsgesellschaft"
    assert fitted.parted
    assert not fitting.fit("Anna Maria", KAI, 240, 110, 60, 22).parted


def test_a_thai_name_without_room_for_whole_words_is_parted_and_not_refused():
    fitted = fitting.fit("ประเสริฐประเสริฐประเสริฐ", KAI, 150, 110, 60, 25)
    assert fitted.parted
    assert not regex.search(r"[-เแโใไ]$", fitted.lines[0].text)


def test_a_script_without_hyphens_gets_none():
    fitted = fitting.fit("ᏣᎳᎩ" * 5, fitting.TextStyle(chain("kai")), 240, 110, 60, 22)
    thaana = fitting.fit("އިބްރާހީމްމުޙައްމަދުއަޙްމަދުޢަލީ", KAI, 200, 110, 60, 22)
    assert fitted.lines[0].text.endswith("-")
    assert "-" not in thaana.lines[0].text


def test_two_lines_are_chosen_when_they_are_a_quarter_larger():
    long = fitting.fit("Александра Константиновна Преображенская", KAI, 600, 160, 80, 12)
    short = fitting.fit("Александра Иванова", KAI, 600, 100, 80, 12)
    assert len(long.lines) == 2
    one_line = fitting.measure("Александра Константиновна Преображенская", KAI)
    assert long.size >= 1.25 * 596 / one_line.advance
    assert len(short.lines) == 1


def ink_of_lines(name, style, width, height):
    """How many pixels each line covers alone, and both together."""
    fitted = fitting.fit(name, style, width, height, 90, 10)
    if fitted is None or len(fitted.lines) < 2:
        return None
    setting = fitting.place(fitted, style, width, height, "center", "middle")
    rows = []
    for index in range(2):
        picture = Image.new("L", (width, height), 255)
        alone = fitting.SetText(
            setting.lines[index : index + 1],
            setting.size,
            setting.origins[index : index + 1],
            setting.ink,
        )
        rgb = picture.convert("RGB")
        draw_text(alone, "#000000", rgb, (0, 0))
        rows.append(numpy.flatnonzero((numpy.asarray(rgb.convert("L")) < 250).any(axis=1)))
    return rows


@pytest.mark.parametrize("face", FACE_NAMES)
@pytest.mark.parametrize(
    "script", ["Tibetan", "Vietnamese", "Latin, stacked marks", "Urdu", "Thai"]
)
def test_lines_never_touch_each_other(script, face):
    name, two = " ".join([NAMES[script]] * 3), 0
    for spacing in (0.8, 1.0, 1.2):
        style = fitting.TextStyle(chain(face), line_spacing=spacing)
        for width, height in ((300, 160), (500, 120), (240, 100)):
            rows = ink_of_lines(name, style, width, height)
            if rows:
                two += 1
                assert rows[0].max() < rows[1].min(), (spacing, width, height)
    assert two


@examples(80)
@given(
    st.lists(st.sampled_from(list(NAMES.values())), min_size=1, max_size=3).map(" ".join),
    st.integers(120, 700),
    st.integers(60, 200),
    st.sampled_from([0.0, 0.1, 0.3]),
)
def test_no_two_lines_of_any_names_touch(name, width, height, spacing):
    style = fitting.TextStyle(chain("kai"), line_spacing=0.8, letter_spacing=spacing)
    rows = ink_of_lines(name, style, width, height)
    if rows:
        assert rows[0].max() < rows[1].min()
