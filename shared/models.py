"""What the product remembers. One row of `Mail` is also the job that sends it."""

from datetime import UTC, date, datetime
from enum import IntEnum, StrEnum
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    ColumnElement,
    Dialect,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
    func,
    text,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from shared.columns import UtcDateTime, words
from shared.partial_indexes import (
    ENDED_REMINDERS,
    HAS_PROBLEM,
    NAME_LENGTH,
    NOT_ARRIVED,
    OPEN_MAIL,
    OPEN_TEST_MAIL,
    REQUESTED,
    partial_index,
)


class Status(IntEnum):
    """How far a volunteer is. Other programs read these numbers; they only grow."""

    NEW = 0
    INVITED = 1
    SUBMITTED = 2
    PICTURE_MADE = 3
    MAILED = 4


class Problem(StrEnum):
    """What went wrong with a volunteer: a flag beside the status, never a status."""

    REFUSED_ADDRESS = "refused_address"
    MAIL_FAILED = "mail_failed"
    UNKNOWN_OUTCOME = "unknown_outcome"
    NAME_DOES_NOT_FIT = "name_does_not_fit"
    NO_GLYPH = "no_glyph"


class MailKind(StrEnum):
    INVITATION = "invitation"
    REMINDER = "reminder"
    CERTIFICATE = "certificate"
    TEST = "test"


class MailState(StrEnum):
    # Behind a first few: waits until the organizer has seen how those fared.
    HELD = "held"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNSURE = "unsure"
    CANCELLED = "cancelled"


class Sending(StrEnum):
    """Whether the worker may take mails of an event: the organizer's word."""

    RUNNING = "running"
    PAUSED = "paused"


class Security(StrEnum):
    """How the connection to a mail server is encrypted."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


class StatusNumber(TypeDecorator[Status]):
    """The status as the number that other programs read."""

    impl = SmallInteger
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Status | None:
        return None if value is None else Status(value)


def now() -> datetime:
    return datetime.now(UTC)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        str: Text,
        dict[str, Any]: JSON,
        dict[str, str]: JSON,
        list[str]: JSON,
        Status: StatusNumber,
        **{kind: words(kind) for kind in (Problem, MailKind, MailState, Sending, Security)},
    }


class Owner(Base):
    """One row: the token of who runs this installation, and the event that it opens by default."""

    __tablename__ = "owner"

    id: Mapped[int] = mapped_column(primary_key=True)
    admin_token_hash: Mapped[str]
    default_event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))


class Event(Base):
    """What volunteers are thanked for, with everything its organizer has entered."""

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    language: Mapped[str] = mapped_column(default="zh")
    time_zone: Mapped[str] = mapped_column(default="Asia/Shanghai")
    organization: Mapped[str] = mapped_column(default="")
    website: Mapped[str] = mapped_column(default="")
    # Whom volunteers write to, and who gets the answers to mails; empty: the account that sends.
    contact_address: Mapped[str] = mapped_column(default="", server_default="")
    frontend_url: Mapped[str] = mapped_column(default="")
    # The owner entered it: it may lie in a private network.
    frontend_url_by_owner: Mapped[bool] = mapped_column(default=False)
    organizer_token_hash: Mapped[str] = mapped_column(unique=True)
    # The date on the certificates; None: the day on which each is made.
    certificate_date: Mapped[date | None]
    # "#" stands for a digit of the running number: 2026-###### gives 2026-000123.
    number_pattern: Mapped[str]
    next_number: Mapped[int] = mapped_column(default=1)
    # The design for certificates made from now on; each certificate keeps its own.
    design_id: Mapped[int | None] = mapped_column(ForeignKey("design.id", use_alter=True))
    # kind of mail -> {"subject", "body"} where the organizer changed the words.
    wording: Mapped[dict[str, Any]] = mapped_column(default=dict)
    sending: Mapped[Sending] = mapped_column(default=Sending.RUNNING)
    # A mail whose outcome is unknown: sent again with the same Message-ID, or left to a person.
    ask_when_unsure: Mapped[bool] = mapped_column(default=False)
    # Volunteers may correct their name after the certificate was mailed.
    corrections_allowed: Mapped[bool] = mapped_column(default=True)
    # About how many bytes the picture in a certificate's mail may have.
    mailed_picture_limit: Mapped[int] = mapped_column(default=1_000_000)
    # The titles of the list's further columns, in the order in which they came.
    list_columns: Mapped[list[str]] = mapped_column(default=list)
    # Positions in pixels that arrived before there was a picture to place them on.
    early_positions: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # Settings of a mail account that arrived before its username; the password is sealed.
    early_account: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # Since when its mails leave for people; None: they stay in the rehearsal mailbox.
    live_at: Mapped[datetime | None]
    # From the first turn to the last in which what the rehearsal left is forgotten.
    is_forgetting_rehearsal: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[datetime] = mapped_column(default=now)

    design: Mapped["Design | None"] = relationship(foreign_keys=[design_id])
    account: Mapped["MailAccount | None"] = relationship(back_populates="event")

    @property
    def live_account(self) -> "MailAccount | None":
        """What mails to people leave from; None in rehearsal, whatever account was entered."""
        return self.account if self.live_at else None


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


class Picture(Base):
    """The bytes of an uploaded picture, kept once under their SHA-256."""

    __tablename__ = "picture"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    media_type: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    dpi: Mapped[float | None]


class FontFile(Base):
    """The bytes of an organizer's own font, kept once under their SHA-256."""

    __tablename__ = "font_file"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    family: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)


