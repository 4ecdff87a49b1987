"""What several tests start with: a list, a certificate, invitations."""

import io
from functools import cache

from PIL import Image, ImageDraw
from sqlalchemy import select
from sqlalchemy.orm import Session

from shared import events
from shared.events.installation import Installation
from shared.rendering.gallery.catalogue import DesignChoice, style_named
from shared.rendering.gallery.drawing import sketch
from shared.rendering.uploads.accepted import accept_upload
from shared.rendering.uploads.template import Template
from shared.storage.database import Database
from shared.storage.models import Event, RehearsalMail, Volunteer
from shared.storage.sealing.tokens import Seal
from shared.volunteers.people import roster
from shared.volunteers.people.roster import ListCheck
from tests.support.acting import queue_invitations
from tests.support.designing import set_template
from tests.support.lists import read_call

# For what seals or hashes nothing that a test looks at.
KEY = "any key"
SEAL = Seal([KEY])


@cache
def small_picture(colour: str = "white", size: tuple[int, int] = (600, 424)) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", size, colour).save(content, "PNG")
    return content.getvalue()


@cache
def sample_picture(width: int = 877) -> bytes:
    """A sheet of the gallery in so many pixels, landscape, as if it were somebody's own picture."""
    return sketch(DesignChoice(style_named("classic"), "en", ""), width)


def seal(colour: str = "red", edge: str = "white") -> bytes:
    """A round seal with a transparent corner; `edge` is the colour that nobody sees there."""
    picture = Image.new("RGBA", (120, 120), edge)
    picture.putalpha(0)
    ImageDraw.Draw(picture).ellipse((10, 10, 110, 110), fill=colour)
    content = io.BytesIO()
    picture.save(content, "PNG")
    return content.getvalue()


def add(database: Database, event_id: int, text: str) -> ListCheck:
    """Put a pasted list on the event's."""
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        return roster.add_volunteers(session, event, read_call(text))


def design(database: Database, event_id: int, picture: bytes | None = None) -> None:
    """Give the event a small certificate with the standard layout."""
    with database.writing() as session:
        set_picture(session, events.event_for_change(session, event_id), picture)


def set_picture(session: Session, event: Event, picture: bytes | None = None) -> Template:
    """Give the event, which is locked, a small certificate, or `picture` as its template."""
    template = accepted(picture or small_picture())
    set_template(session, event, template)
    return template


@cache
def accepted(picture: bytes) -> Template:
    """The template that this upload becomes, checked and encoded once for all tests."""
    return accept_upload(picture)


def invite(installation: Installation, event_id: int) -> dict[str, str]:
    """Queue the invitations; the token of each address."""
    with installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        queue_invitations(session, installation.seal, event)
    with installation.database.reading() as session:
        rows = session.scalars(select(Volunteer).where(Volunteer.event_id == event_id))
        return {row.email: installation.seal.open_token(row.token) for row in rows}


def rehearsed(
    installation: Installation, event_id: int, recipient: str, subject: str, text: str = "Hello"
) -> None:
    """A mail comes into the mailbox of the rehearsal."""
    content = f"From: Club <a@example.org>\r\nSubject: {subject}\r\n\r\n{text}\r\n".encode()
    sealed = installation.seal.seal_mail(content, recipient)
    with installation.database.writing() as session:
        session.add(
            RehearsalMail(event_id=event_id, recipient=recipient, subject=subject, content=sealed)
        )
