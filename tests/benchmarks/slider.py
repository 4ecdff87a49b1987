"""A slider on the certificate's screen, moved on the console as it is served.

From the message that says where the slider was let go (WebSocket) until the last byte of the new
picture has come (HTTP). In between, the layout is stored as a new design, the screen is run, and
the picture is drawn. What counts is the service: it is asked by a client that does nothing else.
A real Chromium is measured beside it, which draws the screen on the same processors.
"""

import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from shared.events.settings import create_event
from tests.benchmarks.streamlit_client import Tab
from tests.benchmarks.table import Line
from tests.conftest import OWNER_TOKEN
from tests.support.browser import CHROMIUM, DESKTOP, QUIET
from tests.support.console_server import ServedConsole, served_console
from tests.support.factories import set_picture

STEPS = 25
# The first ones find nothing ready.
NOT_COUNTED = 5
SLIDER = "Letter size (%)"
# As the hand needs it until it moves again.
PAUSE = 0.3
# The moments at which the browser has sent something, on the clock of its own measurements.
WATCH = """
window.sent = [];
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (message) {
    window.sent.push(performance.now());
    return send.call(this, message);
};
"""
# From the first message until the picture's last byte; null while it is still the old one.
TAKEN = """(picture, old) => {
    const [came] = picture.src === old ? [] : performance.getEntriesByName(picture.src);
    return picture.complete && came ? came.responseEnd - window.sent[0] : null;
}"""


def slider_steps(template: bytes, what: str) -> list[Line]:
    """The median of steps with a template, given as it is uploaded."""
    with tempfile.TemporaryDirectory() as folder, served_console(Path(folder)) as console:
        with console.installation.database.writing() as session:
            event, _ = create_event(session, name="Beach Day", language="en")
            set_picture(session, event, template)
            address = f"{console.url}/certificate?event={event.id}"
        service = statistics.median(_steps_of_service(address))
        chromium = statistics.median(_steps_in_chromium(console, address))
    return [
        Line(f"a slider step, {what}, in the service", service, None, "≤ 60 ms", service <= 60),
        Line(f"a slider step, {what}, with Chromium's own work", chromium, None, "–", None),
    ]


# The service


def _steps_of_service(address: str) -> list[float]:
    taken = []
    with Tab(address) as tab:
        tab.open()
        seen: set[str] = set()
        for step in range(STEPS):
            taken.append(_step_of_service(tab, 6.0 + step / 10, seen))
            time.sleep(PAUSE)
    return taken[NOT_COUNTED:]


def _step_of_service(tab: Tab, value: float, seen: set[str]) -> float:
    """Milliseconds for a step, after which all pictures are `seen`."""
    start, taken = time.perf_counter(), 0.0
    for address in tab.changed("name", size=value):
        # That of the field; the others stay.
        if address not in seen:
            seen.add(address)
            tab.picture(address)
            taken = (time.perf_counter() - start) * 1000
    assert taken, "the step brought no picture"
    return taken


# A real browser


def _steps_in_chromium(console: ServedConsole, address: str) -> list[float]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=QUIET, chromium_sandbox=False
        )
        page = browser.new_page(viewport={"width": DESKTOP[0], "height": DESKTOP[1]})
        page.set_default_timeout(30_000)
        page.add_init_script(WATCH)
        _open(page, console, address)
        taken = [_step_in_chromium(page) for _ in range(STEPS)]
        browser.close()
        return taken[NOT_COUNTED:]


def _open(page: Page, console: ServedConsole, address: str) -> None:
    page.goto(address)
    page.get_by_label("Token").fill(OWNER_TOKEN)
    page.get_by_role("button").click()
    page.get_by_label("Token").wait_for(state="hidden")
    page.goto(address)
    page.locator(".box[data-id=name]").click()
    page.get_by_role("button", name="More settings").click()
    page.get_by_role("slider", name=SLIDER).focus()
    page.wait_for_timeout(2000)


def _step_in_chromium(page: Page) -> float:
    """Milliseconds for a step to the right."""
    picture = page.locator(".pictures [data-id=name]")
    old = picture.evaluate("picture => picture.src")
    page.evaluate("() => { window.sent = []; performance.clearResourceTimings(); }")
    page.keyboard.press("ArrowRight")
    while (taken := picture.evaluate(TAKEN, old)) is None:
        page.wait_for_timeout(20)
    page.locator("[data-test-script-state=notRunning]").wait_for(state="attached")
    page.wait_for_timeout(1000 * PAUSE)
    return float(taken)