class EventFont(Base):
    """An event whose organizer brought a font: a licence is theirs, not every organizer's."""

    __tablename__ = "event_font"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("font_file.sha256"), primary_key=True)


class Design(Base):
    """A template with its layout. Never changed: a new placement is a new design."""

    __tablename__ = "design"
    __table_args__ = (UniqueConstraint("event_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    version: Mapped[int]
    template_sha256: Mapped[str] = mapped_column(ForeignKey("picture.sha256"))
    layout: Mapped[dict[str, Any]]
    # Settled when the design was made, so that its certificates stay the same bytes.
    jpeg_quality: Mapped[int]
    # How its fixed texts are set; None in what version 0.1.0 left, until it is kept.
    typesetting: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    created_at: Mapped[datetime] = mapped_column(default=now)


class Volunteer(Base):
    """One address of an event, and how far it is."""

    __tablename__ = "volunteer"
    __table_args__ = (
        UniqueConstraint("event_id", "email_key"),
        UniqueConstraint("event_id", "number", name="uq_volunteer_number"),
        # Counting, and one page after the other of the whole list or of a status.
        Index("ix_volunteer_status", "event_id", "status", "id"),
        Index("ix_volunteer_list", "event_id", "id", "status"),
        partial_index("ix_volunteer_reminders_ended", "event_id", "id", where=ENDED_REMINDERS),
        partial_index("ix_volunteer_problem", "event_id", "id", "problem", where=HAS_PROBLEM),
        Index("ix_volunteer_name_length", "event_id", text(NAME_LENGTH)),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    # Sealed; None until the first invitation is queued.
    token: Mapped[str | None] = mapped_column(unique=True)
    # What the list called them, and the name that they entered themselves.
    listed_name: Mapped[str] = mapped_column(default="")
    given_name: Mapped[str] = mapped_column(default="")
    email: Mapped[str]
    # One person however the address is written: lower case, domain as punycode.
    email_key: Mapped[str]
    number: Mapped[str]
    status: Mapped[Status] = mapped_column(default=Status.NEW)
    # The further columns of the imported list.
    columns: Mapped[dict[str, str]] = mapped_column(default=dict)
    problem: Mapped[Problem | None]
    problem_text: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    submitted_at: Mapped[datetime | None]
    # When an organizer let them enter their name anew: corrections are counted from then on.
    reopened_at: Mapped[datetime | None]
    # They want no reminders of this event any more.
    reminders_ended_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()

    @hybrid_property
    def name(self) -> str:
        """What they are called wherever one name is shown: the given one, else the listed."""
        return self.given_name or self.listed_name

    @name.inplace.expression
    @classmethod
    def _name_in_sql(cls) -> ColumnElement[str]:
        return func.coalesce(func.nullif(cls.given_name, ""), cls.listed_name)


class Certificate(Base):
    """What was issued: enough to draw the same picture again, byte for byte."""

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("volunteer_id", "revision"),
        Index(
            "ix_certificate_not_set",
            "id",
            sqlite_where=text("typesetting IS NULL"),
            postgresql_where=text("typesetting IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id"))
    design_id: Mapped[int] = mapped_column(ForeignKey("design.id"), index=True)
    revision: Mapped[int]
    name: Mapped[str]
    number: Mapped[str]
    date: Mapped[date]
    columns: Mapped[dict[str, str]] = mapped_column(default=dict)
    # In which the date is written: the event's, when it was issued.
    language: Mapped[str]
    # How its texts were set when it was issued; None as in Design.
    typesetting: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    created_at: Mapped[datetime] = mapped_column(default=now)
    # Set when a corrected certificate took its place.
    replaced_at: Mapped[datetime | None]
    # It took the place of one that had been mailed.
    is_correction: Mapped[bool] = mapped_column(default=False, server_default=false())

    volunteer: Mapped[Volunteer] = relationship()
    event: Mapped[Event] = relationship()
    design: Mapped[Design] = relationship()


class Mail(Base):
    """A mail to be sent, and the job of sending it."""

    __tablename__ = "mail"
    __table_args__ = (
        # Pressing send twice, or two processes at once, make one mail.
        UniqueConstraint("volunteer_id", "kind", "version"),
        # The rest of each is there to count without looking at the rows.
        partial_index(
            "ix_mail_next",
            *("event_id", "urgent", "due_at", "id", "kind", "state", "verdict"),
            where=OPEN_MAIL,
        ),
        partial_index("ix_mail_test", "event_id", "due_at", "id", where=OPEN_TEST_MAIL),
        partial_index("ix_mail_requested", "event_id", "created_at", where=REQUESTED),
        partial_index("ix_mail_not_arrived", "event_id", "id", where=NOT_ARRIVED),
        Index("ix_mail_event_kind_state", "event_id", "kind", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    # None: a test mail, which goes to `address`.
    volunteer_id: Mapped[int | None] = mapped_column(ForeignKey("volunteer.id"))
    certificate_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"))
    kind: Mapped[MailKind]
    version: Mapped[int] = mapped_column(default=1)
    state: Mapped[MailState] = mapped_column(default=MailState.QUEUED)
    # Certificates are waited for by people, so they go before invitations.
    urgent: Mapped[bool] = mapped_column(default=False)
    # Not before; while it is being sent: when its lease ends.
    due_at: Mapped[datetime]
    # Counts the claims. A worker settles only the try that it claimed.
    tries: Mapped[int] = mapped_column(default=0)
    # Where it went, noted when it is claimed, and the same Message-ID on every try.
    address: Mapped[str] = mapped_column(default="")
    message_id: Mapped[str] = mapped_column(default="", index=True)
    verdict: Mapped[str] = mapped_column(default="")
    code: Mapped[int | None]
    answer: Mapped[str] = mapped_column(default="")
    # Handed over at least once without a known outcome: it may arrive twice.
    maybe_duplicate: Mapped[bool] = mapped_column(default=False)
    # The kind of mail whose words a test mail shows.
    wording_of: Mapped[str] = mapped_column(default="")
    # The volunteer asked for their link themselves.
    is_requested: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[datetime] = mapped_column(default=now)
    sent_at: Mapped[datetime | None]

    volunteer: Mapped[Volunteer | None] = relationship()
    certificate: Mapped[Certificate | None] = relationship()
    event: Mapped[Event] = relationship()


class Attempt(Base):
    """One hand-over to a mail server: the ledger, and what the account's budget is counted from."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_account_at", "account", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    mail_id: Mapped[int] = mapped_column(ForeignKey("mail.id"), index=True)
    # user@server:port, as the event named it; "" in rehearsal.
    account: Mapped[str]
    try_number: Mapped[int]
    # Where this try went: the person's address can change before the next one.
    address: Mapped[str] = mapped_column(default="")
    # When it was claimed, and then when its content went out.
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    # What drawing the certificate took; None for other mails.
    drawing_ms: Mapped[float | None]
    phase: Mapped[str] = mapped_column(default="")
    code: Mapped[int | None]
    answer: Mapped[str] = mapped_column(default="")
    verdict: Mapped[str] = mapped_column(default="")


class RehearsalMail(Base):
    """A mail that went to the rehearsal mailbox instead of to a person."""

    __tablename__ = "rehearsal_mail"
    __table_args__ = (
        Index(
            "ix_rehearsal_mail_clear",
            "id",
            sqlite_where=text("is_sealed = 0"),
            postgresql_where=text("NOT is_sealed"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    received_at: Mapped[datetime] = mapped_column(default=now)
    recipient: Mapped[str]
    subject: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    # Its links open pages: only what an earlier version kept stands in the clear, until a start.
    is_sealed: Mapped[bool] = mapped_column(default=False, server_default=false())


class Worker(Base):
    """A running worker, seen by its heartbeat."""

    __tablename__ = "worker"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    host: Mapped[str]
    process_id: Mapped[int]
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
