"""A real Chromium for the tests of pages and screens."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

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


@pytest.fixture
def page_at(browser: Browser) -> Iterator[PageAt]:
    """Opens an empty page: `page_at(PHONE, "zh")`; further options go to the browser's context."""
    opened: list[BrowserContext] = []

    def open_page(size: tuple[int, int] = PHONE, language: str = "en", **options: object) -> Page:
        locale = {"zh": "zh-CN", "en": "en-GB"}[language]
        viewport = {"width": size[0], "height": size[1]}
        context = browser.new_context(viewport=viewport, locale=locale, **options)
        opened.append(context)
        context.set_default_timeout(_PATIENCE)
        return context.new_page()

    yield open_page
    for context in opened:
        context.close()
