"""People who are never written to again."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from shared.storage.models.base import Base, now


class ErasedAddress(Base):
    """Somebody who was erased from an event, as a hash to compare addresses with."""

    __tablename__ = "erased_address"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    # See `sealing.address_hashes`.
    address_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    erased_at: Mapped[datetime] = mapped_column(default=now)
