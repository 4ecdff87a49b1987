"""No page is a dead end, and each can be read in large letters."""

import io
import re

import httpx
import pytest
from PIL import Image
from playwright.sync_api import expect

from api.calls.volunteer import store_name
from shared.events.installation import Installation
from shared.features.credentials import stored
from shared.storage.models import Certificate
from tests.support.api_server import Invited, ana, api, default_event, server_url
from tests.support.browser import PHONE, PageAt
from tests.support.issued_for_real import issue_for_real, made_public

__all__ = ["ana", "api", "default_event", "server_url"]

HERE = {"accept": "text/html", "accept-language": "en"}


@pytest.mark.parametrize("path", ["/verify/nothing", "/event/nothing", "/erase?key=nothing"])
def test_a_page_that_is_not_there_leads_on(api: httpx.Client, path: str) -> None:
    answer = api.get(path, headers=HERE)
    assert answer.status_code == 404
    ways = re.findall(r'<li><a href="(?:\.\.|\.)(/[^"]*)">', answer.text)
    assert [api.get(way).status_code for way in ways] == [200, 200]


def test_what_is_held_leads_back(api: httpx.Client, ana: Invited) -> None:
    page = api.get("/my-data", params={"token": ana.token, "lang": "en"}).text
    [back] = re.findall(r'<a href="(certificate\?[^"]+)">Back to my certificate', page)
    assert api.get(f"/{back.replace('&amp;', '&')}").status_code == 200


def test_who_helped_is_not_told_of_calls_for_programs(api: httpx.Client) -> None:
    assert "docs" not in api.get("/", headers=HERE).text


def test_what_browsers_and_search_engines_ask_for_is_there(api: httpx.Client) -> None:
    for path in ("/favicon.ico", "/apple-touch-icon.png"):
        assert Image.open(io.BytesIO(api.get(path).content)).size == (180, 180)
    robots = api.get("/robots.txt")
    assert robots.headers["content-type"].startswith("text/plain")
    assert "User-agent: *" in robots.text
    # Who may not read a page cannot read there that nobody is to list it.
    assert "/verify" not in robots.text


def test_letters_twice_as_large_have_room_on_the_smallest_phone(
    page_at: PageAt, server_url: str, installation: Installation, ana: Invited
) -> None:
    page = page_at((320, 640))
    issued: Certificate | None = None
    for path in (
        "/",
        "/verify",
        "/verify/nothing",
        "/certificate",
        "issued",
        "/certificate",
        "/my-data",
    ):
        if path == "issued":
            issued = store_name(installation, ana.token, "Ana Lima")
            path = f"/verify/{issued.public_id}"
        page.goto(f"{server_url}{path}?token={ana.token}")
        page.evaluate(
            "document.documentElement.style.fontSize = '200%';"
            "for (const one of document.querySelectorAll('details')) one.open = true"
        )
        assert page.evaluate("document.documentElement.scrollWidth") == 320, path
    assert issued


def test_another_language_keeps_the_answer_to_a_file_which_the_tab_brings_again(
    page_at: PageAt, server_url: str, installation: Installation, event_id: int
) -> None:
    [issued] = issue_for_real(made_public(installation), event_id)
    content = stored.served(made_public(installation), issued)
    assert content
    page = page_at(PHONE, locale="en-GB")
    page.goto(f"{server_url}/verify")
    file = {"name": "ana.json", "mimeType": "application/json", "buffer": content}
    page.locator("#file").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Verify").click()
    facts = page.locator("dl")
    expect(facts).to_contain_text("Ana Silva")
    english = page.locator("h1").inner_text()
    page.get_by_role("link", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(facts).to_contain_text("Ana Silva")
    assert page.locator("h1").inner_text() != english
    page.get_by_role("link", name="English").click()
    expect(page.locator("h1")).to_have_text(english)
    page.reload()
    expect(page.locator("h1")).to_have_text("Verify a certificate")
