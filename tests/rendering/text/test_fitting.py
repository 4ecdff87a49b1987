"""Text in every script: the right face, the right order, inside its box."""

import hashlib
import random
import re
import unicodedata

import bidi
import numpy
import pytest
import uharfbuzz
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from shared.rendering.layout import FACE_NAMES
from shared.rendering.text import fitting
from shared.rendering.text.faces import FONTS, LEADING_FACES, chain, manifest, verify_fonts
from shared.rendering.text.fitting import draw_text
from tests.support.examples import examples
from tests.support.rendering_names import NAMES

KAI = fitting.TextStyle(chain("kai"))


def drawn(name, style, width, height, largest, smallest, align="center", vertical="middle"):
    """The pixels of `name` in a box, with as much white around it as the box is large."""
    fitted = fitting.fit(name, style, width, height, largest, smallest)
    if fitted is None:
        return None, None
    setting = fitting.place(fitted, style, width, height, align, vertical)
    picture = Image.new("RGB", (3 * width, 3 * height), "white")
    draw_text(setting, "#000000", picture, (width, height))
    return numpy.asarray(picture.convert("L")), setting


def ink_outside(pixels, width, height):
    """How many pixels outside of the box are not white."""
    outside = pixels.copy()
    outside[height : 2 * height, width : 2 * width] = 255
    return int((outside < 250).sum())


@pytest.mark.parametrize("face", FACE_NAMES)
@pytest.mark.parametrize("script", NAMES)
def test_a_name_of_every_script_has_all_its_letters(script, face):
    line = fitting.measure(NAMES[script], fitting.TextStyle(chain(face)))
    assert line.missing == ()
    assert line.advance > 0


@pytest.mark.parametrize("face", FACE_NAMES)
@pytest.mark.parametrize("script", NAMES)
def test_no_letter_of_any_script_becomes_a_box(script, face):
    """Shape every run as it is drawn: glyph 0 is the box."""
    for run in fitting.measure(NAMES[script], fitting.TextStyle(chain(face))).runs:
        buffer = uharfbuzz.Buffer()
        buffer.add_str(run.text)
        buffer.guess_segment_properties()
        uharfbuzz.shape(run.face.shaper, buffer)
        assert 0 not in [info.codepoint for info in buffer.glyph_infos]


@pytest.mark.parametrize("script", NAMES)
def test_the_ink_of_any_name_stays_inside_its_box(script):
    """Boxes from generous to cruel, every alignment, up to three names in a row."""
    choose = random.Random(script)
    words, fitted = NAMES[script].split(), 0
    for _ in range(24):
        name = " ".join(choose.choices(words, k=choose.randint(1, 5)))
        width, height = choose.randint(60, 700), choose.randint(24, 160)
        style = fitting.TextStyle(
            chain(choose.choice(FACE_NAMES)),
            weight=choose.choice([400, 700]),
            line_spacing=choose.choice([1.0, 1.2, 1.6]),
            letter_spacing=choose.choice([0, 0, 0.1]),
        )
        align = choose.choice(["left", "center", "right"])
        vertical = choose.choice(["top", "middle", "bottom"])
        pixels, _ = drawn(name, style, width, height, 90, 8, align, vertical)
        if pixels is not None:
            fitted += 1
            assert ink_outside(pixels, width, height) == 0, (name, width, height, style.weight)
            assert pixels.min() < 200
    assert fitted >= 6


@examples(60)
@given(
    st.lists(
        st.sampled_from([w for n in NAMES.values() for w in n.split()]), min_size=1, max_size=6
    ),
    st.integers(100, 800),
    st.integers(30, 200),
)
def test_any_mixture_of_scripts_stays_inside_its_box(words, width, height):
    pixels, setting = drawn(" ".join(words), KAI, width, height, 80, 10)
    if pixels is not None:
        assert ink_outside(pixels, width, height) == 0
        lines = "".join(line.text for line in setting.lines).replace(" ", "")
        # A word too long for any line is parted by a hyphen.
        assert lines.replace("-", "") == "".join(words).replace("-", "")


def test_one_face_draws_the_whole_line_if_it_can():
    chinese, latin, _ = LEADING_FACES["song"]
    faces = {
        "2026年11月24日": chinese,
        "José 张伟": chinese,
        "00017": chinese,
        "No. 00017": chinese,
    }
    for content, face in faces.items():
        runs = fitting.measure(content, fitting.TextStyle(chain("song"))).runs
        assert {run.face.file for run in runs} == {face}
    [run] = fitting.measure("José", fitting.TextStyle(chain("song"))).runs
    assert run.face.file == latin


def test_a_rare_character_takes_the_whole_name_to_the_face_that_has_it():
    line = fitting.measure("张𠮷娜", fitting.TextStyle(chain("hei")))
    assert [run.face.family for run in line.runs] == ["LXGW WenKai"]


@pytest.mark.parametrize("heart", ["❤\ufe0f", "❤"])
def test_emoji_are_coloured(heart):
    pixels, _ = drawn(f"小明 {heart}", KAI, 300, 100, 80, 10)
    picture = Image.new("RGB", (400, 120), "white")
    setting = fitting.place(
        fitting.fit(heart, KAI, 400, 120, 80, 10), KAI, 400, 120, "center", "middle"
    )
    draw_text(setting, "#000000", picture, (0, 0))
    red = numpy.asarray(picture)[60, 200]
    assert red[0] > 150 > red[1]
    assert pixels is not None


