"""What roles are called."""

from shared.events.roles import Role
from shared.language import N_

ROLE_NAMES = {
    Role.OWNER: N_("Owner"),
    Role.ORGANIZER: N_("Organizer"),
    Role.HELPER: N_("Helper"),
    Role.VIEWER: N_("Viewer"),
}
