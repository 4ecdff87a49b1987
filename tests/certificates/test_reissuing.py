"""Reissued certificates replace others: one mail each, and nobody gets two."""

from collections.abc import Callable

import httpx
import pytest
from sqlalchemy import func, select

from api.calls.volunteer import store_name
from shared.acts import Tally
from shared.acts.issue_anew import IssueAnew, issue_anew, preview
from shared.certificates.issuing import chosen, drawing
from shared.errors import NameMissing, NoDesign, ProductError
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.log.actor import Actor
from shared.rendering.layout import Box, Layout, standard_layout
from shared.rendering.placed import check
from shared.storage.database import Database
from shared.storage.models import (
    Action,
    AuditEntry,
    Certificate,
    Event,
    Mail,
    MailState,
    Problem,
    Role,
    Status,
    Volunteer,
)
from shared.volunteers.people.progress import history
from tests.support import designing
from tests.support.acting import begin_for_real, reissue_in_turns
from tests.support.api_server import Invited, ana, api, default_event, server_url
from tests.support.console_screens import give_account
from tests.support.factories import add, design, invite
from tests.support.issued import issue
from tests.support.mailing import wait_until, working

__all__ = ["ana", "api", "default_event", "server_url"]

BY = Actor(None, Role.OWNER)
Reissue = Callable[..., Certificate]


@pytest.fixture
def reissue(installation: Installation) -> Reissue:
    """An organizer issues somebody's certificate anew."""

    def reissued(person_id: int, name: str, *, mailed: bool = True) -> Certificate:
        with installation.database.writing(by=BY) as session:
            person = session.get_one(Volunteer, person_id)
            settings = installation.settings
            return issue_anew(session, settings, person, name, mailed=mailed)

    return reissued


def states(database: Database, *which: object) -> list[tuple[int, MailState]]:
    """Each certificate's mail: its version and its state."""
    with database.reading() as session:
        found = select(Mail.version, Mail.state).where(Mail.kind == "certificate", *which)
        return [(version, state) for version, state in session.execute(found.order_by(Mail.id))]


def under_way(database: Database) -> int:
    """Mails that wait or are in a worker's hands."""
    with database.reading() as session:
        open_ones = Mail.state.in_([MailState.QUEUED, MailState.SENDING])
        return session.scalars(select(func.count()).where(open_ones)).one()


def person(database: Database, person_id: int) -> Volunteer:
    with database.reading() as session:
        return session.get_one(Volunteer, person_id)


def place_name(installation: Installation, event_id: int, **box: float) -> None:
    """A new design, with the name elsewhere."""
    with installation.database.writing() as session:
        event = event_for_change(session, event_id)
        layout = standard_layout()
        name = layout.field("name").model_copy(update={"box": Box(**box)})
        rest = tuple(field for field in layout.fields if field.id != "name")
        designing.set_layout(session, event, Layout(fields=(name, *rest)))


def test_another_name_is_seen_before_it_is_issued_and_nothing_is_stored(
    installation: Installation, ana: Invited
) -> None:
    store_name(installation, ana.token, "Ana Lima")
    with installation.database.reading() as session:
        volunteer = session.get_one(Volunteer, ana.id)
        look = preview(session, installation.settings, volunteer, "Ana da Lima")
        assert [one.lines for one in check(*look) if one.id == "name"] == [("Ana da Lima",)]
        with pytest.raises(NameMissing):
            preview(session, installation.settings, volunteer, " ")
        assert session.scalars(select(Certificate.name)).all() == ["Ana Lima"]


