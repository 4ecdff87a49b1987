"""An event that is over is archived, copied, kept in a file, and deleted."""

import io
import zipfile

import pytest
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.testclient import TestClient

from console.downloads import ARCHIVE, OFFERS, DownloadRequest, DownloadState, download_route
from console.signin import session as access
from shared.access.colleagues import person_named, remove_person
from shared.access.roles import Role
from shared.events import event_for_change
from shared.events.installation import Installation, chosen_event
from shared.events.settings import archive_event, create_event
from shared.features.credentials import stored
from shared.log.actor import Actor
from shared.privacy.deletion import remove_deleted
from shared.storage.database import Database
from shared.storage.models import Action, AuditEntry, Event
from tests.conftest import OWNER_TOKEN
from tests.support.colleagues import join
from tests.support.console_screens import Open, cards, fill, press, read, undisturbed
from tests.support.credentials import bit_of, credentials_of
from tests.support.issued_for_real import issue_for_real, made_public
from tests.support.sessions import begin_session

OWNER = Actor(None, Role.OWNER)


def test_an_archived_event_leaves_the_list_and_comes_back(
    open_screen: Open, database: Database, event_id: int
):
    assert "Harbour Run 2026" in cards(open_screen("events", event_id))
    press(open_screen("ending", event_id), "Archive the event")
    assert read(database, event_id).archived_at is not None
    screen = open_screen("events", 1)
    assert "Harbour Run 2026" not in cards(screen)
    assert not screen.sidebar.get("popover")
    screen = undisturbed(screen.toggle[0].set_value(True).run())
    assert "Harbour Run 2026" in cards(screen)
    assert any("Archived" in text.value for text in screen.markdown)
    press(open_screen("ending", event_id), "Restore")
    assert "Harbour Run 2026" in cards(open_screen("events", event_id))


def test_a_press_to_archive_does_not_bring_back_what_a_colleague_archived_meanwhile(
    open_screen: Open, database: Database, event_id: int
):
    screen = open_screen("ending", event_id)
    with database.writing() as session:
        archive_event(session, event_for_change(session, event_id))
    press(screen, "Archive the event")
    assert read(database, event_id).archived_at is not None


def test_who_has_an_archived_event_alone_still_signs_in(
    open_screen: Open, database: Database, event_id: int
):
    key = join(database, event_id, "Mei", Role.ORGANIZER)
    press(open_screen("ending", event_id, token=key), "Archive the event")
    assert open_screen("overview", event_id, token=key).title[0].value == "Harbour Run 2026"


def test_the_owner_copies_an_event_and_gets_links_for_its_people(
    open_screen: Open, database: Database, listed: int
):
    key = join(database, listed, "Ana", Role.HELPER)
    labels = [button.label for button in open_screen("events", listed, token=key).button]
    assert not [label for label in labels if label.startswith("Copy")]
    screen = open_screen("events", listed)
    screen = undisturbed(screen.button(key=f"events.copy.{listed}").click().run())
    fill(screen, "Name of the copy", "Run 2027")
    fill(screen, "Invite its team, too. Each person gets their own link.", True)
    screen = press(screen, "Copy the event")
    (link,) = [block.value for block in screen.code]
    assert "/join/" in link
    with database.reading() as session:
        copy = session.scalars(select(Event).where(Event.name == "Run 2027")).one()
    assert copy.design_id is not None
    screen = press(screen, "I have saved them")
    assert not screen.code
    assert screen.title[0].value == "Run 2027"


def test_an_event_is_deleted_after_its_name_was_typed(
    open_screen: Open, database: Database, event_id: int
):
    key = join(database, event_id, "Mei", Role.ORGANIZER)
    screen = open_screen("ending", event_id, token=key)
    fill(screen, "To delete it, type its name: Harbour Run 2026", "Harbour Run 2026")
    screen = press(screen, "Delete the event permanently")
    assert screen.error[0].value == "First confirm that you need nothing from the event."
    fill(screen, "I have the file or do not need it", True)
    fill(screen, "To delete it, type its name: Harbour Run 2026", "Harbour")
    screen = press(screen, "Delete the event permanently")
    assert screen.error[0].value.startswith("Nothing was deleted")
    assert read(database, event_id).deleted_at is None
    fill(screen, "To delete it, type its name: Harbour Run 2026", "Harbour Run 2026")
    screen = press(screen, "Delete the event permanently")
    assert read(database, event_id).deleted_at is not None
    assert "You are signed out" in screen.warning[0].value
    assert "Harbour Run 2026" not in cards(open_screen("events", 1))


def test_who_deleted_an_event_comes_to_the_list_of_the_others(
    open_screen: Open, database: Database, event_id: int
):
    screen = open_screen("ending", event_id)
    fill(screen, "To delete it, type its name: Harbour Run 2026", "Harbour Run 2026")
    fill(screen, "I have the file or do not need it", True)
    with database.writing() as session:
        for name in ("Beach Day", "Lake Day"):
            create_event(session, name=name)
    screen = press(screen, "Delete the event permanently")
    assert screen.title[0].value == "Events"
    assert cards(screen) == ["Lake Day", "Beach Day"]


