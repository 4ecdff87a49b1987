"""An account that was already entered is chosen by people who manage the event of that account."""

import pytest
from streamlit.testing.v1 import AppTest

from console.session import serve
from shared.access.keys import Identity
from shared.destinations import ANYWHERE
from shared.events.installation import Installation
from shared.events.settings import create_event
from shared.mail.accounts.sending_account import set_account
from shared.storage.database import Database
from shared.storage.models import Security
from tests.support.console_screens import Open, press, read, undisturbed
from tests.support.identity_provider import ISSUER
from tests.support.organization import bind, organized, sign_in_by
from tests.support.plain_sink import sink
from tests.support.smtp_sink import SmtpSink, answering

__all__ = ["organized", "sink"]

USE = "Use this account"
OTHERS = "Other events also send from this account and share its limits"


@pytest.fixture
def beach(installation: Installation, sink: SmtpSink) -> tuple[int, str]:
    """Another event with an account at the sink, and its organizer's token."""
    with installation.database.writing() as session:
        event, token = create_event(session, name="Beach Day", language="en")
        set_account(
            session, installation.seal, event, username="thanks@gmail.com",
            server_address=sink.host, smtp_port=sink.port, security=Security.NONE,
            skip_auth=True, reach=ANYWHERE,
        )  # fmt: skip
        return event.id, token


def choose(screen: AppTest) -> AppTest:
    """The only account that there is to choose."""
    (box,) = [one for one in screen.selectbox if one.label == "Account"]
    assert [label for label in box.options] == ["thanks@gmail.com · 127.0.0.1 (Beach Day)"]
    return undisturbed(box.set_value(box.options[0]).run())


def captions(screen: AppTest) -> str:
    return " ".join(caption.value for caption in screen.caption)


def test_the_owner_lets_an_event_send_from_another_ones_account_and_it_goes_live(
    open_screen: Open, database: Database, event_id: int, beach: tuple[int, str]
):
    screen = choose(open_screen("account", event_id))
    assert OTHERS not in captions(screen)
    screen = press(screen, USE)
    chosen, lender = read(database, event_id), read(database, beach[0])
    assert chosen.account_id == lender.account_id is not None
    assert chosen.from_address == "thanks@gmail.com"
    assert chosen.live_at is not None
    assert lender.live_at is None
    assert OTHERS in captions(screen)
    assert not [one for one in screen.selectbox if one.label == "Account"]


def test_an_account_that_the_server_does_not_take_is_chosen_and_stays_in_rehearsal(
    open_screen: Open, database: Database, event_id: int, beach: tuple[int, str], sink: SmtpSink
):
    sink.script = answering("mail", "550 5.7.1 No")
    screen = press(choose(open_screen("account", event_id)), USE)
    assert read(database, event_id).account_id is not None
    assert read(database, event_id).live_at is None
    assert "550" in " ".join(error.value for error in screen.error)


def test_an_organizer_is_offered_no_account_of_an_event_of_others(
    open_screen: Open, installation: Installation, beach: tuple[int, str]
):
    with installation.database.writing() as session:
        other, token = create_event(session, name="Clean Up", language="en")
    screen = open_screen("account", other.id, token=token)
    assert not [one for one in screen.selectbox if one.label == "Account"]
    assert not [button for button in screen.button if button.label == USE]


@pytest.mark.parametrize(("role", "is_offered"), [("organizer", True), ("viewer", False)])
def test_somebody_of_the_organization_is_offered_accounts_of_events_that_they_manage(
    open_screen: Open, organized: Installation, event_id: int, beach: tuple[int, str],
    role: str, is_offered: bool,
):  # fmt: skip
    ana = Identity(ISSUER, "4712")
    bind(organized, event_id, ana, "organizer")
    bind(organized, beach[0], ana, role)
    screen = open_screen("account", event_id)
    sign_in_by(organized, ana)
    serve(organized)
    screen = undisturbed(screen.run())
    assert bool([one for one in screen.selectbox if one.label == "Account"]) is is_offered
