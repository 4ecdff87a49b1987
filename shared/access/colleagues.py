"""The people who work on an event, each added with a key of their own or invited by a link.

A link works once. Opening it only shows what it is for, since programs open links before people do;
only `take` uses it up.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from shared.access import keys
from shared.access.keys import Identity
from shared.access.roles import Role
from shared.access.sessions import end_opened_by
from shared.errors import (
    EventUnknown,
    JoiningRefused,
    JoinLinkUnknown,
    ProductError,
    SettingRefused,
)
from shared.events import event_for_change
from shared.events.settings import one_line
from shared.language import N_
from shared.log import audit
from shared.log.actor import Actor
from shared.storage.database import Database
from shared.storage.models import ALIVE, AccessKey, Action, ColleagueInvitation, Event, Mail, now
from shared.storage.sealing.tokens import LONGEST_TOKEN, Seal, new_public_id, token_hash
from shared.storage.traits import holds

# The roles that a person may have; the owner runs the installation.
GIVEN_ROLES = (Role.ORGANIZER, Role.HELPER, Role.VIEWER)
LINK_LIVES = timedelta(days=7)
_NEVER = datetime.max.replace(tzinfo=UTC)
_PURPOSE = "colleague"


@dataclass(frozen=True)
class Colleague:
    """Somebody who works on an event; `added_by` is a name, empty for an event's own token."""

    key: AccessKey
    added_by: str

    @property
    def has_expired(self) -> bool:
        return self.key.expires_at is not None and self.key.expires_at <= now()


def add_person(
    session: Session, event: Event, *, name: str, role: str, expires_at: datetime | None = None
) -> tuple[AccessKey, str]:
    """Add somebody to the event, which is locked; return them and their key, stored as a hash only.

    Raises SettingRefused for a name that is empty or taken, an unknown role, or an end in the past.
    """
    free = _free_name_for(session, event, name=name, role=role, ends=expires_at)
    person, key = _join(session, event, free, Role(role), expires_at, _key_of_actor(session))
    audit.record(session, Action.KEY_CREATED, event.id, key_id=person.id, fields=[person.role])
    return person, key


def _free_name_for(
    session: Session, event: Event, *, name: str, role: str, ends: datetime | None
) -> str:
    """Return the name, as it is stored, of somebody who may be added to the event, which is locked.
    Raises SettingRefused."""
    free = _free_name(session, event.id, name)
    if role not in GIVEN_ROLES:
        raise SettingRefused(field="role", reason=N_("must be organizer, helper or viewer"))
    if ends is not None and ends <= now():
        raise SettingRefused(field="expires", reason=N_("must be in the future"))
    return free


def _join(
    session: Session,
    event: Event,
    name: str,
    role: Role,
    ends: datetime | None,
    added_by: int | None,
) -> tuple[AccessKey, str]:
    """Store somebody with a free name; return them and their new key."""
    key = keys.new_key()
    row = AccessKey(
        event_id=event.id,
        name=name,
        role=role,
        key_hash=token_hash(key),
        hint=keys.hint_of(key),
        created_by=added_by,
        expires_at=ends,
    )
    session.add(row)
    session.flush()
    return row, key


def people_of(session: Session, event_id: int) -> list[Colleague]:
    """Return the people who work on the event, in the order in which they joined."""
    adder = aliased(AccessKey)
    found = (
        select(AccessKey, adder.name)
        .outerjoin(adder, adder.id == AccessKey.created_by)
        .where(AccessKey.event_id == event_id, AccessKey.revoked_at.is_(None))
        .order_by(AccessKey.id)
    )
    return [Colleague(key, added_by or "") for key, added_by in session.execute(found)]


def person_named(session: Session, event: Event, name: str) -> AccessKey:
    """Return the person with this name. Raises ProductError if there is none."""
    return _one(session, event, AccessKey.name == " ".join(name.split()))


