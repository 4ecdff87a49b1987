"""A name marked as Japanese or Urdu has that language's forms, and keeps them."""

import dataclasses
import io
import json

import pytest
from PIL import Image

from shared.rendering.design import compile_design, render_certificate, render_preview
from shared.rendering.facts import Facts
from shared.rendering.languages import language_named, language_said, with_own_forms
from shared.rendering.layout import FACE_NAMES, Box, Field, Layout
from shared.rendering.placed import check
from shared.rendering.text.typesetting import Typesetting

JAPANESE, URDU = "直海 骨辻", "ڈاکٹر محمد اقبال"
SERIF, SANS = "JapaneseNamesSerif-Regular.otf", "JapaneseNamesSans-Regular.otf"
NASTALIQ = "NotoNastaliqUrdu-Regular.ttf"


def white() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (600, 200), "white").save(content, "PNG")
    return content.getvalue()


def design_in(language="", face="kai", **field):
    box = Box(left=0, top=0, width=1, height=1)
    field = {"kind": "name", "box": box, "size": 0.4, "face": face, "language": language} | field
    return compile_design(white(), Layout(fields=(Field(**field),)))


def faces_of(design, facts: Facts) -> set[str]:
    """The files of the faces in which the one field is set."""
    [field] = design.typesetting_of(facts).to_json()["fields"].values()
    return {run["face"] for line in field["lines"] for run in line["runs"]}


def pictures(design, facts: Facts) -> list[bytes]:
    formats = [render_certificate(design, facts, format) for format in ("png", "jpg", "pdf")]
    return [*formats, render_preview(design, facts, 300)]


def test_a_language_is_known_by_its_tag_and_by_what_people_call_it():
    for said in ("ja", "ja-JP", "JA_jp", "jpn", "Japanese", " japanese ", "日本語", "日语", "日文"):
        assert language_named(said) == "ja", said
    for said in ("ur", "ur-PK", "Urdu", "اردو", "乌尔都语", "ウルドゥー語"):
        assert language_named(said) == "ur", said
    assert [language_named(said) for said in ("中文", "Arabic", "de")] == ["zh", "ar", "de"]


def test_what_is_no_language_says_none():
    assert [language_named(said) for said in ("", "yes", "N/A", "7")] == [None] * 4
    assert language_said({"Role": "ja", "Language": "fluent", "语言": "日语"}) == "ja"
    assert language_said({"Role": "Japanese"}) is None


@pytest.mark.parametrize("face", FACE_NAMES)
def test_ideographs_have_the_forms_of_japan_only_where_somebody_says_so(face):
    usual, japanese = design_in("", face), design_in("ja", face)
    its_own = SANS if face in ("hei", "modern") else SERIF
    assert faces_of(japanese, Facts(JAPANESE)) == {its_own}
    assert faces_of(usual, Facts(JAPANESE)).isdisjoint({SERIF, SANS})
    for one, other in zip(
        pictures(usual, Facts(JAPANESE)), pictures(japanese, Facts(JAPANESE)), strict=True
    ):
        assert one != other


def test_urdu_stands_in_nastaliq_and_arabic_in_naskh():
    assert faces_of(design_in("ur"), Facts(URDU)) == {NASTALIQ}
    assert faces_of(design_in(""), Facts(URDU)) == {"NotoNaskhArabic-Regular.ttf"}
    mixed = faces_of(design_in("ur"), Facts("محمد علی Khan"))
    assert mixed == {NASTALIQ, "LXGWWenKai-Regular.ttf"}


def test_letters_without_forms_of_that_language_stay_as_they_are():
    for language in ("ja", "ur"):
        assert with_own_forms(language, "Ken Tanaka") == ""
        plain = pictures(design_in(""), Facts("Ken Tanaka"))
        assert pictures(design_in(language), Facts("Ken Tanaka")) == plain


def test_a_row_of_the_list_says_it_for_one_person():
    said = Facts(JAPANESE, columns={"言語": "日本語"})
    assert faces_of(design_in(""), said) == {SERIF}
    chinese = Facts(JAPANESE, columns={"Language": "zh-CN"})
    assert pictures(design_in("ja"), chinese) == pictures(design_in(""), chinese)
    unknown = Facts(JAPANESE, columns={"Language": "?"})
    assert faces_of(design_in("ja"), unknown) == {SERIF}


def test_what_a_row_says_is_about_the_name_alone():
    role = design_in("", id="role", kind="column", content="role")
    facts = Facts("A", columns={"role": "骨直", "language": "ja"})
    assert faces_of(role, facts).isdisjoint({SERIF, SANS})
    told = design_in("ja", id="role", kind="column", content="role")
    assert faces_of(told, dataclasses.replace(facts, columns={"role": "骨直"})) == {SERIF}


def test_a_rare_ideograph_that_no_japanese_face_has_is_still_drawn():
    [placed] = check(design_in("ja"), Facts("䶮直"))
    assert placed.lines == ("䶮直",)
    assert faces_of(design_in("ja"), Facts("髙橋 﨑 𠮷 濵")) == {SERIF}


@pytest.mark.parametrize("issued", [("ja", JAPANESE), ("ur", URDU), ("", JAPANESE)])
def test_what_was_issued_keeps_its_forms_whatever_is_said_later(issued):
    language, name = issued
    first = design_in(language)
    kept = json.loads(json.dumps(first.typesetting_of(Facts(name)).to_json()))
    again = Facts(name, columns={"language": "ja"}, typesetting=Typesetting.from_json(kept))
    for later in ("", "ja", "ur"):
        assert pictures(design_in(later), again)[0] == pictures(first, Facts(name))[0]


def test_a_layout_without_a_language_keeps_its_json():
    plain, told = design_in("").layout, design_in("ja").layout
    assert "language" not in plain.to_json()
    assert Layout.from_json(told.to_json()) == told
