"""A deleted event disappears at once, then from the database, and no other event is affected."""

import httpx
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select, update

from api.app import create_app
from shared import events
from shared.access import colleagues
from shared.access.keys import Identity, access_of, accesses_of, events_opened_by
from shared.access.roles import Role
from shared.certificates.issuing import samples
from shared.errors import (
    EventUnknown,
    InvitationUnknown,
    JoinLinkUnknown,
    NotAllowed,
    OrganizationRefused,
    ProductError,
)
from shared.events.installation import Installation, choose_default, chosen_event
from shared.events.settings import create_event
from shared.mail.queue.claim import is_anything_due
from shared.privacy.deletion import delete_event, remove_deleted
from shared.storage.clock import database_time
from shared.storage.database import Database
from shared.storage.models import (
    Action,
    AuditEntry,
    Certificate,
    Event,
    FontFile,
    Mail,
    MailState,
    Picture,
    SendingAccount,
    Volunteer,
)
from tests.conftest import OWNER_TOKEN
from tests.support.colleagues import invite_colleague, join
from tests.support.console_screens import give_account
from tests.support.factories import add, invite, seal, small_picture
from tests.support.mailing import wait_until, working
from tests.support.sending_steps import claim
from tests.support.submitting import submit_name
from tests.support.whole_events import add_inset, furnish, name_of, rows_of

FONT, COMMON_FONT = "a" * 64, "b" * 64


def make(database: Database, name: str) -> tuple[int, str]:
    with database.writing() as session:
        event, token = create_event(session, name=name, language="en")
        return event.id, token


def delete(database: Database, event_id: int) -> None:
    name = name_of(database, event_id)
    with database.writing() as session:
        delete_event(session, events.event_for_change(session, event_id), name)


def test_no_row_and_no_file_of_it_stays_and_every_other_row_does(
    installation: Installation, event_id: int
):
    database = installation.database
    furnish(installation, event_id, small_picture("white"), COMMON_FONT)
    before = rows_of(database)
    doomed, _ = make(database, "Beach Day")
    furnish(installation, doomed, small_picture("white"), COMMON_FONT)
    add_inset(installation, doomed, seal())
    with database.writing() as session:
        session.add(FontFile(sha256=FONT, content=b"its own", family="Own"))
    both = rows_of(database)
    grown = {table for table, rows in both.items() if len(rows) > len(before[table])}
    assert grown >= {
        "access_key", "attempt", "certificate", "colleague_invitation", "design", "event",
        "event_font", "font_file", "mail", "picture", "rehearsal_mail", "volunteer",
    }  # fmt: skip
    with database.writing() as session:
        session.execute(
            FontFile.metadata.tables["event_font"].insert(), {"event_id": doomed, "sha256": FONT}
        )
    delete(database, doomed)
    assert remove_deleted(database) == 1
    assert rows_of(database) == before
    assert remove_deleted(database) == 0


def test_a_picture_that_another_design_only_shows_stays(installation: Installation, event_id: int):
    database = installation.database
    doomed, _ = make(database, "Beach Day")
    furnish(installation, doomed, small_picture("blue"), FONT)
    furnish(installation, event_id, small_picture("white"), COMMON_FONT)
    shown = add_inset(installation, event_id, seal())
    assert add_inset(installation, doomed, seal()) == shown
    delete(database, doomed)
    remove_deleted(database)
    with database.reading() as session:
        assert session.get(Picture, shown) is not None
        assert session.scalar(select(func.count()).select_from(Picture)) == 2


def test_nothing_opens_it_from_that_moment_on(installation: Installation):
    database, settings = installation.database, installation.settings
    doomed, organizers = make(database, "Beach Day")
    tokens = furnish(installation, doomed, small_picture(), FONT)
    key = join(database, doomed, "Ana", Role.ORGANIZER)
    link = invite_colleague(installation, doomed, "Cy", Role.HELPER)
    with database.reading() as session:
        public_id = session.scalars(select(Certificate.public_id)).one()
        event = session.get_one(Event, doomed)
        sample = samples.sample_certificate(session, installation.seal, event).public_id
        assert samples.find_shown(session, installation.seal, sample)
    delete(database, doomed)
    with database.reading() as session:
        for token in (organizers, key):
            with pytest.raises(NotAllowed):
                access_of(session, token)
        with pytest.raises(EventUnknown):
            chosen_event(session, doomed)
        with pytest.raises(EventUnknown):
            events.event_for_change(session, doomed)
        with pytest.raises(InvitationUnknown):
            samples.find_shown(session, installation.seal, sample)
        with pytest.raises(JoinLinkUnknown):
            colleagues.welcome(session, link)
        left = events_opened_by(session, access_of(session, OWNER_TOKEN))
        assert doomed not in [event.id for event in left]
    with database.writing() as session, pytest.raises(InvitationUnknown):
        submit_name(session, settings, installation.seal, tokens["bo@example.org"], "Bo")
    with TestClient(create_app(installation)) as api:
        assert_gone(api, doomed, tokens["ana@example.org"], public_id)


