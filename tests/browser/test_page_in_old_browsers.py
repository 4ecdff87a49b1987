"""The volunteer's page in the browsers that people have: iOS 14, and Chrome 80 in WeChat.

The tests' browser is new, so what older ones lack is removed from it: functions by deleting them,
and from the stylesheet every rule and declaration that they would not understand.
"""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from shared.events.installation import Installation
from tests.support.api_server import Invited, ana, default_event, server_url
from tests.support.browser import PHONE, PageAt
from tests.support.mailing import working
from tests.support.one_database import database_url

__all__ = ["ana", "database_url", "default_event", "server_url"]

STATIC = Path("api/pages/static")
# What Safari has only since 14.1 or later, or Chrome since 81 or later.
MISSING = """
for (const [owner, names] of [
  [AbortSignal, ["any", "timeout"]],
  [AbortSignal.prototype, ["throwIfAborted", "reason"]],
  [Array.prototype, ["at", "findLast", "findLastIndex", "toReversed", "toSorted", "toSpliced", "with"]],
  [Array, ["fromAsync"]],
  [String.prototype, ["at", "replaceAll", "isWellFormed", "toWellFormed"]],
  [Object, ["hasOwn", "groupBy"]],
  [Promise, ["any", "withResolvers", "try"]],
  [URL, ["canParse", "parse"]],
  [Element.prototype, ["replaceChildren", "checkVisibility", "setHTMLUnsafe"]],
  [Document.prototype, ["startViewTransition"]],
  [HTMLFormElement.prototype, ["requestSubmit"]],
  [HTMLElement.prototype, ["showPopover", "hidePopover", "togglePopover"]],
  [Response, ["json"]],
  [Response.prototype, ["bytes"]],
  [Blob.prototype, ["bytes"]],
  [Crypto.prototype, ["randomUUID"]],
  [Intl, ["Segmenter", "ListFormat"]],
  [window, ["structuredClone", "WeakRef", "FinalizationRegistry", "BroadcastChannel", "scheduler",
            "Sanitizer", "URLPattern"]],
]) for (const name of names) delete owner[name];
"""  # noqa: E501
UNKNOWN_SELECTOR = re.compile(r":(has|is|where|focus-visible)\b")
UNKNOWN_VALUE = re.compile(r"\d(s|l|d)v[hw]\b|\"\s*/\s*\"|anywhere")
UNKNOWN_PROPERTY = {"rotate", "scale", "translate", "inset", "aspect-ratio", "text-wrap"}
# Logical assignment, private names, static blocks and lookbehind in regular expressions.
UNKNOWN_SYNTAX = re.compile(r"\|\|=|&&=|\?\?=|\(\?<[=!]|\bstatic \{|this\.#|^\s*#\w+|^await ", re.M)


def as_read_then(css: str) -> str:
    """The stylesheet without what those browsers drop; they know no space in a flex box."""

    def rule(found: re.Match[str]) -> str:
        selector, block = found.groups()
        if UNKNOWN_SELECTOR.search(selector):
            return ""
        in_grid = "display: grid" in block
        kept = [one for one in block.split(";") if _is_known(one, in_grid)]
        return f"{selector}{{{';'.join(kept)}}}"

    return re.sub(r"([^{}]+)\{([^{}]*)\}", rule, re.sub(r"/\*.*?\*/", "", css, flags=re.S))


def _is_known(declaration: str, in_grid: bool) -> bool:
    name, _, value = declaration.strip().partition(":")
    if name in UNKNOWN_PROPERTY or (name == "gap" and not in_grid):
        return False
    return not UNKNOWN_VALUE.search(value)


def give_old_stylesheet(route: Route) -> None:
    css = (STATIC / "page.css").read_text()
    route.fulfill(content_type="text/css", body=as_read_then(css))


@pytest.fixture
def old_page(page_at: PageAt) -> Page:
    page = page_at(PHONE, apart=True)
    page.add_init_script(MISSING)
    page.route("**/page.css", give_old_stylesheet)
    return page


