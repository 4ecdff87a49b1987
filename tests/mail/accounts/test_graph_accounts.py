"""An account that sends by Microsoft Graph, and how it becomes one at a mail server."""

import pytest
from sqlalchemy import select

from shared.destinations import PUBLIC
from shared.errors import SettingRefused
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.features.returned_mail.mailbox import read_inbox
from shared.features.returned_mail.models import BounceMailbox
from shared.mail.accounts.sending_account import set_account
from shared.storage.models import Event, MailSignIn, Security, SendingAccount
from tests.support.graph_sending import choice_of
from tests.support.mail_sign_ins import SENDER


def change(installation: Installation, event_id: int, **given: object) -> SendingAccount:
    with installation.database.writing() as session:
        event = event_for_change(session, event_id)
        return set_account(session, installation.seal, event, reach=PUBLIC, **given)


@pytest.fixture
def by_graph(installation: Installation, event_id: int) -> SendingAccount:
    """Somebody has chosen it whose word reaches no private network, where the owner's Graph is."""
    account = change(
        installation, event_id, username=SENDER, server_address="127.0.0.1", smtp_port=443,
        security=Security.TLS, transport="graph", sign_in=choice_of(installation),
    )  # fmt: skip
    with installation.database.writing() as session:
        read_inbox(session, event_for_change(session, event_id))
    return account


def left_of_it(installation: Installation) -> tuple[int, int]:
    """How many sign-ins and inboxes there are."""
    with installation.database.reading() as session:
        return tuple(len(session.scalars(select(one)).all()) for one in (MailSignIn, BounceMailbox))


def test_where_graph_lies_is_the_owners_word(by_graph: SendingAccount):
    assert (by_graph.transport, by_graph.by_token) == ("graph", True)
    assert not by_graph.host_by_owner


def test_another_address_moves_to_its_own_server(
    installation: Installation, event_id: int, by_graph: SendingAccount
):
    moved = change(installation, event_id, username="thanks@example.org")
    assert (moved.transport, moved.by_token) == ("smtp", False)
    assert (moved.host, moved.port, moved.security) == ("smtp.example.org", 465, Security.TLS)
    assert left_of_it(installation) == (0, 0)


def test_a_password_alone_says_nothing_of_where_to_send_it(
    installation: Installation, event_id: int, by_graph: SendingAccount
):
    with pytest.raises(SettingRefused) as refusal:
        change(installation, event_id, password="secret")
    assert refusal.value.details["field"] == "server_address"
    with installation.database.reading() as session:
        account = session.get_one(Event, event_id).account
        assert account is not None
        assert account.transport == "graph"
    assert left_of_it(installation) == (1, 1)


def test_its_limits_are_changed_without_a_new_sign_in(
    installation: Installation, event_id: int, by_graph: SendingAccount
):
    kept = change(installation, event_id, min_second=1.0, max_second=2.0, username=SENDER)
    assert (kept.transport, kept.by_token, kept.max_second) == ("graph", True, 2.0)
    assert left_of_it(installation) == (1, 1)


def test_a_private_network_stays_closed_to_who_leaves_graph(
    installation: Installation, event_id: int, by_graph: SendingAccount
):
    with pytest.raises(SettingRefused):
        change(
            installation, event_id, server_address="127.0.0.2", username=SENDER, password="secret"
        )
