"""Messages, each of which is also the job of sending it, and the outcome of every attempt."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shared.storage.models.base import Numbered, now
from shared.storage.models.certificate import Certificate
from shared.storage.models.event import Event
from shared.storage.models.volunteer import Volunteer
from shared.storage.states import MailState, Phase, Verdict
from shared.storage.traits import partial_index, trait


class Mail(Numbered):
    """A mail to be sent, and the job of sending it."""

    __tablename__ = "mail"
    __table_args__ = (
        # Pressing send twice, or two processes at once, makes one mail.
        UniqueConstraint("volunteer_id", "kind", "version"),
        Index("ix_mail_event_kind_state", "event_id", "kind", "state"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    # None: a test mail, which goes to `address`.
    volunteer_id: Mapped[int | None] = mapped_column(ForeignKey("volunteer.id"))
    certificate_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"))
    # The name of a kind (`mail.kinds.registry`); a new kind needs no change of the table.
    kind: Mapped[str] = mapped_column(String(32))
    version: Mapped[int] = mapped_column(default=1)
    state: Mapped[MailState] = mapped_column(default=MailState.QUEUED)
    # People wait for certificates, so they go before invitations.
    urgent: Mapped[bool] = mapped_column(default=False)
    # Not before this time; while it is being sent: when its lease ends.
    due_at: Mapped[datetime]
    # Counts the claims. A worker settles only the attempt that it claimed.
    tries: Mapped[int] = mapped_column(default=0)
    # The recipient's address, noted when it is claimed, and the same Message-ID on every attempt.
    address: Mapped[str] = mapped_column(default="")
    message_id: Mapped[str] = mapped_column(default="", index=True)
    verdict: Mapped[Verdict] = mapped_column(default=Verdict.NONE)
    code: Mapped[int | None]
    answer: Mapped[str] = mapped_column(default="")
    # When it was first tried in vain, since it was queued or since a person queued it again.
    waits_since: Mapped[datetime | None]
    # Handed over at least once with an unknown outcome: it may arrive twice.
    maybe_duplicate: Mapped[bool] = mapped_column(default=False)
    # Why a person wished it although the address gets no more mail; otherwise empty.
    despite: Mapped[str] = mapped_column(default="", server_default="")
    # Since when it waits with a certificate that an organizer issued and that nobody can have seen:
    # neither a mail nor a link or file that was passed on has reached its person. Otherwise None.
    unseen_since: Mapped[datetime | None]
    # The kind of message whose text a test mail shows.
    wording_of: Mapped[str] = mapped_column(default="")
    # The group whose text and design it shows; None: everybody's.
    group_id: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    sent_at: Mapped[datetime | None]
    # A mail server took it, but a report says that it did not arrive.
    returned_at: Mapped[datetime | None]

    volunteer: Mapped[Volunteer | None] = relationship()
    certificate: Mapped[Certificate | None] = relationship()
    event: Mapped[Event] = relationship()


OPEN = trait(Mail.state.in_([MailState.QUEUED, MailState.SENDING]))
# It brings a certificate that can be taken back until its sending begins.
UNSEEN = trait(Mail.unseen_since.is_not(None), OPEN)
# About nobody on the list, for the organizer only.
OPEN_OWN = trait(Mail.volunteer_id.is_(None), OPEN)
NOT_ARRIVED = trait(Mail.state.in_([MailState.FAILED, MailState.UNSURE]))
# A server took it, and it was returned.
RETURNED = trait(Mail.returned_at.is_not(None), Mail.state == MailState.FAILED)
# Refused for now, or with an unknown outcome, and tried again.
TRIED_AGAIN = trait(Mail.waits_since.is_not(None), OPEN)
# A server was asked to take it, or a worker began to.
TRIED = trait(Mail.tries > 0)
# Queued again by a person: such an invitation also goes to people who have submitted, for whom the
# first one is dropped.
SENT_AGAIN = trait(Mail.version > 1)
# A link that somebody asked for.
REQUESTED = trait(Mail.kind == "link_request")

_EVENT = Mail.event_id
# Its other columns are there to count without reading the rows.
partial_index(
    "ix_mail_next",
    *(_EVENT, Mail.urgent, Mail.due_at, Mail.id, Mail.kind, Mail.state, Mail.verdict),
    where=OPEN,
)
partial_index(
    "ix_mail_unseen", _EVENT, Mail.id, Mail.state, Mail.tries, Mail.unseen_since, where=UNSEEN
)
partial_index("ix_mail_test", _EVENT, Mail.due_at, Mail.id, where=OPEN_OWN)
partial_index("ix_mail_requested", _EVENT, Mail.created_at, where=REQUESTED)
partial_index("ix_mail_not_arrived", _EVENT, Mail.id, where=NOT_ARRIVED)
partial_index("ix_mail_returned", _EVENT, Mail.kind, Mail.state, Mail.returned_at, where=RETURNED)
partial_index("ix_mail_tried_again", _EVENT, Mail.waits_since, where=TRIED_AGAIN)
# For how many were sent on which day.
partial_index("ix_mail_sent", _EVENT, Mail.kind, Mail.sent_at, where=Mail.sent_at.is_not(None))
# Lets the database see that nothing refers to a certificate being removed.
partial_index("ix_mail_certificate", Mail.certificate_id, where=Mail.certificate_id.is_not(None))


class Attempt(Numbered):
    """One hand-over to a mail server: the ledger, from which the account's budget is counted."""

    __tablename__ = "attempt"
    # No id is given twice, so the last one counts all attempts there ever were.
    __table_args__ = (
        Index("ix_attempt_account_at", "account", "at"),
        {"sqlite_autoincrement": True},
    )

    mail_id: Mapped[int] = mapped_column(ForeignKey("mail.id"), index=True)
    # user@server:port, as the event named it; "" in rehearsal.
    account: Mapped[str]
    try_number: Mapped[int]
    # The address of this attempt: the person's may change before the next one.
    address: Mapped[str] = mapped_column(default="")
    # When it was claimed, later when its content went out.
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    # How long drawing the certificate took; None for other mails.
    drawing_ms: Mapped[float | None]
    phase: Mapped[Phase] = mapped_column(default=Phase.NONE)
    code: Mapped[int | None]
    answer: Mapped[str] = mapped_column(default="")
    verdict: Mapped[Verdict] = mapped_column(default=Verdict.NONE)


class RehearsalMail(Numbered):
    """A mail that went to the rehearsal mailbox instead of to a person."""

    __tablename__ = "rehearsal_mail"
    __table_args__ = (Index("ix_rehearsal_mail_recipient", "event_id", "recipient"),)

    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    received_at: Mapped[datetime] = mapped_column(default=now)
    recipient: Mapped[str]
    subject: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    # Sealed, since its links open pages. Version 0.2.0 may work beside this one, and asks.
    is_sealed: Mapped[bool] = mapped_column(default=True, server_default=false())
