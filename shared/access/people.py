"""The persons who work on an event: each is added with their own key, listed, and removed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from shared.access import keys
from shared.access.roles import Role
from shared.access.sessions import end_opened_by
from shared.errors import ProductError, SettingRefused
from shared.events import one_line
from shared.language import N_
from shared.log import audit
from shared.log.actor import Actor
from shared.storage.models import AccessKey, Action, ColleagueInvitation, Event, now
from shared.storage.sealing.tokens import token_hash

# The roles that a person may have; the owner runs the installation.
GIVEN_ROLES = (Role.ORGANIZER, Role.HELPER, Role.VIEWER)


@dataclass(frozen=True)
class Person:
    """Somebody who works on an event; `added_by` is a name, empty for a token that is nobody's
    own."""

    key: AccessKey
    added_by: str

    @property
    def has_expired(self) -> bool:
        return self.key.expires_at is not None and self.key.expires_at <= now()


@dataclass(frozen=True)
class Joining:
    """Somebody about to work on an event, and until when."""

    name: str
    role: Role
    ends: datetime | None = None


def add_person(
    session: Session, event: Event, *, name: str, role: str, expires_at: datetime | None = None
) -> tuple[AccessKey, str]:
    """Add somebody to the event, which is locked: the person, and their key, of which only a hash
    is kept.

    Raises SettingRefused for a name that is empty or taken, an unknown role, and an end in the
    past.
    """
    checked = check_person(session, event, name=name, role=role, ends=expires_at)
    person, key = join(session, event, checked, added_by=key_of_actor(session))
    audit.record(session, Action.KEY_CREATED, event.id, key_id=person.id, fields=[person.role])
    return person, key


def check_person(
    session: Session, event: Event, *, name: str, role: str, ends: datetime | None
) -> Joining:
    """Check that somebody may be added to the event, which is locked. Raises SettingRefused like
    `add_person`."""
    free = _free_name(session, event.id, name)
    if role not in GIVEN_ROLES:
        raise SettingRefused(field="role", reason=N_("must be organizer, helper or viewer"))
    if ends is not None and ends <= now():
        raise SettingRefused(field="expires", reason=N_("must be a day that is still to come"))
    return Joining(free, Role(role), ends)


def join(
    session: Session, event: Event, person: Joining, added_by: int | None
) -> tuple[AccessKey, str]:
    """Let somebody who passed `check_person` work on the event from now on, with this key."""
    key = keys.new_key()
    row = AccessKey(
        event_id=event.id,
        name=person.name,
        role=person.role,
        key_hash=token_hash(key),
        hint=keys.hint_of(key),
        created_by=added_by,
        expires_at=person.ends,
    )
    session.add(row)
    session.flush()
    return row, key


def people_of(session: Session, event_id: int) -> list[Person]:
    """The people who work on the event, in the order in which they joined, without those
    removed."""
    adder = aliased(AccessKey)
    found = (
        select(AccessKey, adder.name)
        .outerjoin(adder, adder.id == AccessKey.created_by)
        .where(AccessKey.event_id == event_id, AccessKey.revoked_at.is_(None))
        .order_by(AccessKey.id)
    )
    return [Person(key, added_by or "") for key, added_by in session.execute(found)]


def person_named(session: Session, event: Event, name: str) -> AccessKey:
    """The person with this name. Raises ProductError."""
    return _one(session, event, AccessKey.name == " ".join(name.split()))


def remove_person(session: Session, event: Event, key_id: int) -> AccessKey:
    """Revoke a person's key; the event is locked, so that two people never remove each other at
    once.

    Their open invitations are revoked too, unless they remove themselves, so nobody returns by a
    link that they kept. Their sessions end. Raises ProductError if nobody has this id, and for
    the last organizer unless the owner asks for it.
    """
    person = _one(session, event, AccessKey.id == key_id)
    actor: Actor | None = session.info.get("actor")
    is_asked_by_owner = actor is not None and actor.role is Role.OWNER
    if not is_asked_by_owner and _is_last_organizer(session, person):
        raise ProductError(
            N_(
                "This is the last organizer of the event. Add another one first, or ask the owner "
                "of this installation."
            )
        )
    person.revoked_at = now()
    audit.record(session, Action.KEY_REVOKED, event.id, key_id=person.id)
    if key_of_actor(session) != person.id:
        theirs = ColleagueInvitation.created_by == person.id
        taking_back = update(ColleagueInvitation).where(theirs, *is_untaken())
        session.execute(taking_back.values(revoked_at=person.revoked_at))
    end_opened_by(session, person.key_hash)
    return person


def _one(session: Session, event: Event, which: ColumnElement[bool]) -> AccessKey:
    found = select(AccessKey).where(
        AccessKey.event_id == event.id, AccessKey.revoked_at.is_(None), which
    )
    person = session.scalar(found)
    if person is None:
        raise ProductError(
            N_("Nobody of this name works on the event. Was this person removed already?")
        )
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
    invited = exists().where(
        ColleagueInvitation.event_id == event_id,
        ColleagueInvitation.name == checked,
        ColleagueInvitation.expires_at > now(),
        *is_untaken(),
    )
    for is_there, reason in (
        (taken, N_("somebody of this name works on the event already")),
        (invited, N_("somebody of this name is invited already")),
    ):
        if session.scalar(select(is_there)):
            raise SettingRefused(field="name", reason=reason)
    return checked


def is_untaken() -> list[ColumnElement[bool]]:
    """Whether a link in `ColleagueInvitation` is unused, still open or expired."""
    return [ColleagueInvitation.taken_at.is_(None), ColleagueInvitation.revoked_at.is_(None)]


def key_of_actor(session: Session) -> int | None:
    """The key of the person for whom the session writes, if they have one of their own."""
    actor: Actor | None = session.info.get("actor")
    return actor.key_id if actor else None
