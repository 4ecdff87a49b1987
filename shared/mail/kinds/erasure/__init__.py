"""The link by which somebody confirms their erasure; having it proves that they read their mail."""

from pathlib import Path

from shared.language import N_
from shared.mail.kinds import MessageKind

ERASURE = MessageKind(
    name="erasure",
    folder=Path(__file__).parent,
    title=N_("Confirmation of an erasure"),
    queued=N_("Asked to be erased"),
    accepted=N_("Link to confirm the erasure accepted by the mail server for {address}"),
    button=N_("Erase my data …"),
    is_promised=True,
    is_editable=False,
)
