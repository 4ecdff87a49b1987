"""Keys, tokens and identities, and what they open: the owner's token every event, an organizer's
token its own event, a person's key that event in the person's role, and an organization's sign-in
what its identity is bound to."""

import secrets
import string
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple, TypeVar

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, update
from sqlalchemy.orm import Session, joinedload

from shared.access.roles import MAY, Permission, Role
from shared.destinations import Reach
from shared.errors import EventUnknown, NotAllowed, OrganizationRefused, RoleTooLow
from shared.events.installation import FIRST_NAME
from shared.language import N_
from shared.log.actor import Actor
from shared.settings import Settings
from shared.storage.database import Database
from shared.storage.models import (
    ALIVE,
    ORGANIZED,
    AccessKey,
    Action,
    AuditEntry,
    Event,
    Owner,
    Volunteer,
    now,
)
from shared.storage.sealing.tokens import LONGEST_TOKEN, token_hash

Opened = TypeVar("Opened")

# Uses are recorded at most this often, so that people who only read hardly cause writes.
USE_IS_KNOWN_FOR = timedelta(minutes=1)
_IDENTITY_UNKNOWN = N_(
    "Your organization knows you, but you have no event here yet. Ask an organizer for "
    "an invitation, then sign in with your organization from its link."
)
# A key is this prefix, random letters and digits (62**43 is just more than 2**256), and a checksum
# (62**6 is just more than 2**32). Prefix and checksum let secret scanners recognize a key, and let
# us detect an incomplete copy without the database. A double click selects all of it, and it needs
# no escaping in addresses.
_PREFIX = "certs_"
_ALPHABET = string.digits + string.ascii_uppercase + string.ascii_lowercase
_RANDOM, _CHECKSUM = 43, 6
_SHOWN = 4


class EventName(NamedTuple):
    """An event to choose from a list."""

    id: int
    name: str
    is_archived: bool = False
    # The event of the first start while nobody uses it, for somebody who opens every event.
    is_unused: bool = False


@dataclass(frozen=True)
class Access:
    """The rights that a token gives, and whose they are."""

    role: Role
    # None: every event.
    event_id: int | None
    # For a person's own key.
    key_id: int | None = None
    name: str = ""
    last_used_at: datetime | None = None

    def may(self, permission: Permission) -> bool:
        return permission in MAY[self.role]

    def require(self, *permissions: Permission) -> None:
        """Raise RoleTooLow if any of them is missing."""
        if not all(self.may(permission) for permission in permissions):
            raise RoleTooLow()

    def actor(self, network: str) -> Actor:
        """Return the holder of the token, working from `network`."""
        return Actor(self.key_id, self.role, self.name, network)


def access_of(session: Session, token: str) -> Access:
    """Return what the token opens now. Raises NotAllowed, which says if a key has ended."""
    if not isinstance(token, str) or not 0 < len(token) <= LONGEST_TOKEN:
        raise NotAllowed()
    return access_by_hash(session, token_hash(token))


def access_by_hash(session: Session, hashed: str) -> Access:
    """Return what the key or token with this hash opens. Raises NotAllowed."""
    if _is_owners(session, hashed):
        return Access(Role.OWNER, None)
    keyed = select(AccessKey).join(Event, Event.id == AccessKey.event_id)
    if key := session.scalar(keyed.where(AccessKey.key_hash == hashed, ALIVE)):
        return _access_by_key(key)
    # An event's first token, or the one that replaced it.
    mine = select(Event.id).where(Event.organizer_token_hash == hashed, ALIVE)
    event_id = session.scalar(mine)
    if event_id is None:
        raise NotAllowed()
    return Access(Role.ORGANIZER, event_id)


def _access_by_key(key: AccessKey) -> Access:
    """Return what a person's key opens now. Raises NotAllowed if it is revoked or has expired."""
    if key.revoked_at is not None:
        raise NotAllowed(N_("This key was revoked. Ask an organizer of the event for a new one."))
    if key.expires_at is not None and key.expires_at <= now():
        raise NotAllowed(N_("This key has expired. Ask an organizer of the event for a new one."))
    return Access(key.role, key.event_id, key.id, key.name, key.last_used_at)


def note_use(database: Database, access: Access) -> None:
    """Record that a person's key was used, unless that was recorded within the last minute."""
    since = now() - USE_IS_KNOWN_FOR
    if access.key_id is None or (access.last_used_at and access.last_used_at > since):
        return
    is_old = or_(AccessKey.last_used_at.is_(None), AccessKey.last_used_at <= since)
    used = update(AccessKey).where(AccessKey.id == access.key_id, is_old)
    with database.writing() as session:
        session.execute(used.values(last_used_at=now()))


def events_opened_by(session: Session, *accesses: Access) -> list[Event]:
    """Return the events that these accesses open, the default first. Raises NotAllowed if none."""
    opened = select(Event).where(ORGANIZED, opened_by(*accesses)).order_by(*_DEFAULT_FIRST)
    return _at_least_one(session.scalars(opened))


def names_opened_by(session: Session, *accesses: Access) -> list[EventName]:
    """Return the names for `events_opened_by`, in the same order. Raises NotAllowed."""
    is_archived = Event.archived_at.is_not(None)
    is_unused = _UNUSED if any(access.event_id is None for access in accesses) else false()
    opened = select(Event.id, Event.name, is_archived, is_unused)
    opened = opened.where(ORGANIZED, opened_by(*accesses))
    found = session.execute(opened.order_by(*_DEFAULT_FIRST))
    return _at_least_one(EventName(*name) for name in found)


