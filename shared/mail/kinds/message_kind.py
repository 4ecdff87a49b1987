"""What the house knows of a kind of message: all that tells one from another."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from sqlalchemy import ColumnElement, and_, select

from shared.language import N_
from shared.mail.kinds.mime import Addressing
from shared.storage.models import Mail, Status, Volunteer

Material = TypeVar("Material")
# What every text may say of its event and its reader.
EVERYWHERE = ("name", "number", "organization", "website", "event")
ON_THE_LIST = (
    N_("You receive this mail because {organization} has you on its list for {event}."),
    N_("You receive this mail because you are on the list for {event}."),
)


@dataclass(frozen=True, eq=False)
class MessageKind(Generic[Material]):
    """One kind. Its folder holds `subject.txt`, `body.txt` and `body.html`, in English.

    Texts that people read (`title` and what follows it) are msgids.
    """

    # As the database keeps it, in at most 32 characters.
    name: str
    folder: Path
    title: str
    # Two lines of a person's history; the second is told the {address}.
    queued: str
    accepted: str
    placeholders: tuple[str, ...]
    # What the worker has to bring, and what becomes of it.
    needs: type[Material]
    composing: "Callable[[MessageKind[Material], Material, Addressing], bytes]"
    # The last look, as a condition on the row in `Mail`: has time overtaken it?
    is_still_wanted: Callable[[], ColumnElement[bool]]
    # The status of a volunteer for whom it is queued (or a later one), and from then on the one
    # which they reach when a server accepts it.
    status_queued: Status = Status.NEW
    status_accepted: Status | None = None
    # It is for the organizer's own eyes, and about no volunteer.
    for_organizer: bool = False
    # It asks for the name: who got one lately is not reminded.
    is_asking: bool = False
    # Somebody was promised it: it leaves though the organizer takes back what else waits.
    is_promised: bool = False
    # Who has ended reminders gets none of this kind.
    may_opt_out: bool = False
    # Organizers may write a text of their own for it.
    is_editable: bool = True
    # What is said when such a text leaves out a placeholder, for those that it should not.
    left_out: Mapping[str, str] = field(default_factory=dict)
    # Its text for whose name the list knows, as long as they are asked to check it; never queued.
    to_check: "MessageKind[Material] | None" = None
    # The number on the screen in which it counts until it has left; kinds may share one.
    to_go: str = ""
    # Why one gets it, as its footer says: from an organization, and without one.
    reasons: tuple[str, str] = ON_THE_LIST
    # How a test mail that shows it is called; empty: there is none.
    sample: str = ""
    # Whom the organizer may send it to with a button of its own, as a condition on `Volunteer`.
    audience: Callable[[], ColumnElement[bool]] | None = None

    @property
    def family(self) -> str:
        """The key of its text, which kinds of one folder share, as they do their versions.

        Of one person's messages of a family the newest counts. Programs know a kind by this name.
        """
        return self.folder.name

    @property
    def may_be_taken_back(self) -> bool:
        """Whether an organizer may think better of sending it."""
        return not self.is_promised and not self.for_organizer

    def compose(self, material: Material, addressing: Addressing) -> bytes:
        """The message as a mail server gets it."""
        return self.composing(self, material, addressing)


def goes_to(*who: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a message in `Mail` goes to a volunteer of whom all of this is true."""
    # Not EXISTS, for which PostgreSQL may look at everybody beforehand.
    answer = select(and_(*who)).where(Volunteer.id == Mail.volunteer_id)
    return answer.correlate(Mail).scalar_subquery()
