"""What a name may consist of."""

import unicodedata

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from shared.errors import NameMissing, NameNotPlain, NameProblem
from shared.rendering.names import clean_name, new_name, without_strays


def test_blanks_are_trimmed_and_collapsed_and_the_letter_case_is_left_alone():
    assert clean_name("  maría \u3000 de  lA \tCruz\u00a0") == "maría de lA Cruz"


def test_a_decomposed_name_is_stored_composed():
    assert clean_name("Jose\u0301") == "José"


@pytest.mark.parametrize("blank", ["", "   ", "\u3000", "\u00a0\t"])
def test_an_empty_name_is_asked_for(blank):
    with pytest.raises(NameMissing):
        clean_name(blank)


def test_the_limit_counts_what_a_reader_counts():
    assert clean_name("👩‍🚀" * 120) == "👩‍🚀" * 120
    with pytest.raises(NameProblem, match="The name is too long") as refusal:
        clean_name("あ" * 121)
    assert "120" in str(refusal.value)


def test_a_new_name_has_at_most_400_code_points_and_an_issued_one_is_drawn_again():
    family = "👨‍👩‍👧‍👦"
    assert new_name(family * 57) == family * 57
    with pytest.raises(NameProblem, match="The name is too long") as refusal:
        new_name(family * 58)
    assert "400" in str(refusal.value)
    assert clean_name(family * 58) == family * 58


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("A\u202eB", "U+202E"),  # the text after it would run backwards
        ("A\u2066B\u2069", "U+2066, U+2069"),
        ("A\u200eB", "U+200E"),
        ("A\nB", "U+000A"),
        ("A\u2028B", "U+2028"),
        ("A\x07B", "U+0007"),
        ("A\x00", "U+0000"),
        ("A\ue000", "U+E000"),
        ("A\u0378", "U+0378"),
        ("A\ud800", "U+D800"),
        ("A\ufeffB", "U+FEFF"),
        ("A\u00adB", "U+00AD"),
        ("A\u200bB", "U+200B"),
        ("Z" + "\u0335" * 5, "U+0335"),
        ("\u200dA", "U+200D"),
        ("A \u200cB", "U+200C"),
        ("A\U000e0041", "U+E0041"),
    ],
)
def test_what_cannot_be_printed_is_named(name, named):
    with pytest.raises(NameNotPlain) as refusal:
        clean_name(name)
    assert named in refusal.value.details["characters"]


@pytest.mark.parametrize("name", ["A\u200bB", "A\u202eB", "A\u2028B", "A\x07B", "A\ufeffB"])
def test_of_what_nobody_sees_people_read_that_it_was_pasted(name):
    with pytest.raises(NameNotPlain, match="Type it instead of pasting it"):
        clean_name(name)


@pytest.mark.parametrize("name", ["A\ue000", "A\u0378\u200b"])
def test_of_what_shows_people_read_which_it_is(name):
    with pytest.raises(NameNotPlain, match=r"U\+.*Write the name another way") as refusal:
        clean_name(name)
    assert refusal.type is NameNotPlain


@pytest.mark.parametrize(
    ("name", "letter"),
    [("Z" + "\u0335" * 5, "Z"), ("Ane\u0301" + "\u0316" * 5, "é"), ("\u0335" * 5 + "A", "◌")],
)
def test_piled_marks_are_named_by_the_letter_that_they_stand_on(name, letter):
    with pytest.raises(NameNotPlain, match="has more marks than can be printed") as refusal:
        clean_name(name)
    assert refusal.value.details["letter"] == letter


@pytest.mark.parametrize(
    "name",
    [
        "می‌خواهم",  # Persian: the non-joiner parts the prefix
        "क्‍ष क्‌ष",  # Hindi: both joiners choose a letter form
        "ශ්‍රී",
        "ന്‍",
        "👩‍🚀",
        "👩🏽‍🚀",
        "❤️",
        "❤️‍🔥",
        "葛󠄀城",  # an ideographic variation
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "Ǡ̱́́",  # composed Ǡ with three marks
        "שָׁלוֹם",
        "O’Connor-Łukasz",
        "བསྟན་འཛིན་རྒྱ་མཚོ",
        "ᠴᠢᠩᠭᠢᠰ",
    ],
)
def test_what_a_script_needs_stays(name):
    assert clean_name(name) == unicodedata.normalize("NFC", name)


@given(st.text(max_size=100))
def test_a_clean_name_stays_as_it_is(text):
    try:
        cleaned = clean_name(text)
    except NameProblem:
        return
    assert clean_name(cleaned) == cleaned
    assert not regex.search(r"[\p{Cc}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Bidi_Control}]", cleaned)


@pytest.mark.parametrize("filler", ["\u3164", "\u115f", "\u1160", "\uffa0"])
def test_letters_that_stand_for_nothing_are_refused(filler):
    for name in (filler, f"A{filler}B", f"김{filler}"):
        with pytest.raises(NameNotPlain, match="invisible character"):
            clean_name(name)


@pytest.mark.parametrize("name", ["ᠬᠠᠷ\u180eᠠ", "ស្រី\u200bសុខា", "ณัฐ\u200bวุฒิ"])
def test_what_parts_words_in_scripts_without_blanks_stays(name):
    assert clean_name(name) == name


def test_it_stays_nowhere_else():
    for name in ("A\u180eB", "ณัฐ A\u200bB"):
        with pytest.raises(NameNotPlain, match="invisible character"):
            clean_name(name)


@pytest.mark.parametrize("stray", ["\ufeff", "\u200b", "\u200e", "\u200f", " \u200b\u200e \ufeff"])
def test_what_pasting_leaves_at_the_ends_is_taken_away(stray):
    assert clean_name(f"{stray}Ana Silva{stray}") == "Ana Silva"
    assert clean_name(f"{stray}ស្រី{stray}") == "ស្រី"


def test_nothing_but_stray_characters_is_no_name():
    with pytest.raises(NameMissing):
        clean_name("\ufeff \u200b")


@pytest.mark.parametrize(
    ("pasted", "offered"),
    [
        ("Maxi\u00admilian", "Maximilian"),
        ("Ana\u200bMaria \u00adCruz\u00ad", "AnaMaria Cruz"),
        ("ณัฐ\u200b\u200bวุฒิ", "ณัฐ\u200bวุฒิ"),
        ("ส\u00adม", "สม"),
        ("ស្រី\u200bសុខា \u200bA", "ស្រី\u200bសុខា A"),
        ("ມາ\u200bນີ မောင်\u200bမောင်", "ມາ\u200bນີ မောင်\u200bမောင်"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_in_place_of_a_name_with_what_says_where_lines_may_end_one_without_is_offered(
    pasted, offered
):
    assert without_strays(pasted) == offered == clean_name(offered)


def test_ideographs_of_compatibility_keep_their_form_and_the_rest_is_composed():
    assert clean_name("Jose\u0301 神\ufa19") == "José 神\ufa19"
