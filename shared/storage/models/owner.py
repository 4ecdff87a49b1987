"""Who runs this installation."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from shared.storage.models.base import Base


class Owner(Base):
    """The only row: the token of the installation's owner, and the default event."""

    __tablename__ = "owner"

    id: Mapped[int] = mapped_column(primary_key=True)
    admin_token_hash: Mapped[str]
    default_event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    # The key for the hashes of addresses that are no longer kept; None until one is needed.
    sealed_address_key: Mapped[str | None]
