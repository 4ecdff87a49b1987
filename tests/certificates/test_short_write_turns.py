"""While the database is locked for writing, nothing is decoded, drawn or requested from a
network."""

from collections.abc import Iterator

import httpx
import numpy
import pytest
from PIL import Image
from sqlalchemy import func, select

from shared.certificates.designs import designs
from shared.certificates.designs.changes import LimitChange
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.jobs.carrying import carry_out_due
from shared.rendering import design as designs_in_memory
from shared.storage.database import Database
from shared.storage.models import Event, Mail, Picture, Status, Volunteer
from tests.conftest import OWNER_TOKEN
from tests.support import factories
from tests.support.api_server import Invited, ana, api, default_event, server_url
from tests.support.calls import call, owners
from tests.support.console_screens import Open, people, press, undisturbed
from tests.support.designing import change
from tests.support.editing import change_a_layout
from tests.support.uploads import saved
from tests.support.write_turns import Watch, watched

__all__ = ["ana", "api", "default_event", "server_url"]


SEAL = "Picture: signature or seal (PNG)"


@pytest.fixture
def watch(installation: Installation) -> Iterator[Watch]:
    with watched(installation.database) as watch:
        yield watch


def new_picture() -> bytes:
    """One that no other test used, so that nothing of it is cached."""
    pixels = numpy.random.default_rng().integers(0, 256, (450, 640, 3), numpy.uint8)
    return saved(Image.fromarray(pixels), "PNG")


def assert_drawn_while_nothing_was_locked(watch: Watch) -> None:
    assert "Pillow" in watch.used
    assert watch.while_locked == []


def test_an_uploaded_picture_is_decoded_before_the_event_is_locked(
    installation: Installation,
    default_event: Event,
    watch: Watch,
    api: httpx.Client,
) -> None:
    picture = new_picture()
    answer = api.post(
        "/api/uploadImage", headers={"Token": OWNER_TOKEN}, files={"template": ("a.png", picture)}
    )
    assert answer.json()["code"] == 0, answer.json()
    assert_drawn_while_nothing_was_locked(watch)


def test_positions_of_the_old_api_are_drawn_before_the_event_is_locked(
    installation: Installation,
    default_event: Event,
    watch: Watch,
    api: httpx.Client,
) -> None:
    with installation.database.writing() as session:
        event = event_for_change(session, default_event.id)
        template = factories.set_picture(session, event, new_picture())
        # Whether a mail can still carry it is known only when it is drawn.
        change(session, event, LimitChange(len(template.content)))
    watch.forget()
    body = {"token": OWNER_TOKEN, "name_horizontal_pos": 300, "name_vertical_pos": 120}
    answer = api.post("/api/updateOrgConfig", json=body)
    assert answer.json()["code"] == 0, answer.json()
    assert_drawn_while_nothing_was_locked(watch)


def test_a_changed_layout_is_drawn_before_the_event_is_locked(
    open_screen: Open, database: Database, event_id: int, watch: Watch
) -> None:
    factories.design(database, event_id, new_picture())
    screen = open_screen("certificate", event_id)
    watch.forget()
    change_a_layout(screen)
    undisturbed(screen.run())
    with database.reading() as session:
        stored = session.get_one(Event, event_id).design
        assert stored is not None
        assert designs.layout_of(stored).alt == "Thank you"
    assert_drawn_while_nothing_was_locked(watch)


def test_files_are_weighed_by_a_new_limit_before_the_event_is_locked(
    open_screen: Open, database: Database, event_id: int, watch: Watch
) -> None:
    factories.design(database, event_id, new_picture())
    screen = open_screen("certificate", event_id)
    limit = next(c for c in screen.segmented_control if c.label == "Largest picture in a mail")
    watch.forget()
    undisturbed(limit.set_value(500_000).run())
    with database.reading() as session:
        stored = session.get_one(Event, event_id).design
        assert stored is not None
        assert stored.jpeg_quality < 92
    assert_drawn_while_nothing_was_locked(watch)


@pytest.mark.parametrize("label", ["Picture of the certificate", SEAL])
def test_what_is_uploaded_on_the_screen_is_decoded_before_the_event_is_locked(
    open_screen: Open, database: Database, event_id: int, watch: Watch, label: str
) -> None:
    factories.design(database, event_id, new_picture())
    screen = open_screen("certificate", event_id)
    place = next(one for one in screen.file_uploader if one.label == label)
    watch.forget()
    place.set_value(("new.png", new_picture(), "image/png"))
    undisturbed(screen.run())
    with database.reading() as session:
        assert session.scalars(select(func.count()).select_from(Picture)).one() == 2
    assert_drawn_while_nothing_was_locked(watch)


def test_a_list_is_read_and_nobodys_server_is_asked_before_it_is_added(
    open_screen: Open, installation: Installation, database: Database, event_id: int, watch: Watch
) -> None:
    screen = press(open_screen("volunteers", event_id), "Add or update a list")
    screen.session_state["volunteers.way"] = "upload"
    screen = undisturbed(screen.run())
    lines = "".join(f"v{number}@example.org\n" for number in range(2000))
    screen.file_uploader[0].set_value(("list.csv", lines.encode(), "text/csv"))
    screen = press(press(undisturbed(screen.run()), "Check the list"), "Add 2,000 volunteers")
    carry_out_due(installation)
    assert len(people(database, event_id)) == 2000
    assert watch.while_locked == []


def test_the_first_name_is_set_on_a_picture_that_was_decoded_before(
    installation: Installation, ana: Invited, watch: Watch, api: httpx.Client
) -> None:
    """As after a start: nothing of the certificate is in memory."""
    give_a_new_picture(installation, ana.id)
    watch.forget()
    body = {"token": ana.token, "name": "Ana Silva"}
    assert call(api, "submitUserInfo", **body)["code"] == 0
    with installation.database.reading() as session:
        assert session.get_one(Volunteer, ana.id).status is Status.SUBMITTED
    assert watch.while_locked == []


def test_all_that_a_sending_needs_is_looked_at_before_the_list_is_queued(
    installation: Installation, ana: Invited, watch: Watch, api: httpx.Client
) -> None:
    give_a_new_picture(installation, ana.id)
    watch.forget()
    added = owners(api, "addUserData", email=["bo@example.org", "cy@example.org,7"])
    assert added["data"]["accepted"] == 2
    assert owners(api, "email", action="send")["code"] == 0
    with installation.database.reading() as session:
        assert session.scalars(select(func.count()).select_from(Mail)).one() == 3
    assert_drawn_while_nothing_was_locked(watch)


def give_a_new_picture(installation: Installation, volunteer_id: int) -> None:
    """Stored by another process, as far as what is kept in memory is concerned."""
    with installation.database.writing() as session:
        event = session.get_one(Volunteer, volunteer_id).event
        factories.set_picture(session, event, new_picture())
    designs_in_memory._designs.clear()
