"""Sessions of the console, kept on the server."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.orm import Session

from shared.access.keys import Access, Identity, access_by_hash, accesses_of
from shared.access.roles import ASKS_AGAIN, Permission
from shared.errors import ConfirmationNeeded, EventUnknown, NotAllowed, RoleTooLow
from shared.language import N_
from shared.log import audit
from shared.log.actor import Actor
from shared.settings import Settings
from shared.storage.database import Database
from shared.storage.models import Action, ConsoleSession, Job, now
from shared.storage.sealing.tokens import LONGEST_TOKEN, new_token, token_hash

SESSION_ENDED = N_("Your session has ended. Sign in again.")

SHORT_STAY = timedelta(hours=12)
LONG_STAY = timedelta(days=30)
# After this, acts that make or end keys, accounts and events ask for confirmation again.
CONFIRMED_FOR = timedelta(minutes=10)
# Activity is recorded at most this often, so that people who only read hardly cause writes.
LOOK_IS_KNOWN_FOR = timedelta(minutes=1)
MOST_SHOWN = 50
_LONGEST_BROWSER = 80


@dataclass(frozen=True)
class Opener:
    """The means of a sign-in: the hash of a key or token, or an identity of an organization.

    `name` is what the organization calls them, `shown_at` when they last authenticated, if known.
    """

    secret_hash: str | None = None
    identity: Identity | None = None
    name: str = ""
    shown_at: datetime | None = None

    @classmethod
    def of_token(cls, token: str) -> "Opener":
        return cls(secret_hash=token_hash(token), shown_at=now())


class Browser(NamedTuple):
    """The readable name of a browser, and its network as `network_of` writes it."""

    name: str
    network: str


@dataclass(frozen=True)
class SignedIn:
    """A valid session, and its accesses, at least one."""

    row: ConsoleSession
    accesses: tuple[Access, ...]

    @property
    def is_confirmed(self) -> bool:
        """True if the person confirmed who they are within `CONFIRMED_FOR`."""
        at = self.row.confirmed_at
        return at is not None and at > now() - CONFIRMED_FOR

    @property
    def may_begin(self) -> bool:
        """True if the confirmation lasts long enough to fill in a form."""
        at = self.row.confirmed_at
        return at is not None and at > now() - CONFIRMED_FOR / 2

    def to(self, event_id: int | None) -> Access:
        """Return the person's access to this event, or else one that opens nothing there."""
        of_event = (access for access in self.accesses if access.event_id in (None, event_id))
        return next(of_event, self.accesses[0])

    def require(self, event_id: int | None, needed: Permission) -> Access:
        """Return the person's access to the event, or with None to no particular one.

        Raises EventUnknown for an event that is not open to them, RoleTooLow, and
        ConfirmationNeeded for acts that need a recent confirmation.
        """
        access = self.to(event_id)
        if event_id is not None and access.event_id not in (None, event_id):
            raise EventUnknown()
        if not access.may(needed):
            raise RoleTooLow()
        if needed in ASKS_AGAIN and not self.is_confirmed:
            raise ConfirmationNeeded()
        return access


def begin(
    session: Session, settings: Settings, opener: Opener, browser: Browser, *, stays: bool = False
) -> str:
    """Sign somebody in, and return the token for the session's cookie.

    Raises NotAllowed if the opener opens nothing.
    """
    session.execute(delete(ConsoleSession).where(ConsoleSession.expires_at <= now()))
    token = new_token()
    row = ConsoleSession(
        token_hash=token_hash(token),
        secret_hash=opener.secret_hash,
        issuer=opener.identity.issuer if opener.identity else None,
        subject=opener.identity.subject if opener.identity else None,
        name=opener.name,
        expires_at=now() + (LONG_STAY if stays else SHORT_STAY),
        confirmed_at=opener.shown_at,
        browser=browser.name[:_LONGEST_BROWSER],
        network=browser.network,
    )
    session.add(row)
    session.flush()
    who = SignedIn(row, accesses(session, settings, row))
    _record(session, Action.SIGNED_IN, who, browser.network)
    return token


def sign_out(
    session: Session, settings: Settings, token: str | None, network: str
) -> Identity | None:
    """End the session of a cookie's token, if valid; return its organization's identity, if any."""
    try:
        found = signed_in(session, settings, token)
    except NotAllowed:
        return None
    session.delete(found.row)
    _record(session, Action.SIGNED_OUT, found, network)
    return identity_of(found.row)


