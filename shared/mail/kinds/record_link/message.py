"""The message with the link to everything that an address was thanked for."""

from dataclasses import dataclass

from shared.language import Language
from shared.mail.kinds import Addressing, MessageKind, mime, texts
from shared.storage.models import Event


@dataclass(frozen=True)
class RecordLink:
    """The link that opens the record of an address, and a language that its reader has."""

    event: Event
    link: str
    language: Language

    def compose(self, kind: MessageKind, addressing: Addressing) -> bytes:
        text = texts.write(self.event, kind, {"link": self.link}, language=self.language)
        return mime.letter(self.event, text, addressing)