def remove_person(session: Session, event: Event, key_id: int) -> AccessKey:
    """Revoke a person's key; the event is locked, so that two people cannot remove each other.

    Their sessions end. Unless they remove themselves, their open invitations are revoked too, so
    that they cannot return by a link that they kept. Raises ProductError if nobody has this id, and
    for the last organizer unless the owner asks.
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
    if _key_of_actor(session) != person.id:
        theirs = ColleagueInvitation.created_by == person.id
        taking_back = update(ColleagueInvitation).where(theirs, *_is_untaken())
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
            N_("Nobody with this name works on the event. Was this person already removed?")
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
        *_is_untaken(),
    )
    for is_there, reason in (
        (taken, N_("already works on the event")),
        (invited, N_("is already invited")),
    ):
        if session.scalar(select(is_there)):
            raise SettingRefused(field="name", reason=reason)
    return checked


def _is_untaken() -> list[ColumnElement[bool]]:
    """Return the conditions of links that are neither used nor revoked, though perhaps expired."""
    return [ColleagueInvitation.taken_at.is_(None), ColleagueInvitation.revoked_at.is_(None)]


def _key_of_actor(session: Session) -> int | None:
    """Return the id of the acting person's own key, if they have one."""
    actor: Actor | None = session.info.get("actor")
    return actor.key_id if actor else None


@dataclass(frozen=True)
class Pending:
    """An unused link, and the mail that brings it, if any; `invited_by` as `Colleague.added_by`."""

    invitation: ColleagueInvitation
    invited_by: str
    mail: Mail | None

    @property
    def has_expired(self) -> bool:
        return self.invitation.expires_at <= now()


@dataclass(frozen=True)
class Welcome:
    """The contents of the page behind a link."""

    invitation: ColleagueInvitation
    event: Event
    invited_by: str


@dataclass(frozen=True)
class Joined:
    """Somebody who used a link, and their key, which is shown once."""

    person: AccessKey
    key: str
    event: Event


def invite(
    session: Session,
    seal: Seal,
    event: Event,
    *,
    name: str,
    role: str,
    access_expires_at: datetime | None = None,
) -> tuple[ColleagueInvitation, str]:
    """Invite somebody to the event, which is locked; return the invitation and its link's token.

    Raises SettingRefused like `add_person`.
    """
    free = _free_name_for(session, event, name=name, role=role, ends=access_expires_at)
    nonce = new_public_id()
    # 256 bits that nobody can compute without a key; the newest key's first.
    token = seal.fingerprints(_PURPOSE, nonce)[0]
    inviter = session.get(AccessKey, _key_of_actor(session) or 0)
    invitation = ColleagueInvitation(
        event_id=event.id,
        name=free,
        role=Role(role),
        nonce=nonce,
        token_hash=token_hash(token),
        created_by=_key_of_actor(session),
        # A link does not outlive the key that made it.
        expires_at=min(now() + LINK_LIVES, (inviter and inviter.expires_at) or _NEVER),
        access_expires_at=access_expires_at,
    )
    session.add(invitation)
    session.flush()
    audit.record(session, Action.INVITATION_MADE, event.id, fields=[invitation.role])
    return invitation, token


def token_of(seal: Seal, invitation: ColleagueInvitation) -> str:
    """Return the token of the link, for the mail that brings it.

    Raises SettingRefused if the key that it was made with is gone.
    """
    for token in seal.fingerprints(_PURPOSE, invitation.nonce):
        if token_hash(token) == invitation.token_hash:
            return token
    raise SettingRefused(field="SECRET_KEYS", reason=N_("none of the keys opens the stored links"))


def pending(session: Session, event_id: int) -> list[Pending]:
    """Return the unused links in order of creation, expired ones included."""
    inviter = aliased(AccessKey)
    found = (
        select(ColleagueInvitation, inviter.name, Mail)
        .outerjoin(inviter, inviter.id == ColleagueInvitation.created_by)
        .outerjoin(Mail, Mail.id == ColleagueInvitation.mail_id)
        .where(ColleagueInvitation.event_id == event_id, *_is_untaken())
        .order_by(ColleagueInvitation.id)
    )
    return [Pending(link, name or "", mail) for link, name, mail in session.execute(found)]


