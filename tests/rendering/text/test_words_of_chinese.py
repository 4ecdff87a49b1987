"""Lines of Chinese and Japanese end between words and behind punctuation, at about the size that
they had, in designs that are made from now on."""

import itertools

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from shared.rendering.text import fitting
from shared.rendering.text.faces import chain
from shared.rendering.text.paragraphs import hard_breaks, hardness
from tests.support.examples import examples

CHINESE = (
    "感谢您在连续三天的雨中带领急救组坚守岗位，培训了四十名新志愿者（含两名领队），累计服务39小时，"
    "于2026年12月1日在第三届城市马拉松受到表彰。"
)
JAPANESE = (
    "あなたは多年にわたり地域の清掃活動に尽力され、ボランティア活動の発展に貢献されました。"
    "よってここに深く感謝の意を表します。"
)
SONG, BEFORE = (
    fitting.TextStyle(chain("song", rules=rules), is_paragraph=True) for rules in (4, 3)
)  # fmt: skip
BOXES = [(width, 400) for width in range(700, 1400, 20)]
INSIDE = 0.5


def lines_of(fitted):
    return [line.text for line in fitted.lines]


def cut_words(text, fitted):
    """How many lines end inside a word."""
    ends = list(itertools.accumulate(len(line.text) for line in fitted.lines))[:-1]
    return sum(hardness(text).get(end, 0.0) > INSIDE for end in ends)


@pytest.mark.parametrize("text", [CHINESE, JAPANESE])
def test_lines_end_between_words_at_about_the_same_size(text):
    ends, cut, cut_before = 0, 0, 0
    for width, height in BOXES:
        now, before = (fitting.fit(text, one, width, height, 44, 12) for one in (SONG, BEFORE))
        assert before.size >= now.size > 0.84 * before.size
        assert "".join(lines_of(now)) == text
        ends += len(now.lines) - 1
        cut += cut_words(text, now)
        cut_before += cut_words(text, before)
    assert cut_before > 0.6 * ends
    assert cut == 0


def test_a_line_rather_ends_behind_punctuation():
    lines = lines_of(
        fitting.fit("感谢您参加城市马拉松，累计服务二十九小时。", SONG, 500, 200, 44, 12)
    )
    assert lines == ["感谢您参加城市马拉松，", "累计服务二十九小时。"]


@pytest.mark.parametrize("whole", ["2026年", "12月", "第三届", "志愿者", "四十名", "39小时"])
def test_a_number_keeps_what_it_counts_and_a_word_its_ending(whole):
    start = CHINESE.index(whole)
    inside = [place for place in hardness(CHINESE) if start < place < start + len(whole)]
    assert all(hardness(CHINESE)[place] > INSIDE for place in inside)


@pytest.mark.parametrize(
    "whole", ["马拉松", "嘉年华", "基金会", "锦标赛", "救援队", "图书馆", "服务站", "组委会"]
)
def test_words_that_the_dictionary_cuts_stay_whole(whole):
    for text in (f"在城市{whole}中。", f"参与{whole}活动", f"{whole}志愿服务"):
        start = text.index(whole)
        within = range(start + 1, start + len(whole))
        assert all(hardness(text).get(place, 0.0) > INSIDE for place in within)


def test_a_citation_that_fills_its_box_keeps_its_words_as_well():
    text = (
        "因为有您，“2026 年第二十五届滨江国际城市马拉松暨全国大学生志愿服务锦标赛”成为难忘的一天。"
    )
    for width, height in itertools.product(range(500, 1500, 100), (100, 160, 220)):
        fitted = fitting.fit(text, SONG, width, height, 64, 12)
        assert cut_words(text, fitted) == 0, (width, height, lines_of(fitted))


def test_a_name_in_two_lines_ends_between_words():
    style = fitting.TextStyle(chain("song"))
    for name, parts in {
        "長宗我部 アレクサンドラ 美紀子": ["長宗我部", "アレクサンドラ 美紀子"],
        "阿卜杜拉·买买提江·艾力热合曼": ["阿卜杜拉·买买提江·", "艾力热合曼"],
    }.items():
        assert lines_of(fitting.fit(name, style, 420, 200, 80, 20)) == parts
    assert lines_of(fitting.fit("北京市红十字会志愿服务队", style, 420, 200, 80, 20)) == [
        "北京市红十字会", "志愿服务队"
    ]  # fmt: skip


def test_the_first_line_of_a_chinese_citation_begins_two_characters_further_in():
    style = fitting.TextStyle(chain("song"), is_paragraph=True, indent=2.0)
    for text in (CHINESE, f"{CHINESE}\n{CHINESE}", "感谢您。"):
        fitted = fitting.fit(text, style, 900, 500, 40, 12)
        rows = ("".join(lines_of(fitted)) == text.replace("\n", ""), len(fitted.lines))
        begins = [line.starts[0] for line in fitted.lines]
        assert rows[0]
        assert sorted(set(begins)) in ([0.0, 2.0], [2.0])
        assert begins.count(2.0) == text.count("\n") + 1
        assert max(line.advance for line in fitted.lines) * fitted.size <= 900


PIECES = [
    "感谢",
    "志愿者",
    "（两名",
    "）。",
    "」",
    "“",
    "”，",
    "2026年",
    "ボランティア",
    "を",
    "Ana ",
    "O’Brien",
    "、",
]
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=30).map("".join)


@examples(80)
@given(texts, st.integers(90, 900), st.integers(40, 400), st.sampled_from([0.0, 2.0]))
def test_no_line_begins_with_closing_punctuation_or_leaves_its_box(text, width, height, indent):
    style = fitting.TextStyle(chain("song"), is_paragraph=True, indent=indent)
    fitted = fitting.fit(text.strip(), style, width, height, 60, 8)
    if fitted is None:
        return
    setting = fitting.place(fitted, style, width, height, "left", "middle")
    assert setting.ink.left >= 0
    assert setting.ink.right <= width
    assert "".join(lines_of(fitted)).replace("-", "").replace(" ", "") == text.replace(" ", "")
    for line in lines_of(fitted)[1:]:
        assert not regex.match(r"[，。、：；！？）”」]", line)
    for line in lines_of(fitted)[:-1]:
        assert not regex.search(r"[（“「]$", line)


@examples(80)
@given(texts, st.integers(90, 900), st.integers(40, 400), st.integers(0, 300), st.integers(0, 300))
def test_a_larger_box_makes_no_chinese_text_smaller(text, width, height, wider, higher):
    fitted = fitting.fit(text.strip(), SONG, width, height, 60, 8)
    if fitted is not None:
        larger = fitting.fit(text.strip(), SONG, width + wider, height + higher, 60, 8)
        assert larger.size >= fitted.size


@given(texts)
def test_a_word_that_must_part_keeps_its_punctuation(text):
    for place in hard_breaks(text):
        assert not regex.match(r"[，。、：；！？）”」]", text[place:])
