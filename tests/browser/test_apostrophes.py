"""Apostrophes in English words where readers have Chinese typefaces, as Macs and Linux do."""

from pathlib import Path

from playwright.sync_api import Locator, Page

from shared.mail.kinds import texts
from shared.mail.kinds.invitation import INVITATION
from tests.support.api_server import Invited, ana, default_event, server_url
from tests.support.browser import PHONE, PageAt
from tests.support.composed import event_of
from tests.support.one_database import database_url
from tests.support.volunteer_page import open_link

__all__ = ["ana", "database_url", "default_event", "server_url"]

FONTS = Path(__file__).parents[2] / "fonts"


def give_typefaces(page: Page, **files: str) -> None:
    """Let the page find these files of ours under the names of typefaces that a reader has."""
    page.route(
        "**/typeface/*", lambda route: route.fulfill(path=FONTS / Path(route.request.url).name)
    )
    page.add_style_tag(
        content="".join(
            f"@font-face {{ font-family: '{name.replace('_', ' ')}'; src: url(/typeface/{file}); }}"
            for name, file in files.items()
        )
    )
    page.evaluate("Promise.all([...document.fonts].map(face => face.load()))")


def width_of_an_apostrophe(where: Locator) -> float:
    """In parts of the size of the text."""
    return float(
        where.evaluate("""where => {
          const mark = document.createElement("span");
          mark.textContent = "’";
          where.append(mark);
          const size = parseFloat(getComputedStyle(where).fontSize);
          return mark.getBoundingClientRect().width / size;
        }""")
    )


def test_in_a_mail_they_are_narrow(page_at: PageAt, server_url: str) -> None:
    text = texts.write(event_of(language="en"), INVITATION, {"link": "https://example.org/"})
    page = page_at(PHONE, "en", bypass_csp=True)
    page.goto(f"{server_url}/robots.txt")
    page.set_content(text.html)
    give_typefaces(page, PingFang_SC="NotoSansSC-Regular.otf", Arial="NotoSans-Regular.ttf")
    assert width_of_an_apostrophe(page.locator("td.ink").first) < 0.5


def test_on_a_volunteers_page_they_are_narrow(
    page_at: PageAt, server_url: str, ana: Invited
) -> None:
    page = page_at(PHONE, "en", bypass_csp=True)
    open_link(page, server_url, ana)
    page.evaluate("document.body.style.setProperty('--serif', \"'Noto Serif CJK SC'\")")
    give_typefaces(page, Noto_Serif_CJK_SC="NotoSerifSC-Regular.otf")
    assert width_of_an_apostrophe(page.get_by_role("heading", level=1)) < 0.5
