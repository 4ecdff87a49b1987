"""Acts that take long, as rows; the worker that claims one carries it out in turns."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column

from shared.storage.models.base import Numbered, now
from shared.storage.traits import partial_index


class Job(Numbered):
    """An act on many people of an event: who asked for it, its progress, and how it ended.

    Each turn is one transaction that also moves its place, so it is done exactly once, whichever
    processes end.
    """

    __tablename__ = "job"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    # In their order, each as in `shared.acts.data`; without their wishes once the job has ended.
    acts: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    # The permission that the person who asked must still have at each turn.
    needed: Mapped[str]
    # Who asked, as a session keeps it; all None: somebody at the machine.
    secret_hash: Mapped[str | None]
    issuer: Mapped[str | None]
    subject: Mapped[str | None]
    name: Mapped[str] = mapped_column(default="")
    network: Mapped[str] = mapped_column(default="")
    # How many people it was about when it was confirmed; it is done to no more than these.
    confirmed: Mapped[int]
    done: Mapped[int] = mapped_column(default=0)
    # Which of its acts is being carried out, and the last id to which it was done.
    step: Mapped[int] = mapped_column(default=0)
    place: Mapped[int | None]
    # What each act that has begun has collected so far.
    tallies: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    created_at: Mapped[datetime] = mapped_column(default=now)
    # A job that was confirmed before a restore is held until somebody confirms it again.
    confirmed_at: Mapped[datetime] = mapped_column(default=now)
    # Who carries it out (None: nobody), and until when it is theirs alone.
    claimed_by: Mapped[str | None]
    lease_until: Mapped[datetime] = mapped_column(default=now)
    # How often it was claimed since its last turn.
    tries: Mapped[int] = mapped_column(default=0, server_default="0")
    is_stopped: Mapped[bool] = mapped_column(default=False, server_default=false())
    ended_at: Mapped[datetime | None]
    # Why it ended early: the message of a ProductError, and its details.
    refusal: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    # When the person who asked saw how it ended.
    seen_at: Mapped[datetime | None]


# One at a time for each event.
GOING_ON = Job.ended_at.is_(None)
partial_index("ix_job_going_on", Job.event_id, where=GOING_ON, unique=True)
