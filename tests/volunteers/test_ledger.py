"""The exported ledger: every mail, every try, and sums that add up to the list."""

import io

import openpyxl
from sqlalchemy import select

from shared import events
from shared.events.installation import Installation
from shared.storage.clock import database_time
from shared.storage.models import Attempt, Event, Mail, MailState
from shared.volunteers import table_files
from shared.volunteers.people import roster
from shared.volunteers.tables import csv_of
from tests.support import whole_tables
from tests.support.acting import queue_invitations
from tests.support.lists import read_call

PEOPLE = 7


def listed(installation: Installation, event_id: int) -> None:
    pasted = read_call("\n".join(f"p{number}@example.org" for number in range(PEOPLE)))
    with installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        roster.add_volunteers(session, event, pasted)
        queue_invitations(session, installation.seal, event)


def refuse(installation: Installation, event_id: int, tries: int) -> None:
    """The first mail was tried so many times, each time in vain."""
    with installation.database.writing() as session:
        mail = session.scalars(select(Mail).where(Mail.event_id == event_id).limit(1)).one()
        mail.state = MailState.FAILED
        for number in range(1, tries + 1):
            moment = database_time(session)
            session.add(
                Attempt(
                    mail_id=mail.id,
                    account="",
                    try_number=number,
                    at=moment,
                    ended_at=moment,
                    phase="rcpt",
                    code=550,
                    answer="=5.1.1 user unknown",
                    verdict="bad",
                )
            )


def test_every_mail_stands_in_the_ledger_with_every_try(installation: Installation, event_id: int):
    listed(installation, event_id)
    refuse(installation, event_id, tries=3)
    with installation.database.reading() as session:
        table = whole_tables.ledger(session, session.get_one(Event, event_id))
    assert len(table) == PEOPLE - 1 + 3
    assert list(table[table["try"] != ""]["code"]) == [550, 550, 550]
    assert table.groupby(["number", "kind", "version"]).ngroups == PEOPLE


def test_the_file_has_whole_numbers_also_beside_mails_without_tries(
    installation: Installation, event_id: int
):
    listed(installation, event_id)
    refuse(installation, event_id, tries=2)
    with installation.database.reading() as session:
        whole = whole_tables.ledger(session, session.get_one(Event, event_id))
    written = b"".join(csv_of(table_files.mails(installation.database, event_id)))
    assert written == whole_tables.as_csv(whole)
    assert b',"rcpt",550,"\'=5.1.1' in written


def test_the_workbook_holds_people_and_mails_as_plain_text(
    installation: Installation, event_id: int
):
    listed(installation, event_id)
    refuse(installation, event_id, tries=1)
    pieces = table_files.workbook_of(installation.database, installation.settings, event_id)
    book = io.BytesIO(b"".join(pieces))
    sheets = openpyxl.load_workbook(book)
    assert sheets.sheetnames == ["volunteers", "mails"]
    cells = [cell for row in sheets["mails"].iter_rows() for cell in row]
    answer = next(cell for cell in cells if cell.value == "=5.1.1 user unknown")
    assert answer.data_type == "s"
