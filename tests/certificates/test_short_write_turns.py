"""While the database is locked for writing, no picture is decoded, drawn or encoded."""

import sys
import threading
from collections.abc import Iterator
from typing import Any

import httpx
import numpy
import pytest
from PIL import Image
from sqlalchemy import event as listeners

from shared.certificates import designs
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.storage.database import Database
from shared.storage.models import Event
from tests.conftest import OWNER_TOKEN
from tests.support import factories
from tests.support.api_server import api, default_event, server_url
from tests.support.console_screens import Open, undisturbed
from tests.support.uploads import saved

__all__ = ["api", "default_event", "server_url"]

# Pillow's own functions that cost milliseconds.
WORK = {"decode", "encode", "encode_to_file", "resize", "render"}


@pytest.fixture
def seen(installation: Installation) -> Iterator[list[tuple[str, bool]]]:
    """What Pillow does from now on in any new thread, and whether the database was locked then."""
    work: list[tuple[str, bool]] = []
    writing = threading.local()

    def watch(frame: Any, kind: str, called: Any) -> None:
        if kind == "c_call" and called.__name__ in WORK:
            module = frame.f_globals.get("__name__", "")
            if module.startswith("PIL."):
                work.append((called.__name__, getattr(writing, "now", False)))

    def begun(*_: Any) -> None:
        writing.now = True

    def ended(*_: Any) -> None:
        writing.now = False

    engine = installation.database._writing
    listeners.listen(engine, "begin", begun)
    for end in ("commit", "rollback"):
        listeners.listen(engine, end, ended)
    threading.setprofile(watch)
    sys.setprofile(watch)
    yield work
    sys.setprofile(None)
    threading.setprofile(None)  # type: ignore[arg-type]


def new_picture() -> bytes:
    """One that no test had before, so that nothing of it is found in memory."""
    pixels = numpy.random.default_rng().integers(0, 256, (450, 640, 3), numpy.uint8)
    return saved(Image.fromarray(pixels), "PNG")


def assert_never_while_locked(work: list[tuple[str, bool]]) -> None:
    assert work
    assert [name for name, locked in work if locked] == []


def test_an_uploaded_picture_is_decoded_before_the_event_is_locked(
    installation: Installation,
    default_event: Event,
    seen: list[tuple[str, bool]],
    api: httpx.Client,
) -> None:
    picture = new_picture()
    answer = api.post(
        "/api/uploadImage", headers={"Token": OWNER_TOKEN}, files={"template": ("a.png", picture)}
    )
    assert answer.json()["code"] == 0, answer.json()
    assert_never_while_locked(seen)


def test_positions_of_the_old_api_are_drawn_before_the_event_is_locked(
    installation: Installation,
    default_event: Event,
    seen: list[tuple[str, bool]],
    api: httpx.Client,
) -> None:
    with installation.database.writing() as session:
        designs.set_template(session, event_for_change(session, default_event.id), new_picture())
    seen.clear()
    body = {"token": OWNER_TOKEN, "name_horizontal_pos": 300, "name_vertical_pos": 120}
    answer = api.post("/api/updateOrgConfig", json=body)
    assert answer.json()["code"] == 0, answer.json()
    assert_never_while_locked(seen)


def test_a_slider_step_is_drawn_before_the_event_is_locked(
    open_screen: Open, database: Database, event_id: int, seen: list[tuple[str, bool]]
) -> None:
    factories.design(database, event_id, new_picture())
    screen = open_screen("certificate", event_id)
    seen.clear()
    undisturbed(screen.slider(key="certificate.control.name.top").set_value(31.0).run())
    with database.reading() as session:
        stored = session.get_one(Event, event_id).design
        assert stored is not None
        assert designs.layout_of(stored).field("name").box.top == 0.31
    assert_never_while_locked(seen)


def test_files_are_weighed_by_a_new_limit_before_the_event_is_locked(
    open_screen: Open, database: Database, event_id: int, seen: list[tuple[str, bool]]
) -> None:
    factories.design(database, event_id, new_picture())
    screen = open_screen("certificate", event_id)
    limit = next(c for c in screen.segmented_control if c.label == "Largest picture in a mail")
    seen.clear()
    undisturbed(limit.set_value(500_000).run())
    with database.reading() as session:
        stored = session.get_one(Event, event_id).design
        assert stored is not None
        assert stored.jpeg_quality < 92
    assert_never_while_locked(seen)
