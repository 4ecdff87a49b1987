"""A small picture of an event's certificate at an address of its own, with the name of its first
volunteer for readers who may see names, and with a sample for others.

A screen that shows many events asks the database for none of their designs: the browser fetches
each picture once, and keeps it until the design or what is written on it changes.
"""

import hashlib
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response

from console import previews
from console.signin.session import signed_in
from shared.access.keys import event_opened_by
from shared.access.roles import Permission
from shared.certificates.designs import designs
from shared.certificates.issuing.columns import sample_values
from shared.certificates.issuing.samples import sample_facts
from shared.errors import NameProblem, ProductError
from shared.events.installation import Installation
from shared.language import N_, translate
from shared.settings import settings
from shared.storage.models import Design, Event
from shared.volunteers.people.listing import first_name

ADDRESS = "/picture/{event:int}/{version}.jpg"
_WIDTH = 560
_NAME = N_("Alex Chen")
# Whoever is signed out meanwhile may look again at what their own browser has kept.
_CACHING = {"Cache-Control": "private, max-age=86400"}


def address_of(event: Event, name: str = "") -> str:
    """Where the browser finds the picture with this name, or with a sample; empty before the event
    has a certificate."""
    if event.design_id is None:
        return ""
    return f"{settings().console_path}/picture/{event.id}/{_version(event, name)}.jpg"


def _version(event: Event, name: str) -> str:
    written = (event.design_id, event.name, event.organization, event.language)
    shown = f"{written} {event.certificate_date} {event.number_pattern} {name}"
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


def serve_picture(installation: Installation, request: Request) -> Response:
    """It, for whoever may see the event."""
    event_id = request.path_params["event"]
    try:
        with installation.database.reading() as session:
            reader = signed_in(session, installation, request.cookies)
            access = reader.to(event_id)
            event = event_opened_by(session, access, event_id)
            if event.design is None:
                return Response(status_code=404)
            name = first_name(session, event) if access.may(Permission.SEE_TABLE) else ""
            if _version(event, name) != request.path_params["version"]:
                name = ""
            try:
                address = _drawn(session, event, event.design, name)
            # A name that does not fit is told of elsewhere.
            except NameProblem:
                address = _drawn(session, event, event.design, "")
    except ProductError:
        return Response(status_code=404)
    picture = previews.cached(address.rpartition("/")[2].removesuffix(".jpg"))
    if picture is None:
        return Response(status_code=404)
    return Response(picture, media_type="image/jpeg", headers=_CACHING)


def _drawn(session: Session, event: Event, design: Design, name: str) -> str:
    """The address of the preview. Raises NameProblem and FontRefused."""
    facts = sample_facts(
        settings(),
        event,
        name or translate(_NAME, event.language),
        sample_values(session, event),
        datetime.now(ZoneInfo(event.time_zone)).date(),
    )
    return previews.preview_url(designs.compiled(session, design, facts), facts, _WIDTH)
