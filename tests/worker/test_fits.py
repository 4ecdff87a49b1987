"""The worker searches a long list in the background."""

from shared.certificates.designs import fit_sheet as sheets
from shared.storage.models import Event
from shared.worker.upkeep import look_through_lists
from tests.support.known_names import listed_event

PEOPLE = "email,name\n" + "\n".join(f"v{one}@example.org,Volunteer {one}" for one in range(9))


def is_whole(database, event_id: int) -> bool:
    with database.reading() as session:
        return sheets.fit_sheet(session, session.get_one(Event, event_id)).is_whole


def test_what_a_screen_has_begun_the_worker_ends(installation, event_id, monkeypatch):
    database = installation.database
    monkeypatch.setattr(sheets, "_ROWS_OF_A_TURN", 2)
    listed_event(database, event_id, "issue", PEOPLE)
    look_through_lists(installation)
    assert not sheets.look_through(database, event_id, 0.00001)
    assert not is_whole(database, event_id)
    look_through_lists(installation)
    assert is_whole(database, event_id)