def opened_by(*accesses: Access) -> ColumnElement[bool]:
    """Return the condition of events that any of these accesses opens."""
    ids = [access.event_id for access in accesses if access.event_id is not None]
    return and_(ALIVE, Event.id.in_(ids)) if len(ids) == len(accesses) else ALIVE


def event_opened_by(session: Session, access: Access, event_id: int | None) -> Event:
    """Return the event with this id, its account and design loaded.

    Raises EventUnknown if `access` does not open it.
    """
    opened = select(Event).where(opened_by(access), Event.id == event_id)
    event = session.scalar(opened.options(joinedload(Event.account), joinedload(Event.design)))
    if event is None:
        raise EventUnknown()
    return event


def is_owner(session: Session, token: str) -> bool:
    return _is_owners(session, token_hash(token))


def reach_of(settings: Settings, access: Access) -> Reach:
    """Return the networks to which somebody with this access may make the program connect."""
    return replace(settings.organizers_reach, is_unlimited=access.role is Role.OWNER)


def _is_owners(session: Session, hashed: str) -> bool:
    owner = session.get_one(Owner, 1)
    return secrets.compare_digest(owner.admin_token_hash, hashed)


def _at_least_one(opened: Iterable[Opened]) -> list[Opened]:
    found = list(opened)
    if not found:
        raise NotAllowed()
    return found


_DEFAULT_ID = select(Owner.default_event_id).scalar_subquery()
_DEFAULT_FIRST = (Event.id != _DEFAULT_ID, Event.id)
# No person or program has named or used it: the log says so, or where the log was cut, the rows.
_UNUSED = and_(
    Event.id == _DEFAULT_ID,
    Event.name == FIRST_NAME,
    Event.organization == "",
    Event.design_id.is_(None),
    Event.account_id.is_(None),
    ~exists().where(Volunteer.event_id == Event.id),
    ~exists().where(AuditEntry.event_id == Event.id, AuditEntry.action != Action.EVENT_CREATED),
)


class Identity(NamedTuple):
    """The `iss` and `sub` of an ID token (OpenID Connect Core 1.0, 5.7).

    An address is no identity: providers let people choose it, and later give it to others.
    """

    issuer: str
    subject: str


def accesses_of(
    session: Session, settings: Settings, identity: Identity, name: str
) -> tuple[Access, ...]:
    """Return what the identity opens: every event for an owner, else those that it is bound to.

    Raises OrganizationRefused if there is none.
    """
    if identity.issuer != settings.oidc_issuer:
        raise OrganizationRefused(_IDENTITY_UNKNOWN)
    if identity in settings.owners_identities:
        return (Access(Role.OWNER, None, name=name),)
    still_open = or_(AccessKey.expires_at.is_(None), AccessKey.expires_at > now())
    bound = select(AccessKey).join(Event, Event.id == AccessKey.event_id)
    bound = bound.where(*_is_of(identity), still_open, ALIVE)
    if not (keys := session.scalars(bound.order_by(AccessKey.event_id)).all()):
        raise OrganizationRefused(_IDENTITY_UNKNOWN)
    return tuple(map(_access_by_key, keys))


def bind_identity(session: Session, person: AccessKey, identity: Identity) -> None:
    """Let the person, who is new on an event that is locked, sign in with this identity.

    Raises OrganizationRefused if somebody who already works on the event has it.
    """
    taken = exists().where(*_is_of(identity), AccessKey.event_id == person.event_id)
    if session.scalar(select(taken)):
        raise OrganizationRefused(
            N_(
                "You already work on this event. Sign in with your organization. The "
                "invitation is still open."
            )
        )
    person.issuer, person.subject = identity


def _is_of(identity: Identity) -> tuple[ColumnElement[bool], ...]:
    return (
        AccessKey.issuer == identity.issuer,
        AccessKey.subject == identity.subject,
        AccessKey.revoked_at.is_(None),
    )


def new_key() -> str:
    """Return a key with 256 random bits, in 55 characters."""
    body = _PREFIX + "".join(secrets.choice(_ALPHABET) for _ in range(_RANDOM))
    return body + _checksum(body)


def is_whole_key(text: str) -> bool:
    """Return whether `text` is a complete key, of any installation."""
    body, checksum = text[:-_CHECKSUM], text[-_CHECKSUM:]
    is_long_enough = len(text) == len(_PREFIX) + _RANDOM + _CHECKSUM
    return text.startswith(_PREFIX) and is_long_enough and checksum == _checksum(body)


def hint_of(key: str) -> str:
    """Return the part of a key that may be shown: it tells keys apart, but guesses none."""
    return f"{key[: len(_PREFIX) + _SHOWN]}…"


def _checksum(body: str) -> str:
    """Return the CRC-32 (ISO 3309) in letters and digits, most significant first."""
    # Text that is not a key may contain half of a surrogate pair.
    left = zlib.crc32(body.encode(errors="surrogatepass"))
    written = ""
    for _ in range(_CHECKSUM):
        left, digit = divmod(left, len(_ALPHABET))
        written = _ALPHABET[digit] + written
    return written
