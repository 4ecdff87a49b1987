"""The personal link, and the request for a name."""

from dataclasses import replace
from pathlib import Path

from sqlalchemy import or_, true

from shared.language import N_
from shared.mail.kinds.check import CHECK
from shared.mail.kinds.message_kind import MessageKind, goes_to
from shared.mail.kinds.own_page import OWN_PAGE
from shared.mail.kinds.personal_link import PersonalLink
from shared.storage.models import Mail, Status, Volunteer

INVITATION = MessageKind(
    name="invitation",
    folder=Path(__file__).parent,
    title=N_("Invitation"),
    queued=N_("Invitation queued"),
    accepted=N_("Invitation accepted by the mail server for {address}"),
    needs=PersonalLink,
    # Later versions were sent by hand, also to people who have submitted: it is their way back.
    is_still_wanted=or_(Mail.version > 1, goes_to(Volunteer.status < Status.SUBMITTED)),
    button=N_("Enter my name"),
    status_accepted=Status.INVITED,
    is_asking=True,
    may_opt_out=True,
    left_out={
        "link": N_("The invitation does not say where {{link}} goes; it will stand at the end.")
    },
    to_go=N_("Invitations to go"),
    sample=N_("Text of the invitation"),
    to_check=CHECK,
    to_holder=OWN_PAGE,
)
# For somebody who asked for it: an invitation that no organizer sent.
LINK_REQUEST = replace(
    INVITATION,
    name="link_request",
    queued=N_("Personal link asked for by the person"),
    is_still_wanted=true(),
    may_opt_out=False,
)
