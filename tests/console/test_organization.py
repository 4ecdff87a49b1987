"""Organization, mail account and texts are stored, or refused with advice."""

from datetime import date

from sqlalchemy import select
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from shared.events.installation import Installation
from shared.storage.database import Database
from shared.storage.models import Mail
from shared.storage.sealing.passwords import open_password
from tests.support.console_screens import (
    Open,
    fill,
    give_account,
    leave,
    let_a_worker_live,
    mails,
    press,
    read,
    refusals_at_fields,
    undisturbed,
)
from tests.support.smtp_sink import SmtpSink
from tests.support.trusted_sink import sink

__all__ = ["sink"]


def fill_server(screen: AppTest, sink: SmtpSink) -> None:
    """Otherwise the check would ask a server on the internet."""
    fill(screen, "Server", sink.host)
    fill(screen, "Port", sink.port)


def test_the_organization_is_kept(open_screen: Open, database: Database, event_id: int):
    screen = open_screen("organization", event_id)
    leave(screen, "Name of the organization", "Harbour Club")
    leave(screen, "Website", "https://harbour.example")
    event = read(database, event_id)
    assert (event.organization, event.website) == ("Harbour Club", "https://harbour.example")


def test_the_days_of_an_event_are_kept_and_a_wrong_order_refused(
    open_screen: Open, database: Database, event_id: int
):
    screen = open_screen("settings", event_id)
    fill(screen, "First day of the event", date(2026, 11, 28))
    fill(screen, "Last day of the event", date(2026, 11, 27))
    screen = press(screen, "Save the days")
    said = "Last day of the event: must not be before the first one"
    assert said in screen.error[0].value
    assert read(database, event_id).starts_on is None
    fill(screen, "Last day of the event", date(2026, 11, 29))
    press(screen, "Save the days")
    kept = read(database, event_id)
    assert (kept.starts_on, kept.ends_on) == (date(2026, 11, 28), date(2026, 11, 29))


def test_the_address_to_write_to_is_kept_and_a_wrong_one_refused(
    open_screen: Open, database: Database, event_id: int
):
    screen = open_screen("organization", event_id)
    screen = leave(screen, "Contact address", " Team@Harbour.example ")
    assert read(database, event_id).contact_address == "Team@harbour.example"
    screen = leave(screen, "Contact address", "team at harbour")
    (refusal,) = refusals_at_fields(screen)
    assert "There is no “@” in the address." in refusal
    assert read(database, event_id).contact_address == "Team@harbour.example"


def test_a_website_may_be_entered_without_https(
    open_screen: Open, database: Database, event_id: int
):
    screen = open_screen("organization", event_id)
    for entered, kept in {
        "oceanguardians.org": "https://oceanguardians.org",
        "oceanguardians.org/a:b ": "https://oceanguardians.org/a:b",
        "http://oceanguardians.org": "http://oceanguardians.org",
        "": "",
    }.items():
        screen = leave(screen, "Website", entered)
        assert read(database, event_id).website == kept
    screen = leave(screen, "Website", "ftp://oceanguardians.org")
    (refusal,) = refusals_at_fields(screen)
    assert "must start with http:// or https://" in refusal


def test_the_page_of_programmers_stands_apart_from_the_website(open_screen: Open, event_id: int):
    apart = next(
        block
        for block in open_screen("organization", event_id).expander
        if block.label == "Your own volunteer page (for programmers)"
    )
    assert [field.label for field in apart.text_input] == ["Page that links open"]
    assert not apart.proto.expanded


def test_the_form_of_the_account_comes_by_a_button_too(open_screen: Open, event_id: int):
    screen = open_screen("account", event_id)
    fill(screen, "Mail address or user name", "thanks@harbour.example")
    screen = press(screen, "Continue")
    assert "Password" in [field.label for field in screen.text_input]
    assert "Continue" not in [button.label for button in screen.button]


