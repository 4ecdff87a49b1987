"""The volunteer's page when things take long, or happen twice: nobody waits in the dark."""

import re
from datetime import timedelta

import httpx
from playwright.sync_api import Page, expect
from sqlalchemy import select

from shared.events.installation import Installation
from shared.storage.models import Certificate, Event
from tests.support.api_server import Invited, ana, api, default_event, server_url
from tests.support.browser import PHONE, PageAt
from tests.support.mailing import working
from tests.support.one_database import database_url
from tests.support.volunteer_page import open_link, submit

__all__ = ["ana", "api", "database_url", "default_event", "server_url"]


def submitted_page(page_at: PageAt, server_url: str, who: Invited) -> Page:
    "A phone that shows that the certificate is being sent."
    page = page_at(PHONE)
    open_link(page, server_url, who)
    submit(page, "Ana Lima")
    page.locator("[data-state=on_its_way]").wait_for()
    return page


def two_tabs(page_at: PageAt, server_url: str, who: Invited) -> tuple[Page, Page]:
    first = page_at(PHONE)
    second = first.context.new_page()
    for tab in (first, second):
        open_link(tab, server_url, who)
    return first, second


def names_issued(installation: Installation) -> list[str]:
    with installation.database.reading() as session:
        return list(session.scalars(select(Certificate.name).order_by(Certificate.revision)))


def test_the_certificate_is_there_to_download_before_anything_was_mailed(
    page_at: PageAt, server_url: str, ana: Invited
) -> None:
    page = submitted_page(page_at, server_url, ana)
    for kind, start in (("Download picture", b"\x89PNG"), ("Download PDF", b"%PDF")):
        with page.expect_download() as download:
            page.get_by_role("link", name=kind).click()
        assert download.value.path().read_bytes().startswith(start)


def test_other_programs_see_the_picture_only_once_it_is_made(
    api: httpx.Client, ana: Invited
) -> None:
    api.post("/api/submitUserInfo", json={"token": ana.token, "name": "Ana Lima"})
    seen = api.get("/api/getUserInfo", params={"token": ana.token}).json()["data"]
    assert (seen["status"], seen["pic_url"], seen["delayed"]) == (2, None, False)


def test_after_a_minute_the_page_says_that_mailing_is_delayed(
    page_at: PageAt, server_url: str, installation: Installation, ana: Invited
) -> None:
    page = submitted_page(page_at, server_url, ana)
    expect(page.get_by_text("The mail is delayed")).to_have_count(0)
    with installation.database.writing() as session:
        issued = select(Certificate).where(Certificate.volunteer_id == ana.id)
        session.scalars(issued).one().created_at -= timedelta(seconds=61)
    expect(page.locator(".notice")).to_contain_text("download your certificate here")
    expect(page.locator("#news")).to_contain_text("The mail is delayed")
    # It is drawn for whoever downloads it; only the mail is still to come.
    expect(page.locator(".steps .done").last).to_have_text("Certificate drawn")
    expect(page.locator("[aria-current=step]")).to_have_text("Being mailed to ana@example.org")
    with working(installation):
        page.locator("[data-state=mailed]").wait_for()
    expect(page.get_by_text("The mail is delayed")).to_have_count(0)


def test_a_submit_without_an_answer_ends_after_20_seconds_with_what_to_do(
    page_at: PageAt, server_url: str, installation: Installation, ana: Invited
) -> None:
    page = page_at(PHONE, apart=True)
    page.clock.install()
    open_link(page, server_url, ana)
    page.route("**/certificate?*", lambda route: None)
    with page.expect_request("**/certificate?*"):
        submit(page, "Ana Lima")
    button = page.get_by_role("button", name="One moment")
    expect(button).to_have_attribute("aria-disabled", "true")
    page.clock.fast_forward(19_000)
    expect(button).to_be_visible()
    page.clock.fast_forward(1_500)
    expect(page.get_by_text("There was no answer for 20 seconds.")).to_be_visible()
    expect(page.locator("#name")).to_have_value("Ana Lima")
    page.unroute("**/certificate?*")
    page.get_by_role("button", name="Make my certificate").click()
    page.locator("[data-state=on_its_way]").wait_for()
    assert names_issued(installation) == ["Ana Lima"]


