"""The request to check one's name, once more, for people who have not answered it."""

from dataclasses import replace
from pathlib import Path

from shared.language import N_
from shared.mail.kinds.check import CHECK

CHECK_REMINDER = replace(
    CHECK,
    name="check_reminder",
    folder=Path(__file__).parent,
    title=N_("Reminder to check the name"),
    queued=N_("Reminder queued"),
    accepted=N_("Reminder accepted by the mail server for {address}"),
    sample="",
)
