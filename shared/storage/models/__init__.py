"""The tables."""

from shared.storage.models.access import (
    AccessKey,
    ColleagueInvitation,
    ConsoleDraft,
    ConsoleSession,
)
from shared.storage.models.audit_entry import AuditEntry
from shared.storage.models.base import Base, StatusNumber, now
from shared.storage.models.bounce_mailbox import IMAP, BounceMailbox, BounceReport
from shared.storage.models.certificate import Certificate
from shared.storage.models.credential import (
    Achievement,
    Credential,
    Issuer,
    IssuerKey,
    IssuerLogo,
    StatusList,
)
from shared.storage.models.design import (
    CrowdedName,
    Design,
    EventFont,
    FitProgress,
    FontFile,
    Picture,
    VectorPage,
)
from shared.storage.models.event import SMALL_MAIL, Event
from shared.storage.models.group import Group
from shared.storage.models.installation import Owner, SchemaFloor, Worker
from shared.storage.models.list_column import ListColumn, UnreadValue
from shared.storage.models.list_import import ListChange, ListImport
from shared.storage.models.message import Attempt, Mail, RehearsalMail
from shared.storage.models.sending_account import MailAccessToken, MailSignIn, SendingAccount
from shared.storage.models.states import (
    Action,
    ColumnKind,
    MailState,
    Naming,
    Phase,
    Problem,
    Role,
    Security,
    Sending,
    Status,
    Suppression,
    Verdict,
)
from shared.storage.models.suppressed_address import SuppressedAddress
from shared.storage.models.volunteer import ErasedAddress, Volunteer

__all__ = [
    "IMAP",
    "SMALL_MAIL",
    "AccessKey",
    "Achievement",
    "Action",
    "Attempt",
    "AuditEntry",
    "Base",
    "BounceMailbox",
    "BounceReport",
    "Certificate",
    "ColleagueInvitation",
    "ColumnKind",
    "ConsoleDraft",
    "ConsoleSession",
    "Credential",
    "CrowdedName",
    "Design",
    "ErasedAddress",
    "Event",
    "EventFont",
    "FitProgress",
    "FontFile",
    "Group",
    "Issuer",
    "IssuerKey",
    "IssuerLogo",
    "ListChange",
    "ListColumn",
    "ListImport",
    "Mail",
    "MailAccessToken",
    "MailSignIn",
    "MailState",
    "Naming",
    "Owner",
    "Phase",
    "Picture",
    "Problem",
    "RehearsalMail",
    "Role",
    "SchemaFloor",
    "Security",
    "Sending",
    "SendingAccount",
    "Status",
    "StatusList",
    "StatusNumber",
    "SuppressedAddress",
    "Suppression",
    "UnreadValue",
    "VectorPage",
    "Verdict",
    "Volunteer",
    "Worker",
    "now",
]
