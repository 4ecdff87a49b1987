"""The personal link for somebody who asked for it: an invitation that no organizer sent."""

from dataclasses import replace

from sqlalchemy import true

from shared.language import N_
from shared.mail.kinds.invitation import INVITATION

LINK_REQUEST = replace(
    INVITATION,
    name="link_request",
    queued=N_("Personal link asked for by the person"),
    is_still_wanted=true,
    may_opt_out=False,
)
