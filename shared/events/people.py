"""The persons who work on an event: added with a key of their own, listed, and removed alone."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from shared.errors import LastOrganizer, PersonUnknown, SettingRefused
from shared.events import key_text
from shared.events.actor import Actor
from shared.events.event import one_line
from shared.events.roles import Role
from shared.language import N_
from shared.storage.models import AccessKey, Event, now
from shared.storage.sealing.tokens import token_hash

# The roles that a person may have; the owner is whoever runs the installation.
GIVEN_ROLES = (Role.ORGANIZER, Role.HELPER, Role.VIEWER)


@dataclass(frozen=True)
class Person:
    """Somebody who works on an event; `added_by` is a name, empty for a token of nobody's own."""

    key: AccessKey
    added_by: str

    @property
    def has_expired(self) -> bool:
        return self.key.expires_at is not None and self.key.expires_at <= now()


def add_person(
    session: Session, event: Event, *, name: str, role: str, expires_at: datetime | None = None
) -> tuple[AccessKey, str]:
    """Somebody new on the event, which is locked, and their key: only its hash is kept.

    Raises SettingRefused for a name that is empty or taken, a role that there is not, and an end
    that is over.
    """
    checked, given = _free_name(session, event.id, name), _given_role(role)
    if expires_at is not None and expires_at <= now():
        raise SettingRefused(field="expires", reason=N_("must be a day that is still to come"))
    key = key_text.new_key()
    person = AccessKey(
        event_id=event.id,
        name=checked,
        role=given,
        key_hash=token_hash(key),
        hint=key_text.hint_of(key),
        created_by=_key_of_actor(session),
        expires_at=expires_at,
    )
    session.add(person)
    session.flush()
    return person, key


def people_of(session: Session, event_id: int) -> list[Person]:
    """Who works on the event, in the order in which they came; the removed are left out."""
    adder = aliased(AccessKey)
    found = (
        select(AccessKey, adder.name)
        .outerjoin(adder, adder.id == AccessKey.created_by)
        .where(AccessKey.event_id == event_id, AccessKey.revoked_at.is_(None))
        .order_by(AccessKey.id)
    )
    return [Person(key, added_by or "") for key, added_by in session.execute(found)]


def person_named(session: Session, event: Event, name: str) -> AccessKey:
    """Who is called so. Raises PersonUnknown."""
    return _one(session, event, AccessKey.name == " ".join(name.split()))


def remove_person(session: Session, event: Event, key_id: int) -> AccessKey:
    """Revoke a person's key; the event is locked, so that two never remove each other at once.

    Raises PersonUnknown, and LastOrganizer unless the owner asks for it.
    """
    person = _one(session, event, AccessKey.id == key_id)
    if not _is_asked_by_owner(session) and _is_last_organizer(session, person):
        raise LastOrganizer()
    person.revoked_at = now()
    return person


def _one(session: Session, event: Event, which: ColumnElement[bool]) -> AccessKey:
    found = select(AccessKey).where(
        AccessKey.event_id == event.id, AccessKey.revoked_at.is_(None), which
    )
    person = session.scalar(found)
    if person is None:
        raise PersonUnknown()
    return person


def _is_last_organizer(session: Session, person: AccessKey) -> bool:
    still_open = or_(AccessKey.expires_at.is_(None), AccessKey.expires_at > now())
    others = and_(
        AccessKey.event_id == person.event_id,
        AccessKey.id != person.id,
        AccessKey.role == Role.ORGANIZER,
        AccessKey.revoked_at.is_(None),
        still_open,
    )
    return person.role is Role.ORGANIZER and not session.scalar(select(exists().where(others)))


def _free_name(session: Session, event_id: int, name: str) -> str:
    checked = one_line("name", name, needed=True)
    taken = exists().where(
        AccessKey.event_id == event_id, AccessKey.name == checked, AccessKey.revoked_at.is_(None)
    )
    if session.scalar(select(taken)):
        reason = N_("somebody of this name works on the event already")
        raise SettingRefused(field="name", reason=reason)
    return checked


def _given_role(role: str) -> Role:
    for known in GIVEN_ROLES:
        if role == known:
            return known
    raise SettingRefused(field="role", reason=N_("must be organizer, helper or viewer"))


def _key_of_actor(session: Session) -> int | None:
    actor: Actor | None = session.info.get("actor")
    return actor.key_id if actor else None


def _is_asked_by_owner(session: Session) -> bool:
    actor: Actor | None = session.info.get("actor")
    return actor is not None and actor.role is Role.OWNER
