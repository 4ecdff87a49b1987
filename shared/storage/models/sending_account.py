"""The mail accounts that events send from."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shared.storage.models.base import Base
from shared.storage.models.event import Event
from shared.storage.models.states import Security


class MailAccount(Base):
    """The mail account that an event sends from once it is live; before, its test mails do."""

    __tablename__ = "mail_account"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    username: Mapped[str] = mapped_column(default="")
    from_address: Mapped[str] = mapped_column(default="")
    # Opens for this user, server and encryption only.
    sealed_password: Mapped[str | None]
    # From before a server is shown it on: then it does not move to another one.
    password_shown: Mapped[bool] = mapped_column(default=False)
    # Keyed hash of user, server and password; with `signed_in`, events share what has the same.
    proof: Mapped[str | None]
    # The server took the password.
    signed_in: Mapped[bool] = mapped_column(default=False)
    host: Mapped[str]
    port: Mapped[int]
    # The owner entered them: they may lie in a private network.
    host_by_owner: Mapped[bool] = mapped_column(default=False)
    security: Mapped[Security]
    skip_auth: Mapped[bool] = mapped_column(default=False)
    # Seconds between two mails, drawn evenly from this range.
    min_second: Mapped[float] = mapped_column(default=0.0)
    max_second: Mapped[float] = mapped_column(default=0.0)
    per_minute: Mapped[int | None]
    per_hour: Mapped[int | None]
    per_day: Mapped[int | None]
    # So many mails may be on their way at the same time, of all events and workers.
    connections: Mapped[int | None]
    # The earliest moment at which the next mail may leave (delay between mails).
    next_at: Mapped[datetime | None]
    # Set by an answer of the server: waits until then, or, with `needs_fixing`, for a person.
    paused_until: Mapped[datetime | None]
    needs_fixing: Mapped[bool] = mapped_column(default=False)
    pauses_in_a_row: Mapped[int] = mapped_column(default=0)
    trouble_code: Mapped[int | None]
    trouble_text: Mapped[str] = mapped_column(default="")
    # Refused addresses before this moment were shown to a person and count no more.
    bad_counted_from: Mapped[datetime | None]

    event: Mapped[Event] = relationship(back_populates="account")