def test_an_account_without_a_password_is_not_saved_unless_the_server_wants_none(
    open_screen: Open, database: Database, event_id: int, sink: SmtpSink
):
    screen = open_screen("account", event_id)
    fill(screen, "Mail address or user name", "thanks@harbour.example")
    screen = undisturbed(screen.run())
    fill_server(screen, sink)
    screen = press(screen, "Check and save")
    assert "Enter the password" in screen.error[0].value
    assert read(database, event_id).account is None
    fill(screen, "No password needed", True)
    press(screen, "Check and save")
    assert read(database, event_id).account is not None


def test_an_account_is_kept_and_its_password_never_shown(
    open_screen: Open, installation: Installation, event_id: int, sink: SmtpSink
):
    screen = open_screen("account", event_id)
    fill(screen, "Mail address or user name", "thanks@harbour.example")
    screen = undisturbed(screen.run())
    fill_server(screen, sink)
    fill(screen, "Password", "a secret of ours")
    screen = press(screen, "Check and save")
    account = read(installation.database, event_id).account
    assert account is not None
    assert account.sealed_password is not None
    assert (account.host, account.port) == (sink.host, sink.port)
    assert open_password(installation.seal, account) == "a secret of ours"
    again = open_screen("account", event_id)
    assert all(widget.value != "a secret of ours" for widget in again.text_input)
    # Saving the rest anew keeps the password.
    press(again, "Check and save")
    kept = read(installation.database, event_id).account
    assert kept is not None
    assert kept.sealed_password == account.sealed_password


def test_another_server_wants_the_password_again(
    open_screen: Open, installation: Installation, event_id: int, sink: SmtpSink
):
    """If a server was shown the stored one; meanwhile, what was entered stays in the form."""
    screen = open_screen("account", event_id)
    fill(screen, "Mail address or user name", "thanks@harbour.example")
    screen = undisturbed(screen.run())
    fill_server(screen, sink)
    fill(screen, "Password", "a secret of ours")
    press(screen, "Check and save")
    account = read(installation.database, event_id).account
    assert account is not None
    screen = open_screen("account", event_id)
    fill(screen, "Server", "localhost")
    screen = press(screen, "Check and save")
    assert "is for another server or user name" in screen.error[0].value
    kept = read(installation.database, event_id).account
    assert kept is not None
    assert (kept.host, kept.sealed_password) == (account.host, account.sealed_password)
    fill(screen, "Password", "another secret")
    press(screen, "Check and save")
    moved = read(installation.database, event_id).account
    assert moved is not None
    assert moved.host == "localhost"
    assert open_password(installation.seal, moved) == "another secret"


def test_what_a_provider_allows_is_filled_in_and_can_be_changed(
    open_screen: Open, database: Database, event_id: int, sink: SmtpSink
):
    screen = open_screen("account", event_id)
    fill(screen, "Mail address or user name", "thanks@harbour.example")
    fill(undisturbed(screen.run()), "Provider", "Microsoft 365")
    screen = undisturbed(screen.run())
    fill_server(screen, sink)
    fill(screen, "Password", "a secret of ours")
    fill(screen, "Mails at the same time", 2)
    press(screen, "Check and save")
    account = read(database, event_id).account
    assert account is not None
    assert (account.per_minute, account.per_hour, account.per_day) == (30, None, 10_000)
    assert account.connections == 2


def test_an_event_goes_back_to_rehearsal(
    open_screen: Open, installation: Installation, event_id: int
):
    give_account(installation, event_id)
    press(open_screen("account", event_id), "Remove the account")
    assert read(installation.database, event_id).account is None


def test_a_test_mail_is_queued_to_oneself(open_screen: Open, database: Database, event_id: int):
    let_a_worker_live(database)
    screen = open_screen("account", event_id)
    fill(screen, "My address", "me@harbour.example")
    screen = press(screen, "Send the test mail")
    assert [mail.address for mail in mails(database, event_id)] == ["me@harbour.example"]
    assert any("Sending …" in info.value for info in screen.info)


