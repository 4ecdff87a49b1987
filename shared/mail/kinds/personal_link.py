"""Messages that bring somebody their personal link, without attachments."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.events.naming import asks_to_check
from shared.mail.kinds import assembling, texts
from shared.mail.kinds.message_kind import MessageKind
from shared.mail.kinds.mime import Addressing
from shared.storage.models import Event, Group, Status, Volunteer, now


@dataclass(frozen=True)
class PersonalLink:
    """Whose link it is, and the headers by which mail programs recognize the event's list."""

    event: Event
    volunteer: Volunteer
    link: str
    headers: Mapping[str, str] = field(default_factory=dict)
    # Where they unsubscribe from invitations and reminders.
    reminders: str = ""
    # The group that the person is in, if any.
    group: Group | None = None


def compose_with_link(
    kind: MessageKind[PersonalLink], material: PersonalLink, addressing: Addressing
) -> bytes:
    """No attachment: spam filters judge us by these messages."""
    text = text_with_link(kind, material)
    name = material.volunteer.name
    return assembling.letter(material.event, text, addressing, name, **material.headers)


def text_with_link(kind: MessageKind[PersonalLink], material: PersonalLink) -> texts.MessageText:
    """What its person reads, in the text for those who stand where they stand."""
    event, volunteer = material.event, material.volunteer
    values = {"name": volunteer.name, "number": volunteer.number, "link": material.link}
    may_opt_out = kind.may_opt_out
    # They are only asked to check their name, and still have time.
    has_answered = volunteer.reopened_at or volunteer.status >= Status.SUBMITTED
    checks_name = volunteer.listed_name and not has_answered and asks_to_check(event, now())
    if kind.to_holder and volunteer.status >= Status.SUBMITTED:
        kind = kind.to_holder
    elif kind.to_check and checks_name:
        kind = kind.to_check
    if may_opt_out and kind.may_opt_out:
        values["reminders"] = material.reminders
    return texts.write(event, kind, values, columns=volunteer.columns, group=material.group)
