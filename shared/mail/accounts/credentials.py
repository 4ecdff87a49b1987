"""The credentials of a mail account, and asking its server whether it accepts them.

A password is sealed for one server, and shown to no other but the provider's own IMAP server
(`features.returned_mail.own_mailbox`). Two locks are independent: once a server was shown a
password, it no longer moves with the account (`move_password`); and a password sealed for one user
name and server cannot be opened for another.
"""

from contextlib import closing
from dataclasses import replace

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from shared.errors import AccountChanged, SettingRefused
from shared.events.installation import Installation
from shared.findings import Finding, Level
from shared.language import N_
from shared.mail.accounts import recent_mails
from shared.mail.accounts.sharing import note_sign_in
from shared.mail.tokens.access import AccountToken
from shared.mail.transport.protocol import Account
from shared.mail.transport.transports import kind_of, open_transport
from shared.storage.database import Database
from shared.storage.models import Event, SendingAccount
from shared.storage.sealing.passwords import Binding, binding_of, open_password, proofs
from shared.storage.sealing.tokens import Seal


def enter_password(session: Session, seal: Seal, account: SendingAccount, password: str) -> None:
    """Store a password that was entered for `account` as it is now."""
    account.sealed_password = seal.seal_bound(password, binding_of(account))
    with session.no_autoflush:
        proof = proof_of(session, seal, account, password)
    if proof != account.proof:
        account.proof, account.signed_in, account.password_shown = proof, False, False


def move_password(session: Session, seal: Seal, account: SendingAccount, before: Binding) -> bool:
    """Keep the password after a change of `account` if possible, and return whether it was kept.

    Only a password that no server was shown is kept: old clients set an account up in several
    calls. Any other is deleted, since people who may change the server must not learn it. Call with
    the row locked.
    """
    if account.sealed_password is None or binding_of(account) == before:
        return True
    if account.password_shown:
        account.sealed_password, account.password_shown = None, False
        account.proof, account.signed_in = None, False
        return False
    enter_password(session, seal, account, seal.open_bound(account.sealed_password, before))
    return True


def show_password(database: Database, seal: Seal, account: SendingAccount) -> str | None:
    """Return the password of `account`, a row as it was read, to sign in with; None without one.

    That the server was shown it is committed before. Raises AccountChanged if the password or the
    account was changed in the meantime, and SettingRefused if none of the keys sealed it.
    """
    if account.skip_auth or account.sealed_password is None:
        return None
    password = open_password(seal, account)
    if not account.password_shown:
        with database.writing() as session:
            as_read = update(SendingAccount).where(
                SendingAccount.id == account.id,
                SendingAccount.sealed_password == account.sealed_password,
            )
            result = session.execute(as_read.values(password_shown=True))
            assert isinstance(result, CursorResult)
            if not result.rowcount:
                raise AccountChanged
    return password


def proof_of(session: Session, seal: Seal, account: SendingAccount, password: str) -> str:
    """Return a proof that the account has this password, which does not reveal it.

    It is equal for all accounts with the same credentials, also if it was made with a key that is
    about to be replaced.
    """
    forms = proofs(seal, account, password)
    known = select(SendingAccount.proof).where(SendingAccount.proof.in_(forms)).limit(1)
    return session.scalar(known) or forms[0]


def opened_account(
    installation: Installation, row: SendingAccount, sender: str, timeout: float
) -> Account:
    """Return the account of `row`, which was read before, with its credentials, for a transport.

    `sender` is an event's own address, or empty; `timeout` is in seconds. The transport itself
    fetches a token. Raises AccountChanged and SettingRefused, see `show_password`.
    """
    settings, service = installation.settings, kind_of(row.transport).service
    return replace(
        Account.of(row, sender, settings.organizers_reach, timeout),
        password=show_password(installation.database, installation.seal, row),
        token=AccountToken(installation, row.id) if row.by_token else None,
        dot_timeout=settings.mail_dot_timeout,
        service_url=service.url(settings) if service else "",
    )


# A person waits that long for the server's answer.
SIGN_IN_SECONDS = 10.0


def try_stored_account(installation: Installation, event: Event) -> list[Finding]:
    """Return what the server says about the sign-in and the sender; it accepts both unless a
    finding stops.

    `event` was read before, with its account. Waits for the server for some seconds, without an
    open transaction.
    """
    subject, row = N_("Mail account"), event.account
    assert row is not None
    try:
        account = opened_account(installation, row, event.from_address, SIGN_IN_SECONDS)
    except SettingRefused:
        return [Finding(Level.RED, subject, _SEALED_BY_ANOTHER_KEY, stops=True)]
    except AccountChanged as changed:
        return [Finding(Level.RED, subject, changed.message, stops=True)]
    try:
        with closing(open_transport(account)) as transport:
            found = transport.check()
    except SettingRefused as refusal:
        return [Finding(Level.RED, subject, refusal.message, refusal.details, stops=True)]
    if any(finding.stops for finding in found):
        return found
    with installation.database.writing() as session:
        note_sign_in(session, row)
        is_proven = recent_mails.last_left(session, row) is not None
    return [finding for finding in found if not (finding.needs_mail and is_proven)]


_SEALED_BY_ANOTHER_KEY = N_(
    "No key in SECRET_KEYS opens the stored password: put the old key back, or enter the password "
    "of the mail account again."
)
