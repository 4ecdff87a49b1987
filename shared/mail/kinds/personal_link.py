"""Messages that bring somebody their personal link, and enclose nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.mail.kinds import assembling, texts
from shared.mail.kinds.message_kind import MessageKind
from shared.mail.kinds.mime import Addressing
from shared.storage.models import Event, Volunteer


@dataclass(frozen=True)
class PersonalLink:
    """Whose link it is, and by which headers mail programs know the event's list."""

    event: Event
    volunteer: Volunteer
    link: str
    headers: Mapping[str, str] = field(default_factory=dict)


def compose_with_link(
    kind: MessageKind[PersonalLink], material: PersonalLink, addressing: Addressing
) -> bytes:
    """No attachment: spam filters know us by these messages."""
    event, volunteer = material.event, material.volunteer
    values = {"name": volunteer.name, "number": volunteer.number, "link": material.link}
    text = texts.write(event, kind, values)
    headers = assembling.headers(event, text, addressing, volunteer.name)
    return assembling.message(assembling.both_texts(text), {**headers, **material.headers})
