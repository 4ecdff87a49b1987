"""A slider on the certificate's screen, in a real Chromium on the console as it is served.

What counts is the service: from the message that leaves the browser when the slider is let go (its
WebSocket) until the last byte of the new picture has come (HTTP). In between, the layout is stored
as a new design, the screen is run, and the picture is drawn.
"""

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from shared.certificates import designs
from shared.events import create_event
from tests.benchmarks.table import Line
from tests.conftest import OWNER_TOKEN
from tests.support.browser import CHROMIUM, DESKTOP, QUIET
from tests.support.console_server import ServedConsole, served_console

STEPS = 25
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


def slider_step(template: bytes, what: str) -> Line:
    """The median of steps with a template, given as it is uploaded."""
    with tempfile.TemporaryDirectory() as folder, served_console(Path(folder)) as console:
        with console.installation.database.writing() as session:
            event, _ = create_event(session, name="Beach Day", language="en")
            designs.set_template(session, event, template)
            address = f"{console.url}/certificate?event={event.id}"
        taken = statistics.median(_steps(console, address))
    return Line(
        f"a slider step, {what}, from Chromium and back", taken, None, "≤ 60 ms", taken <= 60
    )


def _steps(console: ServedConsole, address: str) -> list[float]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=QUIET, chromium_sandbox=False
        )
        page = browser.new_page(viewport={"width": DESKTOP[0], "height": DESKTOP[1]})
        page.set_default_timeout(30_000)
        page.add_init_script(WATCH)
        _open(page, console, address)
        taken = [_step(page) for _ in range(STEPS)]
        browser.close()
        # The first ones find nothing ready.
        return taken[5:]


def _open(page: Page, console: ServedConsole, address: str) -> None:
    page.goto(address)
    page.get_by_label("Token").fill(OWNER_TOKEN)
    page.get_by_role("button").click()
    page.get_by_label("Token").wait_for(state="hidden")
    page.goto(address)
    page.locator(".placer .exact").wait_for()
    page.locator("[data-testid=stSlider] input").first.focus()
    page.wait_for_timeout(2000)


def _step(page: Page) -> float:
    """Milliseconds for a step to the right."""
    picture = page.locator(".placer .exact")
    old = picture.evaluate("picture => picture.src")
    page.evaluate("() => { window.sent = []; performance.clearResourceTimings(); }")
    page.keyboard.press("ArrowRight")
    while (taken := picture.evaluate(TAKEN, old)) is None:
        page.wait_for_timeout(20)
    page.locator("[data-test-script-state=notRunning]").wait_for(state="attached")
    page.wait_for_timeout(300)
    return float(taken)