@pytest.mark.parametrize("withdraws", [False, True])
def test_who_deletes_an_event_says_what_becomes_of_signed_files(
    open_screen: Open, installation: Installation, event_id: int, withdraws: bool
):
    public = made_public(installation)
    [certificate_id] = issue_for_real(public, event_id)
    assert stored.sign_due(public, 5) == 1
    [kept] = credentials_of(public, certificate_id)
    screen = open_screen("ending", event_id)
    assert screen.radio[0].options == ["They stay valid", "Withdraw all of them"]
    if withdraws:
        fill(screen, "What happens to issued certificates?", True)
    fill(screen, "To delete it, type its name: Harbour Run 2026", "Harbour Run 2026")
    fill(screen, "I have the file or do not need it", True)
    press(screen, "Delete the event permanently")
    assert remove_deleted(public.database) == 1
    assert bit_of(public, kept) is withdraws


def test_the_default_event_asks_for_another_one_first(
    open_screen: Open, database: Database, event_id: int
):
    screen = open_screen("ending", 1)
    assert "Delete the event permanently" not in [button.label for button in screen.button]
    fill(screen, "Default event for programs", event_id)
    screen = press(screen, "Use as default")
    with database.reading() as session:
        assert chosen_event(session, None).id == event_id
    assert "Delete the event permanently" in [button.label for button in screen.button]


def archives_of(installation: Installation, token: str) -> TestClient:
    """The browser of somebody who signed in with this token."""
    browser = TestClient(Starlette(routes=[download_route(installation)]))
    name = access.cookie_name(installation.settings)
    browser.cookies.set(name, begin_session(installation.database, token))
    return browser


def test_the_address_of_an_archive_opens_nothing_for_anybody_else(
    open_screen: Open, installation: Installation, listed: int
):
    screen = press(open_screen("ending", listed), "Create the file")
    (link,) = screen.get("link_button")
    with installation.database.writing() as session:
        _, other_token = create_event(session, name="Another run", language="en")
    removed = join(installation.database, listed, "Bo", Role.ORGANIZER)
    asked = {
        "of another event": other_token,
        "helper": join(installation.database, listed, "Ana", Role.HELPER),
        "removed": removed,
    }
    browsers = {who: archives_of(installation, token) for who, token in asked.items()}
    with installation.database.writing(by=OWNER) as session:
        event = event_for_change(session, listed)
        remove_person(session, event, person_named(session, event, "Bo").id)
    answers = {who: one.get(link.proto.url).status_code for who, one in browsers.items()}
    assert answers == {"of another event": 403, "helper": 403, "removed": 403}
    with archives_of(installation, OWNER_TOKEN) as browser:
        assert browser.get(link.proto.url).status_code == 200


def test_a_second_archive_of_the_event_is_asked_to_wait_in_a_sentence(
    open_screen: Open, installation: Installation, listed: int
):
    open_screen("ending", listed)
    first, second = (OFFERS.offer(DownloadRequest(ARCHIVE, listed)) for _ in range(2))
    OFFERS.begin(first)
    with archives_of(installation, OWNER_TOKEN) as browser:
        answer = browser.get(second.address, headers={"Accept-Language": "en"})
        assert (answer.status_code, "A full download is already running" in answer.text) == (
            503,
            True,
        )
        OFFERS.end(first)
        assert browser.get(second.address).status_code == 200
    assert second.state is DownloadState.DONE


def test_the_archive_is_downloaded_once_by_who_may_delete(
    open_screen: Open, installation: Installation, listed: int
):
    screen = press(open_screen("ending", listed), "Create the file")
    (link,) = screen.get("link_button")
    with archives_of(installation, OWNER_TOKEN) as browser:
        answer = browser.get(link.proto.url)
        assert browser.get(link.proto.url).status_code == 404
        assert browser.get("/downloads/guessed/archive.zip").status_code == 404
    assert 'filename="Harbour-Run-2026.zip"' in answer.headers["content-disposition"]
    people = zipfile.ZipFile(io.BytesIO(answer.content)).read("people.csv")
    assert b"ana@example.org" in people
    assert any(box.value == "The file is complete." for box in undisturbed(screen.run()).success)
    with installation.database.reading() as session:
        exports = select(AuditEntry.fields).where(AuditEntry.action == Action.EXPORTED)
        assert session.scalars(exports).all() == [["archive"]]


def test_an_archive_that_broke_off_says_so(open_screen: Open, listed: int):
    screen = press(open_screen("ending", listed), "Create the file")
    (link,) = screen.get("link_button")
    download = OFFERS.find(link.proto.url.split("/")[2])
    assert download is not None
    OFFERS.begin(download)
    download.total, download.done = 100, 37
    (bar,) = undisturbed(screen.run()).get("progress")
    assert (bar.proto.value, bar.proto.text) == (37, "37%")
    OFFERS.end(download)
    screen = undisturbed(screen.run())
    assert "The download broke off: 37%." in [box.value for box in screen.warning]
    assert not screen.get("progress")