def test_another_name_from_a_second_tab_is_told_that_it_comes_too_late_and_how_to_correct(
    page_at: PageAt, server_url: str, installation: Installation, ana: Invited
) -> None:
    first, second = two_tabs(page_at, server_url, ana)
    with working(installation):
        submit(first, "Ana Lima")
        first.locator("[data-state=mailed]").wait_for()
        submit(second, "Ana da Lima")
        expect(second.locator("h1")).to_have_text("Your certificate was already mailed")
        said = second.locator("#name-message")
        expect(said).to_contain_text("with the name “Ana Lima” was mailed already")
        expect(said).to_be_visible()
        expect(second.locator("#name")).to_have_value("Ana da Lima")
        second.wait_for_load_state("networkidle")
        expect(second.get_by_role("img", name="with the name Ana da Lima")).to_be_visible()
        assert names_issued(installation) == ["Ana Lima"]
        second.get_by_role("button", name="Make the corrected certificate").click()
        second.locator("[data-state=mailed]", has_text="Ana da Lima").wait_for()
    assert names_issued(installation) == ["Ana Lima", "Ana da Lima"]


def test_the_same_name_from_a_second_tab_just_shows_the_certificate(
    page_at: PageAt, server_url: str, installation: Installation, ana: Invited
) -> None:
    first, second = two_tabs(page_at, server_url, ana)
    with working(installation):
        submit(first, "Ana Lima")
        first.locator("[data-state=mailed]").wait_for()
        submit(second, " Ana  Lima ")
        expect(second.locator("h1")).to_have_text("Your certificate is in your mailbox")
    assert names_issued(installation) == ["Ana Lima"]


def test_where_nothing_is_corrected_the_second_tab_is_told_who_can(
    api: httpx.Client, installation: Installation, default_event: Event, ana: Invited
) -> None:
    with working(installation):
        api.post("/api/submitUserInfo", json={"token": ana.token, "name": "Ana Lima"})
        while api.get("/api/getUserInfo", params={"token": ana.token}).json()["data"]["status"] < 4:
            pass
    with installation.database.writing() as session:
        session.get_one(Event, default_event.id).corrections_allowed = False
    other = {"token": ana.token, "name": "Ana da Lima"}
    answer = api.post("/certificate", params={"lang": "en"}, data=other)
    assert answer.status_code == 409
    assert "Your certificate was already mailed" in answer.text
    assert "“Ana Lima”. Only the organizer can change it now" in answer.text
    assert 'id="name"' not in answer.text


def test_whoever_reads_a_wrong_address_is_told_whom_to_write_to(
    page_at: PageAt, server_url: str, installation: Installation, default_event: Event, ana: Invited
) -> None:
    page = page_at(PHONE)
    open_link(page, server_url, ana)
    expect(page.get_by_text("Answer the mail that brought you here")).to_be_visible()
    with installation.database.writing() as session:
        session.get_one(Event, default_event.id).contact_address = "team+run@harbour.example"
    page.reload()
    link = page.get_by_role("link", name="team+run@harbour.example")
    expect(link).to_have_attribute("href", "mailto:team%2Brun@harbour.example")
    submit(page, "Ana Lima")
    page.locator("[data-state=on_its_way]").wait_for()
    expect(link).to_be_visible()


def test_after_an_outage_the_page_goes_on_by_itself(
    page_at: PageAt, server_url: str, ana: Invited
) -> None:
    page = page_at(PHONE)
    open_link(page, server_url, ana)
    expect(page.get_by_text("You see it while you type.")).to_be_visible()
    page.context.set_offline(True)
    page.fill("#name", "Ana Lima")
    expect(page.get_by_text("There is no connection")).to_be_visible()
    page.get_by_role("button", name="Make my certificate").click()
    expect(page.get_by_role("button", name="Make my certificate")).to_be_enabled()
    page.context.set_offline(False)
    expect(page.get_by_role("img")).to_have_attribute("alt", re.compile("Ana Lima"))
    expect(page.get_by_text("There is no connection")).to_have_count(0)
    expect(page.locator("#name")).to_have_value("Ana Lima")
