"""Organization, mail account and words are kept, and refused with what to do."""

from sqlalchemy import select

from shared.database import Database
from shared.installation import Installation
from shared.models import (
    Mail,
)
from tests.console_screens import Open, fill, give_account, mails, press, read, undisturbed


def test_the_organization_is_kept(open_screen: Open, database: Database, event_id: int):
    screen = open_screen("organization", event_id)
    fill(screen, "Name of the organization", "Harbour Club")
    fill(screen, "Website", "https://harbour.example")
    press(screen, "Save")
    event = read(database, event_id)
    assert (event.organization, event.website) == ("Harbour Club", "https://harbour.example")


def test_an_account_is_kept_and_its_password_never_shown(
    open_screen: Open, installation: Installation, event_id: int
):
    screen = open_screen("organization", event_id)
    fill(screen, "Mail address or user name", "thanks@harbour.example")
    screen = undisturbed(screen.run())
    fill(screen, "Password", "a secret of ours")
    screen = press(screen, "Save the account")
    account = read(installation.database, event_id).account
    assert account is not None
    assert account.sealed_password is not None
    assert (account.host, account.port) == ("smtp.harbour.example", 465)
    assert installation.seal.open_secret(account.sealed_password) == "a secret of ours"
    again = open_screen("organization", event_id)
    assert all(widget.value != "a secret of ours" for widget in again.text_input)
    # Saving the rest anew keeps the password.
    press(again, "Save the account")
    kept = read(installation.database, event_id).account
    assert kept is not None
    assert kept.sealed_password == account.sealed_password


def test_an_event_goes_back_to_rehearsal(
    open_screen: Open, installation: Installation, event_id: int
):
    give_account(installation, event_id)
    press(open_screen("organization", event_id), "Forget the account")
    assert read(installation.database, event_id).account is None


def test_a_test_mail_is_queued_to_oneself(open_screen: Open, database: Database, event_id: int):
    screen = open_screen("organization", event_id)
    fill(screen, "My address", "me@harbour.example")
    screen = press(screen, "Send the test mail")
    assert [mail.address for mail in mails(database, event_id)] == ["me@harbour.example"]
    assert any("On its way" in info.value for info in screen.info)


def test_the_servers_refusal_of_a_test_mail_is_explained(
    open_screen: Open, installation: Installation, event_id: int
):
    give_account(installation, event_id)
    screen = open_screen("organization", event_id)
    fill(screen, "My address", "me@harbour.example")
    screen = press(screen, "Send the test mail")
    with installation.database.writing() as session:
        mail = session.scalars(select(Mail)).one()
        mail.verdict, mail.code = "fix", 535
        mail.answer = "Error: authentication failed"
    screen = undisturbed(screen.run())
    assert screen.error
    assert any("authentication failed" in caption.value for caption in screen.caption)


def test_the_organizers_words_are_kept_and_taken_back(
    open_screen: Open, database: Database, event_id: int
):
    screen = open_screen("wording", event_id)
    fill(screen, "Subject", "Thank you, {name}!")
    press(screen, "Save these words")
    assert read(database, event_id).wording["invitation"]["subject"] == "Thank you, {name}!"
    press(screen, "Back to the original words")
    assert read(database, event_id).wording == {}


def test_an_unknown_placeholder_is_refused(open_screen: Open, database: Database, event_id: int):
    screen = open_screen("wording", event_id)
    fill(screen, "Subject", "Thank you, {nmae}!")
    screen = press(screen, "Save these words")
    assert "{nmae}" in screen.error[0].value
    assert read(database, event_id).wording == {}
