"""Who has a certificate may thank back, once; the organizers read it, and nobody else."""

import html

import httpx
import pytest
from playwright.sync_api import expect

from api.calls.volunteer import store_name
from shared.events.installation import Installation
from shared.privacy import erasure
from shared.privacy.own_data import held_about
from shared.storage.models import Certificate, Event, Volunteer
from shared.volunteers.people.progress import history
from tests.support.api_server import Invited, ana, api, default_event, server_url
from tests.support.browser import PHONE, PageAt

__all__ = ["ana", "api", "default_event", "server_url"]

WORDS = "It was a joy! <b>See</b> https://evil.example"


@pytest.fixture
def issued(installation: Installation, ana: Invited) -> Certificate:
    return store_name(installation, ana.token, "Ana Lima")


def say(api: httpx.Client, token: str, words: str) -> httpx.Response:
    return api.post("/thanks?lang=en", data={"token": token, "thanks": words})


def said(installation: Installation, who: Invited) -> str | None:
    with installation.database.reading() as session:
        return session.get_one(Volunteer, who.id).thanks


def test_what_is_said_is_kept_once_in_one_line_and_stands_on_their_own_page_alone(
    api: httpx.Client, installation: Installation, ana: Invited, issued: Certificate
) -> None:
    assert say(api, ana.token, f" {WORDS}\n\u202eend ").status_code == 303
    say(api, ana.token, "Another")
    assert said(installation, ana) == f"{WORDS} end"
    own = api.get("/certificate", params={"token": ana.token, "lang": "en"}).text
    assert html.escape(WORDS) in own
    assert "evil.example" not in api.get(f"/verify/{issued.public_id}").text
    assert 'href="https://evil' not in own


@pytest.mark.parametrize("words", ["", " \n ", "x" * 281])
def test_nothing_and_too_much_are_not_kept(
    api: httpx.Client, installation: Installation, ana: Invited, issued: Certificate, words: str
) -> None:
    say(api, ana.token, words)
    assert said(installation, ana) is None
    assert say(api, ana.token, "ж" * 280).status_code == 303
    assert len(said(installation, ana) or "") == 280


def test_nobody_thanks_for_what_they_do_not_have(
    api: httpx.Client, installation: Installation, ana: Invited
) -> None:
    say(api, ana.token, WORDS)
    assert said(installation, ana) is None
    assert say(api, "unknown", WORDS).status_code == 404


def test_organizers_read_it_in_the_persons_history_they_in_their_own_data_until_it_is_erased(
    api: httpx.Client,
    installation: Installation,
    default_event: Event,
    ana: Invited,
    issued: Certificate,
) -> None:
    say(api, ana.token, WORDS)
    with installation.database.reading() as session:
        person = session.get_one(Volunteer, ana.id)
        told = [entry.what.format(**entry.details) for entry in history(session, person)]
        assert f"Said: “{WORDS}”" in told
        assert held_about(session, person, "en")["person"]["your_thanks"] == WORDS
    with installation.database.writing() as session:
        erasure.erase(session, installation.seal, default_event.id, ana.id)
    assert said(installation, ana) is None


def test_the_certificate_opens_large_once_the_name_is_sent_and_thanks_are_a_tap_away(
    page_at: PageAt, server_url: str, installation: Installation, ana: Invited
) -> None:
    page = page_at((390, 664))
    page.goto(f"{server_url}/certificate?token={ana.token}")
    for part in ("#name", ".name-form button[type=submit]"):
        expect(page.locator(part)).to_be_in_viewport(ratio=1)
    page.fill("#name", "Ana Lima")
    page.get_by_role("button", name="Make my certificate").click()
    page.locator("main.held").wait_for()
    # The one that was typed on stays until the issued one has arrived.
    picture = page.locator("#certificate img[src^=certificates]")
    expect(picture).to_be_in_viewport(ratio=1)
    box = picture.bounding_box()
    assert box
    assert box["width"] >= PHONE[0] - 32
    for offered in ("Share", "Add to LinkedIn", "Download PDF"):
        expect(page.get_by_role("link", name=offered)).to_be_visible()
    page.get_by_text("Say thanks back").click()
    page.get_by_label("What you would like to say").fill("Thank you all.")
    page.get_by_role("button", name="Send my thanks").click()
    expect(page.locator("#thanks")).to_contain_text("Thank you all.")
    assert said(installation, ana) == "Thank you all."
