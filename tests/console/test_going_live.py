"""Going live on the screens: by “Check and save”, by a test mail, or by a person's word."""

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from shared.events import event_for_change
from shared.events.installation import Installation
from shared.mail.kinds.invitation import INVITATION
from shared.mail.queue import enqueue
from shared.storage.clock import database_time
from shared.storage.database import Database
from shared.storage.models import Event, Mail, MailState
from tests.support.acting import queue_invitations
from tests.support.console_screens import (
    Open,
    fill,
    give_account,
    let_a_worker_live,
    mails,
    press,
    read,
    undisturbed,
)
from tests.support.mailing import working
from tests.support.smtp_sink import SmtpSink, answering
from tests.support.trusted_sink import sink

__all__ = ["sink"]


def check_and_save(screen: AppTest, sink: SmtpSink) -> AppTest:
    fill(screen, "Mail address or user name", "thanks@harbour.example")
    screen = undisturbed(screen.run())
    fill(screen, "Server", sink.host)
    fill(screen, "Port", sink.port)
    fill(screen, "Password", "a secret of ours")
    return press(screen, "Check and save")


def said(screen: AppTest) -> str:
    boxes = [*screen.info, *screen.success, *screen.warning, *screen.error]
    return " ".join(box.value for box in boxes)


def is_live(database: Database, event_id: int) -> bool:
    return read(database, event_id).live_at is not None


def badges(screen: AppTest) -> str:
    return " ".join(text.value for text in screen.markdown if "-badge[" in text.value)


def test_what_the_server_takes_is_live_and_shown_so_on_every_screen(
    open_screen: Open, database: Database, event_id: int, sink: SmtpSink
):
    screen = open_screen("account", event_id)
    assert "Rehearsal" in badges(screen)
    screen = check_and_save(screen, sink)
    assert is_live(database, event_id)
    assert "mails are sent from" in said(screen)
    for name in ("organization", "send", "events"):
        screen = open_screen(name, event_id)
        assert "Live" in badges(screen)
        assert "Rehearsal" not in badges(screen)
    assert sink.received == []


def test_a_wrong_password_is_kept_in_rehearsal_with_the_reason_and_cannot_be_overruled(
    open_screen: Open, database: Database, event_id: int, sink: SmtpSink
):
    sink.script = answering("auth", "535 5.7.8 Username and Password not accepted")
    screen = check_and_save(open_screen("account", event_id), sink)
    assert read(database, event_id).account is not None
    assert not is_live(database, event_id)
    assert "Not live yet" in said(screen)
    assert "Username and Password not accepted" in said(screen)
    assert "Go live anyway" not in [button.label for button in screen.button]
    sink.script = lambda step: None
    press(screen, "Check and save")
    assert is_live(database, event_id)


def test_what_a_check_said_is_said_of_no_other_account_and_of_no_other_way_to_sign_in(
    open_screen: Open, event_id: int, sink: SmtpSink
):
    refusal = "Username and Password not accepted"
    sink.script = answering("auth", f"535 5.7.8 {refusal}")
    screen = check_and_save(open_screen("account", event_id), sink)
    assert refusal in said(screen)
    way = next(one for one in screen.selectbox if one.label == "How to sign in")
    stored = way.value
    screen = undisturbed(way.set_value("Sign in at another provider").run())
    assert refusal not in said(screen)
    way = next(one for one in screen.selectbox if one.label == "How to sign in")
    screen = undisturbed(way.set_value(stored).run())
    assert refusal in said(screen)
    fill(screen, "Mail address or user name", "others@harbour.example")
    assert refusal not in said(undisturbed(screen.run()))


def test_a_person_overrules_a_server_that_is_down(
    open_screen: Open, database: Database, event_id: int, sink: SmtpSink
):
    sink.script = answering("connect", "421 4.3.2 Down for maintenance")
    screen = check_and_save(open_screen("account", event_id), sink)
    assert not is_live(database, event_id)
    button = next(one for one in screen.button if one.label == "Go live anyway")
    assert button.disabled
    fill(screen, "The settings are right, but the server is down", True)
    screen = press(undisturbed(screen.run()), "Go live anyway")
    assert is_live(database, event_id)
    assert "Not live yet" not in said(screen)


@pytest.mark.parametrize(
    ("address", "name", "words"),
    [
        ("club@qq.com", "Authorization code (授权码)", "mail.qq.com"),
        ("club@163.com", "Authorization code (授权码)", "NetEase"),
        ("club@gmail.com", "App password", "myaccount.google.com"),
        ("club@harbour.example", "Password", "QQ and 163"),
    ],
)
def test_the_password_has_its_providers_name_and_says_where_it_is_made(
    open_screen: Open, event_id: int, address: str, name: str, words: str
):
    screen = open_screen("account", event_id)
    fill(screen, "Mail address or user name", address)
    screen = undisturbed(screen.run())
    assert name in [field.label for field in screen.text_input]
    assert any(words in caption.value for caption in screen.caption)


