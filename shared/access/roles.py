"""The permissions of each role on an event, for the screens and the API."""

from enum import StrEnum

from shared.storage.models import Role as Role


class Permission(StrEnum):
    """Something that a person may be allowed to do."""

    SEE_COUNTS = "see_counts"
    # Numbers, names, statuses: without addresses and links.
    SEE_TABLE = "see_table"
    SEE_ADDRESSES = "see_addresses"
    CHANGE_LIST = "change_list"
    # Send, stop, retry, remind, begin for real.
    SEND = "send"
    READ_MAILBOX = "read_mailbox"
    EXPORT = "export"
    # Withdraw certificates, and let them count again.
    WITHDRAW = "withdraw"
    CHANGE_DESIGN = "change_design"
    # What mails and certificates say, the organization and the event's own settings.
    CHANGE_TEXTS = "change_texts"
    CHANGE_ACCOUNT = "change_account"
    MANAGE_KEYS = "manage_keys"
    # Who did what.
    SEE_LOG = "see_log"
    DELETE = "delete"
    # Make events, and renew their first tokens.
    MANAGE_EVENTS = "manage_events"


# The console asks people to confirm who they are before these.
ASKS_AGAIN = frozenset(
    {
        Permission.CHANGE_ACCOUNT,
        Permission.MANAGE_KEYS,
        Permission.DELETE,
        Permission.MANAGE_EVENTS,
    }
)

_VIEWER = frozenset({Permission.SEE_COUNTS, Permission.SEE_TABLE})
_HELPER = _VIEWER | {
    Permission.SEE_ADDRESSES,
    Permission.CHANGE_LIST,
    Permission.SEND,
    Permission.READ_MAILBOX,
    Permission.EXPORT,
}
_ORGANIZER = _HELPER | {
    Permission.WITHDRAW,
    Permission.CHANGE_DESIGN,
    Permission.CHANGE_TEXTS,
    Permission.CHANGE_ACCOUNT,
    Permission.MANAGE_KEYS,
    Permission.SEE_LOG,
    Permission.DELETE,
}

MAY: dict[Role, frozenset[Permission]] = {
    Role.OWNER: frozenset(Permission),
    Role.ORGANIZER: _ORGANIZER,
    Role.HELPER: _HELPER,
    Role.VIEWER: _VIEWER,
}
