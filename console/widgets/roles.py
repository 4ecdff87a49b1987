"""The names of roles, and what each may do, in a sentence."""

from shared.access.roles import Role
from shared.language import N_

ROLE_NAMES = {
    Role.OWNER: N_("Owner"),
    Role.ORGANIZER: N_("Organizer"),
    Role.HELPER: N_("Helper"),
    Role.VIEWER: N_("Viewer"),
}

ROLE_WORDS = {
    Role.ORGANIZER: N_("Does everything in the event, keys and mail account included."),
    Role.HELPER: N_(
        "Changes the list, sends, sees the table and the mailbox; no account, no keys, no deletion."
    ),
    Role.VIEWER: N_("Sees counts, names and statuses; no addresses, no links."),
}