def test_in_chinese_it_is_called_an_authorization_code_as_the_provider_does(
    open_screen: Open, event_id: int
):
    screen = open_screen("account", event_id, language="zh")
    fill(screen, "邮箱地址或用户名", "club@qq.com")
    assert "授权码" in [field.label for field in undisturbed(screen.run()).text_input]


def test_an_account_that_is_not_live_is_forgotten_without_words_of_rehearsal(
    open_screen: Open, installation: Installation, event_id: int
):
    give_account(installation, event_id, live=False)
    screen = open_screen("account", event_id)
    assert "Back to rehearsal" not in [block.label for block in screen.expander]
    press(screen, "Remove the account")
    assert read(installation.database, event_id).account is None


def test_an_account_that_is_not_live_is_not_done_on_the_overview(
    open_screen: Open, installation: Installation, event_id: int
):
    give_account(installation, event_id, live=False)
    told = " ".join(one.value for one in open_screen("overview", event_id).caption)
    assert "Not checked yet" in told
    give_account(installation, event_id)
    told = " ".join(one.value for one in open_screen("overview", event_id).caption)
    assert "Not checked yet" not in told


# The test mail


def send_test(screen: AppTest, address: str = "me@harbour.example") -> AppTest:
    fill(screen, "My address", address)
    return press(screen, "Send the test mail")


def test_a_test_mail_that_is_taken_makes_the_event_live(
    open_screen: Open, installation: Installation, event_id: int, sink: SmtpSink
):
    sink.script = answering("connect", "421 4.3.2 Down for maintenance")
    screen = check_and_save(open_screen("account", event_id), sink)
    sink.script = lambda step: None
    screen = send_test(screen)
    with working(installation):
        while not is_live(installation.database, event_id):
            screen = undisturbed(screen.run())
    assert "accepted it for" in said(undisturbed(screen.run()))
    assert "mails are sent from" in said(screen)


def test_a_new_test_mail_takes_the_place_of_one_that_waits(
    open_screen: Open, database: Database, event_id: int
):
    screen = send_test(open_screen("account", event_id), "first@harbour.example")
    send_test(screen, "second@harbour.example")
    states = {mail.address: mail.state for mail in mails(database, event_id)}
    assert states == {
        "first@harbour.example": MailState.CANCELLED,
        "second@harbour.example": MailState.QUEUED,
    }


def test_a_new_test_mail_takes_the_place_of_no_other_mail_and_of_none_that_was_sent(
    installation: Installation, listed: int
):
    with installation.database.writing() as session:
        event = event_for_change(session, listed)
        queue_invitations(session, installation.seal, event)
        sent = enqueue.queue_test_mail(session, event, INVITATION, "me@example.org")
        sent.state = MailState.SENT
        enqueue.queue_test_mail(session, event, INVITATION, "me@example.org")
        assert MailState.CANCELLED not in set(session.scalars(select(Mail.state)))


def test_without_a_worker_the_screen_says_so_at_once(open_screen: Open, event_id: int):
    assert "No worker is running" in said(send_test(open_screen("account", event_id)))


def test_while_the_account_waits_the_screen_says_why_and_until_when(
    open_screen: Open, installation: Installation, event_id: int
):
    database = installation.database
    let_a_worker_live(database)
    give_account(installation, event_id)
    with database.writing() as session:
        account = session.get_one(Event, event_id).account
        account.paused_until = database_time(session).replace(year=2099)
        account.trouble_code, account.trouble_text = 421, "4.7.0 Try again later"
    told = said(send_test(open_screen("account", event_id)))
    assert "The test mail is sent automatically at 2099-" in told
    assert "more slowly" in told
    assert "worker" not in told


def test_a_pause_between_two_mails_is_said_with_its_end(
    open_screen: Open, installation: Installation, event_id: int
):
    let_a_worker_live(installation.database)
    give_account(installation, event_id)
    with installation.database.writing() as session:
        account = session.get_one(Event, event_id).account
        account.next_at = database_time(session).replace(year=2099)
    told = said(send_test(open_screen("account", event_id)))
    assert "pauses between mails. The next one is sent at 2099-" in told


@pytest.mark.parametrize(("live", "where"), [(True, "“Continue”"), (False, "“Check and save”")])
def test_an_account_that_waits_for_a_person_says_what_to_press(
    open_screen: Open, installation: Installation, event_id: int, live: bool, where: str
):
    let_a_worker_live(installation.database)
    give_account(installation, event_id, live=live)
    with installation.database.writing() as session:
        account = session.get_one(Event, event_id).account
        account.needs_fixing, account.trouble_code = True, 535
        account.trouble_text = "5.7.8 Error: authentication failed"
    told = said(send_test(open_screen("account", event_id)))
    assert where in told
    assert "authentication failed" in told
