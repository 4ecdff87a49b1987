"""A test mail for the organizer: it shows what volunteers get for another kind."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import true

from shared.language import N_
from shared.mail.kinds import assembling, texts
from shared.mail.kinds.message_kind import EVERYWHERE, MessageKind
from shared.mail.kinds.mime import Addressing
from shared.storage.models import Event, Group


@dataclass(frozen=True)
class Sample:
    """The kind that is shown, and what that needs; None: there is no certificate to show yet."""

    event: Event
    kind: MessageKind[Any]
    material: Any
    # The group whose text it shows; None: everybody's.
    group: Group | None = None


def _compose(kind: MessageKind[Sample], sample: Sample, addressing: Addressing) -> bytes:
    if sample.material is not None:
        return sample.kind.compose(sample.material, addressing)
    text = texts.preview(sample.event, sample.kind, group=sample.group)
    return assembling.letter(sample.event, text, addressing)


TEST = MessageKind(
    name="test",
    folder=Path(__file__).parent,
    title=N_("Test mail"),
    queued=N_("Test mail queued"),
    accepted=N_("Test mail accepted by the mail server for {address}"),
    placeholders=EVERYWHERE,
    needs=Sample,
    composing=_compose,
    is_still_wanted=true,
    for_organizer=True,
    is_editable=False,
)
