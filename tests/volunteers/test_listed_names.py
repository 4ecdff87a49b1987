"""The listed name and the given name: neither replaces the other."""

import io

import openpyxl
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.app import create_app
from shared.events.installation import Installation
from shared.storage.database import Database
from shared.storage.models import Certificate, Event, Volunteer
from shared.volunteers.people import progress
from shared.volunteers.people.listing import Listing
from shared.volunteers.tables import workbook
from tests.support import whole_tables
from tests.support.acting import begin_for_real
from tests.support.factories import add, design, invite
from tests.support.mailing import wait_until, working
from tests.support.sending_steps import add_account

LIST = "Email,Name\nana@example.org,Ana (Harbour)\nbo@example.org,Bo Li\ncy@example.org,\n"
ANA, BO, CY = "ana@example.org", "bo@example.org", "cy@example.org"


def invited(installation: Installation, event_id: int) -> dict[str, str]:
    design(installation.database, event_id)
    add(installation.database, event_id, LIST)
    return invite(installation, event_id)


def names(database: Database) -> list[str]:
    with database.reading() as session:
        return [person.name for person in session.scalars(select(Volunteer).order_by(Volunteer.id))]


def submit(api: TestClient, token: str, name: str) -> None:
    answer = api.post("/api/submitUserInfo", json={"token": token, "name": name})
    assert answer.json()["code"] == 0


def is_idle(database: Database, event_id: int) -> bool:
    with database.reading() as session:
        counted = progress.event_progress(session, session.get_one(Event, event_id))
        return counted.invitations_to_go + counted.certificates_to_go == 0


def test_beginning_for_real_keeps_the_names_of_the_list_and_forgets_those_of_the_rehearsal(
    installation: Installation, event_id: int
) -> None:
    tokens = invited(installation, event_id)
    with TestClient(create_app(installation)) as api, working(installation):
        submit(api, tokens[ANA], "Only a Test")
        submit(api, tokens[CY], "Another Test")
        wait_until(lambda: is_idle(installation.database, event_id))
    assert names(installation.database) == ["Only a Test", "Bo Li", "Another Test"]
    add_account(installation.database, event_id)
    assert begin_for_real(installation.database, event_id) == 3
    assert names(installation.database) == ["Ana (Harbour)", "Bo Li", ""]


def test_the_given_name_stands_everywhere_and_before_it_the_listed_one(
    installation: Installation, event_id: int
) -> None:
    tokens = invited(installation, event_id)
    database = installation.database
    with TestClient(create_app(installation)) as api:
        for expected in ("Ana (Harbour)", "Ana Lima"):
            told = api.get("/api/getUserInfo", params={"token": tokens[ANA]}).json()["data"]
            assert told["name"] == expected
            page = api.get("/certificate", params={"token": tokens[ANA]}).text
            assert expected in page
            with database.reading() as session:
                event = session.get_one(Event, event_id)
                table = whole_tables.statuses(session, installation.settings, event)
                assert table["name"][0] == expected
                written = workbook({"volunteers": whole_tables.as_table(table)})
                sheet = openpyxl.load_workbook(io.BytesIO(b"".join(written))).active
                assert sheet is not None
                assert expected in [cell.value for cell in sheet[2]]
            if expected == "Ana (Harbour)":
                submit(api, tokens[ANA], "Ana Lima")
    with database.reading() as session:
        assert session.scalars(select(Certificate.name)).all() == ["Ana Lima"]


def test_a_person_is_found_by_either_name(installation: Installation, event_id: int) -> None:
    tokens = invited(installation, event_id)
    with TestClient(create_app(installation)) as api:
        submit(api, tokens[ANA], "Maria Lima")
    with installation.database.reading() as session:
        event = session.get_one(Event, event_id)
        for search in ("harbour", "maria"):
            found = Listing(session, event, search=search).page()
            assert [person.email for person in found] == [ANA]
        assert session.scalars(select(Volunteer.email).where(Volunteer.name == "Bo Li")).all() == [
            BO
        ]
