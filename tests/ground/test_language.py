"""Every text that a person reads is there in English and in Chinese."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from shared.errors import (
    AlreadyMailed,
    NameDoesNotFit,
    NotAllowed,
    ProductError,
    SettingRefused,
    explain,
)
from shared.language import (
    LANGUAGES,
    catalogue,
    language_for,
    preferred_language,
    translate,
    translate_count,
)

ROOT = Path(__file__).parents[2]
KEYWORDS = {
    "N_": None,
    "_": None,
    "t": None,
    **dict.fromkeys(("show_caption", "show_paragraph", "show_info", "show_warning")),
    "translate": None,
    "gettext": None,
    "tn": (1, 2),
    **dict.fromkeys(("show_caption_count", "show_info_count", "show_warning_count"), (1, 2)),
    "Counted": (1, 2),
    "translate_count": (1, 2),
    "ngettext": (1, 2),
}
MAIL_OF = "Mail of “{event}” is overdue by {minutes} minutes. {why}"
PLACEHOLDER = re.compile(r"\{\w*\}")

Message = str | tuple[str, ...]


@cache
def messages_of_the_code() -> dict[Message, str]:
    """Every text that is marked for translation, and the file where it stands first."""
    found: dict[Message, str] = {}
    for part in ("shared", "api", "console"):
        for file in sorted((ROOT / part).rglob("*")):
            for message in _messages(file):
                found.setdefault(message, str(file.relative_to(ROOT)))
    return found


def _messages(file: Path) -> Iterator[Message]:
    if file.suffix == ".py":
        yield from _marked(file, "python")
    elif file.suffix == ".html":
        yield from _marked(file, "jinja2.ext:babel_extract")
    elif file.suffix == ".txt" and file.parent.parent.name == "kinds":
        # The words of mails are translated paragraph by paragraph.
        paragraphs = file.read_text(encoding="utf-8").strip().split("\n\n")
        yield from (words for words in paragraphs if PLACEHOLDER.sub("", words).strip())
    elif file.name == "streamlit_words.txt":
        yield from file.read_text(encoding="utf-8").splitlines()


def _marked(file: Path, method: str) -> Iterator[Message]:
    for _, message, _, _ in extract_from_file(method, file, keywords=KEYWORDS):
        yield message


@cache
def translations() -> list[tuple[str, Message, Message]]:
    """File, English and Chinese of every entry."""
    found: list[tuple[str, Message, Message]] = []
    for file in sorted([*ROOT.glob("shared/locales/zh/*.po"), *ROOT.glob("shared/**/zh.po")]):
        with file.open("rb") as lines:
            entries = [entry for entry in read_po(lines, locale="zh") if entry.id]
        found += [(str(file.relative_to(ROOT)), entry.id, entry.string) for entry in entries]
    return found


def test_every_text_has_a_chinese_translation():
    translated = {english for _, english, chinese in translations() if chinese and all(chinese)}
    missing = [
        f"{file}: {message}"
        for message, file in messages_of_the_code().items()
        if message not in translated
    ]
    assert missing == []


def test_every_translation_is_found_where_a_text_is_shown():
    different = [
        english
        for _, english, chinese in translations()
        if _shown_in_chinese(english) != _last_form(chinese)
    ]
    assert different == []


def _shown_in_chinese(text: Message) -> str:
    if isinstance(text, str):
        return catalogue("zh").gettext(text)
    return catalogue("zh").ngettext(text[0], text[-1], 2)


def test_no_translation_is_left_of_a_text_that_is_gone():
    known = messages_of_the_code()
    assert [
        f"{file}: {english}" for file, english, _ in translations() if english not in known
    ] == []


def test_translations_have_the_placeholders_of_the_text():
    different = [
        f"{file}: {english}"
        for file, english, chinese in translations()
        if _placeholders(chinese) != _placeholders(english)
    ]
    assert different == []


def _placeholders(text: Message) -> set[str]:
    return set(PLACEHOLDER.findall(_last_form(text)))


def _last_form(text: Message) -> str:
    return text if isinstance(text, str) else text[-1]


def test_no_text_is_translated_in_two_ways():
    chosen: dict[Message, Message] = {}
    different = [
        (english, chosen[english], chinese)
        for _, english, chinese in translations()
        if chosen.setdefault(english, chinese) != chinese
    ]
    assert different == []


def chinese_with(pattern: str) -> list[str]:
    """The Chinese texts in which it occurs, each after its file."""
    return [
        f"{file}: {part}"
        for file, _, chinese in translations()
        for part in ([chinese] if isinstance(chinese, str) else chinese)
        if re.search(pattern, part)
    ]


def test_chinese_sentences_end_as_chinese_sentences_do():
    assert chinese_with(r"[一-鿿][,;:!?](?!\S*//)|[一-鿿]\.$") == []


def test_chinese_sentences_have_no_blank_after_a_mark_and_no_slanted_words():
    """A mark has its own room, and Chinese type has no italics: names of buttons stand in “”."""
    assert chinese_with(r"[，。；：？！] |(?<!\*)\*(?!\*)") == []


# Errors


def all_errors(kind: type[ProductError] = ProductError) -> Iterator[type[ProductError]]:
    for one in kind.__subclasses__():
        if one.message and one.__module__.startswith("shared.errors"):
            yield one
        yield from all_errors(one)


@pytest.mark.parametrize("kind", list(all_errors()))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_explains_itself_in_both_languages(kind, language):
    details = dict.fromkeys(re.findall(r"\{(\w+)\}", kind.message), "7")
    sentence = explain(kind(**details), language)
    assert "{" not in sentence
    assert bool(re.search("[一-鿿]", sentence)) == (language == "zh") or details.keys() == {
        "field",
        "reason",
    }


def test_the_reason_inside_of_an_error_is_translated_too():
    error = SettingRefused(field="name", reason="must not be empty")
    assert explain(error, "en") == "name: must not be empty"
    assert explain(error, "zh") == f"name：{translate('must not be empty', 'zh')}"
    assert error.details["reason"] == "must not be empty"


@pytest.mark.parametrize("answer", ["550 {no} such user", "", "{", "{0}", "%s"])
def test_a_servers_own_words_stay_as_they_are(answer):
    assert answer in explain(ProductError("It was not mailed: {reason}", reason=answer), "zh")
    assert answer in explain(ProductError("It was not mailed: {reason}", reason=answer), "en")


@pytest.mark.parametrize("character", ["é", "e\u0301", "明", "👩\u200d👩\u200d👧"])
def test_a_name_that_does_not_fit_is_quoted_by_its_beginning_and_no_character_is_cut(character):
    assert f"“{character * 24}”" in explain(NameDoesNotFit(text=character * 24), "en")
    assert f"“{character * 23}…”" in explain(NameDoesNotFit(text=character * 80), "en")


# Choosing


def test_english_is_the_text_of_the_code_itself():
    assert translate(NotAllowed.message, "en") == NotAllowed.message
    assert translate(NotAllowed.message, "zh") != NotAllowed.message
    assert translate(AlreadyMailed.message, "zh", address="a@b").count("a@b") == 1


def test_what_is_quoted_has_inner_quotation_marks():
    sentence = "“{event}” is {event}, of {count}"
    assert translate(sentence, "en", event="Run", count=2) == "“Run” is Run, of 2"
    said = translate(MAIL_OF, "zh", event="“学雷锋”活动", minutes=3, why="")
    assert said.startswith("“‘学雷锋’活动”")
    assert translate_count("“{one}”", "“{one}”s", 1, "en", one="a “b”") == "“a ‘b’”"


def test_a_text_that_nobody_translated_is_shown_in_english():
    assert translate("Not in any catalogue: {language}", "zh", language="x", message="y").endswith(
        ": x"
    )


@pytest.mark.parametrize(("count", "text"), [(1, "1 mail"), (0, "0 mails"), (2, "2 mails")])
def test_counts_choose_their_form(count, text):
    assert translate_count("{count} mail", "{count} mails", count, "en") == text


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("zh-TW", "zh"),
        ("en-GB,en;q=0.9", "en"),
        ("fr-FR,fr;q=0.9,en;q=0.8", "en"),
        ("en;q=0.1, zh;q=0.2", "zh"),
        ("en; q=0.1, zh-Hans ; q=0.2", "zh"),
        ("en;q=0", "zh"),
        ("fr", "zh"),
        ("*", "zh"),
        ("", "zh"),
        (None, "zh"),
        ("en;q=loud, en", "en"),
    ],
)
def test_the_language_is_the_first_that_the_reader_accepts_and_otherwise_as_said(accepted, chosen):
    assert preferred_language(accepted, "zh") == chosen


@pytest.mark.parametrize("accepted", ["fr", "es-ES,es;q=0.9", "*", "", None])
def test_a_reader_whose_language_we_lack_gets_what_else_is_spoken(accepted):
    assert preferred_language(accepted, "en") == "en"


@pytest.mark.parametrize(
    ("own", "otherwise", "chosen"),
    [
        ("zh", "en", "zh"),
        ("en", "zh", "en"),
        ("es", "zh", "zh"),
        ("es", "en", "en"),
        (None, "zh", "zh"),
    ],
)
def test_a_person_is_addressed_in_their_language_if_we_have_it(own, otherwise, chosen):
    assert language_for(own, otherwise) == chosen


@given(st.text(max_size=60) | st.text(alphabet="enzh-;q=,.01 ", max_size=60))
def test_whatever_a_browser_sends_is_answered_in_one_of_both(accepted):
    assert preferred_language(accepted, "en") in LANGUAGES


def test_every_sentence_of_the_api_and_its_pages_has_a_chinese_one() -> None:
    methods = [("**.py", "python"), ("pages/**.html", "jinja2")]
    keywords = {"_": None, "N_": None}
    found = [entry[2] for entry in extract_from_dir("api", methods, keywords=keywords)]
    assert len(found) > 60
    assert [text for text in found if catalogue("zh").gettext(text) == text] == []
