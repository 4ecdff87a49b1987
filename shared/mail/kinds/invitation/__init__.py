"""The personal link: with a request to enter a name, with one to check the name on the list, or
alone, for people who have entered theirs."""

from dataclasses import replace
from pathlib import Path

from sqlalchemy import or_, true

from shared.language import N_
from shared.mail.kinds import EVERYWHERE, MessageKind, goes_to
from shared.storage.models import Status
from shared.storage.models.message import SENT_AGAIN
from shared.storage.models.volunteer import HAS_SUBMITTED

_KINDS = Path(__file__).parents[1]


_QUEUED = N_("Invitation queued")
_ACCEPTED = N_("Invitation accepted by the mail server for {address}")
_NO_LINK = N_("The invitation has no {{link}}. It is added at the end.")
# The text for people whose name is on the list, who only check it until a given day; never queued.
CHECK = MessageKind(
    name="check",
    folder=_KINDS / "check",
    title=N_("Request to check the name"),
    queued=_QUEUED,
    accepted=_ACCEPTED,
    placeholders=(*EVERYWHERE, "link", "until"),
    button=N_("Check my name"),
    may_opt_out=True,
    left_out={
        "link": _NO_LINK,
        "until": N_("The request to check the name does not say until when: {{until}}."),
    },
    sample=N_("Text of the request to check the name"),
)
# The text for people who have entered their name: their certificate is behind the link.
OWN_PAGE = MessageKind(
    name="own_page",
    folder=_KINDS / "own_page",
    title=N_("Personal link"),
    queued=_QUEUED,
    accepted=_ACCEPTED,
    is_editable=False,
)
INVITATION = MessageKind(
    name="invitation",
    folder=Path(__file__).parent,
    title=N_("Invitation"),
    queued=_QUEUED,
    accepted=_ACCEPTED,
    # An organizer may send it again to people who have submitted, who lost the link.
    is_still_wanted=or_(SENT_AGAIN, goes_to(~HAS_SUBMITTED)),
    button=N_("Enter my name"),
    status_accepted=Status.INVITED,
    is_asking=True,
    may_opt_out=True,
    left_out={"link": _NO_LINK},
    to_go=N_("Invitations left"),
    sample=N_("Text of the invitation"),
    to_check=CHECK,
    to_holder=OWN_PAGE,
)
# An invitation that its person asked for.
LINK_REQUEST = replace(
    INVITATION,
    name="link_request",
    queued=N_("Personal link requested by the person"),
    is_still_wanted=true(),
    may_opt_out=False,
)
