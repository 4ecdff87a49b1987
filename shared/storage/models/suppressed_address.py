"""Addresses that get no more mail from an account, or only what they ask for."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from shared.storage.models.base import Base, now
from shared.storage.models.states import Suppression


class SuppressedAddress(Base):
    """One address and one reason, as a hash to compare addresses with.

    It outlives its people: a list of the next year has the same addresses.
    """

    __tablename__ = "suppressed_address"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("sending_account.id", ondelete="CASCADE"), primary_key=True
    )
    # See `sealing.own_keys`.
    address_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    reason: Mapped[Suppression] = mapped_column(primary_key=True)
    since: Mapped[datetime] = mapped_column(default=now)
