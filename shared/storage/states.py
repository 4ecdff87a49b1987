"""The states of things, as the database stores them."""

from enum import IntEnum, StrEnum

from shared.errors import NameProblem, NoGlyph
from shared.language import N_


class Status(IntEnum):
    """The status of a volunteer. Other programs read these numbers, which only grow."""

    NEW = 0
    INVITED = 1
    SUBMITTED = 2
    PICTURE_MADE = 3
    MAILED = 4


class Problem(StrEnum):
    """A problem of a volunteer: a flag beside the status, never a status itself."""

    REFUSED_ADDRESS = "refused_address"
    MAIL_FAILED = "mail_failed"
    UNKNOWN_OUTCOME = "unknown_outcome"
    # A server took the mail, and later a report said that nobody has this address.
    CAME_BACK = "came_back"
    NAME_DOES_NOT_FIT = "name_does_not_fit"
    NO_GLYPH = "no_glyph"

    @classmethod
    def of(cls, refused: NameProblem) -> "Problem":
        """Return the problem of a person whose certificate cannot be drawn."""
        return cls.NO_GLYPH if isinstance(refused, NoGlyph) else cls.NAME_DOES_NOT_FIT


class Suppression(StrEnum):
    """A reason why an account sends somebody no more mail, or only what they ask for."""

    # A report said that nobody has the address.
    DEAD = "dead"
    # They told their provider that a mail was unwanted.
    COMPLAINED = "complained"
    # One click, or a mail to the address in List-Unsubscribe: no invitations and reminders.
    OPTED_OUT = "opted_out"


class MailState(StrEnum):
    # Held behind a first few, until the organizer has seen how those went.
    HELD = "held"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNSURE = "unsure"
    CANCELLED = "cancelled"


# A mail has not left, and is to.
NOT_SENT = (MailState.HELD, MailState.QUEUED, MailState.SENDING)


class Sending(StrEnum):
    """The organizer's decision on whether the worker may take mails of an event."""

    RUNNING = "running"
    STOPPED = "stopped"


class Naming(StrEnum):
    """The decision on who says which name is on a certificate of an event."""

    # The people: everybody is asked for theirs.
    ASK = "ask"
    # The list: sending makes and mails certificates.
    ISSUE = "issue"
    # The list, but people may correct it until a given day; then certificates are issued.
    CHECK = "check"


class NameFrom(StrEnum):
    """The source of the name on a certificate."""

    LIST = "list"
    RECIPIENT = "recipient"
    # It is the list's, and its owner has submitted it.
    CONFIRMED = "confirmed"
    # Typed for one person by who organizes the event.
    ORGANIZER = "organizer"


# Nothing reads these sentences but people.
NAME_FROM = {
    NameFrom.LIST: N_("The name is from the organizer's list."),
    NameFrom.RECIPIENT: N_("The name was given by the recipient."),
    NameFrom.CONFIRMED: N_(
        "The name is from the organizer's list, and was confirmed by the recipient."
    ),
    NameFrom.ORGANIZER: N_("The name was typed by the organizer."),
}


