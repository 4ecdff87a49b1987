"""What an event wishes of our designs, and which of them it has."""

from dataclasses import dataclass

from console import group_choice
from console.screens.certificate import preview, saving
from console.session import reading
from console.session_key import SessionKey
from shared.certificates.designs import designs
from shared.certificates.designs.gallery import Taste, choice_for, style_of, taste_of
from shared.certificates.issuing.columns import sample_values
from shared.rendering.gallery.catalogue import Choice, Style
from shared.rendering.layout import Layout
from shared.storage.models import Design, Event
from shared.volunteers.people.listing import first_name

# What was wished a moment ago; and what is wished as long as no design of ours is in use.
WISHED = SessionKey[Taste]("certificate.gallery.wished")
TASTE = SessionKey[Taste]("certificate.gallery.taste")


@dataclass(frozen=True)
class Gallery:
    """What is known of the certificate that the screen shows: its design, if there is one; if that
    is one of ours, its `style`, and as `before` what the next one takes over."""

    event: Event
    group_id: int | None
    design: Design | None
    style: Style | None
    taste: Taste
    before: Layout | None
    columns: dict[str, str]
    name: str

    @property
    def place(self) -> saving.Place:
        return self.event.id, self.group_id

    def choice(self, style: Style, taste: Taste | None = None) -> Choice:
        return choice_for(style, taste or self.taste, list(self.columns), self.before)


def seen() -> Gallery:
    with reading() as (session, event):
        design = group_choice.shown_design(event)
        style = style_of(design)
        group_id = group_choice.chosen_id(event)
        if design and style:
            taste = taste_of(session, design)
        else:
            taste = TASTE.of(event.id, group_id).get(Taste(event.language))
        return Gallery(
            event=event,
            group_id=group_id,
            design=design,
            style=style,
            taste=taste,
            before=designs.layout_of(design) if design and style else None,
            columns=sample_values(session, event) | group_choice.own_value(event),
            name=first_name(session, event) or preview.sample_name(taste.language),
        )


def wish(taste: Taste) -> None:
    """Wish all designs so, from the next drawing of the wall on; the one in use is made anew."""
    WISHED.set(taste)
