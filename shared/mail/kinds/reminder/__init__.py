"""The personal link once more, for people who have not entered a name."""

from pathlib import Path

from shared.language import N_
from shared.mail.kinds.check_reminder import CHECK_REMINDER
from shared.mail.kinds.message_kind import MessageKind, goes_to
from shared.mail.kinds.personal_link import PersonalLink
from shared.storage.models import Status, Volunteer

REMINDER = MessageKind(
    name="reminder",
    folder=Path(__file__).parent,
    title=N_("Reminder"),
    queued=N_("Reminder queued"),
    accepted=N_("Reminder accepted by the mail server for {address}"),
    needs=PersonalLink,
    is_still_wanted=goes_to(Volunteer.status < Status.SUBMITTED),
    button=N_("Enter my name"),
    is_asking=True,
    may_opt_out=True,
    to_check=CHECK_REMINDER,
    to_go=N_("Invitations to go"),
)
