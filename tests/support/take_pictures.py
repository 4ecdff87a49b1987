"""`make pictures`: takes the documents' pictures of the running product, in both languages."""

import io
import itertools
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import httpx
from PIL import Image, ImageOps
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.acts.send import send
from shared.certificates.designs.gallery import sample_change
from shared.cli.demo import NAMES
from shared.events.installation import Installation
from shared.events.naming import set_naming
from shared.events.opening import open_installation
from shared.events.settings import create_event, update_organization
from shared.language import Language, translate
from shared.rendering.design import render_preview
from shared.rendering.facts import Facts
from shared.rendering.gallery.catalogue import (
    NEWER,
    SHEET_LANGUAGES,
    DesignChoice,
    style_named,
)
from shared.settings import Settings
from shared.storage.models import Event, Naming, Status, Volunteer
from shared.volunteers.people import roster
from tests.support.acting import queue_invitations
from tests.support.browser import CHROMIUM, PHONE, QUIET
from tests.support.console_server import free_port
from tests.support.designing import change
from tests.support.gallery_choices import CHOICES, LINK, facts, small
from tests.support.lists import read_call
from tests.support.shown_pages import shown

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
OWNER = "token-of-the-pictures"
DESKTOP = (1360, 850)
EVENTS = {"en": "Harbour Run 2026", "zh": "滨江志愿者 2026"}
ORGANIZATIONS = {"en": "Harbour Friends", "zh": "滨江志愿者协会"}
STORY_NAMES = {"en": "Ana María Núñez", "zh": "欧阳娜娜"}
# A language, and in it (or in English, if none of ours) a name, an event and an organization.
PEOPLE = (
    ("en", "Alexandra O’Brien", "Harbour Clean-up 2026", "Friends of the Harbour"),
    ("zh", "欧阳娜娜", "2026 城市马拉松", "滨江志愿者协会"),
    ("ar", "محمد عبد الرحمن", "حملة تنظيف الميناء", "أصدقاء الميناء"),
    ("ja", "佐藤 純子", "みなと清掃の日", "みなと友の会"),
    ("ko", "김민준", "Harbour Clean-up 2026", "Friends of the Harbour"),
    ("ru", "Ольга Кузнецова", "Harbour Clean-up 2026", "Friends of the Harbour"),
    ("hi", "अनीता शर्मा", "Harbour Clean-up 2026", "Friends of the Harbour"),
    ("vi", "Nguyễn Thị Ánh Tuyết", "Harbour Clean-up 2026", "Friends of the Harbour"),
)
_WITH_PEOPLE = ("diploma", "modern", "cream", "night", "morning", "gratitude")
_AT_HOME_IN_CHINESE = ("award", "gratitude")
_GAP, _GROUND = 16, "#e9e4da"
# Everybody but these has submitted when the pictures are taken.
SILENT = 9
SCREENS = {
    "events": "",
    "certificate": "certificate",
    "mail-account": "account",
    "list": "volunteers?window=list",
    "sending": "send",
    "volunteers": "volunteers",
    "overview": "overview",
}


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    for language in ("en", "zh"):
        _draw_gallery(language)
    _draw_designs()
    _draw_people()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            _env_file=None,
            data_dir=Path(folder),
            database_url="",
            admin_token=OWNER,
            api_port=free_port(),
            console_port=free_port(),
        )
        installation = open_installation(settings)
        for language in ("en", "zh"):
            _set_up(installation, language)
        with _everything(settings), sync_playwright() as playwright:
            chromium = playwright.chromium.launch(
                executable_path=CHROMIUM, args=QUIET, chromium_sandbox=False
            )
            _wait(lambda: httpx.get(f"{settings.console_url}/_stcore/health").is_success)
            for number, language in enumerate(("en", "zh"), start=2):
                _take(chromium, installation, number, language)
            for language in ("en", "zh"):
                _take_stories(chromium, installation, language)
                _take_shown(chromium, language)
            chromium.close()


def _draw_gallery(language: Language) -> None:
    """All designs on one picture, five in a row."""
    pictures = [
        _drawn(choice, facts(choice), 360)
        for choice in CHOICES
        if choice.language == language and not choice.is_upright
    ]
    _put_together(pictures, 5, f"gallery{_suffix(language)}")


def _draw_designs() -> None:
    """Each newer design, across and upright, side by side; those that are at home there in
    Chinese."""
    pictures = []
    for across, upright in itertools.pairwise(CHOICES):
        is_pair = across.style == upright.style and upright.is_upright
        language = "zh" if across.style.name in _AT_HOME_IN_CHINESE else "en"
        if is_pair and across.language == language and across.style in NEWER:
            both = (
                _drawn(across, facts(across), 400),
                _drawn(upright, facts(upright), 200),
            )
            side_by_side = Image.new("RGB", (400 + _GAP + 200, both[0].height), _GROUND)
            side_by_side.paste(both[0], (0, 0))
            side_by_side.paste(both[1], (400 + _GAP, 0))
            pictures.append(side_by_side)
    _put_together(pictures, 4, "designs")