def signed_in(session: Session, settings: Settings, token: str | None) -> SignedIn:
    """Return the session of a cookie's token, with what it opens now.

    Raises NotAllowed for a session that is over or never existed, and what `access_of` does if the
    key or token that it began with no longer opens anything.
    """
    if not token or len(token) > LONGEST_TOKEN:
        raise NotAllowed(SESSION_ENDED)
    standing = ConsoleSession.token_hash == token_hash(token), ConsoleSession.expires_at > now()
    row = session.scalar(select(ConsoleSession).where(*standing))
    if row is None:
        raise NotAllowed(SESSION_ENDED)
    return SignedIn(row, accesses(session, settings, row))


def note_look(database: Database, row: ConsoleSession) -> None:
    """Record that the session is in use, unless that was recorded within the last minute."""
    since = now() - LOOK_IS_KNOWN_FOR
    if row.seen_at > since:
        return
    is_old = ConsoleSession.id == row.id, ConsoleSession.seen_at <= since
    with database.writing() as session:
        session.execute(update(ConsoleSession).where(*is_old).values(seen_at=now()))


def sessions_of(session: Session, row: ConsoleSession) -> Sequence[ConsoleSession]:
    """Return the valid sessions of the same person, newest first, at most `MOST_SHOWN`."""
    standing = same_person(row), ConsoleSession.expires_at > now()
    newest = select(ConsoleSession).where(*standing).order_by(ConsoleSession.id.desc())
    return session.scalars(newest.limit(MOST_SHOWN)).all()


def end(session: Session, mine: SignedIn, session_id: int | None = None) -> None:
    """End the session of this person with `session_id`, or all of them, including `mine`."""
    theirs = delete(ConsoleSession).where(same_person(mine.row))
    if session_id is not None:
        theirs = theirs.where(ConsoleSession.id == session_id)
    ended = len(session.scalars(theirs.returning(ConsoleSession.id)).all())
    by: Actor | None = session.info.get("actor")
    if ended:
        _record(session, Action.SESSION_ENDED, mine, by.network if by else "", ended)


def end_by_token(session: Session, token: str | None) -> None:
    """End the session of a cookie's token, if it is still valid."""
    if token:
        this_one = ConsoleSession.token_hash == token_hash(token)
        session.execute(delete(ConsoleSession).where(this_one))


def end_opened_by(session: Session, secret_hash: str) -> None:
    """End the sessions that a key or token opened, since it no longer opens anything."""
    session.execute(delete(ConsoleSession).where(ConsoleSession.secret_hash == secret_hash))


def confirm(database: Database, row: ConsoleSession, token: str) -> None:
    """Confirm the person, who entered again the key or token with which they signed in.

    Raises NotAllowed for any other, without taking the writers' lock.
    """
    if row.secret_hash is None or token_hash(token) != row.secret_hash:
        raise NotAllowed()
    with database.writing() as session:
        confirm_at(session, row, now())


def confirm_at(session: Session, row: ConsoleSession, at: datetime) -> None:
    """Note that the person confirmed who they are at this time."""
    this_one = ConsoleSession.id == row.id
    session.execute(update(ConsoleSession).where(this_one).values(confirmed_at=at))


def _record(
    session: Session, action: Action, who: SignedIn, network: str, count: int | None = None
) -> None:
    """Record the act in the log of each event that the person can open, as done by them: the log
    knows them by their key and role there."""
    for access in who.accesses:
        session.info["actor"] = access.actor(network)
        audit.record(session, action, access.event_id, count=count)


def person_of(row: ConsoleSession) -> tuple[str, ...]:
    """Return what identifies a person's sessions, as `sessions_of` finds them."""
    return tuple(identity_of(row) or (row.secret_hash or "",))


def identity_of(row: ConsoleSession | Job) -> Identity | None:
    """Return the organization's identity that began it; None if a key or token did."""
    if row.issuer is None or row.subject is None:
        return None
    return Identity(row.issuer, row.subject)


def accesses(session: Session, settings: Settings, row: ConsoleSession | Job) -> tuple[Access, ...]:
    """Return what the person of the session or job may open now. Raises NotAllowed."""
    if identity := identity_of(row):
        return accesses_of(session, settings, identity, row.name)
    return (access_by_hash(session, row.secret_hash or ""),)


def same_person(
    row: ConsoleSession, model: type[ConsoleSession] | type[Job] = ConsoleSession
) -> ColumnElement[bool]:
    """Return the condition of sessions, or jobs, with the same key, token or identity."""
    if identity := identity_of(row):
        issuer, subject = identity
        return and_(model.issuer == issuer, model.subject == subject)
    return model.secret_hash == row.secret_hash
