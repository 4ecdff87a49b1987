"""Who is signed in to the console, in which browser, and what is kept for them for a while."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from shared.storage.models.base import Base, now


class ConsoleSession(Base):
    """One browser of somebody who signed in; without the row its cookie opens nothing.

    It stores what was signed in with: either the hash of a key or token, or issuer and subject of
    OpenID Connect. What that opens is looked up each time.
    """

    __tablename__ = "console_session"
    __table_args__ = (Index("ix_console_session_identity", "issuer", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
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
    """What somebody typed or pressed in the console and is not done with, sealed for them alone."""

    __tablename__ = "console_draft"

    # A hash of whose it is, and of what; the same are bound to the seal.
    place: Mapped[str] = mapped_column(primary_key=True)
    sealed: Mapped[str]
    expires_at: Mapped[datetime] = mapped_column(index=True)
