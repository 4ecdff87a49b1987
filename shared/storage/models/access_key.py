"""The keys of the persons who work on an event."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.storage.models.base import Base, now
from shared.storage.models.states import Role

_BOUND = text("issuer IS NOT NULL AND revoked_at IS NULL")


class AccessKey(Base):
    """Somebody who works on an event, and the one key with which they open it.

    People who use an organization's sign-in have a key that nobody was ever shown. A row's role
    never changes: another role is another key.
    """

    __tablename__ = "access_key"
    __table_args__ = (
        Index(
            "ix_access_key_identity",
            *("issuer", "subject", "event_id"),
            unique=True,
            sqlite_where=_BOUND,
            postgresql_where=_BOUND,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
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
