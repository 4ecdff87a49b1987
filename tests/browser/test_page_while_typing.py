"""Names as they come from keyboards: composed, in full width, with marks piled up."""

import json

import pytest
from playwright.sync_api import CDPSession, Page, Request, expect

from tests.support.api_server import Invited, ana, default_event, server_url
from tests.support.browser import PHONE, PageAt
from tests.support.one_database import database_url

__all__ = ["ana", "database_url", "default_event", "server_url"]


def open_to_type(page: Page, server_url: str, who: Invited) -> tuple[CDPSession, list[str]]:
    """The keyboard of the page with its field in focus, and the names that it will have drawn."""
    drawn: list[str] = []

    def note(request: Request) -> None:
        if request.url.endswith("/api/preview"):
            drawn.append(json.loads(request.post_data or "{}")["name"])

    page.clock.install()
    page.on("request", note)
    page.goto(f"{server_url}/certificate?token={who.token}")
    page.locator("#certificate img.example").wait_for()
    page.locator("#name").focus()
    drawn.clear()
    return page.context.new_cdp_session(page), drawn


def compose(keyboard: CDPSession, page: Page, text: str) -> None:
    """Put underlined text into the field, before a character is chosen; then a second passes."""
    end = len(text)
    keyboard.send(
        "Input.imeSetComposition", {"text": text, "selectionStart": end, "selectionEnd": end}
    )
    expect(page.locator("#name")).to_have_value(text)
    page.clock.fast_forward(1_000)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_pinyin_is_not_drawn_but_the_characters_that_come_of_it_are(
    page_at: PageAt, server_url: str, ana: Invited, language: str
) -> None:
    page = page_at(PHONE, language)
    keyboard, drawn = open_to_type(page, server_url, ana)
    for letters in ("w", "wang", "wang'f", "wang'fang"):
        compose(keyboard, page, letters)
    keyboard.send("Input.insertText", {"text": "王芳"})
    page.clock.fast_forward(1_000)
    expect(page.get_by_role("img", name="王芳")).to_be_visible()
    assert set(drawn) == {"王芳"}


def test_a_word_that_a_phones_keyboard_keeps_underlined_is_drawn_when_it_rests(
    page_at: PageAt, server_url: str, ana: Invited
) -> None:
    page = page_at(PHONE)
    keyboard, drawn = open_to_type(page, server_url, ana)
    compose(keyboard, page, "Lima")
    page.clock.fast_forward(2_000)
    expect(page.get_by_role("img", name="with the name Lima")).to_be_visible()
    assert drawn == ["Lima"]


def test_a_name_is_offered_as_people_write_it(
    page_at: PageAt, server_url: str, ana: Invited
) -> None:
    page = page_at(PHONE)
    page.goto(f"{server_url}/certificate?token={ana.token}")
    offer = page.get_by_role("button", name="Write it as")
    for typed, better in (
        ("Ｗａｎｇ　Ｆａｎｇ", "Wang Fang"),
        ("ANNA MEIER", "Anna Meier"),
        ("Meier, Anna", "Anna Meier"),
        ("𝓙𝓸𝓱𝓷 𝓢𝓶𝓲𝓽𝓱", "John Smith"),
    ):
        page.fill("#name", "王芳")
        expect(page.get_by_role("img", name="with the name 王芳")).to_be_visible()
        expect(offer).to_have_count(0)
        page.fill("#name", typed)
        expect(offer).to_have_text(f"Write it as “{better}”")
        offer.click()
        expect(page.locator("#name")).to_have_value(better)
        expect(page.locator("#name")).to_be_focused()
        expect(page.get_by_role("img", name=f"with the name {better}")).to_be_visible()
        expect(offer).to_have_count(0)


def test_a_name_with_what_says_where_lines_may_end_is_offered_without(
    page_at: PageAt, server_url: str, ana: Invited
) -> None:
    page = page_at(PHONE)
    page.goto(f"{server_url}/certificate?token={ana.token}")
    offer = page.get_by_role("button", name="without invisible characters")
    for fine in ("Ana Lima\u200b", "ณัฐ\u200bวุฒิ"):
        page.fill("#name", fine)
        expect(offer).to_have_count(0)
    for pasted, tidy in (
        ("Max\u00adi\u200bmilian", "Maximilian"),
        ("ณัฐ\u200b\u200bวุฒิ", "ณัฐ\u200bวุฒิ"),
    ):
        page.fill("#name", pasted)
        expect(page.locator("#name-message")).to_contain_text("invisible")
        offer.click()
        expect(page.locator("#name")).to_have_value(tidy)
        expect(page.locator("#name-message")).to_be_empty()
        expect(offer).to_have_count(0)


def test_piled_marks_are_named_by_the_letter_under_them(
    page_at: PageAt, server_url: str, ana: Invited
) -> None:
    page = page_at(PHONE, "zh")
    page.goto(f"{server_url}/certificate?token={ana.token}")
    page.fill("#name", "An" + "a\u0335\u0316\u0317\u0318\u0319")
    expect(page.locator("#name-message")).to_have_text(
        "“a”上叠加的附加符号太多，无法印出。请换一种写法。"
    )
