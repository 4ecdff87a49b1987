"""The screen of the people who work on an event, and what each role sees of the other screens."""

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from shared.access import colleagues
from shared.access.keys import access_of
from shared.access.roles import Role
from shared.errors import JoiningRefused
from shared.events.installation import Installation
from shared.storage.database import Database
from shared.storage.models import AccessKey, Event, MailState, Sending
from tests.support import factories
from tests.support.colleagues import invite_colleague, join, who_works_on
from tests.support.console_screens import (
    Open,
    fail_every_mail,
    fill,
    give_account,
    let_a_worker_live,
    mails,
    people,
    press,
    read,
    table_of_people,
    told,
    undisturbed,
)

REFUSAL = "Your role does not allow this. Ask an organizer of the event."
SCREENS = {
    "overview": {Role.ORGANIZER, Role.HELPER, Role.VIEWER},
    "certificate": {Role.ORGANIZER},
    "organization": {Role.ORGANIZER},
    "messages": {Role.ORGANIZER},
    "account": {Role.ORGANIZER},
    "settings": {Role.ORGANIZER},
    "send": {Role.ORGANIZER, Role.HELPER},
    "volunteers": {Role.ORGANIZER, Role.HELPER, Role.VIEWER},
    "mailbox": {Role.ORGANIZER, Role.HELPER},
    "team": {Role.ORGANIZER},
    "ending": {Role.ORGANIZER},
    "log": {Role.ORGANIZER},
}


def everything_on(screen: AppTest) -> str:
    tables = [table.value.to_csv() for table in screen.dataframe]
    components = [one.proto.json for one in screen.get("bidi_component")]
    return repr([screen.main, screen.sidebar, tables, components])


@pytest.mark.parametrize("role", [Role.ORGANIZER, Role.HELPER, Role.VIEWER])
def test_each_role_sees_its_screens_and_a_sentence_instead_of_the_others(
    open_screen: Open, database: Database, listed: int, role: Role
):
    let_a_worker_live(database)
    key = join(database, listed, "Ana", role)
    seen = set()
    for name in SCREENS:
        screen = open_screen(name, listed, token=key)
        if screen.title:
            seen.add(name)
            assert REFUSAL not in [info.value for info in screen.info]
        else:
            assert [info.value for info in screen.info] == [REFUSAL]
            assert [*screen.button, *screen.text_input, *screen.dataframe] == []
    assert seen == {name for name, roles in SCREENS.items() if role in roles}


@pytest.mark.parametrize("role", [Role.ORGANIZER, Role.HELPER, Role.VIEWER])
def test_only_the_owner_makes_events_and_renews_the_events_token(
    open_screen: Open, database: Database, event_id: int, role: Role
):
    labels = {"New event", "Renew the token"}
    key = join(database, event_id, "Ana", role)
    for token, offered in (({"token": key}, set()), ({}, labels)):
        found = {
            button.label
            for name in ("events", "team")
            for button in open_screen(name, event_id, **token).button
        }
        assert found & labels == offered


def test_a_viewer_sees_the_table_without_addresses_and_links(
    open_screen: Open, installation: Installation, listed: int
):
    database = installation.database
    factories.invite(installation, listed)
    fail_every_mail(database, listed, MailState.FAILED)
    with database.writing() as session:
        event = session.get_one(Event, listed)
        event.list_columns = ["Contact"]
    for person in people(database, listed):
        with database.writing() as session:
            row = session.merge(person)
            row.columns, row.problem_text = {"Contact": "mum@example.org"}, "550 <ana@example.org>"
            row.given_name = f"Person {person.id}"
    helper = open_screen("volunteers", listed, token=join(database, listed, "H", Role.HELPER))
    assert "ana@example.org" in everything_on(helper)
    viewer = open_screen("volunteers", listed, token=join(database, listed, "V", Role.VIEWER))
    assert "example.org" not in everything_on(viewer)
    assert sorted(row["Full name"] for row in table_of_people(viewer)) == ["Person 1", "Person 2"]
    assert not viewer.text_input
    assert not viewer.get("download_button")


def test_a_next_step_that_a_reader_may_not_take_is_said_to_be_an_organizers(
    open_screen: Open, database: Database, event_id: int
):
    helper = join(database, event_id, "H", Role.HELPER)
    for token, said in (({}, "Next step"), ({"token": helper}, "Next step for an organizer")):
        screen = open_screen("overview", event_id, **token)
        assert screen.header[0].value == "Choose the certificate"
        captions = [caption.value for caption in screen.caption]
        assert [words for words in captions if words.startswith("Next step")] == [said]


def test_a_search_in_the_address_tells_a_viewer_nothing(
    open_screen: Open, database: Database, listed: int
):
    viewer = open_screen("volunteers", listed, token=join(database, listed, "V", Role.VIEWER))
    viewer.query_params["search"] = "ana@example.org"
    assert len(table_of_people(undisturbed(viewer.run()))) == 2


def test_a_new_token_and_a_key_that_nobody_has_saved_yet_stand_beside_each_other(
    open_screen: Open, event_id: int
):
    screen = press(open_screen("team", event_id), "Renew the token")
    fill(screen, "Full name", "Ana Lund")
    screen = press(screen, "Create the key")
    assert len(screen.code) == 2
    token, key = (one.value for one in screen.code)
    saved = [button for button in screen.button if button.label == "I have saved it"]
    screen = undisturbed(saved[1].click().run())
    assert [one.value for one in screen.code] == [token]
    assert key != token