def test_it_is_mailed_and_says_that_the_one_before_is_void(
    api: httpx.Client, installation: Installation, ana: Invited, reissue: Reissue
) -> None:
    old = store_name(installation, ana.token, "Ana Lima")
    with working(installation):
        wait_until(lambda: states(installation.database) == [(1, MailState.SENT)])
        new = reissue(ana.id, "Ana da Lima")
        wait_until(lambda: states(installation.database)[1:] == [(2, MailState.SENT)])
    assert (new.revision, new.date, new.is_correction) == (2, old.date, False)
    assert api.get(f"/certificates/{old.public_id}.jpg").status_code == 410
    assert api.get(f"/certificates/{new.public_id}.jpg").status_code == 200
    with installation.database.reading() as session:
        assert drawing.voids_another(session, session.get_one(Certificate, new.id))
        volunteer = session.get_one(Volunteer, ana.id)
        assert (volunteer.name, volunteer.status) == ("Ana da Lima", Status.MAILED)
        told = [one.what.format(**one.details) for one in history(session, volunteer)]
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    page = api.get(f"/verify/{new.public_id}", params={"lang": "en"}).text
    assert "as given by the recipient" not in page
    assert "Issued by an organizer with the name “Ana da Lima”" in told
    assert entry
    assert (entry.action, entry.volunteer_id) == (Action.CERTIFICATES_ISSUED_ANEW, ana.id)


def test_without_a_mail_it_waits_on_the_persons_page(
    api: httpx.Client, installation: Installation, ana: Invited, reissue: Reissue
) -> None:
    new = reissue(ana.id, "Ana da Lima", mailed=False)
    assert states(installation.database) == []
    assert person(installation.database, ana.id).status == Status.PICTURE_MADE
    page = api.get("/certificate", params={"token": ana.token, "lang": "en"}).text
    assert "Your certificate is ready" in page
    assert f"certificates/{new.public_id}.pdf" in page
    told = api.get("/api/getUserInfo", params={"token": ana.token}).json()["data"]
    assert told["delivery"] == "ready"
    assert told["pic_url"].endswith(f"{new.public_id}.jpg")


def test_who_still_waits_for_the_mail_gets_the_new_one_by_it_in_any_case(
    installation: Installation, ana: Invited, reissue: Reissue
) -> None:
    store_name(installation, ana.token, "Ana Lima")
    reissue(ana.id, "Ana da Lima", mailed=False)
    assert states(installation.database) == [(1, MailState.CANCELLED), (2, MailState.QUEUED)]


def test_a_certificate_that_would_be_the_same_is_not_issued(
    installation: Installation, ana: Invited, reissue: Reissue
) -> None:
    store_name(installation, ana.token, "Ana Lima")
    with pytest.raises(ProductError, match="would change"):
        reissue(ana.id, " Ana  Lima ")
    assert len(states(installation.database)) == 1


def test_without_a_design_there_is_nothing_to_issue(
    installation: Installation, event_id: int, reissue: Reissue
) -> None:
    add(installation.database, event_id, "bo@example.org")
    with installation.database.reading() as session:
        bo = session.scalars(select(Volunteer.id).where(Volunteer.event_id == event_id)).one()
    with pytest.raises(NoDesign):
        reissue(bo, "Bo")


def test_what_was_issued_by_hand_since_the_event_is_live_is_no_rehearsal(
    installation: Installation, event_id: int, reissue: Reissue
) -> None:
    database = installation.database
    issue(installation, event_id, ["Bo Ek", "Ed"])
    with working(installation):
        wait_until(lambda: states(database) == [(1, MailState.SENT)] * 2)
        wait_until(lambda: under_way(database) == 0)
    give_account(installation, event_id)
    with database.reading() as session:
        bo = session.scalars(select(Volunteer.id).order_by(Volunteer.id)).first()
    assert bo
    issued = reissue(bo, "Bo E. Ek", mailed=False)
    begin_for_real(database, event_id)
    with database.reading() as session:
        assert session.scalars(select(Certificate.id).where(Certificate.revision == 2)).all() == [
            issued.id
        ]
        statuses = select(Volunteer.status).order_by(Volunteer.id)
        assert session.scalars(statuses).all() == [Status.MAILED, Status.NEW]