def test_a_character_that_no_face_has_is_named_with_its_cluster():
    assert fitting.measure("A\U00012000B", KAI).missing == ("\U00012000",)


def test_a_mark_stays_in_the_face_of_its_letter():
    runs = fitting.measure("محمدٌ 吉", KAI).runs
    assert {unicodedata.normalize("NFC", run.text).strip() for run in runs} == {"محمدٌ", "吉"}


def on_the_page(content):
    """The characters from left to right, as this renderer draws them."""
    runs = fitting.measure(content, KAI).runs
    return "".join(run.text[::-1] if run.right_to_left else run.text for run in runs)


@examples(500)
@given(
    st.lists(
        st.sampled_from(
            ["محمد", "עלי", "Ana", "吉", "123", "٤٥", "(", ")", "[", "]", " ", "-", ".", "《", "》"]
        ),
        min_size=1,
        max_size=9,
    )
    .map("".join)
    # A number with a hyphen is kept whole, which Unicode does not ask.
    .filter(lambda content: not re.search("[0-9]-[0-9]", content))
)
def test_right_to_left_words_stand_where_unicode_puts_them(content):
    """Another implementation of the bidirectional algorithm agrees on the order of the page."""
    assert on_the_page(content) == bidi.get_display(content)


def test_letters_newer_than_pythons_own_unicode_data_are_ordered_too():
    assert on_the_page("a \ufbc2\u0627 b") == "a \u0627\ufbc2 b"


def test_brackets_around_another_direction_stay_around_it():
    assert on_the_page("محمد (Ali) x") == "x )Ali( دمحم"  # drawn mirrored in their run
    assert on_the_page("王 Anna محمد (3)") == "王 Anna )3( دمحم"


def test_a_short_name_keeps_its_size_and_a_long_one_shrinks():
    short = fitting.fit("王芳", KAI, 600, 120, 80, 20)
    long = fitting.fit("Александра Константинова", KAI, 600, 120, 80, 20)
    assert (short.size, short.shrunk, len(short.lines)) == (80, False, 1)
    assert 20 <= long.size < 80
    assert long.shrunk
    assert len(long.lines) == 1


def test_a_name_too_long_for_one_line_parts_between_words():
    fitted = fitting.fit("Wolfgang Amadeus Hohenzollern-Sigmaringen", KAI, 400, 120, 80, 30)
    assert [line.text for line in fitted.lines] == ["Wolfgang Amadeus", "Hohenzollern-Sigmaringen"]


def test_a_word_is_not_parted_for_a_few_pixels():
    """Just under the smallest size, but in whole words: taken, with a note."""
    fitted = fitting.fit("Maximilian Alexandropoulos", KAI, 400, 160, 80, 53)
    assert [line.text for line in fitted.lines] == ["Maximilian", "Alexandropoulos"]
    assert fitted.below_smallest


def test_a_name_that_fits_nowhere_is_refused():
    assert fitting.fit("Wolfgang " * 20, KAI, 200, 40, 80, 20) is None
    assert fitting.fit("محمدعبداللهمحمدعبداللهمحمدعبدالله", KAI, 60, 40, 80, 20) is None


def test_names_with_and_without_tall_letters_share_a_baseline():
    baselines = set()
    for name in ("王芳", "aeo", "Ågly", "Ñj"):
        fitted = fitting.fit(name, KAI, 600, 200, 80, 20)
        baselines.add(fitting.place(fitted, KAI, 600, 200, "center", "middle").origins[0][1])
    assert len(baselines) == 1


def test_a_heavier_weight_has_more_ink():
    light, _ = drawn("王芳", KAI, 300, 120, 80, 20)
    bold, _ = drawn("王芳", fitting.TextStyle(chain("kai"), weight=700), 300, 120, 80, 20)
    assert (255 - bold.astype(int)).sum() > 1.1 * (255 - light.astype(int)).sum()


def test_letter_spacing_widens_letters_but_never_parts_joined_ones():
    spaced = fitting.TextStyle(chain("kai"), letter_spacing=0.5)
    assert fitting.measure("王芳", spaced).advance == pytest.approx(2.5, abs=0.01)
    assert fitting.measure("محمد", spaced).advance == fitting.measure("محمد", KAI).advance


def test_every_typeface_is_the_file_that_the_manifest_names():
    for entry in manifest():
        content = (FONTS / entry["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"], entry["file"]
    named = {entry["file"] for entry in manifest()}
    assert named == {path.name for path in FONTS.iterdir() if path.suffix in (".ttf", ".otf")}


def test_the_typefaces_stay_within_their_budget():
    files = [path for path in FONTS.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 72_000_000


def test_start_up_notices_a_missing_typeface(monkeypatch, tmp_path):
    verify_fonts()
    manifest_copy = tmp_path / "manifest.json"
    manifest_copy.write_text((FONTS / "manifest.json").read_text())
    monkeypatch.setattr("shared.rendering.text.faces.FONTS", tmp_path)
    with pytest.raises(RuntimeError, match="LXGWWenKai"):
        verify_fonts()
