"""What the console's pages may run, in a real browser, and what stays in its cache."""

import httpx
import pytest

from tests.conftest import OWNER_TOKEN
from tests.support.browser import DESKTOP, PageAt
from tests.support.console_server import ServedConsole, console
from tests.support.organizers_steps import go, sign_in

__all__ = ["console"]


def test_no_script_runs_that_is_not_ours(page_at: PageAt, console: ServedConsole):
    page = page_at(DESKTOP, "en")
    sign_in(page, console)
    go(page, console, "", "Welcome")
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