def test_an_organizer_adds_a_person_whose_key_is_shown_once(
    open_screen: Open, database: Database, event_id: int
):
    mine = join(database, event_id, "Mei", Role.ORGANIZER)
    screen = open_screen("team", event_id, token=mine)
    fill(screen, "Full name", "Ana Lund")
    fill(screen, "Role", Role.VIEWER)
    screen = press(screen, "Create the key")
    key = screen.code[0].value
    with database.reading() as session:
        assert access_of(session, key).role is Role.VIEWER
        added = session.scalars(select(AccessKey).where(AccessKey.name == "Ana Lund")).one()
        assert added.created_by == access_of(session, mine).key_id
    assert any("by Mei" in caption.value for caption in screen.caption)
    assert not press(screen, "I have saved it").code
    assert open_screen("overview", event_id, token=key).title[0].value == "Harbour Run 2026"


def test_a_name_that_is_taken_is_refused_in_a_sentence(
    open_screen: Open, database: Database, event_id: int
):
    join(database, event_id, "Ana", Role.HELPER)
    screen = open_screen("team", event_id)
    fill(screen, "Full name", "Ana")
    screen = press(screen, "Create the key")
    assert screen.error[0].value == "Name: already works on the event"
    assert who_works_on(database, event_id) == ["Ana"]


def test_a_person_is_removed_and_signed_out_at_their_next_look(
    open_screen: Open, database: Database, event_id: int
):
    ana = join(database, event_id, "Ana", Role.HELPER)
    assert open_screen("send", event_id, token=ana).title[0].value == "Send"
    screen = open_screen("team", event_id)
    assert any("Last used" in caption.value for caption in screen.caption)
    press(screen, "Yes, remove this person")
    assert who_works_on(database, event_id) == []
    theirs = open_screen("send", event_id, token=ana)
    assert [warning.value for warning in theirs.warning] == [
        "You are signed out. Sign in again to go on."
    ]
    assert not theirs.title


def test_the_last_organizer_stays_until_there_is_another_or_the_owner_says_so(
    open_screen: Open, database: Database, event_id: int
):
    mine = join(database, event_id, "Mei", Role.ORGANIZER)
    screen = press(open_screen("team", event_id, token=mine), "Yes, remove me")
    assert screen.error[0].value.startswith("This is the last organizer of the event.")
    assert who_works_on(database, event_id) == ["Mei"]
    press(open_screen("team", event_id), "Yes, remove this person")
    assert who_works_on(database, event_id) == []


def test_a_press_after_the_key_was_revoked_changes_nothing(
    open_screen: Open, installation: Installation, listed: int
):
    database = installation.database
    factories.invite(installation, listed)
    key = join(database, listed, "Ana", Role.HELPER)
    screen = open_screen("send", listed, token=key)
    with database.writing() as session:
        session.delete(session.scalars(select(AccessKey)).one())
    next(b for b in screen.button if b.label == "Stop sending").click().run()
    assert read(database, listed).sending is Sending.RUNNING


def test_an_organizer_invites_a_person_by_a_link_that_is_shown_once(
    open_screen: Open, database: Database, event_id: int
):
    mine = join(database, event_id, "Mei", Role.ORGANIZER)
    screen = open_screen("team", event_id, token=mine)
    fill(screen, "Full name", "Ana Lund")
    fill(screen, "Role", Role.ORGANIZER)
    screen = press(screen, "Create a one-time link")
    token = screen.code[0].value.rpartition("/join/")[2]
    assert any(
        "Invited" in caption.value and "by Mei" in caption.value for caption in screen.caption
    )
    assert not press(screen, "I have saved it").code
    with database.writing() as session:
        colleagues.take(session, token, "")
    screen = press(open_screen("team", event_id, token=mine), "Yes, remove me")
    assert who_works_on(database, event_id) == ["Ana Lund"]
    assert "You are signed out" in screen.warning[0].value


def test_a_link_is_mailed_where_the_event_is_live(
    open_screen: Open, installation: Installation, event_id: int
):
    assert not any(box.label == "Mail the link to" for box in people_screen(open_screen, event_id))
    give_account(installation, event_id)
    screen = open_screen("team", event_id)
    assert any("which only this computer can reach" in warning.value for warning in screen.warning)
    fill(screen, "Full name", "Ana Lund")
    fill(screen, "Mail the link to", "ana@")
    screen = press(screen, "Create a one-time link")
    assert screen.error[0].value.startswith("Address: ")
    fill(screen, "Mail the link to", "ana@example.org")
    screen = press(screen, "Create a one-time link")
    assert not screen.code
    assert any("being sent to ana" in caption.value for caption in screen.caption)
    (mail,) = mails(installation.database, event_id)
    assert (mail.address, mail.kind) == ("ana@example.org", "colleague_invitation")


def people_screen(open_screen: Open, event_id: int) -> list[object]:
    return list(open_screen("team", event_id).text_input)


def test_a_link_is_taken_back_on_the_screen(
    open_screen: Open, installation: Installation, event_id: int
):
    token = invite_colleague(installation, event_id, "Ana Lund", Role.VIEWER)
    press(open_screen("team", event_id), "Take back the link")
    with (
        installation.database.writing() as session,
        pytest.raises(JoiningRefused, match="taken back"),
    ):
        colleagues.take(session, token, "")


def test_a_removed_persons_name_is_said_as_it_is_and_is_no_link(
    open_screen: Open, database: Database, event_id: int
):
    join(database, event_id, "[Bo](https://elsewhere.example) *Ek*", Role.VIEWER)
    screen = press(open_screen("team", event_id), "Yes, remove this person")
    said = told(screen)[0]
    assert r"\[Bo\]\(" in said
    assert r"\*Ek\*" in said
