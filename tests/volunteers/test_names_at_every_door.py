"""A name is stored alike, by whichever door it comes."""

import csv
import io
import unicodedata
from pathlib import Path

import httpx
import openpyxl
from sqlalchemy import select, update

from shared.acts.add_list import add_list
from shared.acts.rename import Rename
from shared.acts.update_list import update_list
from shared.certificates.issuing.outdated import Listed, overtaken
from shared.events.installation import Installation
from shared.storage.models import Certificate, Event, Volunteer
from shared.volunteers.lists.column_mapping import find_mapping
from shared.volunteers.lists.list_files import read_file
from shared.volunteers.lists.list_parser import parse_table
from shared.volunteers.lists.recipients import RecipientList
from shared.volunteers.people import roster
from tests.support import batches
from tests.support.acting import issue_in_turns
from tests.support.api_server import api, default_event, server_url
from tests.support.batches import place
from tests.support.calls import call, owners
from tests.support.european_names import EUROPEAN_NAMES
from tests.support.factories import design, invite
from tests.support.further_names import FURTHER_NAMES
from tests.support.lists import bring
from tests.support.rendering_names import NAMES
from tests.support.spoken_names import SPOKEN_NAMES

__all__ = ["api", "default_event", "place", "server_url"]

OF_LANGUAGES = EUROPEAN_NAMES | SPOKEN_NAMES
EVERY = [
    *(name for names in OF_LANGUAGES.values() for name in names),
    *NAMES.values(),
    *FURTHER_NAMES.values(),
]
# What a copy brings along, before and behind.
STRAY = ("\ufeff", "\u200f"), ("\u200e ", "\u00ad"), (" \u200b", "\u3000"), ("", "\ufeff ")
TYPED = [
    f"{before}{unicodedata.normalize(form, name)}{behind}"
    for at, name in enumerate(EVERY)
    for before, behind in [STRAY[at % len(STRAY)]]
    for form in [("NFD", "NFC")[at % 2]]
]
STORED = [unicodedata.normalize("NFC", name) for name in EVERY]


def rows_for(door: str) -> list[list[str]]:
    people = [[f"{door}{at}@example.org", name] for at, name in enumerate(TYPED)]
    return [["email", "name"], *people]


def as_csv(door: str) -> str:
    written = io.StringIO()
    csv.writer(written).writerows(rows_for(door))
    return written.getvalue()


def as_workbook(door: str) -> bytes:
    book, written = openpyxl.Workbook(), io.BytesIO()
    for row in rows_for(door):
        book.active.append(row)
    book.save(written)
    return written.getvalue()


def read(content: bytes, name: str) -> RecipientList:
    rows = read_file(content, name).rows
    return parse_table(rows, find_mapping(rows))


def stored(installation: Installation, door: str) -> list[str]:
    theirs = Volunteer.email.like(f"{door}%")
    with installation.database.reading() as session:
        found = select(Volunteer.listed_name).where(theirs).order_by(Volunteer.id)
        return list(session.scalars(found))


def test_names_of_eighty_languages_come_in_alike(
    api: httpx.Client, installation: Installation, default_event: Event
) -> None:
    assert len(set(EVERY)) > 250
    assert len(OF_LANGUAGES) > 80
    objects = [{"email": email, "name": name} for email, name in rows_for("object")[1:]]
    owners(api, "addUserData", email=objects)
    owners(api, "addUserData", email=as_csv("line").splitlines())
    bring(installation, default_event.id, as_csv("pasted"))
    files = {
        "csv": read(as_csv("csv").encode("utf-8-sig"), "list.csv"),
        "xlsx": read(as_workbook("xlsx"), "list.xlsx"),
    }
    for found in files.values():
        with installation.database.writing() as session:
            roster.add_volunteers(session, session.get_one(Event, default_event.id), found)
    for door in ("object", "line", "pasted", *files):
        assert stored(installation, door) == STORED, door
    assert [Rename("", typed).wanted for typed in TYPED] == STORED


def test_they_are_issued_alike(
    api: httpx.Client, installation: Installation, default_event: Event
) -> None:
    design(installation.database, default_event.id)
    bring(installation, default_event.id, "\n".join(email for email, _ in rows_for("asked")[1:]))
    tokens = list(invite(installation, default_event.id).values())
    some = range(0, len(TYPED), 15)
    for at in some:
        assert call(api, "submitUserInfo", token=tokens[at], name=TYPED[at])["code"] == 0
    with installation.database.reading() as session:
        issued = session.scalars(select(Certificate.name).order_by(Certificate.id)).all()
    assert list(issued) == [STORED[at] for at in some]


def test_they_are_drawn_alike_without_a_database(place: Path) -> None:
    some = slice(0, None, 15)
    names = batches.write_list(place, [["name"], *([typed] for typed in TYPED[some])])
    done = batches.run(place, names, formats=("jpg",))
    assert [one.name for one in done.outcomes] == STORED[some]
    assert not done.refused


LIST = """email,name,number,task
jose@example.org,José Silva,A 1,"Beach
lead"
ali@example.org,علی\u200cرضا,A2,Tea
"""


def test_after_an_upgrade_the_list_of_before_changes_nothing(
    installation: Installation, event_id: int
) -> None:
    database, found = installation.database, read(LIST.encode(), "list.csv")
    design(database, event_id)
    add_list(database, installation.seal, event_id, found)
    issue_in_turns(installation, event_id)
    # As earlier rules stored them.
    before = {"listed_name": "Jose\u0301  Silva", "columns": {"task": "Beach lead"}}
    with database.writing() as session:
        jose = session.scalars(select(Volunteer).where(Volunteer.number == "A 1")).one()
        session.execute(update(Volunteer).where(Volunteer.id == jose.id).values(before))
    done = update_list(database, installation.seal, event_id, found)
    assert (done.updated, len(done.already_there)) == ([], 2)
    with database.reading() as session:
        event, jose = session.get_one(Event, event_id), session.get_one(Volunteer, jose.id)
        listed = Listed(jose.listed_name, {"task": "Beach\nlead"}, ["task"])
        assert overtaken(session, event, {jose.id: listed}) == {}
        another = Listed("José Silvas", {}, [])
        assert list(overtaken(session, event, {jose.id: another})) == [jose.id]
