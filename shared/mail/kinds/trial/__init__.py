"""A test mail for the organizer: it shows what volunteers get for another kind."""

from dataclasses import dataclass
from pathlib import Path

from shared.language import N_
from shared.mail.kinds import EVERYWHERE, Addressing, Material, MessageKind, mime, texts
from shared.storage.models import Event, Group


@dataclass(frozen=True)
class Sample:
    """The kind that is shown, and what that needs; None: there is no certificate to show yet."""

    event: Event
    kind: MessageKind
    material: Material | None
    # The group whose text it shows; None: everybody's.
    group: Group | None = None

    def compose(self, kind: MessageKind, addressing: Addressing) -> bytes:
        if self.material is not None:
            return self.material.compose(self.kind, addressing)
        text = texts.preview(self.event, self.kind, group=self.group)
        return mime.letter(self.event, text, addressing)


TEST = MessageKind(
    name="test",
    folder=Path(__file__).parent,
    title=N_("Test mail"),
    queued=N_("Test mail queued"),
    accepted=N_("Test mail accepted by the mail server for {address}"),
    placeholders=EVERYWHERE,
    needs=Sample,
    for_organizer=True,
    is_editable=False,
)
