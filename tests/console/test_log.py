"""The log on the screen: who did what, for people who may see it, and notices to the others."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from console.widgets.actions import ACTION_NAMES
from shared.access import colleagues
from shared.access.keys import access_of
from shared.access.refusals import note_role
from shared.access.roles import Permission, Role
from shared.acts.remove import remove
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.events.naming import set_naming
from shared.features.credentials import issuers
from shared.log import audit
from shared.log.actor import Actor
from shared.privacy.own_data import StatementChange, update_statement
from shared.privacy.retention import set_retention
from shared.storage.database import Database
from shared.storage.models import Action, Naming, Suppression, Volunteer, now
from shared.volunteers.lists.column_mapping import mapping_at
from shared.volunteers.lists.remembered_mappings import remember
from shared.volunteers.people import roster
from tests.support.audited import acts
from tests.support.colleagues import join
from tests.support.console_screens import Open, fill, give_account, press, undisturbed
from tests.support.console_screens import people as volunteers

OWNER = Actor(None, Role.OWNER)
ANA = Actor(70, Role.HELPER, "Ana", "192.0.2.1")


def column(screen: AppTest, title: str) -> list[str]:
    return screen.table[0].value[title].tolist()


def do(database: Database, by: Actor, action: Action, event_id: int, **about: Any) -> None:
    with database.writing(by=by) as session:
        audit.record(session, action, event_id, **about)


def test_an_organizer_reads_who_did_what_in_their_language(
    open_screen: Open, database: Database, listed: int
):
    key = join(database, listed, "Mei", Role.ORGANIZER, by=OWNER)
    bo = volunteers(database, listed)[1]
    do(database, ANA, Action.VOLUNTEER_CHANGED, listed, volunteer_id=bo.id)
    screen = open_screen("log", listed, token=key)
    assert column(screen, "Who")[:3] == ["Mei", "Ana", "Owner"]
    done = ["Signed in", "Volunteer changed", "Colleague added"]
    assert column(screen, "Action")[:3] == done
    assert column(screen, "About")[1:3] == [bo.number, "Mei"]
    assert column(screen, "Network")[1] == "192.0.2.1"
    assert "example.org" not in screen.table[0].value.to_csv()
    chinese = open_screen("log", listed, token=key, language="zh")
    assert column(chinese, "操作")[2:4] == ["更改志愿者信息", "添加协作者"]


def test_several_details_are_listed_as_the_language_does(
    open_screen: Open, database: Database, listed: int
):
    do(database, ANA, Action.TEXTS_CHANGED, listed, fields=["certificate", "group"])
    assert column(open_screen("log", listed), "Details")[0] == "Certificate, Group"
    assert column(open_screen("log", listed, language="zh"), "详情")[0] == "证书、分组"


def test_what_was_entered_of_an_account_is_named_as_on_its_screen(
    open_screen: Open, installation: Installation, event_id: int
):
    give_account(installation, event_id, live=False)
    details, _ = column(open_screen("log", event_id), "Details")
    named = ("User name", "Server", "Port", "Encryption", "Sender address", "Password")
    assert [one for one in named if one not in details] == []
    assert "_" not in details


def test_what_was_changed_of_an_event_and_a_person_is_named_in_words(
    open_screen: Open, installation: Installation, listed: int
):
    with installation.database.writing(by=OWNER) as session:
        event = event_for_change(session, listed)
        set_naming(session, event, Naming.CHECK, date.today() + timedelta(days=3))
        set_retention(session, event, 90)
        said = StatementChange(responsible="Harbour", contact="Ana", texts={"en": "Little."})
        update_statement(session, event, said)
        issuers.create(session, "rotary", "Rotary Club", "https://rotary.example")
        issuers.assign(session, event, "rotary")
        remember(event, mapping_at([("E-mail", "Name")], 0))
        audit.record_change(session, Action.SETTINGS_CHANGED, event.id, event)
        ana = session.scalars(select(Volunteer).where(Volunteer.event_id == listed)).first()
        assert ana
        ana.reminders_ended_at, ana.suppressed = now(), Suppression.DEAD
        session.flush()
        roster.change_address(session, installation.seal, ana, "new@example.org")
    note_role(installation.database, ANA, listed, Permission.SEE_LOG)
    shown = column(open_screen("log", listed), "Details")
    assert [one for one in shown if "_" in one or one.islower()] == []
    named = {"Who decides the names, Last day to check the names", "See the log"}
    assert named | {"Issuer", "Columns of the list"} <= set(shown)


def test_people_who_are_called_the_same_are_told_apart(
    open_screen: Open, database: Database, listed: int
):
    for action in (Action.TEXTS_CHANGED, Action.EXPORTED):
        key = join(database, listed, "Ana", Role.ORGANIZER, by=OWNER)
        with database.writing(by=OWNER) as session:
            ana = access_of(session, key)
            by_ana = ana.actor("192.0.2.1")
            colleagues.remove_person(session, event_for_change(session, listed), ana.key_id)
        do(database, by_ana, action, listed)
    screen = open_screen("log", listed)
    who = next(box for box in screen.selectbox if box.label == "Who")
    first, second = [label for label in who.options if label.startswith("Ana")]
    screen = undisturbed(who.set_value(first).run())
    assert column(screen, "Action") == ["Mail text changed"]
    screen = undisturbed(who.set_value(second).run())
    assert column(screen, "Action") == ["Exported"]


def test_entries_are_found_by_person_kind_and_volunteer(
    open_screen: Open, database: Database, listed: int
):
    bo = volunteers(database, listed)[1]
    do(database, ANA, Action.VOLUNTEER_CHANGED, listed, volunteer_id=bo.id)
    do(database, OWNER, Action.EXPORTED, listed)
    screen = open_screen("log", listed)
    fill(screen, "Action", Action.EXPORTED)
    assert column(undisturbed(screen.run()), "Who") == ["Owner"]
    fill(screen, "Action", None)
    fill(screen, "Search", "bo@example.org")
    assert column(undisturbed(screen.run()), "Who") == ["Ana"]
    fill(screen, "Search", "192.0.2.1")
    assert column(undisturbed(screen.run()), "Who") == ["Ana"]
    fill(screen, "Search", "nobody@example.org")
    assert undisturbed(screen.run()).info[0].value == "No entries match."


def test_a_long_log_is_turned_over_to_its_end_and_back(
    open_screen: Open, database: Database, event_id: int
):
    with database.writing(by=ANA) as session:
        for number in range(60):
            audit.record(session, Action.QUEUED, event_id, count=number)
    screen = open_screen("log", event_id)
    assert column(screen, "About") == [str(number) for number in reversed(range(10, 60))]
    screen = press(screen, "Older")
    assert column(screen, "About")[:10] == [str(number) for number in reversed(range(10))]
    assert column(press(screen, "Newer"), "About")[0] == "59"


def test_nobody_who_came_later_is_taken_for_who_went(
    open_screen: Open, database: Database, listed: int
):
    bo = volunteers(database, listed)[1]
    with database.writing(by=ANA) as session:
        remove(session, session.get_one(Volunteer, bo.id))
    with database.writing() as session:
        later = now() + timedelta(seconds=1)
        session.add(
            Volunteer(
                id=bo.id, event_id=listed, email="x@example.org", email_key="x@example.org",
                number="7", created_at=later,
            )
        )  # fmt: skip
    assert column(open_screen("log", listed), "About")[0] == "No longer on the list"


def test_a_helper_finds_no_log_and_that_they_tried_is_in_it(
    open_screen: Open, database: Database, event_id: int
):
    key = join(database, event_id, "Hal", Role.HELPER)
    screen = open_screen("log", event_id, token=key)
    assert not screen.table
    refused = acts(database)[-1]
    assert (refused.action, refused.by_name) == (Action.ROLE_REFUSED, "Hal")
    assert refused.fields == [Permission.SEE_LOG]


def test_what_another_changed_in_keys_is_told_on_every_screen_until_it_was_seen(
    open_screen: Open, database: Database, event_id: int
):
    key = join(database, event_id, "Mei", Role.ORGANIZER)
    with database.reading() as session:
        lin = access_of(session, join(database, event_id, "Lin", Role.ORGANIZER)).actor("")
    with database.writing(by=lin) as session:
        colleagues.add_person(
            session, event_for_change(session, event_id), name="Bo", role=Role.HELPER
        )
    screen = open_screen("certificate", event_id, token=key)
    assert any("Lin · Colleague added" in one.value for one in screen.markdown)
    screen = press(screen, "Mark as seen")
    assert not any("Colleague added" in one.value for one in screen.markdown)
    again = open_screen("certificate", event_id, token=key)
    assert not any("Colleague added" in one.value for one in again.markdown)
    helper = open_screen("overview", event_id, token=join(database, event_id, "H", Role.HELPER))
    assert "Mark as seen" not in [button.label for button in helper.button]


def test_every_act_has_a_name():
    assert set(ACTION_NAMES) == set(Action)
