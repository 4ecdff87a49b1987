"""Keys of people who work on events, invitations by link, and sessions of the console."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from shared.storage.models.base import Base, Numbered, now
from shared.storage.states import Role
from shared.storage.traits import partial_index, trait


class AccessKey(Numbered):
    """Somebody who works on an event, and the one key with which they open it.

    People who use an organization's sign-in have a key that nobody was ever shown. A row's role
    never changes: another role is another key.
    """

    __tablename__ = "access_key"
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    name: Mapped[str]
    role: Mapped[Role]
    key_hash: Mapped[str] = mapped_column(unique=True)
    # Its first characters, by which people tell keys apart in a list.
    hint: Mapped[str]
    # Their identity at the organization's sign-in; None: they use the key.
    issuer: Mapped[str | None]
    subject: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    # The key of the person who added them; None: a token that is not one person's.
    created_by: Mapped[int | None] = mapped_column(ForeignKey("access_key.id"))
    # To the minute.
    last_used_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


_BOUND = trait(AccessKey.issuer.is_not(None), AccessKey.revoked_at.is_(None))
_IDENTITY = AccessKey.issuer, AccessKey.subject, AccessKey.event_id
partial_index("ix_access_key_identity", *_IDENTITY, where=_BOUND, unique=True)


class ColleagueInvitation(Numbered):
    """A link for one colleague, open until it is used, revoked or expired."""

    __tablename__ = "colleague_invitation"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    name: Mapped[str]
    role: Mapped[Role]
    # The link's token is derived from this and a key outside the database.
    nonce: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    # The message that brings the link; None if it was copied.
    mail_id: Mapped[int | None] = mapped_column(ForeignKey("mail.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    # The key of the person who invites; None: a token that is not one person's.
    created_by: Mapped[int | None] = mapped_column(ForeignKey("access_key.id"))
    expires_at: Mapped[datetime]
    # When the resulting key ends; None: never.
    access_expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    taken_at: Mapped[datetime | None]
    # The person who joined with it.
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("access_key.id"))


class ConsoleSession(Numbered):
    """One browser of somebody who signed in; without the row its cookie opens nothing.

    It stores what was signed in with: either the hash of a key or token, or issuer and subject of
    OpenID Connect. What that opens is looked up each time.
    """

    __tablename__ = "console_session"
    __table_args__ = (Index("ix_console_session_identity", "issuer", "subject"),)

    token_hash: Mapped[str] = mapped_column(unique=True)
    secret_hash: Mapped[str | None] = mapped_column(index=True)
    issuer: Mapped[str | None]
    subject: Mapped[str | None]
    # The name given by the organization; for a key, the key's name is used.
    name: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    # To the minute.
    seen_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    # When the person last confirmed who they are; None: never in this session.
    confirmed_at: Mapped[datetime | None]
    # In words, and the network it signed in from.
    browser: Mapped[str]
    network: Mapped[str]


class ConsoleDraft(Base):
    """A button of the console, as drawn, that was pressed and acts only once.

    Version 0.2.0 kept here, sealed, what somebody had pressed and had to confirm first.
    """

    __tablename__ = "console_draft"

    place: Mapped[str] = mapped_column(primary_key=True)
    sealed: Mapped[str]
    expires_at: Mapped[datetime] = mapped_column(index=True)