def test_the_servers_refusal_of_a_test_mail_is_explained(
    open_screen: Open, installation: Installation, event_id: int
):
    give_account(installation, event_id)
    screen = open_screen("account", event_id)
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
    screen = open_screen("messages", event_id)
    fill(screen, "Subject", "Thank you, {name}!")
    press(screen, "Use this text")
    assert read(database, event_id).wording["invitation"]["subject"] == "Thank you, {name}!"
    press(screen, "Restore the original text")
    assert read(database, event_id).wording == {}


def test_a_draft_stores_itself_and_is_used_by_a_press(
    open_screen: Open, database: Database, event_id: int
):
    leave(open_screen("messages", event_id), "Subject", "Thank you, {name}!")
    assert read(database, event_id).wording == {}
    # Another browser, or a colleague's.
    screen = open_screen("messages", event_id)
    assert subject(screen) == "Thank you, {name}!"
    assert says(screen, "Draft, not used yet")
    press(screen, "Use this text")
    event = read(database, event_id)
    assert event.wording["invitation"]["subject"] == "Thank you, {name}!"
    assert event.wording_drafts == {}


def test_a_draft_that_is_discarded_leaves_the_text_that_is_used(
    open_screen: Open, database: Database, event_id: int
):
    screen = leave(open_screen("messages", event_id), "Subject", "Thank you, {name}!")
    screen = press(screen, "Use this text")
    screen = leave(screen, "Subject", "Well done, {name}!")
    screen = press(screen, "Discard the draft")
    assert subject(screen) == "Thank you, {name}!"
    assert read(database, event_id).wording_drafts == {}


def test_an_unknown_placeholder_is_refused(open_screen: Open, database: Database, event_id: int):
    screen = open_screen("messages", event_id)
    fill(screen, "Subject", "Thank you, {nmae}!")
    screen = press(screen, "Use this text")
    # At the button, and in place of the preview.
    assert all(r"\{nmae\}" in said.value for said in screen.error)
    assert read(database, event_id).wording == {}


def test_words_that_were_not_saved_wait_while_another_mail_or_screen_is_looked_at(
    open_screen: Open, database: Database, event_id: int
):
    screen = open_screen("messages", event_id)
    assert not says(screen, "Draft, not used yet")
    fill(screen, "Subject", "Thank you, {name}!")
    screen = undisturbed(screen.run())
    assert says(screen, "Draft, not used yet")
    choose_mail(screen, "Certificate")
    assert not says(screen, "Draft, not used yet")
    choose_mail(screen, "Invitation")
    assert subject(screen) == "Thank you, {name}!"
    see(screen, "volunteers")
    see(screen, "messages")
    assert subject(screen) == "Thank you, {name}!"
    screen = press(screen, "Use this text")
    assert not says(screen, "Draft, not used yet")
    assert read(database, event_id).wording["invitation"]["subject"] == "Thank you, {name}!"


def test_the_original_text_comes_back_after_a_draft_was_saved(
    open_screen: Open, database: Database, event_id: int
):
    screen = open_screen("messages", event_id)
    original = subject(screen)
    fill(screen, "Subject", "Thank you, {name}! ")
    screen = press(undisturbed(screen.run()), "Use this text")
    assert not says(screen, "Draft, not used yet")
    screen = press(screen, "Restore the original text")
    assert subject(screen) == original
    assert not says(screen, "Draft, not used yet")


def says(screen: AppTest, words: str) -> bool:
    return any(words in text.value for text in screen.markdown)


def subject(screen: AppTest) -> str | None:
    return next(field.value for field in screen.text_input if field.label == "Subject")


def choose_mail(screen: AppTest, name: str) -> None:
    undisturbed(screen.pills[0].set_value(name.lower()).run())


def see(screen: AppTest, name: str) -> None:
    screen._page_hash = calc_hash(name)
    undisturbed(screen.run())
