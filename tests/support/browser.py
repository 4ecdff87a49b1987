"""A real Chromium for the tests of pages and screens."""

import itertools
import shutil
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page, expect, sync_playwright

CHROMIUM = (
    # Chromium without its windows: half of the processor's time for the same pages.
    shutil.which("chromium-headless-shell")
    or shutil.which("chromium")
    or shutil.which("google-chrome")
    or "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
)
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = (390, 844)
SMALL_PHONE = (320, 568)
DESKTOP = (1280, 800)

PageAt = Callable[..., Page]

# Milliseconds: on a machine that does three things at once, what a person waits for takes longer.
_PATIENCE = 30_000


_DROP = """([place, name, octets]) => {
  const files = new DataTransfer();
  files.items.add(new File([new Uint8Array(octets)], name));
  for (const kind of ["dragover", "drop"])
    document.querySelector(place).dispatchEvent(
      new DragEvent(kind, { dataTransfer: files, bubbles: true, cancelable: true }));
}"""


def drop(page: Page, place: str, name: str, content: bytes) -> None:
    """Drop a file on what the selector `place` finds first."""
    page.evaluate(_DROP, [place, name, list(content)])


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run; each page has a fresh profile of its own."""
    expect.set_options(timeout=_PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=QUIET, chromium_sandbox=False
        )
        yield chromium
        chromium.close()


class Profiles:
    """Browser profiles of one module, each used again by a later test once what its user left there
    is gone: only scripts, styles and fonts stay, of which a console has three megabytes. A page
    takes a quarter less of the processor's time when it finds them."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: dict[str, list[BrowserContext]] = {}
        self._used: list[tuple[str, BrowserContext]] = []
        self._origins: set[str] = set()

    def take(self, **options: Any) -> BrowserContext:
        """One that nobody has, until `clear`."""
        kind = repr(sorted(options.items()))
        free = self._free.get(kind)
        context = free.pop() if free else self._new(options)
        self._used.append((kind, context))
        return context

    def clear(self) -> None:
        """Close the pages of those in use and forget what was said to them."""
        for kind, context in self._used:
            pages = context.pages
            session = context.new_cdp_session(pages[0] if pages else context.new_page())
            for origin in self._origins:
                kept = {"origin": origin, "storageTypes": "all"}
                session.send("Storage.clearDataForOrigin", kept)
            for page in context.pages:
                page.close()
            context.clear_cookies()
            context.set_offline(False)
            self._free.setdefault(kind, []).append(context)
        self._used.clear()

    def close(self) -> None:
        for context in itertools.chain(*self._free.values()):
            context.close()

    def _new(self, options: dict[str, Any]) -> BrowserContext:
        context = self._browser.new_context(**options)
        context.set_default_timeout(_PATIENCE)
        context.on("page", lambda page: page.on("framenavigated", self._note))
        return context

    def _note(self, frame: Frame) -> None:
        place = urlsplit(frame.url)
        if place.netloc:
            self._origins.add(f"{place.scheme}://{place.netloc}")


@pytest.fixture(scope="module")
def profiles(browser: Browser) -> Iterator[Profiles]:
    profiles = Profiles(browser)
    yield profiles
    profiles.close()


@pytest.fixture
def page_at(profiles: Profiles) -> Iterator[PageAt]:
    """Opens an empty page: `page_at(PHONE, "zh")`; further options go to the browser's context."""

    def open_page(size: tuple[int, int] = PHONE, language: str = "en", **options: object) -> Page:
        locale = {"zh": "zh-CN", "en": "en-GB"}[language]
        viewport = {"width": size[0], "height": size[1]}
        return profiles.take(viewport=viewport, locale=locale, **options).new_page()

    yield open_page
    profiles.clear()
