"""Our own designs for an event: its taste, their texts, and using one."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from shared.certificates.designs.changes import TemplateChange
from shared.certificates.designs.designs import layout_of as stored_layout
from shared.certificates.designs.designs import store_picture
from shared.events.links import sample_link
from shared.language import translate
from shared.rendering.gallery import record
from shared.rendering.gallery.catalogue import (
    DesignChoice,
    Filling,
    Logo,
    Signer,
    Style,
    style_named,
)
from shared.rendering.gallery.drawing import draw_template
from shared.rendering.gallery.layouts import (
    LOGO,
    SIGNING,
    cells_of,
    layout_of,
    with_what_was_written,
)
from shared.rendering.gallery.plans import FACTS
from shared.rendering.layout import Layout
from shared.rendering.placeholders import EVENT, ORGANIZATION
from shared.rendering.uploads.template import Template
from shared.settings import Settings
from shared.storage.models import Design, Event, Picture

_UPRIGHT, _FLAT = "portrait", "landscape"
_SAMPLE = "cream"


@dataclass(frozen=True)
class Taste:
    """An event's wishes for any of our designs: the language of its texts, the format, colours ("":
    the design's own), the organization's logo, and signers, if the organization does not sign."""

    language: str
    is_upright: bool = False
    main: str = ""
    accent: str = ""
    logo: Logo | None = None
    signers: tuple[Signer, ...] = ()


def choice_for(
    style: Style, taste: Taste, columns: Sequence[str], before: Layout | None = None
) -> DesignChoice:
    """Return the design with placeholders for event and organization, which get today's names when
    a certificate is made; `columns` are the titles of the list, `before` is another of our designs,
    whose cells are kept."""
    title = style.title if style.is_record else style.words.title
    # A column with that title, otherwise the event's own value.
    known = record.columns_for(columns).items()
    found: dict[str, Filling] = {name: ("column", title) for name, title in known}
    cells = {name: found[name] for name in FACTS if name in found} if style.plan else {}
    if style.is_record:
        cells = {"project": ("text", EVENT), "issuer": ("text", ORGANIZATION), **found}
        cells = dict(cells_of(before) if before else ()) or cells
    return DesignChoice(
        style=style,
        title=translate(title, taste.language),
        cells=tuple(cells.items()),
        # Each wish has the same name there.
        **vars(taste),
    )


def layout_for(
    choice: DesignChoice, link: str, before: Layout | None = None, *, others_sign: bool = False
) -> Layout:
    """Return the design's layout, with what was written on another of ours, `before`; `others_sign`
    says that its signers are not kept. The QR code is large enough for links as long as `link`."""
    layout, ours = layout_of(choice, link), SIGNING if others_sign else ()
    return with_what_was_written(layout, before, ours) if before else layout


def template_change(
    settings: Settings,
    choice: DesignChoice,
    group_id: int | None = None,
    before: Layout | None = None,
    *,
    others_sign: bool = False,
) -> TemplateChange:
    """Return the change to the design, drawn, with its texts (see `layout_for`). Its logo has to be
    stored first: `store_logo`."""
    return TemplateChange(
        draw_template(choice),
        layout=layout_for(choice, sample_link(settings), before, others_sign=others_sign),
        gallery=({"signers": json.dumps(choice.signers)} if choice.signers else {})
        | {
            "style": choice.style.name,
            "language": choice.language,
            "format": _UPRIGHT if choice.is_upright else _FLAT,
            "main": choice.main,
            "accent": choice.accent,
        },
        group_id=group_id,
    )


def sample_change(settings: Settings, language: str, event: str = EVENT) -> TemplateChange:
    """Return the change to one of our designs, for a sample; `event` is named on it."""
    choice = choice_for(style_named(_SAMPLE), Taste(language), ())
    return template_change(settings, replace(choice, event=event))


def accepted_logo(picture: Template | Picture) -> Logo:
    """Return the logo of an inset that was accepted, or is stored."""
    return Logo(picture.sha256, picture.width, picture.height, picture.content)


def store_logo(session: Session, event: Event, logo: Logo) -> None:
    """Store the file of a logo, unless it is there."""
    if session.get(Picture, logo.sha256) is None:
        inset = Template(logo.content, "image/png", logo.width, logo.height, None, logo.sha256)
        store_picture(session, event, inset)


def style_of(design: Design | None) -> Style | None:
    """Return which of our designs it is; None if it is none, or unknown."""
    return style_named(design.gallery["style"]) if design and design.gallery else None


def taste_of(session: Session, design: Design) -> Taste:
    """Return the taste that one of our designs was made with. KeyError for other designs."""
    made = design.gallery or {}
    logos = [field.content for field in stored_layout(design).fields if field.id == LOGO]
    logo = accepted_logo(session.get_one(Picture, logos[0])) if logos else None
    upright = made["format"] == _UPRIGHT
    signers = tuple((name, office) for name, office in json.loads(made.get("signers", "[]")))
    return Taste(made["language"], upright, made["main"], made["accent"], logo, signers)
