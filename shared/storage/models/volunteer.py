"""The people on the lists."""

from datetime import datetime

from sqlalchemy import JSON, ColumnElement, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shared.storage.models.base import Base, now
from shared.storage.models.event import Event
from shared.storage.models.states import Problem, Status
from shared.storage.partial_indexes import (
    ADDRESS_FORGOTTEN,
    ADDRESS_KEPT,
    ENDED_REMINDERS,
    HAS_PROBLEM,
    HAS_SECRETS,
    HELD_FOR_NAME,
    IN_A_GROUP,
    NAME_LENGTH,
    NOT_INVITED,
    TO_ASK,
    TO_ISSUE,
    partial_index,
)


class Volunteer(Base):
    """One address of an event, and how far it is."""

    __tablename__ = "volunteer"
    __table_args__ = (
        UniqueConstraint("event_id", "email_key"),
        UniqueConstraint("event_id", "number", name="uq_volunteer_number"),
        # For counting, and for paging through the whole list or one status.
        Index("ix_volunteer_counts", "event_id", "status").ddl_if(dialect="postgresql"),
        Index("ix_volunteer_status", "event_id", "status", "id"),
        Index("ix_volunteer_list", "event_id", "id", "status"),
        partial_index("ix_volunteer_reminders_ended", "event_id", "id", where=ENDED_REMINDERS),
        # The same by address, in whatever event somebody ended them.
        partial_index("ix_volunteer_opted_out", "email_key", "event_id", where=ENDED_REMINDERS),
        # The whole condition, or SQLite takes another index or reads the rows.
        partial_index(
            "ix_volunteer_not_invited",
            *("event_id", "status", "token", "erased_at"),
            where=NOT_INVITED,
        ),
        partial_index(
            "ix_volunteer_to_ask",
            *("event_id", "status", "token", "erased_at", "listed_name"),
            where=TO_ASK,
        ),
        partial_index(
            "ix_volunteer_to_issue",
            *("event_id", "status", "problem", "reopened_at", "listed_name"),
            where=TO_ISSUE,
        ),
        partial_index("ix_volunteer_held", "event_id", "status", "problem", where=HELD_FOR_NAME),
        partial_index("ix_volunteer_kept", "event_id", "created_at", "id", where=ADDRESS_KEPT),
        partial_index("ix_volunteer_forgotten", "event_id", "email_key", where=ADDRESS_FORGOTTEN),
        partial_index("ix_volunteer_problem", "event_id", "id", "problem", where=HAS_PROBLEM),
        partial_index("ix_volunteer_secrets", "id", where=HAS_SECRETS),
        partial_index(
            "ix_volunteer_group", "event_id", "group_id", "id", "status", where=IN_A_GROUP
        ),
        partial_index(
            "ix_volunteer_group_status", "event_id", "group_id", "status", where=IN_A_GROUP
        ),
        Index("ix_volunteer_name_length", "event_id", text(NAME_LENGTH)),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    # Sealed; None until the first invitation is queued.
    token: Mapped[str | None] = mapped_column(unique=True)
    # Their name on the list, and the name that they entered themselves.
    listed_name: Mapped[str] = mapped_column(default="")
    given_name: Mapped[str] = mapped_column(default="")
    email: Mapped[str]
    # The same for every spelling of the address: lower case, domain as punycode.
    email_key: Mapped[str]
    number: Mapped[str]
    status: Mapped[Status] = mapped_column(default=Status.NEW)
    # The further columns of the imported list.
    columns: Mapped[dict[str, str]] = mapped_column(default=dict)
    # title -> sealed value, for the secret ones, of which `columns` has a mask.
    secrets: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    # No foreign key: a removed group is gone at once, and its people are updated in turns.
    group_id: Mapped[int | None]
    problem: Mapped[Problem | None]
    problem_text: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    submitted_at: Mapped[datetime | None]
    # When an organizer let them enter their name again; corrections are counted from then on.
    reopened_at: Mapped[datetime | None]
    # They want no more reminders of this event.
    reminders_ended_at: Mapped[datetime | None]
    # Erased: the row still counts, says nothing about them, and gets no more mail.
    erased_at: Mapped[datetime | None]
    # Their address was kept long enough and is known only as a hash, in `email_key`.
    address_forgotten_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()

    @hybrid_property
    def name(self) -> str:
        """The name to show: the one that they entered, otherwise the one on the list."""
        return self.given_name or self.listed_name

    @name.inplace.expression
    @classmethod
    def _name_in_sql(cls) -> ColumnElement[str]:
        return func.coalesce(func.nullif(cls.given_name, ""), cls.listed_name)
