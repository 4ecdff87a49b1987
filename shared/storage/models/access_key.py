"""The keys of the persons who work on an event."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from shared.storage.models.base import Base, now
from shared.storage.models.states import Role


class AccessKey(Base):
    """Somebody who works on an event, and the key that they open it with: one each.

    Its role never changes: another role is another key.
    """

    __tablename__ = "access_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    name: Mapped[str]
    role: Mapped[Role]
    key_hash: Mapped[str] = mapped_column(unique=True)
    # Its first characters, by which people tell keys apart in a list.
    hint: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)
    # The key of whoever added this person; None: a token that is not one person's.
    created_by: Mapped[int | None] = mapped_column(ForeignKey("access_key.id"))
    # To the minute.
    last_used_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
