"""Checks before a sending of what the sheets say of the event: names of once, and empty places."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.certificates.designs import designs
from shared.certificates.designs.old_names import old_names
from shared.findings import Finding, Level
from shared.language import N_
from shared.rendering.layout import Layout
from shared.rendering.placeholders import ORGANIZATION, column_of, written
from shared.storage.models import Design, Event, VectorPage

_SUBJECT = N_("Certificate")

# The console offers to replace it.
OLD_NAME = N_("A text on the certificate says “{name}”; today it is called “{today}”.")
_EMPTY = N_(
    "{placeholder} would stay empty on the certificate: enter what it stands for under "
    "“Organization”, or change the text."
)
_NO_COLUMN = N_("The certificate shows {placeholder}, but the list has no such column.")
_NAMELESS = N_("The certificate names no organization that thanks.")


def check_facts(session: Session, event: Event) -> list[Finding]:
    """Of everybody's design, and of those of groups."""
    found = [
        one
        for _, design in designs.all_designs(event)
        for one in _of_design(session, event, design)
    ]
    # Groups' designs mostly say the same.
    return [one for place, one in enumerate(found) if one not in found[:place]]


def _of_design(session: Session, event: Event, design: Design) -> Iterator[Finding]:
    for old in old_names(design, event):
        yield Finding(Level.AMBER, _SUBJECT, OLD_NAME, {"name": old.name, "today": old.today})
    layout = designs.layout_of(design)
    for placeholder in sorted(
        {one for field in layout.fields if field.shown for one in field.placeholders}
    ):
        title = column_of(placeholder)
        details = {"placeholder": written(placeholder)}
        if title is not None and event.list_columns and title not in event.list_columns:
            yield Finding(Level.AMBER, _SUBJECT, _NO_COLUMN, details)
        if placeholder == "organization" and not event.organization.strip():
            yield Finding(Level.AMBER, _SUBJECT, _EMPTY, details)
    # Whether the sheet came from the gallery, so that nothing but its fields says something:
    # on an organizer's own sheet the name may be in the picture.
    page = select(VectorPage.media_type).where(VectorPage.sha256 == design.vector_sha256)
    is_ours = session.scalar(page) == "image/svg+xml"
    if is_ours and not _names_organization(layout, event):
        yield Finding(Level.AMBER, _SUBJECT, _NAMELESS)


def _names_organization(layout: Layout, event: Event) -> bool:
    texts = [field.content for field in layout.fields if field.kind == "text" and field.shown]
    by_name = event.organization.strip()
    alone = ("signature", "cell-issuer")
    return any(ORGANIZATION in text or (by_name and by_name in text) for text in texts) or any(
        field.shown and field.id in alone for field in layout.fields
    )