def assert_gone(api: httpx.Client, event_id: int, token: str, public_id: str) -> None:
    assert api.get("/api/getUserInfo", params={"token": token}).json()["code"] == 1
    submitted = api.post("/api/submitUserInfo", json={"token": token, "name": "Ana"})
    assert submitted.json()["code"] == 2
    query = {"token": OWNER_TOKEN, "action": "query", "event": event_id}
    assert api.post("/api/email", json=query).json()["code"] != 0
    for path in (f"/certificates/{public_id}.jpg", f"/verify/{public_id}"):
        assert api.get(path).status_code == 404


def test_who_signs_in_with_their_organization_comes_no_more(
    installation: Installation, event_id: int
):
    identity = Identity("https://id.example", "ana")
    settings = installation.settings.model_copy(update={"oidc_issuer": identity.issuer})
    link = invite_colleague(installation, event_id, "Ana", Role.HELPER)
    with installation.database.writing() as session:
        colleagues.take(session, link, "", identity)
        (access,) = accesses_of(session, settings, identity, "Ana")
    assert access.event_id == event_id
    delete(installation.database, event_id)
    with (
        installation.database.reading() as session,
        pytest.raises(OrganizationRefused, match="but you have no event here yet"),
    ):
        accesses_of(session, settings, identity, "Ana")


def test_no_message_of_it_leaves(installation: Installation, event_id: int):
    database = installation.database
    add(database, event_id, "ana@example.org")
    invite(installation, event_id)
    delete(database, event_id)
    with database.reading() as session:
        assert not is_anything_due(session)
    assert claim(database) == []


def test_what_is_in_a_workers_hands_is_waited_for(installation: Installation, event_id: int):
    database = installation.database
    add(database, event_id, "ana@example.org")
    invite(installation, event_id)
    assert len(claim(database)) == 1
    delete(database, event_id)
    assert remove_deleted(database) == 0
    with database.writing() as session:
        assert session.scalar(select(func.count()).select_from(Volunteer)) == 1
        session.execute(update(Mail).values(due_at=database_time(session)))
        assert session.scalars(select(Mail.state)).one() is MailState.SENDING
    assert remove_deleted(database) == 1


def test_a_running_worker_removes_it(installation: Installation, event_id: int):
    database = installation.database
    add(database, event_id, "ana@example.org\nbo@example.org")
    delete(database, event_id)
    with working(installation):
        wait_until(lambda: event_id not in known(database))
    assert rows_of(database)["volunteer"] == set()


def known(database: Database) -> list[int]:
    with database.reading() as session:
        return list(session.scalars(select(Event.id)))


def test_interrupted_it_goes_on(
    installation: Installation, event_id: int, monkeypatch: pytest.MonkeyPatch
):
    database = installation.database
    before = rows_of(database)
    doomed, _ = make(database, "Beach Day")
    furnish(installation, doomed, small_picture(), FONT)
    delete(database, doomed)
    real, left = database.look_at_growth, 2

    def die_in_the_third_turn(turn: int) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise KeyboardInterrupt
        real(turn)

    with monkeypatch.context() as patched:
        patched.setattr(database, "look_at_growth", die_in_the_third_turn)
        with pytest.raises(KeyboardInterrupt):
            remove_deleted(database)
    assert rows_of(database) != before
    assert remove_deleted(database) == 1
    assert rows_of(database) == before


@pytest.mark.parametrize("typed", ["", "harbour run 2026", "Harbour Run"])
def test_another_name_deletes_nothing(database: Database, event_id: int, typed: str):
    with database.writing() as session, pytest.raises(ProductError, match="Nothing was deleted"):
        delete_event(session, events.event_for_change(session, event_id), typed)
    assert remove_deleted(database) == 0
    assert event_id in known(database)


def test_the_default_event_goes_after_another_took_its_place(database: Database, event_id: int):
    with pytest.raises(ProductError, match="name no event"):
        delete(database, 1)
    with database.writing() as session:
        choose_default(session, events.event_for_change(session, event_id))
    delete(database, 1)
    assert remove_deleted(database) == 1
    with database.reading() as session:
        assert chosen_event(session, None).id == event_id


def test_its_account_goes_with_it_unless_another_event_uses_it(
    installation: Installation, event_id: int
):
    database = installation.database
    give_account(installation, event_id)
    other, _ = make(database, "Beach Day")
    with database.writing() as session:
        used = session.get_one(Event, event_id).account_id
        session.get_one(Event, other).account_id = used
    delete(database, event_id)
    with database.reading() as session:
        assert session.get(SendingAccount, used) is not None
    delete(database, other)
    with database.reading() as session:
        assert session.get(SendingAccount, used) is None


def test_the_log_stays_and_its_number_is_never_given_again(database: Database, event_id: int):
    delete(database, event_id)
    remove_deleted(database)
    with database.reading() as session:
        acts = session.scalars(select(AuditEntry.action).where(AuditEntry.event_id == event_id))
        assert Action.EVENT_DELETED in acts.all()
    assert make(database, "Beach Day")[0] > event_id