def revoke(session: Session, event: Event, invitation_id: int) -> ColleagueInvitation:
    """Revoke an unused link; the event is locked. Raises ProductError if there is none."""
    found = select(ColleagueInvitation).where(
        ColleagueInvitation.id == invitation_id,
        ColleagueInvitation.event_id == event.id,
        *_is_untaken(),
    )
    invitation = session.scalar(found)
    if invitation is None:
        raise ProductError(N_("This invitation is no longer open. It was used or taken back."))
    invitation.revoked_at = now()
    audit.record(session, Action.INVITATION_WITHDRAWN, event.id, fields=[invitation.role])
    return invitation


def welcome(session: Session, token: str) -> Welcome:
    """Return what the link with this token is for. Changes nothing.

    Raises JoinLinkUnknown, and JoiningRefused for one that is used, revoked or expired.
    """
    invitation = _found(session, token)
    event = session.get(Event, invitation.event_id)
    if event is None or not holds(ALIVE, event):
        raise JoinLinkUnknown()
    _refuse_closed(session, invitation)
    inviter = session.get(AccessKey, invitation.created_by) if invitation.created_by else None
    return Welcome(invitation, event, inviter.name if inviter else "")


def take(session: Session, token: str, network: str, identity: Identity | None = None) -> Joined:
    """Use a link up: its person works on the event from now on, with a key of their own.

    If two people use it at once, the second waits for the event and finds the link used. `network`
    is where they connect from. With an `identity` they sign in by their organization, and no key is
    shown. Raises like `welcome`, with nothing changed, and OrganizationRefused for an identity that
    already works on the event.
    """
    invitation = _found(session, token)
    try:
        event = event_for_change(session, invitation.event_id)
    except EventUnknown:
        raise JoinLinkUnknown() from None
    session.refresh(invitation)
    _refuse_closed(session, invitation)
    ends, inviter = invitation.access_expires_at, invitation.created_by
    person, key = _join(session, event, invitation.name, invitation.role, ends, inviter)
    invitation.taken_at, invitation.taken_by = now(), person.id
    if identity:
        keys.bind_identity(session, person, identity)
    # The log names the person themselves.
    session.info["actor"] = Actor(person.id, person.role, person.name, network)
    audit.record(session, Action.INVITATION_TAKEN, event.id, key_id=person.id)
    if identity:
        audit.record(session, Action.IDENTITY_BOUND, event.id, key_id=person.id)
    return Joined(person, key, event)


def note_refusal(database: Database, token: str, network: str) -> None:
    """Record that somebody opened a link of ours that no longer works."""
    try:
        with database.reading() as session:
            invitation = _found(session, token)
    except JoinLinkUnknown:
        return
    who = Actor(None, invitation.role, invitation.name, network)
    with database.writing(by=who) as session:
        audit.record(session, Action.INVITATION_REFUSED, invitation.event_id)


def _found(session: Session, token: str) -> ColleagueInvitation:
    if not 0 < len(token) <= LONGEST_TOKEN:
        raise JoinLinkUnknown()
    mine = ColleagueInvitation.token_hash == token_hash(token)
    invitation = session.scalar(select(ColleagueInvitation).where(mine))
    if invitation is None:
        raise JoinLinkUnknown()
    return invitation


def _refuse_closed(session: Session, invitation: ColleagueInvitation) -> None:
    if invitation.taken_at is not None:
        raise JoiningRefused(
            N_(
                "This link was already used and works only once. Sign in with your key, "
                "or ask an organizer of the event for a new link."
            )
        )
    if invitation.revoked_at is not None:
        raise JoiningRefused(
            N_("This link was taken back. Ask an organizer of the event for a new one.")
        )
    inviter = session.get(AccessKey, invitation.created_by) if invitation.created_by else None
    ends = [invitation.expires_at, inviter.expires_at if inviter else None]
    if any(end is not None and end <= now() for end in ends):
        raise JoiningRefused(
            N_("This link has expired after 7 days. Ask an organizer of the event for a new one.")
        )
