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
    # Scripts run for a second: to compile them once more, faster, and to collect garbage in threads
    # takes more of the processor than it saves.
    "--js-flags=--single-threaded --no-opt --min-semi-space-size=32 --max-semi-space-size=64",
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
    """Browser profiles, each used again by a later test once what its user left there is gone: only
    scripts, styles and fonts stay, of which a console has three megabytes, and an empty page in the
    process that has compiled them. That takes a console's page half of the processor's time."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: dict[str, list[BrowserContext]] = {}
        self._used: list[tuple[str, BrowserContext]] = []
        self._origins: set[str] = set()

    def take(self, size: tuple[int, int], *, apart: bool = False, **options: Any) -> Page:
        """An empty page of a profile that nobody has, until `clear`; `apart`, nobody after it."""
        kind = "" if apart else repr(sorted(options.items()))
        free = self._free.get(kind)
        context = free.pop() if free else self._new(options)
        self._used.append((kind, context))
        page = _first_page(context)
        page.set_viewport_size({"width": size[0], "height": size[1]})
        return page

    def clear(self) -> None:
        """Close the pages of those in use but one, and forget what was said to them."""
        for kind, context in self._used:
            if not kind:
                context.close()
                continue
            page = _first_page(context)
            page.evaluate(_FORGET)
            for other in context.pages[1:]:
                other.close()
            page.unroute_all()
            page.goto("about:blank")
            session = context.new_cdp_session(page)
            for origin in self._origins:
                kept = {"origin": origin, "storageTypes": "all"}
                session.send("Storage.clearDataForOrigin", kept)
            session.detach()
            context.clear_cookies()
            context.set_offline(False)
            self._free.setdefault(kind, []).append(context)
        self._used.clear()
        self._origins.clear()

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


# What a tab keeps; where no server answered, it keeps nothing.
_FORGET = "() => { try { sessionStorage.clear(); } catch { return; } }"


def _first_page(context: BrowserContext) -> Page:
    return context.pages[0] if context.pages else context.new_page()


@pytest.fixture(scope="session")
def profiles(browser: Browser) -> Iterator[Profiles]:
    profiles = Profiles(browser)
    yield profiles
    profiles.close()


@pytest.fixture
def page_at(profiles: Profiles) -> Iterator[PageAt]:
    """Opens an empty page: `page_at(PHONE, "zh")`; further options go to the browser's context.

    Who gives it scripts, or a clock, that stay, takes it `apart`. It moves as little as it can:
    to draw what fades in took the graphics process 0.4 s a page.
    """

    def open_page(size: tuple[int, int] = PHONE, language: str = "en", **options: Any) -> Page:
        locale = {"zh": "zh-CN", "en": "en-GB"}[language]
        return profiles.take(size, **{"reduced_motion": "reduce", "locale": locale} | options)

    yield open_page
    profiles.clear()
