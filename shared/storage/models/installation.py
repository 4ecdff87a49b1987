"""The installation itself: who runs it, and the workers that are running."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from shared.storage.models.base import Base, Numbered


class Owner(Numbered):
    """The only row: the token of the installation's owner, and the default event."""

    __tablename__ = "owner"

    admin_token_hash: Mapped[str]
    default_event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    # The key for the hashes of addresses that are no longer kept; None until one is needed.
    sealed_address_key: Mapped[str | None]
    # The key that Message-IDs are derived with; None until the first mail is sent.
    sealed_message_key: Mapped[str | None]
    # The key of the permutations that give credentials their places in lists; None until one does.
    sealed_place_key: Mapped[str | None]
    # Since when mails wait because the database is older than what was sent, or was moved, until a
    # person has decided for their event; None: never so far.
    held_at: Mapped[datetime | None]
    # Periods of which restored backups know nothing: each from when the backup was made until it
    # was restored, as `2026-11-29 04:30:00` in UTC.
    unknown_times: Mapped[list[list[str]] | None] = mapped_column(JSON(none_as_null=True))
    # The last attempt that was removed with its event or its person; 0: none was.
    removed_attempt: Mapped[int] = mapped_column(default=0, server_default="0")
    # Names of the troubles that the owner was mailed about, until they are over.
    told_of: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))


class Worker(Base):
    """A running worker, known by its heartbeat."""

    __tablename__ = "worker"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    host: Mapped[str]
    process_id: Mapped[int]
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class SchemaFloor(Base):
    """The only row: the newest migration that programs must know to work on the database.

    Only migrations write it: see `storage.schema`.
    """

    __tablename__ = "schema_floor"

    revision: Mapped[str] = mapped_column(primary_key=True)