# At one point in time: the page may still be scrolling.
EDGES = "e => [...e.children].map((one) => one.getBoundingClientRect().toJSON())"


def style(page: Page, selector: str, name: str, part: str = "") -> str:
    look = "(e, [name, part]) => getComputedStyle(e, part || null)[name]"
    return str(page.locator(selector).first.evaluate(look, [name, part]))


def test_an_old_phone_draws_submits_corrects_and_downloads(
    old_page: Page, server_url: str, installation: Installation, ana: Invited
) -> None:
    page = old_page
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{server_url}/certificate?token={ana.token}")
    page.fill("#name", "Ana Lma")
    expect(page.get_by_role("img", name="with the name Ana Lma")).to_be_visible()
    page.get_by_role("button", name="Make my certificate").click()
    with working(installation):
        page.locator("[data-state=mailed]").wait_for()
        page.get_by_text("Is the name wrong?").click()
        page.fill("#name", "Ana Lima")
        expect(page.get_by_role("img", name="with the name Ana Lima")).to_be_visible()
        page.get_by_role("button", name="Make the corrected certificate").click()
        page.locator("[data-state=mailed]", has_text="Ana Lima").wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    assert complaints == []


def test_an_old_phone_keeps_the_certificate_in_sight_and_the_buttons_apart(
    old_page: Page, server_url: str, ana: Invited
) -> None:
    page = old_page
    page.goto(f"{server_url}/certificate?token={ana.token}")
    assert style(page, "#certificate", "position") == "sticky"
    assert style(page, "#certificate img", "maxHeight") == f"{844 * 0.26:.2f}px"
    assert page.locator("#name").bounding_box()["width"] > 340  # type: ignore[index]
    page.fill("#name", "Ana Lima")
    page.get_by_role("button", name="Make my certificate").click()
    page.locator("[data-state=on_its_way]").wait_for()
    assert style(page, "#certificate", "position") == "static"
    assert style(page, ".steps .done", "content", "::before") == '"✓"'
    page.get_by_text("Is the name wrong?").click()
    expect(page.locator("#certificate")).to_have_css("position", "sticky")
    buttons = page.locator(".downloads").evaluate(EDGES)
    assert len(buttons) > 1
    for one, other in pairwise(buttons):
        assert max(other["y"] - one["bottom"], other["x"] - one["right"]) >= 8


@pytest.mark.parametrize("script", sorted(STATIC.glob("*.js")), ids=lambda path: path.name)
def test_no_script_is_written_in_what_an_old_phone_cannot_read(script: Path) -> None:
    assert not UNKNOWN_SYNTAX.search(script.read_text())


def test_a_mistake_of_ours_does_not_pass_for_a_lost_connection(
    page_at: PageAt, server_url: str, ana: Invited
) -> None:
    page = page_at(PHONE, apart=True)
    thrown: list[str] = []
    page.on("pageerror", lambda error: thrown.append(str(error)))
    page.add_init_script("delete HTMLImageElement.prototype.decode")
    page.goto(f"{server_url}/certificate?token={ana.token}")
    with page.expect_event("pageerror", lambda error: "decode" in str(error)):
        page.fill("#name", "Ana Lima")
    expect(page.locator("#certificate")).not_to_have_attribute("aria-busy", "true")
    expect(page.get_by_text("No connection")).to_have_count(0)
    expect(page.locator("#name")).not_to_have_attribute("aria-invalid", "true")


def test_where_the_script_fails_the_form_is_sent_without_it(
    page_at: PageAt, server_url: str, ana: Invited
) -> None:
    page = page_at(PHONE, apart=True)
    page.add_init_script("delete DOMParser.prototype.parseFromString")
    page.goto(f"{server_url}/certificate?token={ana.token}")
    page.fill("#name", "Ana Lima")
    page.get_by_role("button", name="Make my certificate").click()
    page.locator("[data-state=on_its_way]", has_text="Ana Lima").wait_for()