@pytest.fixture
def four(installation: Installation, event_id: int) -> list[str]:
    """Four who have submitted their names, and one who has not; the tokens of the four."""
    design(installation.database, event_id)
    add(installation.database, event_id, "\n".join(f"v{n}@example.org" for n in range(5)))
    tokens = invite(installation, event_id)
    names = ["Bo", "Maximiliana Konstantina von Hohenberg-Schwarzenfels", "Ed", "Di"]
    for n, name in enumerate(names):
        store_name(installation, tokens[f"v{n}@example.org"], name)
    return [tokens[f"v{n}@example.org"] for n in range(4)]


def all_anew(
    installation: Installation, event_id: int, *, mailed: bool = False, progress: object = None
) -> Tally:
    with installation.database.reading() as session:
        people = chosen.in_another_design(session.get_one(Event, event_id))
    hear = progress if callable(progress) else lambda _: None
    return reissue_in_turns(installation, event_id, people, mailed=mailed, by=BY, progress=hear)


def test_everybody_gets_the_new_design_once_and_who_does_not_fit_keeps_theirs(
    installation: Installation, event_id: int, four: list[str]
) -> None:
    database = installation.database
    with working(installation):
        wait_until(lambda: states(database) == [(1, MailState.SENT)] * 4)
    place_name(installation, event_id, left=0.4, top=0.4, width=0.08, height=0.05)
    shares: list[float] = []
    done = all_anew(installation, event_id, mailed=True, progress=shares.append)
    assert (done.done, done.refused, shares[-1]) == (3, 1, 1.0)
    assert sorted(states(database)) == sorted(
        [(1, MailState.SENT)] * 4 + [(2, MailState.QUEUED)] * 3
    )
    with database.reading() as session:
        event = session.get_one(Event, event_id)
        standing = session.scalars(chosen.with_certificate(event)).all()
        assert len(standing) == len(set(standing)) == 4
        problems = select(Volunteer.problem).where(Volunteer.problem.is_not(None))
        assert session.scalars(problems).all() == [Problem.NAME_DOES_NOT_FIT]
    again = all_anew(installation, event_id, mailed=True)
    assert (again.done, again.refused) == (0, 1)
    assert len(states(database)) == 7


def test_interrupted_between_two_turns_the_same_again_does_the_rest(
    installation: Installation, event_id: int, four: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    place_name(installation, event_id, left=0.1, top=0.4, width=0.8, height=0.2)
    monkeypatch.setattr("shared.storage.turns._FEWEST", 2)

    def die(_: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        all_anew(installation, event_id, progress=die)
    assert all_anew(installation, event_id).done == 2
    with installation.database.reading() as session:
        revisions = select(Certificate.revision).where(Certificate.replaced_at.is_(None))
        assert session.scalars(revisions).all() == [2] * 4
        counts = select(AuditEntry.count).where(AuditEntry.event_id == event_id)
        assert [count for count in session.scalars(counts) if count] == [4, 2]


def test_a_name_that_is_submitted_meanwhile_stands(
    installation: Installation, event_id: int, four: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was prepared for the previous name is not issued."""
    database = installation.database
    place_name(installation, event_id, left=0.1, top=0.4, width=0.8, height=0.2)
    prepare = IssueAnew.prepare

    def submitted_meanwhile(*args):
        made = prepare(*args)
        store_name(installation, four[0], "Bo Ek")
        return made

    monkeypatch.setattr(IssueAnew, "prepare", submitted_meanwhile)
    with database.reading() as session:
        people = chosen.with_certificate(session.get_one(Event, event_id))
    assert reissue_in_turns(installation, event_id, people, mailed=False).done == 3
    with database.reading() as session:
        names = select(Certificate.name).where(Certificate.replaced_at.is_(None))
        assert "Bo Ek" in session.scalars(names).all()
        assert "Bo" not in session.scalars(names).all()