class ColumnKind(StrEnum):
    """The kind of values in a further column of a list."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    # Masked everywhere, sealed in the database: numbers of identity cards.
    SECRET = "secret"  # noqa: S105


class Role(StrEnum):
    """The role in which somebody works on an event; the owner works on all events."""

    OWNER = "owner"
    ORGANIZER = "organizer"
    HELPER = "helper"
    VIEWER = "viewer"


class Action(StrEnum):
    """An act as recorded in the log, in the past tense."""

    # The event.
    EVENT_CREATED = "event_created"
    EVENT_COPIED = "event_copied"
    EVENT_ARCHIVED = "event_archived"
    EVENT_BROUGHT_BACK = "event_brought_back"
    EVENT_DELETED = "event_deleted"
    DEFAULT_EVENT_CHOSEN = "default_event_chosen"
    SETTINGS_CHANGED = "settings_changed"
    ORGANIZATION_CHANGED = "organization_changed"
    TEXTS_CHANGED = "texts_changed"
    PAGE_PUBLISHED = "page_published"
    PAGE_CLOSED = "page_closed"
    DESIGN_CHANGED = "design_changed"
    FILE_UPLOADED = "file_uploaded"
    # The mail account.
    ACCOUNT_CHANGED = "account_changed"
    ACCOUNT_FORGOTTEN = "account_forgotten"
    TEST_MAIL_SENT = "test_mail_sent"
    MAIL_SIGNED_IN = "mail_signed_in"
    MAIL_SIGNED_OUT = "mail_signed_out"
    # Who may open what.
    KEY_CREATED = "key_created"
    KEY_REVOKED = "key_revoked"
    TOKEN_RENEWED = "token_renewed"  # noqa: S105
    OWNER_TOKEN_CHANGED = "owner_token_changed"  # noqa: S105
    SEALING_KEYS_ROTATED = "sealing_keys_rotated"
    INVITATION_MADE = "invitation_made"
    INVITATION_WITHDRAWN = "invitation_withdrawn"
    INVITATION_TAKEN = "invitation_taken"
    IDENTITY_BOUND = "identity_bound"
    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    SESSION_ENDED = "session_ended"
    # What was refused.
    KEY_REFUSED = "key_refused"
    ROLE_REFUSED = "role_refused"
    INVITATION_REFUSED = "invitation_refused"
    SIGN_IN_REFUSED = "sign_in_refused"
    MAIL_SIGN_IN_REFUSED = "mail_sign_in_refused"
    # The list.
    LIST_ADDED = "list_added"
    LIST_UPDATED = "list_updated"
    LIST_UNDONE = "list_undone"
    COLUMNS_CHANGED = "columns_changed"
    COLUMN_FORGOTTEN = "column_forgotten"
    VOLUNTEER_CHANGED = "volunteer_changed"
    VOLUNTEER_REMOVED = "volunteer_removed"
    VOLUNTEER_REOPENED = "volunteer_reopened"
    GROUP_ADDED = "group_added"
    GROUP_REMOVED = "group_removed"
    # Certificates.
    CERTIFICATES_ISSUED_ANEW = "certificates_issued_anew"
    CERTIFICATES_WITHDRAWN = "certificates_withdrawn"
    WITHDRAWALS_UNDONE = "withdrawals_undone"
    ISSUER_CHANGED = "issuer_changed"
    ISSUER_KEY_CHANGED = "issuer_key_changed"
    # Sending.
    QUEUED = "queued"
    TAKEN_BACK = "taken_back"
    RETRIED = "retried"
    MARKED_AS_SENT = "marked_as_sent"
    REPORTS_JUDGED = "reports_judged"
    STOPPED = "stopped"
    RESUMED = "resumed"
    RELEASED = "released"
    MAILS_HELD = "mails_held"
    JOB_STOPPED = "job_stopped"
    JOB_CONFIRMED = "job_confirmed"
    HOLD_ENDED = "hold_ended"
    GONE_LIVE = "gone_live"
    BEGUN_FOR_REAL = "begun_for_real"
    # Looks.
    LINK_SEEN = "link_seen"
    LINK_COPIED = "link_copied"
    MAILBOX_SEEN = "mailbox_seen"
    EXPORTED = "exported"
    NOTICES_READ = "notices_read"
    # Privacy.
    PRIVACY_CHANGED = "privacy_changed"
    ERASED = "erased"
    ERASED_BY_THEMSELVES = "erased_by_themselves"
    RETENTION_CHANGED = "retention_changed"
    RETENTION_DONE = "retention_done"
    LOG_CUT = "log_cut"


class Security(StrEnum):
    """The encryption of the connection to a mail server."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


class Phase(StrEnum):
    """The last phase that a hand-over reached; exports use these names.

    DATA ends when the server asks for the content; if the connection is lost after that, in
    CONTENT, it is unknown whether the message was accepted.
    """

    # Claimed: no server was asked yet.
    NONE = ""
    # Failed here, before any server was asked.
    COMPOSE = "compose"
    CONNECT = "connect"
    AUTH = "auth"
    # The steps of RFC 5321, 3.3: sender, recipient, and leave to send the content.
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    CONTENT = "content"


class Verdict(StrEnum):
    """The end of a hand-over; exports and metrics use these names."""

    # Not known yet.
    NONE = ""
    SENT = "sent"
    # This message again, later.
    RETRY = "retry"
    # The account pauses.
    PAUSE = "pause"
    # This address takes no mail.
    REJECTED = "bad"
    # Nothing is sent until a person has changed something.
    NEEDS_OPERATOR = "fix"
    # Handed over, and the answer was lost.
    UNSURE = "unsure"
    # Ended before the server was asked.
    GIVEN_BACK = "given_back"
