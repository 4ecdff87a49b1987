"""A table of links for organizers only, and the log of who downloaded it."""

import io

import openpyxl

from shared.certificates.link_sheets import link_sheet
from shared.events.installation import Installation
from shared.storage.models import Action, AuditEntry, Event
from tests.support import factories
from tests.support.console_screens import Open


def test_each_link_of_the_table_opens_the_page_of_its_person(
    installation: Installation, listed: int
):
    tokens = factories.invite(installation, listed)
    with installation.database.reading() as session:
        event = session.get_one(Event, listed)
        content = link_sheet(session, installation.settings, installation.seal, event)
    sheet = openpyxl.load_workbook(io.BytesIO(content))["volunteers"]
    titles, *rows = sheet.iter_rows(values_only=True)
    assert titles == ("number", "email", "name", "status_text", "link")
    assert {row[1]: row[4].partition("token=")[2] for row in rows} == tokens


def test_who_was_never_invited_has_no_link_in_it(installation: Installation, listed: int):
    with installation.database.reading() as session:
        event = session.get_one(Event, listed)
        content = link_sheet(session, installation.settings, installation.seal, event)
    sheet = openpyxl.load_workbook(io.BytesIO(content))["volunteers"]
    assert sheet.max_row == 1


def test_taking_it_along_is_logged(open_screen: Open, installation: Installation, listed: int):
    from console.screens.status import other_ways
    from console.session import serve
    from shared.events.actor import Actor
    from shared.storage.models import Role

    factories.invite(installation, listed)
    serve(installation)
    by = Actor(key_id=None, role=Role.OWNER, name="", network="")
    assert other_ways._links(listed, by).startswith(b"PK")
    with installation.database.reading() as session:
        entry = session.query(AuditEntry).filter_by(action=Action.EXPORTED).one()
    assert (entry.event_id, entry.by_role, entry.fields) == (listed, Role.OWNER, ["links.xlsx"])
