"""Accounts that somebody has signed in to at the provider of the tests."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import SecretStr
from sqlalchemy import update

from shared.events import event_for_change
from shared.events.installation import Installation
from shared.mail.accounts import sending_account, signing_in
from shared.mail.accounts.signing_in import SignInChoice
from shared.mail.tokens import provider
from shared.mail.tokens.provider import authorize_url, take_code
from shared.mail.transport.protocol import MailProvider
from shared.mail.transport.smtp import MICROSOFT_MAIL
from shared.storage.models import MailAccessToken, MailSignIn, SendingAccount, now
from tests.support.mail_identity import CLIENT_ID, CLIENT_SECRET, MailIdentity, served_mail_identity

SENDER = "thanks@harbour.example"
AT_MICROSOFT = SignInChoice(MailProvider.MICROSOFT, MICROSOFT_MAIL)
BACK = "http://localhost:8501/mail/signin/return"


@pytest.fixture(scope="module")
def served_identity() -> Iterator[MailIdentity]:
    with served_mail_identity() as identity:
        yield identity


@pytest.fixture
def identity(served_identity: MailIdentity) -> MailIdentity:
    """The provider of the module, as it was at first."""
    vars(served_identity).update(vars(MailIdentity(served_identity.site, redirects=[BACK])))
    return served_identity


@pytest.fixture
def signed_in(
    installation: Installation, event_id: int, identity: MailIdentity
) -> tuple[Installation, int]:
    """The installation at that provider, and an account that somebody signed in to."""
    registered = at_identity(installation, identity)
    return registered, sign_in(registered, event_id, identity)


def at_identity(installation: Installation, identity: MailIdentity) -> Installation:
    """The installation, registered at `identity` as if that was Microsoft's."""
    given = {
        "microsoft_authority": identity.site,
        "microsoft_client_id": CLIENT_ID,
        "microsoft_client_secret": SecretStr(CLIENT_SECRET),
    }
    return replace(installation, settings=installation.settings.model_copy(update=given))


def sign_in(
    installation: Installation,
    event_id: int,
    identity: MailIdentity,
    choice: SignInChoice = AT_MICROSOFT,
    transport: str = "smtp",
) -> int:
    """`SENDER` has signed in to the account of the event, as in the console; the account's id."""
    account_id = choose(installation, event_id, choice, transport)
    with installation.database.reading() as session:
        row = signing_in.sign_in_of(session, account_id)
        assert row is not None
        goal = signing_in.goal_of(session.get_one(SendingAccount, account_id), row)
    known = provider.registration_of(installation.settings, installation.seal, row)
    url = authorize_url(known, row.scope, BACK, "state", "v" * 43, SENDER)
    code = parse_qs(urlsplit(identity.consent(url)).query)["code"][0]
    grant = take_code(known, row.scope, BACK, code, "v" * 43)
    with installation.database.writing() as session:
        signing_in.let_in(
            session, installation.seal, event_for_change(session, event_id), goal, grant
        )
    return account_id


def choose(
    installation: Installation,
    event_id: int,
    choice: SignInChoice = AT_MICROSOFT,
    transport: str = "smtp",
    **more: Any,
) -> int:
    """An account of the event that waits for `SENDER` to sign in; its id."""
    with installation.database.writing() as session:
        event = event_for_change(session, event_id)
        given = {} if event.account else {"username": SENDER}
        account = sending_account.set_account(
            session, installation.seal, event, sign_in=choice, transport=transport, **given, **more
        )
        return account.id


def stored(installation: Installation, account_id: int) -> MailSignIn:
    with installation.database.reading() as session:
        row = signing_in.sign_in_of(session, account_id)
        assert row is not None
        return row


def expire(installation: Installation) -> None:
    """All stored access tokens end in less than a minute."""
    with installation.database.writing() as session:
        session.execute(update(MailAccessToken).values(expires_at=now() + timedelta(seconds=50)))
