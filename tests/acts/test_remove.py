"""People are taken off the list: many who have nothing yet, and one who loses what they have."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from shared.acts.remove import Loss, Remove, loss_of, remove
from shared.acts.run import run
from shared.errors import SettingRefused
from shared.events.installation import Installation
from shared.log.actor import AT_THE_MACHINE
from shared.mail.queue import transitions
from shared.storage.models import (
    Action,
    Attempt,
    AuditEntry,
    Certificate,
    Event,
    Mail,
    MailState,
    Status,
    Volunteer,
    now,
)
from tests.support.acted_event import Acted, check_promises, with_everybody
from tests.support.acting import of


@pytest.fixture
def acted(installation: Installation) -> Acted:
    return with_everybody(installation)


def names(acted: Acted) -> set[str]:
    """Those of the people who are on the list."""
    with acted.database.reading() as session:
        there = set(session.scalars(select(Volunteer.id)))
    return {name for name, id in acted.ids.items() if id in there}


def take_in_hand(acted: Acted, name: str) -> None:
    """As a worker does with the newest mail to this person."""
    with acted.database.writing() as session:
        theirs = select(Mail).where(Mail.volunteer_id == acted.ids[name]).order_by(Mail.id.desc())
        mail = session.scalars(theirs.limit(1)).one()
        # No worker claims one that is held.
        mail.state = MailState.QUEUED
        transitions.claimed(mail, "of-a-test", now() + timedelta(minutes=5))


def count(acted: Acted, act: Remove) -> int:
    with acted.database.reading() as session:
        return act.count(session, session.get_one(Event, acted.event_id))


def test_all_who_have_nothing_are_removed_together_and_everybody_else_stays(acted: Acted):
    before = names(acted)
    announced = count(acted, Remove())
    assert run(acted.database, Remove(), acted.event_id, by=AT_THE_MACHINE).done == announced
    # The first few were let go, but nobody has tried yet.
    gone = {"cancelled", "new", "nameless", "named", *(f"few{n}" for n in range(7))}
    assert before - names(acted) == gone
    check_promises(acted)
    assert count(acted, Remove()) == 0
    with acted.database.reading() as session:
        entry = session.scalars(
            select(AuditEntry).where(AuditEntry.action == Action.VOLUNTEER_REMOVED)
        ).one()
        assert entry.count == announced


def test_only_those_of_a_selection_are_removed(acted: Acted):
    chosen = of(acted.ids["new"], acted.ids["named"], acted.ids["mailed"])
    assert count(acted, Remove(chosen)) == 2
    before = names(acted)
    assert run(acted.database, Remove(chosen), acted.event_id).done == 2
    assert before - names(acted) == {"new", "named"}


def test_who_is_being_written_to_meanwhile_stays(acted: Acted):
    take_in_hand(acted, "few6")
    run(acted.database, Remove(), acted.event_id)
    assert {one for one in names(acted) if one.startswith("few")} == {"few6"}


def test_who_has_something_is_removed_alone_and_what_they_lose_is_said(acted: Acted):
    with acted.database.writing() as session:
        person = session.get_one(Volunteer, acted.ids["corrected"])
        assert loss_of(session, person) == Loss(
            mails=1,
            certificates=2,
            has_link=True,
            facts=["the name that they entered"],
        )
        assert loss_of(session, session.get_one(Volunteer, acted.ids["new"])) is None
        with pytest.raises(SettingRefused, match="was already mailed and stays"):
            remove(session, person)
    with acted.database.writing() as session:
        remove(session, session.get_one(Volunteer, acted.ids["corrected"]), with_all=True)
    check_promises(acted)
    id = acted.ids["corrected"]
    with acted.database.reading() as session:
        assert session.get(Volunteer, id) is None
        for theirs in (Mail.volunteer_id, Certificate.volunteer_id):
            assert session.scalar(select(func.count()).where(theirs == id)) == 0
        orphans = select(func.count()).where(Attempt.mail_id.not_in(select(Mail.id)))
        assert session.scalar(orphans) == 0


def test_nobody_goes_while_a_server_has_their_mail_in_hand(acted: Acted):
    take_in_hand(acted, "submitted")
    with acted.database.writing() as session, pytest.raises(SettingRefused, match="right now"):
        remove(session, session.get_one(Volunteer, acted.ids["submitted"]), with_all=True)
    assert acted.person("submitted").status is Status.SUBMITTED


def test_who_was_erased_stays_erased(acted: Acted):
    with acted.database.writing() as session, pytest.raises(SettingRefused):
        remove(session, session.get_one(Volunteer, acted.ids["gone"]), with_all=True)
    assert "gone" in names(acted)
