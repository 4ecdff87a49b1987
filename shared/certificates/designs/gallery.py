"""A gallery design for an event: its initial texts, and how it becomes the event's."""

from collections.abc import Sequence

from shared.certificates.designs.changes import TemplateChange
from shared.events.links import sample_link
from shared.language import N_, translate
from shared.rendering.gallery import record
from shared.rendering.gallery.catalogue import Choice, Filling, Style
from shared.rendering.gallery.drawing import draw_template
from shared.rendering.gallery.layouts import layout_of
from shared.rendering.placeholders import EVENT, ORGANIZATION
from shared.settings import Settings

TITLE = N_("Certificate of Appreciation")


def choice_for(
    style: Style, language: str, columns: Sequence[str], *, is_upright: bool = False
) -> Choice:
    """The design, which names the event and the organization, whatever they are called when a
    certificate is made; `columns` are the titles of the list."""
    title = style.title if style.is_record else TITLE
    cells: dict[str, Filling] = {}
    if style.is_record:
        # What is known: a column with that title, otherwise the event's own value.
        found = record.columns_for(columns)
        cells = {"project": ("text", EVENT), "issuer": ("text", ORGANIZATION)}
        cells |= {name: ("column", title) for name, title in found.items()}
    return Choice(
        style=style,
        language=language,
        title=translate(title, language),
        is_upright=is_upright,
        cells=tuple(cells.items()),
    )


def template_change(
    settings: Settings, choice: Choice, group_id: int | None = None
) -> TemplateChange:
    """The design, drawn, with its initial texts."""
    template, layout = draw_template(choice), layout_of(choice, sample_link(settings))
    return TemplateChange(template, layout=layout, group_id=group_id)
