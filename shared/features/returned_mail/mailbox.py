"""The mailbox for reports about an account's mails, as an organizer enters it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.destinations import PUBLIC, Reach
from shared.errors import AccountChanged, SettingRefused
from shared.features.returned_mail.models import IMAP, BounceMailbox, mailbox_binding_of
from shared.language import N_
from shared.log import audit
from shared.mail.accounts.sending_account import HOST
from shared.mail.accounts.sharing import tell_others
from shared.mail.transport.providers import with_mailbox
from shared.mail.transport.transports import kind_of
from shared.storage.clock import database_time
from shared.storage.models import Action, Event, Security, SendingAccount
from shared.storage.sealing.passwords import Binding
from shared.storage.sealing.tokens import Seal

_LONGEST_TEXT = 254
# Its name in the log.
_FIELDS = ("returned_mail",)
USUAL_PORTS = {Security.TLS: 993, Security.STARTTLS: 143}


@dataclass(frozen=True)
class MailboxChange:
    """The fields of a mailbox as entered. Without a password the stored one stays, unless user or
    server change."""

    host: str
    port: int
    security: Security
    username: str
    password: str | None = None
    folder: str = "INBOX"
    move_to: str = ""

    def as_row(self) -> BounceMailbox:
        """Return the mailbox without an account and a password."""
        return BounceMailbox(
            host=self.host.strip().lower(),
            port=self.port,
            security=self.security,
            username=self.username.strip(),
            folder=self.folder.strip() or "INBOX",
            move_to=self.move_to.strip(),
        )


def mailbox_of(session: Session, account: SendingAccount) -> BounceMailbox | None:
    """Return the mailbox of an account, if one was entered."""
    return session.scalar(select(BounceMailbox).where(BounceMailbox.account_id == account.id))


def known_mailbox(account: SendingAccount) -> MailboxChange | None:
    """Return the mailbox that the account's own user has at its provider, if that is one we
    know."""
    if known := with_mailbox(account.host):
        return MailboxChange(known.imap, known.imap_port, Security.TLS, account.username)
    return None


def usual_mailbox(account: SendingAccount) -> MailboxChange:
    """Return the most likely mailbox of an account, for a person to change."""
    host = account.host.replace("smtp.", "imap.", 1)
    guess = MailboxChange(host, USUAL_PORTS[Security.TLS], Security.TLS, account.username)
    return known_mailbox(account) or guess


def set_mailbox(
    session: Session,
    seal: Seal,
    event: Event,
    given: MailboxChange,
    reach: Reach = PUBLIC,
) -> BounceMailbox:
    """Store the mailbox of the event's account; it is read at once. Call with the event locked.

    A password belongs to its user and server, and is asked for again for others; the own mailbox of
    an account with a sign-in at its provider needs none. `reach` is that of the person who makes
    the change. Raises SettingRefused, naming the field, and AccountChanged when there is no account
    by now, with nothing changed.
    """
    account = event.account
    if account is None:
        raise AccountChanged
    row = mailbox_of(session, account) or BounceMailbox(account_id=account.id)
    wanted = _judged(given, reach)
    bound, was_at = _binding(row), _place(row)
    if given.password:
        row.sealed_password = seal.seal_bound(given.password, mailbox_binding_of(wanted))
    elif row.sealed_password is None or _binding(wanted) != bound:
        if not opens_by_token(account, wanted):
            raise SettingRefused(field="password", reason=_PASSWORD_NEEDED)
        row.sealed_password = None
    for name in ("host", "port", "security", "username", "folder", "move_to"):
        setattr(row, name, getattr(wanted, name))
    row.host_by_owner = reach.is_unlimited
    if was_at != _place(row):
        row.uid_validity, row.last_uid = None, 0
    row.way, row.next_look_at, row.trouble = IMAP, database_time(session), ""
    session.add(row)
    account.mailbox_declined = False
    note_entered(session, account, event)
    return row


def opens_by_token(account: SendingAccount, mailbox: BounceMailbox | MailboxChange) -> bool:
    """Return whether the account's sign-in at its provider also opens the mailbox.

    Its token is shown to no other server.
    """
    usual = usual_mailbox(account)
    place = (mailbox.host, mailbox.username.lower())
    return account.by_token and place == (usual.host, usual.username.lower())


def _judged(given: MailboxChange, reach: Reach) -> BounceMailbox:
    row = given.as_row()
    if not HOST.fullmatch(row.host):
        raise SettingRefused(field="host", reason=N_("must be the name of a server"))
    reach.refuse_written("host", row.host)
    if not 1 <= given.port <= 65535:
        raise SettingRefused(field="port", reason=N_("must be between 1 and 65535"))
    if given.security is Security.NONE:
        raise SettingRefused(field="security", reason=N_("must be TLS or STARTTLS"))
    texts = {"username": given.username, "folder": given.folder, "move_to": given.move_to}
    for field, text in texts.items():
        if len(text) > _LONGEST_TEXT or not text.isprintable():
            raise SettingRefused(field=field, reason=N_("contains characters that cannot be used"))
    return row


def _binding(row: BounceMailbox) -> Binding | None:
    return mailbox_binding_of(row) if row.host else None


def _place(row: BounceMailbox) -> tuple[str, str, str]:
    return row.host, row.username, row.folder


def read_inbox(session: Session, event: Event) -> None:
    """Let the own inbox of the event's account be read, unless another mailbox is read.

    Call with the event locked. Raises AccountChanged when the account has none by now.
    """
    account = event.account
    if account is None or kind_of(account.transport).inbox is None:
        raise AccountChanged
    if mailbox_of(session, account) is None:
        place = {"host": account.host, "port": account.port, "security": account.security}
        row = BounceMailbox(
            account_id=account.id, way=account.transport, username=account.username, **place
        )
        session.add(row)
        account.mailbox_declined = False
        note_entered(session, account, event)


def forget_mailbox(session: Session, event: Event) -> None:
    """Stop reading returned mail, until somebody wants it again; what is known stays. Call with the
    event locked."""
    if event.account and (row := mailbox_of(session, event.account)):
        session.delete(row)
        event.account.mailbox_declined = True
        note_entered(session, event.account, event)


def note_entered(session: Session, account: SendingAccount, event: Event) -> None:
    """Record in the log that the event changed how the account learns of returned mail."""
    audit.record(session, Action.ACCOUNT_CHANGED, event.id, fields=_FIELDS)
    tell_others(session, account, event, _FIELDS)
    session.flush()


_PASSWORD_NEEDED = N_("is required, because a stored one is never sent to another server")
