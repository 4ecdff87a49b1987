"""The page of an invited colleague: only the press on *Sign in* uses the link up."""

from collections.abc import Iterator

import httpx
import pytest
from sqlalchemy import delete

from shared import events
from shared.access import colleagues
from shared.access.keys import access_of
from shared.access.roles import Role
from shared.storage.models import AccessKey, ColleagueInvitation, now
from tests.support.colleagues import invite_colleague, who_works_on
from tests.support.console_server import ServedConsole, console
from tests.support.processes import at_once

__all__ = ["console"]


@pytest.fixture
def visitor(console: ServedConsole) -> Iterator[httpx.Client]:
    """A browser that has not signed in."""
    headers = {"Accept-Language": "en"}
    with httpx.Client(base_url=console.url, headers=headers, timeout=20) as client:
        yield client


@pytest.fixture
def link(console: ServedConsole) -> Iterator[str]:
    """The path of a link to the first event."""
    token = invite_colleague(console.installation, 1, "Ana Lund", Role.HELPER)
    yield f"/join/{token}"
    with console.installation.database.writing() as session:
        session.execute(delete(ColleagueInvitation))
        session.execute(delete(AccessKey))


def who(console: ServedConsole) -> list[str]:
    return who_works_on(console.installation.database, 1)


def key_in(page: str) -> str:
    return page.partition('<code class="key">')[2].partition("</code>")[0]


def test_a_look_says_what_it_is_for_and_uses_nothing_up(
    console: ServedConsole, visitor: httpx.Client, link: str
):
    for _ in range(2):
        assert visitor.head(link).status_code == 200
        page = visitor.get(link)
    assert page.status_code == 200
    for shown in ("Volunteers", "Ana Lund", "Helper", "No account,", "Sign in"):
        assert shown in page.text
    assert page.headers["cache-control"] == "no-store"
    assert (
        "受邀" in visitor.get(link, headers={"Accept-Language": "zh"}, params={"lang": "zh"}).text
    )
    assert who(console) == []


def test_the_press_makes_the_key_shows_it_once_and_signs_in(
    console: ServedConsole, visitor: httpx.Client, link: str
):
    page = visitor.post(link)
    key = key_in(page.text)
    with console.installation.database.reading() as session:
        access = access_of(session, key)
    assert (access.name, access.role, access.event_id) == ("Ana Lund", Role.HELPER, 1)
    assert "/overview?event=1" in page.text
    assert visitor.get("/").status_code == 200
    again = visitor.post(link)
    assert again.status_code == 410
    assert "already used" in again.text
    assert key_in(again.text) == ""
    assert who(console) == ["Ana Lund"]


def test_two_presses_at_once_make_one_key(console: ServedConsole, visitor: httpx.Client, link: str):
    answers = at_once(lambda: httpx.post(console.url + link, timeout=20), 2)
    assert sorted(answer.status_code for answer in answers) == [200, 410]
    assert who(console) == ["Ana Lund"]


def test_a_link_that_was_taken_back_is_a_sentence(
    console: ServedConsole, visitor: httpx.Client, link: str
):
    with console.installation.database.writing() as session:
        event = events.event_for_change(session, 1)
        (one,) = colleagues.pending(session, 1)
        colleagues.revoke(session, event, one.invitation.id)
    for answer in (visitor.get(link), visitor.post(link)):
        assert (answer.status_code, "taken back" in answer.text) == (410, True)
    assert who(console) == []
    assert visitor.get("/").status_code == 303


def test_a_link_that_is_over_and_one_that_never_was_are_sentences(
    console: ServedConsole, visitor: httpx.Client, link: str
):
    with console.installation.database.writing() as session:
        (one,) = colleagues.pending(session, 1)
        session.get_one(ColleagueInvitation, one.invitation.id).expires_at = now()
    for path, status, words in (
        (link, 410, "has expired"),
        ("/join/" + "0" * 64, 404, "not valid"),
    ):
        for answer in (visitor.get(path), visitor.post(path)):
            assert (answer.status_code, words in answer.text) == (status, True)
    assert who(console) == []


def test_another_site_presses_nothing(console: ServedConsole, visitor: httpx.Client, link: str):
    headers = {"Origin": "https://elsewhere.example"}
    assert visitor.post(link, headers=headers).status_code == 403
    assert who(console) == []


@pytest.mark.parametrize("path", ["/join", "/join/", "/join/a/b", "/joined"])
def test_nothing_beside_the_link_is_open(visitor: httpx.Client, path: str):
    assert visitor.get(path).status_code == 401
