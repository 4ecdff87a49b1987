"""What somebody types stays until it is saved, whatever a colleague stores meanwhile; a field that
nobody typed into is saved as the colleague left it. Nobody overwrites silently."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from streamlit.testing.v1 import AppTest

from shared import events
from shared.acts.change_value import change_value
from shared.certificates.designs.changes import LimitChange
from shared.destinations import ANYWHERE
from shared.events.installation import Installation
from shared.events.naming import set_naming
from shared.events.settings import create_event, set_wording
from shared.features.returned_mail.mailbox import MailboxChange, set_mailbox
from shared.features.returned_mail.models import BounceMailbox
from shared.mail.accounts import sending_account
from shared.mail.accounts.sending_account import AccountChange
from shared.mail.accounts.signing_in import SignInChoice
from shared.mail.transport.protocol import MailProvider
from shared.mail.transport.providers import SendingLimits
from shared.privacy.retention import set_retention
from shared.storage.models import Event, MailSignIn, Naming, Security, SendingAccount, Volunteer
from shared.volunteers.lists.list_columns import ColumnChange, change_column
from shared.volunteers.people import roster
from tests.support.console_screens import (
    Open,
    fill,
    give_account,
    leave,
    people,
    press,
    read,
    undisturbed,
)
from tests.support.designing import change
from tests.support.factories import add, design
from tests.support.grouped import grouped_event
from tests.support.list_columns import column
from tests.support.one_database import database_url
from tests.support.smtp_sink import SmtpSink
from tests.support.trusted_sink import sink

__all__ = ["database_url", "sink"]

SOON = date.today() + timedelta(days=5)
LIST = "email,name,team,hours\nana@example.org,Ana Silva,Water,8\n"


@contextmanager
def colleague(installation: Installation, event_id: int) -> Iterator[tuple[Session, Event]]:
    with installation.database.writing() as session:
        yield session, events.event_for_change(session, event_id)


def person_window(open_screen: Open, installation: Installation, event_id: int) -> AppTest:
    screen = open_screen("volunteers", event_id)
    screen.session_state["volunteers.person"] = people(installation.database, event_id)[0].id
    return undisturbed(screen.run())


def change_account(installation: Installation, event_id: int, **given: object) -> None:
    with colleague(installation, event_id) as (session, event):
        change = AccountChange(**given)  # type: ignore[typeddict-item]
        sending_account.set_account(session, installation.seal, event, reach=ANYWHERE, **change)


def account(installation: Installation, event_id: int) -> SendingAccount:
    found = read(installation.database, event_id).account
    assert found
    return found


@pytest.fixture
def with_account(installation: Installation, event_id: int, sink: SmtpSink) -> int:
    given = {"username": "thanks@harbour.example", "server_address": sink.host}
    more = {"smtp_port": sink.port, "security": Security.TLS, "password": "secret"}
    change_account(installation, event_id, **given, **more)
    return event_id


def test_of_an_account(open_screen: Open, installation: Installation, with_account: int):
    screen = open_screen("account", with_account)
    change_account(
        installation, with_account, limits=SendingLimits(per_hour=70),
        from_address="a@harbour.example", min_second=2.5, max_second=9.0,
    )  # fmt: skip
    fill(screen, "Sender address", "team@harbour.example")
    fill(screen, "Mails an hour", 90)
    press(screen, "Check and save")
    stored = account(installation, with_account)
    assert read(installation.database, with_account).from_address == "team@harbour.example"
    assert (stored.per_hour, stored.min_second, stored.max_second) == (90, 2.5, 9.0)


def test_of_an_account_whose_server_a_colleague_changed(
    open_screen: Open, installation: Installation, with_account: int
):
    screen = open_screen("account", with_account)
    change_account(installation, with_account, server_address="localhost", password="another")
    fill(screen, "Sender address", "team@harbour.example")
    press(screen, "Check and save")
    assert read(installation.database, with_account).from_address == "team@harbour.example"
    assert account(installation, with_account).host == "localhost"


def test_of_an_account_that_a_colleague_entered_first(
    open_screen: Open, installation: Installation, event_id: int
):
    screen = open_screen("account", event_id)
    fill(screen, "Mail address or user name", "team@harbour.example")
    screen = undisturbed(screen.run())
    give_account(installation, event_id, live=False)
    fill(screen, "Server", "mail.harbour.example")
    screen = press(screen, "Check and save")
    assert "Enter the password" in screen.error[0].value
    typed = {field.label: field.value for field in screen.text_input}
    assert typed["Mail address or user name"] == "team@harbour.example"
    assert typed["Server"] == "mail.harbour.example"


def test_a_password_is_not_in_the_field_any_more_once_it_is_stored(
    open_screen: Open, installation: Installation, with_account: int
):
    screen = open_screen("account", with_account)
    for password in ("a secret", "another secret"):
        fill(screen, "Password", password)
        screen = press(screen, "Check and save")
        assert [one.value for one in screen.text_input if one.label == "Password"] == [""]


def test_of_a_sign_in_at_a_provider(
    open_screen: Open, installation: Installation, with_account: int
):
    choice = SignInChoice(
        MailProvider.OTHER, "mail", "https://id.example/auth", "https://id.example/token",
        "certs", "hidden",
    )  # fmt: skip
    change_account(installation, with_account, sign_in=choice)
    screen = open_screen("account", with_account)
    with installation.database.writing() as session:
        theirs = session.scalars(select(MailSignIn)).one()
        theirs.scope, theirs.client_id = "mail.send", "theirs"
    fill(screen, "Scope", "mail.all")
    press(screen, "Save, then sign in")
    with installation.database.reading() as session:
        stored = session.scalars(select(MailSignIn)).one()
    assert (stored.scope, stored.client_id) == ("mail.all", "theirs")


def test_of_the_mailbox_for_returned_mail(
    open_screen: Open, installation: Installation, with_account: int
):
    mailbox = MailboxChange("imap.harbour.example", 993, Security.TLS, "team", "secret")
    with colleague(installation, with_account) as (session, event):
        set_mailbox(session, installation.seal, event, mailbox)
    screen = open_screen("account", with_account)
    with installation.database.writing() as session:
        theirs = session.scalars(select(BounceMailbox)).one()
        theirs.folder, theirs.move_to = "Returned", "Done"
    fill(screen, "Folder to read", "Reports")
    press(screen, "Save the mailbox")
    with installation.database.reading() as session:
        stored = session.scalars(select(BounceMailbox)).one()
    assert (stored.folder, stored.move_to) == ("Reports", "Done")


def test_of_the_time_for_which_addresses_are_kept(
    open_screen: Open, installation: Installation, listed: int
):
    screen = open_screen("settings", listed)
    fill(screen, "Delete old addresses automatically", True)
    screen = undisturbed(screen.run())
    fill(screen, "Days without activity", 90)
    screen = undisturbed(screen.run())
    with colleague(installation, listed) as (session, event):
        set_retention(session, event, 200)
    screen = undisturbed(screen.run())
    undisturbed(screen.button(key="settings.retention_save").click().run())
    assert read(installation.database, listed).retention_days == 90


def test_who_typed_no_time_sees_that_of_a_colleague(
    open_screen: Open, installation: Installation, listed: int
):
    screen = open_screen("settings", listed)
    with colleague(installation, listed) as (session, event):
        set_retention(session, event, 200)
    screen = undisturbed(screen.run())
    assert [one.value for one in screen.number_input] == [200]
    assert screen.button(key="settings.retention_save").disabled


def test_of_who_says_the_names(open_screen: Open, installation: Installation, listed: int):
    screen = press(open_screen("volunteers", listed), "Names")
    fill(screen, "Who decides the names?", Naming.CHECK)
    screen = undisturbed(screen.run())
    screen.date_input[0].set_value(SOON)
    screen = undisturbed(screen.run())
    with colleague(installation, listed) as (session, event):
        set_naming(session, event, Naming.CHECK, SOON + timedelta(days=4))
    screen = press(undisturbed(screen.run()), "Save")
    assert read(installation.database, listed).names_until == SOON + timedelta(days=4)
    assert f"{SOON + timedelta(days=4)}" in told_of_both(screen)
    press(screen, "Use mine")
    assert read(installation.database, listed).names_until == SOON


def test_who_did_not_choose_sees_who_says_the_names_now(
    open_screen: Open, installation: Installation, listed: int
):
    screen = press(open_screen("volunteers", listed), "Names")
    with colleague(installation, listed) as (session, event):
        set_naming(session, event, Naming.ISSUE)
    screen = undisturbed(screen.run())
    (naming,) = [one for one in screen.radio if one.label == "Who decides the names?"]
    assert naming.value is Naming.ISSUE
    assert screen.button(key=f"volunteers.names.saying.{listed}.save").disabled


def test_of_a_mails_text(open_screen: Open, installation: Installation, event_id: int):
    screen = open_screen("messages", event_id)
    screen = leave(screen, "Subject", "Thank you, {name}!")
    with colleague(installation, event_id) as (_, event):
        theirs, body = "Well done, {name}", "Come and see: {link}"
        set_wording(event, "invitation", subject=theirs, body=body)
    screen = press(undisturbed(screen.run()), "Use this text")
    assert read(installation.database, event_id).wording["invitation"]["subject"] == theirs
    assert told_of_both(screen) == [theirs, "Thank you, {name}!"]
    press(press(screen, "Use mine"), "Use this text")
    assert read(installation.database, event_id).wording["invitation"] == {
        "subject": "Thank you, {name}!",
        "body": "Come and see: {link}",
    }


# The screen, the field's name there, its column, and what one and the other typed.
TYPED = {
    "the settings": ("settings", "Name", "name", "Dune Walk", "Night Walk"),
    "the organization": (
        *("organization", "Name of the organization", "organization"),
        *("Harbour Club", "Harbour Society"),
    ),
    "privacy": (
        *("organization", "Privacy contact", "privacy_contact"),
        *("me@harbour.example", "them@harbour.example"),
    ),
}


@pytest.mark.parametrize("what", TYPED)
def test_nobody_overwrites_silently_what_a_colleague_stored(
    open_screen: Open, installation: Installation, event_id: int, what: str
):
    name, _, column, mine, theirs = TYPED[what]
    screen = both_saved(open_screen(name, event_id), installation, event_id, what)
    assert getattr(read(installation.database, event_id), column) == theirs
    assert told_of_both(screen) == [theirs, mine]
    screen = press(screen, "Use mine")
    assert getattr(read(installation.database, event_id), column) == mine
    assert not told_of_both(screen)


@pytest.mark.parametrize("what", TYPED)
def test_who_goes_on_with_what_a_colleague_stored_sees_it(
    open_screen: Open, installation: Installation, event_id: int, what: str
):
    name, label, column, _, theirs = TYPED[what]
    screen = both_saved(open_screen(name, event_id), installation, event_id, what)
    screen = press(screen, "Keep the saved version")
    assert field(screen, label) == theirs
    assert getattr(read(installation.database, event_id), column) == theirs
    assert not told_of_both(screen)


def both_saved(screen: AppTest, installation: Installation, event_id: int, what: str) -> AppTest:
    """The screen after somebody typed, a colleague stored something else, and they went on."""
    _, label, column, mine, theirs = TYPED[what]
    with colleague(installation, event_id) as (_, event):
        setattr(event, column, theirs)
    return leave(screen, label, mine)


def told_of_both(screen: AppTest) -> list[str]:
    """What is saved and what was typed, where a person has to choose."""
    return [one.value for one in screen.code]


def test_who_never_saw_what_a_colleague_has_just_stored_is_asked_to_look(
    open_screen: Open, installation: Installation, event_id: int
):
    """Between the drawing of the screen and its transaction."""
    screen = open_screen("settings", event_id)
    with colleague(installation, event_id) as (_, event):
        event.starts_on = date(2026, 5, 2)
    fill(screen, "First day of the event", date(2026, 5, 1))
    screen = press(screen, "Save the days")
    assert any("just saved this" in one.value for one in screen.error)
    assert told_of_both(screen) == ["2026-05-02", "2026-05-01"]
    assert read(installation.database, event_id).starts_on == date(2026, 5, 2)
    press(screen, "Use mine")
    assert read(installation.database, event_id).starts_on == date(2026, 5, 1)


def test_after_a_text_was_saved_a_colleagues_next_one_is_shown(
    open_screen: Open, installation: Installation, event_id: int
):
    screen = open_screen("messages", event_id)
    fill(screen, "Subject", "Thank you, {name}!")
    screen = press(screen, "Use this text")
    with colleague(installation, event_id) as (_, event):
        mine = event.wording["invitation"]
        set_wording(event, "invitation", subject="Well done", body=mine["body"])
    screen = undisturbed(screen.run())
    assert [one.value for one in screen.text_input if one.label == "Subject"] == ["Well done"]


def test_of_an_address(open_screen: Open, installation: Installation, listed: int):
    screen = person_window(open_screen, installation, listed)
    ana = people(installation.database, listed)[0]
    with colleague(installation, listed) as (session, _):
        person = session.get_one(Volunteer, ana.id)
        roster.change_address(session, installation.seal, person, "theirs@example.org")
    fill(screen, "Address", "mine@example.org")
    press(screen, "Change the address")
    assert people(installation.database, listed)[0].email == "mine@example.org"


def test_of_the_values_of_a_person(open_screen: Open, installation: Installation, event_id: int):
    add(installation.database, event_id, LIST)
    screen = person_window(open_screen, installation, event_id)
    ana = people(installation.database, event_id)[0]
    with colleague(installation, event_id) as (session, _):
        person = session.get_one(Volunteer, ana.id)
        for title, value in {"team": "Bread", "hours": "9"}.items():
            change_value(session, installation.seal, person, title, value)
    fill(screen, "team", "Tea")
    saves = [one for one in screen.button if one.form_id == f"volunteers.correct.{ana.id}"]
    undisturbed(saves[0].click().run())
    assert people(installation.database, event_id)[0].columns == {"team": "Tea", "hours": "9"}


def test_of_a_persons_group(open_screen: Open, installation: Installation, event_id: int):
    grouped_event(installation.database, event_id)
    screen = person_window(open_screen, installation, event_id)
    ana = people(installation.database, event_id)[0]
    with colleague(installation, event_id) as (session, _):
        person = session.get_one(Volunteer, ana.id)
        change_value(session, installation.seal, person, "role", "juror")
    fill(screen, "role", "helper")
    saves = [one for one in screen.button if one.form_id == f"volunteers.group.{ana.id}"]
    undisturbed(saves[0].click().run())
    assert people(installation.database, event_id)[0].columns == {"role": "helper"}


def test_of_a_name_to_be_issued(open_screen: Open, installation: Installation, event_id: int):
    design(installation.database, event_id)
    add(installation.database, event_id, LIST)
    screen = person_window(open_screen, installation, event_id)
    assert field(screen, "Name on the certificate") == "Ana Silva"
    ana = people(installation.database, event_id)[0]
    with colleague(installation, event_id) as (session, _):
        session.get_one(Volunteer, ana.id).listed_name = "Ana Lima"
    screen = undisturbed(screen.run())
    assert field(screen, "Name on the certificate") == "Ana Lima"
    fill(screen, "Name on the certificate", "Ana da Lima")
    screen = undisturbed(screen.run())
    with colleague(installation, event_id) as (session, _):
        session.get_one(Volunteer, ana.id).listed_name = "Ana Silva Lima"
    assert field(undisturbed(screen.run()), "Name on the certificate") == "Ana da Lima"


def test_of_what_a_column_holds(open_screen: Open, installation: Installation, event_id: int):
    add(installation.database, event_id, LIST)
    screen = press(open_screen("volunteers", event_id), "Columns and groups")
    with colleague(installation, event_id) as (session, event):
        change_column(session, event, "hours", ColumnChange(unit="km", is_public=True))
    fill(screen, "Unit", "h")
    press(undisturbed(screen.run()), "Save")
    stored = column(installation.database, event_id, "hours")
    assert (stored.unit, stored.is_public) == ("h", True)


def field(screen: AppTest, label: str) -> str | None:
    return next(one.value for one in screen.text_input if one.label == label)


def test_a_chosen_event_stays_chosen_when_a_colleague_makes_another(
    open_screen: Open, installation: Installation, event_id: int
):
    screen = open_screen("", event_id)
    screen = undisturbed(screen.button(key=f"events.copy.{event_id}").click().run())
    fill(screen, "Name of the copy", "Dune Walk")
    with installation.database.writing() as session:
        create_event(session, name="Aloe Fair", language="zh")
    press(screen, "Copy the event")
    with installation.database.reading() as session:
        copied = session.scalars(select(Event).order_by(Event.id.desc())).first()
    assert copied
    assert (copied.name, copied.language) == ("Dune Walk", "en")


def test_of_the_size_of_pictures(open_screen: Open, installation: Installation, listed: int):
    screen = open_screen("certificate", listed)
    with colleague(installation, listed) as (session, event):
        change(session, event, LimitChange(5_000_000))
    sizes = next(
        one for one in screen.segmented_control if one.label == "Largest picture in a mail"
    )
    undisturbed(sizes.set_value(2_000_000).run())
    assert read(installation.database, listed).mailed_picture_limit == 2_000_000


def test_who_has_chosen_no_way_to_sign_in_sees_that_it_is_by_password(
    open_screen: Open, with_account: int
):
    screen = open_screen("account", with_account)
    way = next(one for one in screen.selectbox if one.label == "How to sign in")
    assert way.proto.raw_value == "With or without a password"


def test_a_test_mail_is_everybodys_unless_a_group_was_chosen(
    open_screen: Open, installation: Installation, event_id: int
):
    grouped_event(installation.database, event_id)
    screen = undisturbed(open_screen("account", event_id).run())
    whose = next(one for one in screen.selectbox if one.label == "Used for")
    assert whose.index == 0
