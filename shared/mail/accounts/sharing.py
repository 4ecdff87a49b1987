"""Which events send from one mail account: those that proved it, not those that name it.

A provider counts an account once, however many events send from it. They share its limits, its
pauses and its budget where the keyed hash of user, server and password is the same and the server
took the password of each. Every other event is alone: what it is told concerns nobody else.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.orm import Session, aliased

from shared.storage.models import Attempt, Mail, MailAccount

_LIMITS = ("per_minute", "per_hour", "per_day", "connections")
_RESTS = ("paused_until", "next_at", "pauses_in_a_row", "trouble_code", "trouble_text")


def account_name(account: MailAccount) -> str:
    """How the ledger calls an account. Anybody may name it, so that this alone proves nothing."""
    return f"{account.username}@{account.host}:{account.port}".lower()


def sharing_key(account: MailAccount) -> str:
    """The same for all events that share an account, and for no other."""
    return account.proof if account.signed_in and account.proof else f"event {account.event_id}"


def awaits_proof(account: MailAccount) -> bool:
    """Whether the server has yet to take the password that is stored."""
    return account.proof is not None and not account.skip_auth and not account.signed_in


def same_account(account: MailAccount) -> ColumnElement[bool]:
    """The rows of all events that share this account, its own among them."""
    if account.signed_in and account.proof:
        return and_(MailAccount.proof == account.proof, MailAccount.signed_in)
    return MailAccount.event_id == account.event_id


def attempts_of(account: MailAccount) -> ColumnElement[bool]:
    """What all events that share this account have handed over there."""
    # A name of its own: the statement around may ask for the mail as well.
    handed = aliased(Mail)
    event = select(handed.event_id).where(handed.id == Attempt.mail_id).correlate(Attempt)
    sharing = select(MailAccount.event_id).where(same_account(account))
    return and_(Attempt.account == account_name(account), event.scalar_subquery().in_(sharing))


def change(session: Session, account: MailAccount, **values: Any) -> None:
    """The same for every event that shares this account."""
    session.execute(update(MailAccount).where(same_account(account)).values(**values))
    read_again(session, account)


def read_again(session: Session, account: MailAccount) -> MailAccount | None:
    return session.get(MailAccount, account.event_id, populate_existing=True)


def share_limits(session: Session, account: MailAccount) -> None:
    """Somebody has set the limits of an account: they hold for every event that shares it."""
    change(session, account, **{name: getattr(account, name) for name in _LIMITS})


def note_sign_in(session: Session, account: MailAccount) -> None:
    """The server has taken the password of `account`, a row as it was read before that.

    Says nothing of another password that was entered meanwhile.
    """
    if not awaits_proof(account):
        return
    # In one order: of two events that prove the same at once, the second sees the first.
    equal = select(MailAccount).where(MailAccount.proof == account.proof)
    locked = equal.order_by(MailAccount.event_id).with_for_update()
    rows = session.scalars(locked.execution_options(populate_existing=True)).all()
    for row in rows:
        if row.event_id == account.event_id and awaits_proof(row):
            row.signed_in = True
            _join(row, [other for other in rows if other.signed_in and other is not row])


def _join(account: MailAccount, others: list[MailAccount]) -> None:
    """The lowest limits hold for all from now on, and a pause of the others for this one, too."""
    if not others:
        return
    for name in _RESTS:
        setattr(account, name, getattr(others[0], name))
    for name in _LIMITS:
        known = [limit for one in (account, *others) if (limit := getattr(one, name))]
        for one in (account, *others):
            setattr(one, name, min(known, default=None))
