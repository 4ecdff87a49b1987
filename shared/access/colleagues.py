"""Colleagues invited to work on an event, each with a link that works once.

Opening the link only shows what it is for, since programs open links before people do. Only `take`
uses it up.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from shared.access import keys, people
from shared.access.keys import Identity
from shared.errors import (
    EventUnknown,
    JoiningRefused,
    JoinLinkUnknown,
    ProductError,
    SettingRefused,
)
from shared.events import event_for_change
from shared.language import N_
from shared.log import audit
from shared.log.actor import Actor
from shared.storage.database import Database
from shared.storage.models import AccessKey, Action, ColleagueInvitation, Event, Mail, now
from shared.storage.sealing.tokens import LONGEST_TOKEN, Seal, new_public_id, token_hash

LINK_LIVES = timedelta(days=7)
_NEVER = datetime.max.replace(tzinfo=UTC)
_PURPOSE = "colleague"


@dataclass(frozen=True)
class Pending:
    """A link that nobody has used; `mail` is the message that brings it, if any. `invited_by` is a
    name, empty for a token that is nobody's own."""

    invitation: ColleagueInvitation
    invited_by: str
    mail: Mail | None

    @property
    def has_expired(self) -> bool:
        return self.invitation.expires_at <= now()


@dataclass(frozen=True)
class Welcome:
    """What a person sees on opening a link."""

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
    """Invite somebody to the event, which is locked: the invitation, and the token of its link.

    Raises SettingRefused like `add_person`.
    """
    checked = people.check_person(session, event, name=name, role=role, ends=access_expires_at)
    nonce = new_public_id()
    # 256 bits that nobody can compute without a key; the newest key's first.
    token = seal.fingerprints(_PURPOSE, nonce)[0]
    inviter = session.get(AccessKey, people.key_of_actor(session) or 0)
    invitation = ColleagueInvitation(
        event_id=event.id,
        name=checked.name,
        role=checked.role,
        nonce=nonce,
        token_hash=token_hash(token),
        created_by=people.key_of_actor(session),
        # A link does not outlive the key that made it.
        expires_at=min(now() + LINK_LIVES, (inviter and inviter.expires_at) or _NEVER),
        access_expires_at=access_expires_at,
    )
    session.add(invitation)
    session.flush()
    audit.record(session, Action.INVITATION_MADE, event.id, fields=[checked.role])
    return invitation, token


def token_of(seal: Seal, invitation: ColleagueInvitation) -> str:
    """The token of the link, for the message that brings it.

    Raises SettingRefused when the key that it was made with is gone.
    """
    for token in seal.fingerprints(_PURPOSE, invitation.nonce):
        if token_hash(token) == invitation.token_hash:
            return token
    raise SettingRefused(field="SECRET_KEYS", reason=N_("none of the keys opens the stored links"))


def pending(session: Session, event_id: int) -> list[Pending]:
    """The links that nobody has used, in order of creation, expired ones included."""
    inviter = aliased(AccessKey)
    found = (
        select(ColleagueInvitation, inviter.name, Mail)
        .outerjoin(inviter, inviter.id == ColleagueInvitation.created_by)
        .outerjoin(Mail, Mail.id == ColleagueInvitation.mail_id)
        .where(ColleagueInvitation.event_id == event_id, *people.is_untaken())
        .order_by(ColleagueInvitation.id)
    )
    return [Pending(one, name or "", mail) for one, name, mail in session.execute(found)]


def revoke(session: Session, event: Event, invitation_id: int) -> ColleagueInvitation:
    """Make the link lead nowhere from now on; the event is locked. Raises ProductError."""
    found = select(ColleagueInvitation).where(
        ColleagueInvitation.id == invitation_id,
        ColleagueInvitation.event_id == event.id,
        *people.is_untaken(),
    )
    invitation = session.scalar(found)
    if invitation is None:
        raise ProductError(N_("This invitation is not open any more: it was used or taken back."))
    invitation.revoked_at = now()
    audit.record(session, Action.INVITATION_WITHDRAWN, event.id, fields=[invitation.role])
    return invitation


def welcome(session: Session, token: str) -> Welcome:
    """What the link with this token is for. Changes nothing.

    Raises JoinLinkUnknown, and JoiningRefused for one that is used, revoked or expired.
    """
    invitation = _found(session, token)
    event = session.get(Event, invitation.event_id)
    if event is None or event.deleted_at is not None:
        raise JoinLinkUnknown()
    _refuse_closed(session, invitation)
    inviter = session.get(AccessKey, invitation.created_by) if invitation.created_by else None
    return Welcome(invitation, event, inviter.name if inviter else "")


def take(session: Session, token: str, network: str, identity: Identity | None = None) -> Joined:
    """The one use of a link: from now on its person works on the event, with a key of their own.

    If two people use it at once, the second waits for the event and finds the link used. `network`
    is where they connect from. With the `identity` of an organization's sign-in they come in by
    that, and no key is shown. Raises like `welcome`, with nothing changed, and OrganizationRefused
    for an identity that already works on the event.
    """
    invitation = _found(session, token)
    try:
        event = event_for_change(session, invitation.event_id)
    except EventUnknown:
        raise JoinLinkUnknown() from None
    session.refresh(invitation)
    _refuse_closed(session, invitation)
    who = people.Joining(invitation.name, invitation.role, invitation.access_expires_at)
    person, key = people.join(session, event, who, added_by=invitation.created_by)
    invitation.taken_at, invitation.taken_by = now(), person.id
    if identity:
        keys.bind_identity(session, person, identity)
    # In the log as done by the person themselves.
    session.info["actor"] = Actor(person.id, person.role, person.name, network)
    audit.record(session, Action.INVITATION_TAKEN, event.id, key_id=person.id)
    if identity:
        audit.record(session, Action.IDENTITY_BOUND, event.id, key_id=person.id)
    return Joined(person, key, event)


def note_refusal(database: Database, token: str, network: str) -> None:
    """Record that somebody came with a link that no longer works, if it was ours."""
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
                "This link was used already; it works once. Sign in with your key, or ask an "
                "organizer of the event for a new link."
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
            N_(
                "This link has expired; it works for 7 days. Ask an organizer of the event for a "
                "new one."
            )
        )
