"""A volunteer's page in a real browser, from the link to the mailed certificate."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from shared.certificates.issuing.drawing import read_rehearsed
from shared.events.installation import Installation
from shared.events.settings import EventChange, update_event
from shared.mail.kinds.certificate import CERTIFICATE
from shared.storage.models import (
    Certificate,
    Event,
    Mail,
    MailState,
    Problem,
    RehearsalMail,
    Status,
    Volunteer,
)
from tests.support.api_server import Invited, ana, default_event, server_url
from tests.support.browser import PHONE, PageAt
from tests.support.mailing import working
from tests.support.one_database import database_url
from tests.support.volunteer_page import open_link, picture, submit

__all__ = ["ana", "database_url", "default_event", "server_url"]


@pytest.fixture
def worker(installation: Installation) -> Iterator[None]:
    with working(installation):
        yield


def fail_certificate_mail(installation: Installation, who: Invited) -> None:
    with installation.database.writing() as session:
        mail = session.scalars(select(Mail).where(Mail.kind == CERTIFICATE.name)).one()
        mail.state = MailState.FAILED
        volunteer = session.get_one(Volunteer, who.id)
        volunteer.status, volunteer.problem = Status.PICTURE_MADE, Problem.REFUSED_ADDRESS


def test_the_whole_way_from_the_link_to_the_mailed_certificate(
    page_at: PageAt, server_url: str, installation: Installation, ana: Invited, worker: None
) -> None:
    page = page_at(PHONE)
    open_link(page, server_url, ana)
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you for your help")
    expect(page.get_by_text("ana@example.org")).to_be_visible()
    field = page.get_by_label("Your name, as it should be printed")
    field.fill("Ana Lima")
    shown = page.get_by_role("img", name="Your certificate with the name Ana Lima")
    expect(shown).to_be_visible()
    page.get_by_role("button", name="Make my certificate").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Your certificate is in your mailbox", timeout=20_000
    )
    expect(page.get_by_text("Mailed to ana@example.org")).to_be_visible()
    expect(page.locator("#certificate img")).to_have_attribute(
        "src", re.compile(r"^certificates/.{22}\.jpg")
    )
    with installation.database.reading() as session:
        assert session.get_one(Volunteer, ana.id).status == Status.MAILED
        mails = session.scalars(select(RehearsalMail).where(RehearsalMail.event_id == 1)).all()
        opened = installation.settings, installation.seal
        read = [read_rehearsed(session, *opened, mail) for mail in mails]
    assert [mail.recipient for mail in read if mail.attachments] == ["ana@example.org"]
    for kind, start in (("Download picture", b"\x89PNG"), ("Download PDF", b"%PDF")):
        with page.expect_download() as download:
            page.get_by_role("link", name=kind).click()
        assert download.value.path().read_bytes().startswith(start)


def test_a_wrong_name_is_corrected_from_the_same_link(
    page_at: PageAt, server_url: str, installation: Installation, ana: Invited, worker: None
) -> None:
    page = page_at(PHONE)
    open_link(page, server_url, ana)
    page.fill("#name", "Ana Lma")
    page.get_by_role("button", name="Make my certificate").click()
    page.locator("[data-state=mailed]").wait_for()
    page.get_by_text("Is the name wrong?").click()
    page.fill("#name", "Ana Lima")
    page.get_by_role("button", name="Make the corrected certificate").click()
    page.locator("[data-state=mailed]", has_text="Ana Lima").wait_for()
    with installation.database.reading() as session:
        names = session.execute(
            select(Certificate.name, Certificate.replaced_at).order_by(Certificate.revision)
        ).all()
    assert [name for name, _ in names] == ["Ana Lma", "Ana Lima"]
    assert [replaced is None for _, replaced in names] == [False, True]


def test_what_is_typed_at_once_takes_the_place_of_the_name_that_is_chosen_to_be_replaced(
    page_at: PageAt, server_url: str, ana: Invited, worker: None
) -> None:
    page = page_at(PHONE)
    open_link(page, server_url, ana)
    submit(page, "Ana Lma")
    page.locator("[data-state=mailed]").wait_for()
    # The browser says only later that the form was opened.
    page.evaluate(
        """() => {
            document.querySelector("details.correction").open = true;
            document.querySelector("#name").focus();
            document.querySelector("#name").select();
        }"""
    )
    page.keyboard.type("Ana Lima")
    expect(page.locator("#name")).to_have_value("Ana Lima")


def test_the_picture_is_drawn_while_typing_and_the_last_letters_win(
    page_at: PageAt, server_url: str, installation: Installation, ana: Invited
) -> None:
    page = page_at(PHONE)
    open_link(page, server_url, ana)
    page.locator("#certificate img.example").wait_for()
    before = picture(page)
    page.locator("#name").press_sequentially("Bartholomew", delay=30)
    expect(page.get_by_role("img")).to_have_attribute(
        "alt", "Your certificate with the name Bartholomew"
    )
    assert picture(page) != before
    with installation.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Certificate)) == 0


def test_a_name_that_cannot_stand_is_explained_and_the_old_picture_is_dimmed(
    page_at: PageAt, server_url: str, ana: Invited
) -> None:
    page = page_at(PHONE)
    open_link(page, server_url, ana)
    page.fill("#name", "Ana")
    expect(page.get_by_role("img")).to_have_attribute("alt", "Your certificate with the name Ana")
    kept = picture(page)
    page.fill("#name", "W" * 79)
    message = page.get_by_role("status").filter(has_text="too long")
    expect(message).to_be_visible()
    expect(page.locator("#name")).to_have_attribute("aria-invalid", "true")
    assert picture(page) == kept
    expect(page.get_by_role("img")).to_have_css("opacity", "0.3")
    expect(page.get_by_role("img")).not_to_have_attribute("alt", re.compile("Ana"))
    page.get_by_role("button", name="Make my certificate").click()
    expect(page.locator("#name")).to_be_focused()
    expect(page.locator("#name")).to_have_value("W" * 79)
    page.fill("#name", "Ana")
    expect(page.get_by_role("img")).to_have_attribute("alt", "Your certificate with the name Ana")
    expect(page.get_by_role("img")).to_have_css("opacity", "1")
    expect(message).to_have_count(0)


def test_what_is_said_of_a_blank_name_stays_until_something_is_typed(
    page_at: PageAt, server_url: str, ana: Invited
) -> None:
    page = page_at(PHONE)
    open_link(page, server_url, ana)
    page.fill("#name", "   ")
    with page.expect_response("**/certificate?*"):
        page.get_by_role("button", name="Make my certificate").click()
    message = page.get_by_text("Enter the name for the certificate.")
    expect(message).to_be_visible()
    # The example is drawn again, and that says nothing.
    page.wait_for_load_state("networkidle")
    expect(message).to_be_visible()
    expect(page.locator("#name")).to_have_attribute("aria-invalid", "true")
    page.fill("#name", "Ana")
    expect(message).to_have_count(0)
    expect(page.locator("#name")).not_to_have_attribute("aria-invalid", "true")


def test_what_is_hardly_a_name_is_asked_back_and_taken_at_the_second_press(
    page_at: PageAt, server_url: str, installation: Installation, ana: Invited
) -> None:
    page = page_at(PHONE)
    open_link(page, server_url, ana)
    submit(page, "😀")
    expect(page.get_by_text("Is this your full name?")).to_be_visible()
    expect(page.locator("#name")).to_have_value("😀")
    page.get_by_role("button", name="Make my certificate").click()
    expect(page.locator("h1")).to_have_text("Your certificate is on its way")
    with installation.database.reading() as session:
        assert session.scalars(select(Certificate.name)).one() == "😀"


def test_an_invisible_character_is_said_to_have_been_pasted(
    page_at: PageAt, server_url: str, ana: Invited
) -> None:
    page = page_at(PHONE, "zh")
    open_link(page, server_url, ana)
    page.fill("#name", "王\u200b芳")
    expect(page.get_by_text("姓名中有看不见的字符。请直接输入，不要粘贴。")).to_be_visible()


def test_a_certificate_that_could_not_be_mailed_says_why_and_what_to_do(
    page_at: PageAt, server_url: str, installation: Installation, ana: Invited
) -> None:
    page = page_at(PHONE)
    open_link(page, server_url, ana)
    page.fill("#name", "Ana Lima")
    page.get_by_role("button", name="Make my certificate").click()
    page.locator("[data-state=on_its_way]").wait_for()
    fail_certificate_mail(installation, ana)
    # The page notices by itself and says it aloud.
    expect(page.locator("#news")).to_have_text("Your certificate could not be mailed")
    expect(page.get_by_text("Ask the organizer to correct your address")).to_be_visible()
    expect(page.get_by_role("link", name="Download picture")).to_be_visible()
    expect(page.get_by_role("button", name="Try again")).to_be_visible()


@pytest.mark.parametrize("link", ["/certificate", "/certificate?token=guessed"])
def test_an_unknown_link_says_what_to_do(page_at: PageAt, server_url: str, link: str) -> None:
    page = page_at(PHONE)
    answer = page.goto(server_url + link)
    assert answer
    assert answer.status == 404
    expect(page.get_by_text("ask the organizer for a new link")).to_be_visible()


def test_without_a_design_the_page_asks_to_come_back(
    page_at: PageAt, server_url: str, installation: Installation, ana: Invited
) -> None:
    with installation.database.writing() as session:
        session.get_one(Volunteer, ana.id).event.design_id = None
    page = page_at(PHONE)
    open_link(page, server_url, ana)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your certificate is not ready yet")


def test_without_corrections_a_mailed_name_stays(
    page_at: PageAt,
    server_url: str,
    installation: Installation,
    ana: Invited,
    default_event: Event,
    worker: None,
) -> None:
    with installation.database.writing() as session:
        update_event(
            session.get_one(Event, default_event.id), EventChange(corrections_allowed=False)
        )
    page = page_at(PHONE)
    open_link(page, server_url, ana)
    page.fill("#name", "Ana Lima")
    page.get_by_role("button", name="Make my certificate").click()
    page.locator("[data-state=mailed]").wait_for()
    expect(page.locator("#name")).to_have_count(0)


def test_it_works_without_javascript(
    page_at: PageAt, server_url: str, installation: Installation, ana: Invited
) -> None:
    page = page_at(PHONE, java_script_enabled=False)
    open_link(page, server_url, ana)
    # Nothing is promised that only a script does.
    expect(page.get_by_text("In any script.")).to_be_visible()
    expect(page.get_by_text("while you type")).to_be_hidden()
    assert "while you type" not in page.locator("#certificate img").get_attribute("alt")
    page.fill("#name", "Ana Lima")
    page.get_by_role("button", name="Show it first").click()
    assert picture(page).startswith("data:image/jpeg;base64,")
    page.fill("#name", "W" * 79)
    page.get_by_role("button", name="Make my certificate").click()
    expect(page.get_by_text("too long for the certificate")).to_be_visible()
    page.fill("#name", "Ana Lima")
    page.get_by_role("button", name="Make my certificate").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your certificate is on its way")
    assert parse_qs(urlsplit(page.url).query)["token"] == [ana.token]
    with installation.database.reading() as session:
        assert session.get_one(Volunteer, ana.id).name == "Ana Lima"


def test_an_answer_that_is_not_the_servers_keeps_the_form_and_the_name(
    page_at: PageAt, server_url: str, ana: Invited
) -> None:
    page = page_at(PHONE)
    open_link(page, server_url, ana)
    page.fill("#name", "Ana Lima")
    expect(page.get_by_role("img")).to_have_attribute("alt", re.compile("Ana Lima"))
    gateway = {"status": 502, "content_type": "text/html", "body": "<h1>Bad gateway</h1>"}
    page.route("**/certificate?*", lambda route: route.fulfill(**gateway))
    page.get_by_role("button", name="Make my certificate").click()
    expect(page.get_by_text("What you typed is kept. Try again.")).to_be_visible()
    expect(page.locator("#name")).to_have_value("Ana Lima")
    page.unroute("**/certificate?*")
    page.get_by_role("button", name="Make my certificate").click()
    page.locator("[data-state=on_its_way]").wait_for()


def test_no_request_leaves_for_anywhere_else(
    page_at: PageAt, server_url: str, ana: Invited
) -> None:
    page = page_at(PHONE)
    seen: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    open_link(page, server_url, ana)
    page.fill("#name", "Ana Lima")
    expect(page.get_by_role("img")).to_have_attribute(
        "alt", "Your certificate with the name Ana Lima"
    )
    assert [url for url in seen if not url.startswith((server_url, "blob:", "data:"))] == []
    # The token stands in the page's own address only, which is never sent as a referrer.
    assert [url for url in seen if ana.token in url] == [page.url]
    assert complaints == []


def test_a_verification_page_shows_the_facts_and_the_picture(
    page_at: PageAt, server_url: str, installation: Installation, ana: Invited
) -> None:
    page = page_at(PHONE)
    open_link(page, server_url, ana)
    page.fill("#name", "Ana Lima")
    page.get_by_role("button", name="Make my certificate").click()
    page.locator("[data-state=on_its_way]").wait_for()
    with installation.database.reading() as session:
        certificate = session.scalars(select(Certificate)).one()
    page.goto(f"{server_url}/verify/{certificate.public_id}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ana Lima helped at ")
    shown = page.get_by_role("img", name="The certificate of Ana Lima")
    assert shown.evaluate("async e => { await e.decode(); return e.naturalWidth }") == 877
    page.locator(".band summary").click()
    for fact in ("Ana Lima", certificate.number):
        expect(page.locator(".band dl")).to_contain_text(fact)
    with installation.database.writing() as session:
        session.get_one(Certificate, certificate.id).replaced_at = certificate.created_at
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("This certificate was replaced")
    expect(page.locator(".notice")).to_contain_text(re.compile(r"\w+ \d+, \d{4}"))