def _draw_people() -> None:
    """The same eight people, a row each, on six designs; in their language if designs speak it."""
    pictures = []
    for language, name, event, organization in PEOPLE:
        spoken = language if language in SHEET_LANGUAGES else "en"
        for style in map(style_named, _WITH_PEOPLE):
            title = translate(style.words.title, spoken)
            choice = DesignChoice(style, spoken, title, event, organization)
            said = Facts(name, "R-0042", date(2026, 5, 3), link=LINK, language=spoken)
            pictures.append(_drawn(choice, said, 360))
    _put_together(pictures, len(_WITH_PEOPLE), "people")


def _drawn(choice: DesignChoice, said: Facts, width: int) -> Image.Image:
    return Image.open(io.BytesIO(render_preview(small(choice, 1400), said, width)))


def _put_together(pictures: Sequence[Image.Image], columns: int, name: str) -> None:
    """Store pictures of one size as one."""
    (width, height), rows = pictures[0].size, -(-len(pictures) // columns)
    size = (columns * (width + _GAP) + _GAP, rows * (height + _GAP) + _GAP)
    sheet = Image.new("RGB", size, _GROUND)
    for number, picture in enumerate(pictures):
        row, column = divmod(number, columns)
        sheet.paste(picture, (_GAP + column * (width + _GAP), _GAP + row * (height + _GAP)))
    sheet.save(PICTURES / f"{name}.jpg", quality=84, optimize=True)


def _suffix(language: Language) -> str:
    return "" if language == "en" else f"-{language}"


def _everything(settings: Settings) -> "subprocess.Popen[bytes]":
    environment = os.environ | {
        "DATA_DIR": str(settings.data_dir),
        "ADMIN_TOKEN": OWNER,
        "API_PORT": str(settings.api_port),
        "CONSOLE_PORT": str(settings.console_port),
    }

    class _Running(subprocess.Popen):
        def __exit__(self, *error: object) -> None:
            self.terminate()
            super().__exit__(*error)

    return _Running([Path(sys.executable).with_name("certs"), "up"], env=environment)


def _set_up(installation: Installation, language: Language) -> None:
    addresses = "\n".join(f"volunteer{n}@example.org" for n in range(1, len(NAMES) + SILENT + 1))
    with installation.database.writing() as session:
        event = _event(session, installation, language, addresses)
        queue_invitations(session, installation.seal, event)


def _event(session: Session, installation: Installation, language: Language, people: str) -> Event:
    """An event with its certificate and its list."""
    event, _ = create_event(session, name=EVENTS[language], language=language)
    update_organization(event, name=ORGANIZATIONS[language], website="https://example.org")
    change(session, event, sample_change(installation.settings, language))
    roster.add_volunteers(session, event, read_call(people))
    return event


def _take(browser: Browser, installation: Installation, event: int, language: Language) -> None:
    suffix = _suffix(language)
    _wait(lambda: _count(installation, event, Status.NEW) == 0)
    _submit_most(installation, event)
    _wait(lambda: _count(installation, event, Status.MAILED) == len(NAMES))
    _add_newcomers(installation, event)
    page = _page(browser, DESKTOP, language)
    page.goto(installation.settings.console_url)
    page.locator("input[type=password]").fill(OWNER)
    page.get_by_role("button").click()
    for picture, screen in SCREENS.items():
        place, _, window = screen.partition("?")
        page.goto(f"{installation.settings.console_url}/{place}?event={event}&{window}")
        if picture == "list":
            _bring_list(page)
        _shoot(page, f"{picture}{suffix}")
    page.goto(f"{installation.settings.console_url}/volunteers?event={event}")
    page.locator("[role=grid] tbody [role=rowheader]").first.click()
    page.get_by_role("dialog").wait_for()
    _shoot(page, f"person{suffix}")
    _take_volunteer(browser, installation, event, language, suffix)


def _add_newcomers(installation: Installation, event_id: int) -> None:
    """To whom the next sending goes."""
    people = "\n".join(f"newcomer{n}@example.org" for n in range(1, 13))
    with installation.database.writing() as session:
        roster.add_volunteers(session, session.get_one(Event, event_id), read_call(people))


def _bring_list(page: Page) -> None:
    """As it is checked before it is stored."""
    people = (
        "nadia@example.org,2026-000101,Nadia Haddad",
        "jun@example.org,2026-000102,佐藤 純",
        "volunteer1@example.org",
    )
    window = page.get_by_role("dialog")
    window.get_by_role("textbox").fill("\n".join(people))
    window.get_by_role("button", name=re.compile("Check the list|检查名单")).click()
    window.get_by_test_id("stMetric").first.wait_for()


def _take_volunteer(
    browser: Browser,
    installation: Installation,
    event: int,
    language: Language,
    suffix: str,
) -> None:
    link = _link(installation, event, Status.INVITED)
    for name, size in (("volunteer", DESKTOP), ("volunteer-phone", PHONE)):
        page = _page(browser, size, language)
        page.goto(link)
        page.locator("input[type=text]").fill("Ana 王小明" if language == "en" else "欧阳娜娜")
        _shoot(page, f"{name}{suffix}")


def _take_stories(browser: Browser, installation: Installation, language: Language) -> None:
    """What people find behind their link, whoever decides the names."""
    for naming in Naming:
        name = "" if naming is Naming.ASK else STORY_NAMES[language]
        with installation.database.writing() as session:
            event = _event(session, installation, language, f"email,name\nana@example.org,{name}")
            set_naming(session, event, naming, date.today() + timedelta(days=7))
        send(installation, event.id)
        reached = Status.MAILED if naming is Naming.ISSUE else Status.INVITED
        _wait(lambda event=event, reached=reached: _count(installation, event.id, reached) == 1)
        page = _page(browser, PHONE, language)
        page.goto(_link(installation, event.id, reached))
        if naming is Naming.ASK:
            page.locator("input[type=text]").fill(STORY_NAMES[language])
        _shoot(page, f"story-{naming.value}{_suffix(language)}")


def _take_shown(browser: Browser, language: Language) -> None:
    """A certificate's page and its mail, on a desktop beside a phone."""
    taken: dict[str, list[Image.Image]] = {"page": [], "mail": []}
    with shown(language) as pages:
        for size in ((1280, 850), PHONE):
            page, mail = (_page(browser, size, language) for _ in taken)
            page.goto(pages.certificate, wait_until="networkidle")
            mail.set_content(pages.mail, wait_until="networkidle")
            for name, one in (("page", page), ("mail", mail)):
                taken[name].append(Image.open(io.BytesIO(one.screenshot())))
    for name, pictures in taken.items():
        desktop, phone = (ImageOps.contain(one, (9999, 560)) for one in pictures)
        size = (desktop.width + phone.width + 3 * _GAP, 560 + 2 * _GAP)
        both = Image.new("RGB", size, _GROUND)
        both.paste(desktop, (_GAP, _GAP))
        both.paste(phone, (desktop.width + 2 * _GAP, _GAP))
        both.save(PICTURES / f"certificate-{name}{_suffix(language)}.jpg", quality=80)


def _link(installation: Installation, event: int, status: Status) -> str:
    """The personal link of somebody with this status."""
    whom = [Volunteer.event_id == event, Volunteer.status == status]
    with installation.database.reading() as session:
        sealed = session.scalars(select(Volunteer.token).where(*whom).limit(1)).one()
    token = installation.seal.open_token(sealed)
    return f"{installation.settings.public_url}/certificate?token={token}"


def _page(browser: Browser, size: tuple[int, int], language: Language) -> Page:
    locale = {"zh": "zh-CN", "en": "en-GB"}[language]
    viewport = {"width": size[0], "height": size[1]}
    return browser.new_context(viewport=viewport, locale=locale).new_page()


def _shoot(page: Page, name: str) -> None:
    page.get_by_role("heading").first.wait_for()
    # Streamlit draws on after the heading is there, first with places for what is to come.
    page.wait_for_timeout(2500)
    page.wait_for_function("() => !document.querySelector('[data-testid=stSkeleton]')")
    page.wait_for_timeout(1500)
    path = PICTURES / f"{name}.png"
    page.screenshot(path=path)
    # Half the size on disk, and nothing to see of it.
    Image.open(path).convert("RGB").quantize(200).save(path, optimize=True)
    print(path)


def _submit_most(installation: Installation, event: int) -> None:
    with installation.database.reading() as session:
        tokens = session.scalars(
            select(Volunteer.token).where(Volunteer.event_id == event).limit(len(NAMES))
        ).all()
    for name, sealed in zip(NAMES, tokens, strict=True):
        body = {"token": installation.seal.open_token(sealed), "name": name}
        answer = httpx.post(f"{installation.settings.public_url}/api/submitUserInfo", json=body)
        assert answer.json()["code"] == 0, answer.text


def _count(installation: Installation, event: int, status: Status) -> int:
    with installation.database.reading() as session:
        query = session.query(Volunteer).filter_by(event_id=event, status=status)
        return query.count()


def _wait(is_so) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            if is_so():
                return
        except httpx.TransportError:
            pass
        assert time.monotonic() < deadline
        time.sleep(0.2)


if __name__ == "__main__":
    main()
