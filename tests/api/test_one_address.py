"""Whoever brings a right link is never refused because of others of their network."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
from sqlalchemy import func, select

from shared.events.installation import Installation
from shared.storage.models import Certificate, Event
from tests.support.api_server import default_event, server_url
from tests.support.factories import add, design, invite
from tests.support.one_database import database_url

__all__ = ["database_url", "default_event", "server_url"]

VOLUNTEERS = 500


def test_five_hundred_volunteers_behind_one_address_are_never_refused(
    installation: Installation, server_url: str, default_event: Event
):
    """A university's hall: they open, preview and submit, faster than any limit of a network."""
    people = "\n".join(f"p{number}@example.org" for number in range(VOLUNTEERS))
    add(installation.database, default_event.id, people)
    design(installation.database, default_event.id)
    tokens = invite(installation, default_event.id).values()

    def one(token: str) -> Iterator[int]:
        with httpx.Client(base_url=server_url, timeout=60, verify=False) as browser:
            named = {"token": token, "name": "Ana Lima"}
            yield browser.get("/certificate", params={"token": token}).status_code
            yield browser.post("/api/preview", json=named | {"width": 200}).status_code
            yield browser.post("/certificate", data=named).status_code

    with ThreadPoolExecutor(8) as hall:
        answers = Counter(
            status for each in hall.map(lambda token: [*one(token)], tokens) for status in each
        )
    assert answers == {200: 2 * VOLUNTEERS, 303: VOLUNTEERS}
    with installation.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Certificate)) == VOLUNTEERS
