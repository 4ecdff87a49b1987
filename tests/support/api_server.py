"""A real server for the tests of the API, and people to call it."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest
from PIL import Image
from sqlalchemy import select

from api.app import new_server
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.storage.models import Event, Owner, Status, Volunteer
from shared.volunteers.people import roster
from tests.support import factories
from tests.support.acting import queue_invitations
from tests.support.lists import read_call
from tests.support.serving import running


@dataclass(frozen=True)
class Invited:
    """A volunteer with a link: what the tests that submit a name begin with."""

    id: int
    email: str
    token: str


@pytest.fixture
def server_url(installation: Installation) -> Iterator[str]:
    """The address of the API, served on a free port."""
    with running(new_server(installation, 0)) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def api(server_url: str) -> Iterator[httpx.Client]:
    # It would read the certificates of all authorities, which takes 8 ms, for a server without one.
    with httpx.Client(base_url=server_url, timeout=60, verify=False) as client:
        yield client


@pytest.fixture
def default_event(installation: Installation) -> Event:
    """The event that the owner's token acts on."""
    with installation.database.reading() as session:
        return session.get_one(Event, session.get_one(Owner, 1).default_event_id)


@pytest.fixture
def ana(installation: Installation, default_event: Event) -> Invited:
    """Somebody on the default event's list, invited to a certificate that has a picture."""
    return invite(installation, default_event.id, "ana@example.org")


def invite(installation: Installation, event_id: int, email: str) -> Invited:
    with installation.database.writing() as session:
        event = event_for_change(session, event_id)
        if event.design is None:
            factories.set_picture(session, event, factories.sample_picture())
        roster.add_volunteers(session, event, read_call(email))
        queue_invitations(session, installation.seal, event)
        volunteer = session.scalars(
            select(Volunteer).where(Volunteer.event_id == event_id, Volunteer.email == email)
        ).one()
        volunteer.status = Status.INVITED
        assert volunteer.token
        return Invited(volunteer.id, email, installation.seal.open_token(volunteer.token))


def png(width: int = 600, height: int = 400) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(buffer, "PNG")
    return buffer.getvalue()
