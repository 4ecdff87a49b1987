"""What the console says to an organizer whose server or page is in a private network."""

import pytest
from sqlalchemy import select

from shared import events
from shared.events.installation import Installation
from shared.events.settings import create_event
from shared.mail.transport.own_answers import NOT_REACHED
from shared.settings import Settings
from shared.storage.database import Database
from shared.storage.models import Mail, MailState
from tests.support.console_screens import (
    Open,
    fill,
    leave,
    press,
    read,
    refusals_at_fields,
    undisturbed,
)
from tests.support.mailing import send_through
from tests.support.smtp_sink import SmtpSink


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Nothing but the public internet is open to organizers."""
    return settings.model_copy(update={"trusted_networks": ""})


@pytest.fixture
def organizer(database: Database) -> tuple[int, str]:
    """An event and its organizer's token."""
    with database.writing() as session:
        event, token = create_event(session, name="Harbour Run", language="en")
        return event.id, token


def test_an_organizer_cannot_save_a_server_in_a_private_network_and_the_owner_can(
    open_screen: Open, database: Database, organizer: tuple[int, str]
):
    event_id, token = organizer
    for whose in ({"token": token}, {}):
        screen = open_screen("account", event_id, **whose)
        fill(screen, "Mail address or user name", "thanks@harbour.example")
        undisturbed(screen.run())
        fill(screen, "Server", "127.1")
        fill(screen, "No password needed", True)
        screen = press(screen, "Check and save")
        if whose:
            assert screen.error[0].value.startswith("Server: is in a private network")
            assert read(database, event_id).account is None
    account = read(database, event_id).account
    assert account is not None
    assert (account.host, account.host_by_owner) == ("127.1", True)


def test_an_organizer_cannot_save_a_page_in_a_private_network_and_keeps_the_owners(
    open_screen: Open, database: Database, organizer: tuple[int, str]
):
    event_id, token = organizer
    label, inner = "Page that links open", "http://10.0.0.5/thanks"
    screen = open_screen("organization", event_id, token=token)
    screen = leave(screen, label, inner)
    (refusal,) = refusals_at_fields(screen)
    assert f"{label}: is in a private network" in refusal
    owners = open_screen("organization", event_id)
    leave(owners, label, inner)
    screen = open_screen("organization", event_id, token=token)
    leave(screen, "Name of the organization", "Harbour Club")
    event = read(database, event_id)
    assert (event.organization, event.frontend_url) == ("Harbour Club", inner)
    assert event.frontend_url_by_owner


@pytest.mark.parametrize(("language", "words"), [("en", "private network"), ("zh", "内网")])
def test_a_test_mail_out_of_reach_is_explained_and_no_server_is_quoted(
    open_screen: Open,
    installation: Installation,
    organizer: tuple[int, str],
    language: str,
    words: str,
):
    event_id, token = organizer
    with installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        account = send_through(session, event, SmtpSink(port=2525), host="localhost")
        account.needs_fixing, account.trouble_text = True, NOT_REACHED
    screen = open_screen("account", event_id, token=token, language=language)
    fill(screen, {"en": "My address", "zh": "我的邮箱地址"}[language], "me@example.org")
    press(screen, {"en": "Send the test mail", "zh": "发送测试邮件"}[language])
    with installation.database.writing() as session:
        mail = session.scalars(select(Mail).where(Mail.event_id == event_id)).one()
        mail.state, mail.verdict, mail.answer = MailState.QUEUED, "fix", NOT_REACHED
    screen = undisturbed(screen.run())
    assert any(words in error.value for error in screen.error)
    assert not any(NOT_REACHED in caption.value for caption in screen.caption)
