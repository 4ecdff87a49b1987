"""Who is signed in to the console, in which browser."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from shared.storage.models.base import Base, now


class ConsoleSession(Base):
    """One browser of somebody who signed in; without the row its cookie opens nothing.

    It names what was signed in with, either by the hash of a key or token, or by the issuer and
    the subject of OpenID Connect. What that opens is asked anew each time.
    """

    __tablename__ = "console_session"
    __table_args__ = (Index("ix_console_session_identity", "issuer", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    secret_hash: Mapped[str | None] = mapped_column(index=True)
    issuer: Mapped[str | None]
    subject: Mapped[str | None]
    # What the organization calls them; of a key it is the key's.
    name: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    # To the minute.
    seen_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    # When the person last showed that it is them; None: never in this session.
    confirmed_at: Mapped[datetime | None]
    # In words, and where it signed in from.
    browser: Mapped[str]
    network: Mapped[str]
