"""The personal link again, for people who have not entered or checked their name."""

from dataclasses import replace
from pathlib import Path

from shared.language import N_
from shared.mail.kinds import MessageKind, goes_to
from shared.mail.kinds.invitation import CHECK
from shared.storage.models.volunteer import HAS_SUBMITTED

_QUEUED = N_("Reminder queued")
_ACCEPTED = N_("Reminder accepted by the mail server for {address}")
# The text for people who have not answered the request to check their name; never queued.
CHECK_REMINDER = replace(
    CHECK,
    name="check_reminder",
    folder=Path(__file__).parents[1] / "check_reminder",
    title=N_("Reminder to check the name"),
    queued=_QUEUED,
    accepted=_ACCEPTED,
    sample="",
)
REMINDER = MessageKind(
    name="reminder",
    folder=Path(__file__).parent,
    title=N_("Reminder"),
    queued=_QUEUED,
    accepted=_ACCEPTED,
    is_still_wanted=goes_to(~HAS_SUBMITTED),
    button=N_("Enter my name"),
    is_asking=True,
    may_opt_out=True,
    to_check=CHECK_REMINDER,
    to_go=N_("Invitations left"),
)
