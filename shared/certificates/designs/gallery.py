"""A gallery design for an event: its initial texts, and how it becomes the event's."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from shared.certificates.designs import designs
from shared.events.links import sample_link
from shared.language import N_, translate
from shared.rendering.gallery import record
from shared.rendering.gallery.catalogue import Choice, Filling, Style
from shared.rendering.gallery.drawing import draw_template
from shared.rendering.gallery.layouts import layout_of
from shared.rendering.placeholders import EVENT, ORGANIZATION
from shared.settings import Settings
from shared.storage.models import Event, Group

TITLE = N_("Certificate of Appreciation")


def choice_for(
    style: Style, language: str, columns: Sequence[str], *, is_upright: bool = False
) -> Choice:
    """The design, which names the event and the organization, whatever they are called when a
    certificate is made; `columns` are the titles of the list."""
    title = style.title if style.is_record else TITLE
    cells = first_cells(columns) if style.is_record else {}
    return Choice(
        style=style,
        language=language,
        title=translate(title, language),
        is_upright=is_upright,
        cells=tuple(cells.items()),
    )


def first_cells(columns: Sequence[str]) -> dict[str, Filling]:
    """What fills the cells of a record, as far as is known: a column with that title, otherwise the
    event's own value."""
    said: dict[str, Filling] = {"project": ("text", EVENT), "issuer": ("text", ORGANIZATION)}
    found = record.columns_for(columns)
    return said | {name: ("column", title) for name, title in found.items()}


def prepare(
    session: Session,
    settings: Settings,
    event: Event,
    choice: Choice,
    group: Group | None = None,
) -> designs.TemplateChange:
    """The change for `designs.store_template`, also for a group's own design, drawn before the
    event is locked.

    Raises LayoutRefused if a text does not fit.
    """
    template, layout = draw_template(choice), layout_of(choice, sample_link(settings))
    change = designs.TemplateChange(template, layout=layout)
    designs.prepare_template(session, event, change, group)
    return change
