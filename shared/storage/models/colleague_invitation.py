"""People invited to work on an event by a link that works once."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from shared.storage.models.base import Base, now
from shared.storage.models.states import Role


class ColleagueInvitation(Base):
    """A link for one colleague, open until it is used, revoked or expired."""

    __tablename__ = "colleague_invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
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
