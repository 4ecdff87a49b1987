"""What the console's pages may load, in a real browser, and what stays in its cache."""

import httpx
import pytest
from playwright.sync_api import ConsoleMessage, expect

from console.app import SCREENS
from tests.conftest import OWNER_TOKEN
from tests.support.browser import DESKTOP, PageAt
from tests.support.console_server import ServedConsole, console
from tests.support.organizers_steps import give_template, go, sign_in

__all__ = ["console"]


def test_every_screen_works_without_breaking_the_policy(page_at: PageAt, console: ServedConsole):
    give_template(console)
    page = page_at(DESKTOP, "en")
    broken: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            broken.append(message.text)

    page.on("console", listen)
    sign_in(page, console)
    for screen in SCREENS:
        page.goto(f"{console.url}/{screen}?event=1")
        expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=40_000)
    page.wait_for_load_state("networkidle")
    assert broken == []


def test_no_script_runs_that_is_not_ours(page_at: PageAt, console: ServedConsole):
    page = page_at(DESKTOP, "en")
    sign_in(page, console)
    go(page, console, "", "Events")
    ran = page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.wasRun = true";
            document.head.append(script);
            return window.wasRun === true;
        }"""
    )
    assert ran is False


@pytest.mark.parametrize("path", ["/media/nothing.jpg", "/preview/nothing.jpg"])
def test_no_picture_stays_in_a_browsers_cache(console: ServedConsole, path: str):
    with httpx.Client(base_url=console.url) as visitor:
        visitor.post("/signin", data={"token": OWNER_TOKEN})
        answer = visitor.get(path)
    assert answer.headers["cache-control"] == "no-store"
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self' blob: 'sha256-")
    assert "unsafe-inline" not in policy.partition("style-src")[0]
