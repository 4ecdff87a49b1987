"""The test mail with which an organizer sees what volunteers get."""

from dataclasses import dataclass

from shared.mail.kinds import Addressing, Material, MessageKind, mime, texts
from shared.storage.models import Event, Group


@dataclass(frozen=True)
class Sample:
    """The kind that is shown, with its content; None as long as there is no certificate to show."""

    event: Event
    kind: MessageKind
    material: Material | None
    # The group whose text is shown; None for the event's own.
    group: Group | None = None

    def compose(self, kind: MessageKind, addressing: Addressing) -> bytes:
        if self.material is not None:
            return self.material.compose(self.kind, addressing)
        text = texts.preview(self.event, self.kind, group=self.group)
        return mime.letter(self.event, text, addressing)
