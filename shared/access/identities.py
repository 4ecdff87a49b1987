"""Persons as their organization's sign-in knows them: an issuer, and a subject at that issuer.

An address is no identity: providers let people choose it, and later give it to others.
"""

from typing import NamedTuple

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from shared.access.keys import Access, access_by_key
from shared.access.roles import Role
from shared.errors import OrganizationRefused
from shared.language import N_
from shared.settings import Settings
from shared.storage.models import AccessKey, Event, now

_IDENTITY_UNKNOWN = N_(
    "Your organization knows you, but you work on no event here yet. Ask an organizer for an "
    "invitation, and sign in with your organization from its link."
)


class Identity(NamedTuple):
    """`iss` and `sub` of an ID token (OpenID Connect Core 1.0, 5.7)."""

    issuer: str
    subject: str


def accesses_of(
    session: Session, settings: Settings, identity: Identity, name: str
) -> tuple[Access, ...]:
    """What the identity opens now: every event for an owner, otherwise those that it is bound to.
    Raises OrganizationRefused."""
    if identity.issuer != settings.oidc_issuer:
        raise OrganizationRefused(_IDENTITY_UNKNOWN)
    if identity in settings.owners_identities:
        return (Access(Role.OWNER, None, name=name),)
    still_open = or_(AccessKey.expires_at.is_(None), AccessKey.expires_at > now())
    bound = select(AccessKey).join(Event, Event.id == AccessKey.event_id)
    bound = bound.where(*_is(identity), still_open, Event.deleted_at.is_(None))
    if not (keys := session.scalars(bound.order_by(AccessKey.event_id)).all()):
        raise OrganizationRefused(_IDENTITY_UNKNOWN)
    return tuple(map(access_by_key, keys))


def bind(session: Session, person: AccessKey, identity: Identity) -> None:
    """Let the person, who is new on an event that is locked, sign in with this identity from now
    on.

    Raises OrganizationRefused if it belongs to somebody who already works on the event.
    """
    taken = exists().where(*_is(identity), AccessKey.event_id == person.event_id)
    if session.scalar(select(taken)):
        raise OrganizationRefused(
            N_(
                "You work on this event already: sign in with your organization. The invitation is "
                "still open."
            )
        )
    person.issuer, person.subject = identity


def _is(identity: Identity) -> tuple[ColumnElement[bool], ...]:
    return (
        AccessKey.issuer == identity.issuer,
        AccessKey.subject == identity.subject,
        AccessKey.revoked_at.is_(None),
    )
