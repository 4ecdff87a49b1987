"""Dates are written in the language of the text around them, as CLDR has it; designs of before keep
the rules by which their certificates were set."""

import datetime
import io
import json

import pytest
from PIL import Image

from shared.rendering.design import compile_design, key_of, render_certificate
from shared.rendering.facts import Facts
from shared.rendering.layout import Box, Field, Layout
from shared.rendering.text.faces import language_of_letters
from shared.rendering.text.rules import NEWEST
from shared.rendering.text.typesetting import Typesetting

DAY = datetime.date(2026, 12, 1)
OLDER = Typesetting(3, {})
THANKS = {
    "ar": "شهادة شكر وتقدير",
    "fa": "گواهی تقدیر",
    "he": "תעודת הוקרה",
    "ja": "感謝状 あなたの活動に深く感謝します",
    "ko": "감사장",
    "ru": "Благодарность добровольцу",
    "th": "ประกาศนียบัตร",
    "uk": "Подяка волонтеру міста",
    "ur": "سندِ شکریہ کے لیے",
    "zh": "感谢状",
}
WRITTEN = {
    "": "December 1, 2026",
    "ar": "1 ديسمبر 2026",
    "fa": "1 دسامبر 2026",
    "he": "1 בדצמבר 2026",
    "ja": "2026年12月1日",
    "ko": "2026년 12월 1일",
    "ru": "1 декабря 2026 г.",
    "th": "1 ธันวาคม ค.ศ. 2026",
    "uk": "1 грудня 2026 р.",
    "ur": "1 دسمبر، 2026",
    "zh": "2026年12月1日",
}


def design(*fields, **more):
    content = io.BytesIO()
    Image.new("RGB", (900, 640), "white").save(content, "PNG")
    box = Box(left=0.05, top=0.1, width=0.9, height=0.3)
    layout = Layout(fields=tuple(Field(**({"box": box, "size": 0.04} | one)) for one in fields))
    return compile_design(content.getvalue(), layout, **more)


def said(design, id="date", language="en"):
    """What a field says on a certificate, as it is stored."""
    facts = Facts("Ana", "7", DAY, language=language)
    stored = json.loads(json.dumps(design.typesetting_of(facts).to_json()))["fields"][id]
    runs = [sorted(line["runs"], key=lambda run: run.get("place", 0)) for line in stored["lines"]]
    return "".join(run["text"] for line in runs for run in line)


@pytest.mark.parametrize("language", THANKS)
def test_a_date_is_in_the_language_that_the_words_of_the_sheet_tell(language):
    title = {"kind": "text", "id": "title", "content": THANKS[language]}
    assert language_of_letters(THANKS[language]) == language
    assert said(design(title, {"kind": "date"})) == WRITTEN[language]


def test_latin_letters_tell_nothing_so_that_the_language_of_the_certificate_stays():
    title = {"kind": "text", "id": "title", "content": "Urkunde 灯会"}
    drawn = design(title, {"kind": "date"})
    assert said(drawn) == WRITTEN[""]
    assert said(drawn, language="zh") == WRITTEN["zh"]


def test_letters_that_several_languages_share_tell_none_of_them():
    assert language_of_letters("Диплом за участие") == ""


def test_the_words_of_the_field_itself_and_the_language_it_is_given_go_before_the_sheets():
    title = {"kind": "text", "id": "title", "content": THANKS["ar"]}
    dated = {"kind": "text", "id": "dated", "content": "ให้ไว้ ณ วันที่ {date}"}
    behind = {"kind": "date", "before": "発行日は"}
    drawn = design(title, dated, behind)
    assert said(drawn, "dated") == f"ให้ไว้ ณ วันที่ {WRITTEN['th']}"
    assert said(drawn) == f"発行日は{WRITTEN['ja']}"
    assert said(design(title, {"kind": "date", "language": "ur"})) == WRITTEN["ur"]


def test_certificate_301_of_a_design_of_before_is_set_as_1_to_300():
    fields = ({"kind": "date", "after": "สมุทร"}, {"kind": "name"})
    older = design(*fields, typesetting=OLDER)
    assert said(older) == f"{WRITTEN['']}สมุทร"
    facts = Facts("Ana", "7", DAY, language="en")
    assert older.typesetting_of(facts).rules == OLDER.rules
    assert design(*fields).typesetting_of(facts).rules == NEWEST
    png = render_certificate(older, facts, "png")
    assert render_certificate(design(*fields), facts, "png") != png
    # Both are kept beside each other.
    older_key, key = (key_of("a", older.layout, (), 92, one) for one in (OLDER, Typesetting()))
    assert older_key != key
