"""A test mail for the organizer, which shows what volunteers get for another kind."""

from pathlib import Path

from shared.language import N_
from shared.mail.kinds import EVERYWHERE, MessageKind

TEST = MessageKind(
    name="test",
    folder=Path(__file__).parent,
    title=N_("Test mail"),
    queued=N_("Test mail queued"),
    accepted=N_("Test mail accepted by the mail server for {address}"),
    placeholders=EVERYWHERE,
    for_organizer=True,
    is_editable=False,
)
