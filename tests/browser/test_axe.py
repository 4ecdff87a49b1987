"""No screen and no page breaks a rule that axe knows, on a desktop and on a phone, in English and
in Chinese; no page of people does in the dark and from right to left either; none breaks the policy
of what it may load."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from sqlalchemy import select

from console import app
from shared.events.event_page import page_link, publish
from shared.events.settings import create_event
from shared.storage.models import Certificate, Event, Problem, Volunteer
from tests.support.browser import DESKTOP, PHONE
from tests.support.console_server import ServedConsole
from tests.support.factories import add, sample_picture
from tests.support.organizers_steps import FIRST_PAGE, sign_in
from tests.support.stories import site
from tests.support.thorough import THOROUGH
from tests.support.whole_events import furnish

__all__ = ["site"]

# Whatever is about an event, and windows over it.
SCREENS = (
    "overview",
    "certificate",
    "volunteers",
    "volunteers?window=list",
    "volunteers?window=columns",
    "volunteers?window=names",
    "volunteers?window=download",
    "messages",
    "account",
    "mailbox",
    "send",
    "team",
    "log",
    "settings",
    "organization",
    "ending",
    "issuers",
    "mail",
)
# Screens that are others while there is nothing yet.
EMPTY = ("overview", "certificate", "volunteers", "send")
PEOPLE = "email,name,role,hours\n" + "\n".join(
    f"v{n}@example.org,Person {n},{('speaker', 'helper')[n % 2]},{n % 7}" for n in range(30)
)
POLICY = "Content Security Policy"
RULES = {
    "resultTypes": ["violations"],
    # WCAG 2.2, 2.5.8: the only rule for it is off unless it is asked for.
    "rules": {"target-size": {"enabled": True}},
}
# Streamlit's own, which we cannot draw otherwise: where an upload is dropped there is a name in
# spite of a presentational role.
STREAMLITS = ("stFileUploaderDropzone",)
IS_DRAWN = """() => {
    const app = document.querySelector("[data-test-script-state]");
    return document.querySelector("h1")
        && !document.querySelector("[data-testid=stSkeleton], [data-stale=true]")
        && (!app || app.dataset.testScriptState === "notRunning");
}"""
# What is about to be drawn anew, Streamlit fades: on a busy machine while axe looks.
UNFADE = """() => {
    const unfaded = new CSSStyleSheet();
    unfaded.replaceSync(
        "[data-stale=true] { opacity: 1 !important; transition: none !important; }");
    document.adoptedStyleSheets.push(unfaded);
}"""
UNFOLD = """() => document.querySelectorAll("details:not([open]) > summary")
    .forEach(folded => folded.click())"""
# What else is drawn after a press, and over which screen.
PRESSES = {
    "new event": ("events", "[data-testid=stMain] [data-testid=stButton] button"),
    "person": ("volunteers", "[role=grid] tbody [role=rowheader]"),
    "switcher": ("overview", "[data-testid=stSidebar] [data-testid=stPopoverButton]"),
}
# All of a screen: what lies under its foot is scrolled by whoever wants to press it.
TALL = 3000
# Chinese is laid out by the same rules: `make test` looks at what has most on it.
IN_CHINESE = () if THOROUGH else ("signin", "volunteers", "send")


@pytest.fixture(scope="module")
def places(site: ServedConsole) -> dict[str, str]:
    """The address of each thing to look at, by what it is called."""
    database = site.installation.database
    with database.writing() as session:
        session.get_one(Event, 1).name = "Beach Day"
        empty = create_event(session, name="Harbour Run", language="en")[0].id
    tokens = furnish(site.installation, 1, sample_picture(), "0" * 64)
    add(database, 1, PEOPLE)
    with database.writing() as session:
        event = session.get_one(Event, 1)
        event.organization, event.list_columns = "Harbour Friends", ["role", "hours"]
        publish(session, event, thanks="You were great.", is_listed=False)
        for person in session.scalars(select(Volunteer).order_by(Volunteer.id.desc()).limit(3)):
            person.problem = Problem.CAME_BACK
    with database.reading() as session:
        page = page_link(site.installation.settings, session.get_one(Event, 1))
        public_id = session.scalars(select(Certificate.public_id)).first()
    settings = site.installation.settings
    base, link = settings.public_url, f"{settings.public_url}/certificate?token="
    events_of = {**dict.fromkeys(SCREENS, 1), **{f"{name} of nothing": empty for name in EMPTY}}
    return {
        "signin": f"{site.url}/signin",
        "events": f"{site.url}/",
        "sessions": f"{site.url}/sessions",
        "guide": f"{site.url}/guide",
        **{
            name: screen(site, name.removesuffix(" of nothing"), of)
            for name, of in events_of.items()
        },
        "personal link": link + tokens["bo@example.org"],
        "personal link of a certificate": link + tokens["ana@example.org"],
        "my data": f"{base}/my-data?token={tokens['ana@example.org']}",
        "page of the event": page,
        "verification": f"{base}/verify/{public_id}",
        "verification of a file": f"{base}/verify",
        "verify": f"{base}/verify",
        "no such certificate": f"{base}/verify/nothing",
        "lost link": f"{base}/",
        "all that somebody did": f"{base}/record",
        "for programmers": f"{base}/docs",
    }


def screen(site: ServedConsole, name: str, event_id: int) -> str:
    path, _, window = name.partition("?")
    return f"{site.url}/{path}?event={event_id}&{window}"


@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
def test_every_screen_and_page_and_what_a_press_opens_keep_the_rules(
    browser: Browser, site: ServedConsole, places: dict[str, str], locale: str
):
    assert app.SCREENS.keys() <= places.keys()
    looked_at = IN_CHINESE if locale == "zh-CN" else ()
    context = browser.new_context(locale=locale, reduced_motion="reduce")
    context.set_default_timeout(FIRST_PAGE)
    page = context.new_page()
    broken: list[str] = []
    page.on("console", lambda said: POLICY in said.text and broken.append(said.text))
    broken += broken_at(page, "signin", places["signin"])
    assert page.locator("html").get_attribute("lang") == locale[:2]
    sign_in(page, site)
    for name, address in places.items():
        if not looked_at or name in looked_at:
            broken += broken_at(page, name, address)
            if not address.startswith(site.url):
                broken += broken_otherwise(page, name)
    for name, (over, pressed) in PRESSES.items():
        if not looked_at:
            broken += broken_at(page, name, places[over], pressed)
    context.close()
    assert broken == []


def broken_at(page: Page, name: str, address: str, pressed: str = "") -> list[str]:
    """What is broken on a desktop, with all unfolded, and then on a phone."""
    broken: list[str] = []
    for width, _ in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": TALL})
        if width == DESKTOP[0]:
            page.goto(address)
            wait_until_drawn(page)
            page.evaluate(UNFADE)
            page.evaluate(Axe().axe_script)
            if pressed:
                page.locator(pressed).first.click()
                page.locator("[role=dialog], [data-testid=stPopoverBody]").first.wait_for()
            page.evaluate(UNFOLD)
            # Some are filled only when they are opened, which the browser asks for a moment later.
            page.wait_for_timeout(200)
        wait_until_drawn(page)
        broken += [f"{name}, {width} px: {one}" for one in broken_rules(page)]
    return broken


def broken_otherwise(page: Page, name: str) -> list[str]:
    """What is broken on the page as it stands, in the dark and from right to left; and whether it
    is wider than its window then."""
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.evaluate("document.documentElement.dir = 'rtl'")
    broken = broken_rules(page)
    if page.evaluate("document.documentElement.scrollWidth") > PHONE[0]:
        broken.append("it is wider than the phone")
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    return [f"{name}, dark, from right to left: {one}" for one in broken]


def wait_until_drawn(page: Page) -> None:
    # Not with each picture that the browser draws, as Playwright asks otherwise.
    page.wait_for_function(IS_DRAWN, polling=100)


def broken_rules(page: Page) -> list[str]:
    """What is broken, where, and what would mend it."""
    found = page.evaluate("rules => axe.run(rules).then(found => found.violations)", RULES)
    return [
        f"{rule['id']}: {node['html'][:120]} {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
        if not any(one in node["html"] for one in STREAMLITS)
    ]
