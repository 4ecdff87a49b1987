"""A design of the gallery for an event: what it says at first, and how it becomes the event's."""

from collections.abc import Sequence

from shared import events
from shared.certificates import designs
from shared.certificates.issuing import sample_link
from shared.events.actor import Actor
from shared.events.installation import Installation
from shared.language import N_, translate
from shared.rendering.gallery import record
from shared.rendering.gallery.catalogue import Choice, Filling, Style
from shared.rendering.gallery.drawing import draw_template
from shared.rendering.gallery.layouts import layout_of
from shared.storage.models import Event

TITLE = N_("Certificate of Appreciation")


def choice_for(event: Event, style: Style, language: str, columns: Sequence[str]) -> Choice:
    """The design with the event's own facts; `columns` are the titles of its list."""
    title = style.title if style.is_record else TITLE
    cells = first_cells(event, columns) if style.is_record else {}
    return Choice(
        style=style,
        language=language,
        title=translate(title, language),
        event=event.name,
        organization=event.organization,
        cells=tuple(cells.items()),
    )


def first_cells(event: Event, columns: Sequence[str]) -> dict[str, Filling]:
    """What fills the cells of a record as far as it is known: the column of that title, else what
    the event says."""
    said: dict[str, Filling] = {
        "project": ("text", event.name),
        "issuer": ("text", event.organization),
    }
    found = record.columns_for(columns)
    return said | {name: ("column", title) for name, title in found.items()}


def use(installation: Installation, event_id: int, choice: Choice, by: Actor) -> None:
    """Make the design the event's, in place of the one that it has; what was issued keeps its own.

    Drawn before the event is locked. Raises LayoutRefused when a text does not fit.
    """
    template = draw_template(choice)
    layout = layout_of(choice, sample_link(installation.settings))
    with installation.database.reading() as session:
        event = session.get_one(Event, event_id)
        designs.prepare_template(session, event, template, layout=layout)
    with installation.database.writing(by=by) as session:
        event = events.event_for_change(session, event_id)
        designs.store_template(session, event, template, layout=layout)
