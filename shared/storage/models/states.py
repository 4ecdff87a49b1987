"""The words for how far something is, as the database keeps them."""

from enum import IntEnum, StrEnum


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
    STOPPED = "stopped"


class Security(StrEnum):
    """How the connection to a mail server is encrypted."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"
