"""Jobs as organizers ask for them, and as processes carry them out."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.access import sessions
from shared.access.roles import Permission
from shared.acts import Act
from shared.acts.add_list import add_list
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.events.opening import open_installation
from shared.jobs import asking, carrying
from shared.jobs.carrying import carry_out_due
from shared.log.actor import AT_THE_MACHINE
from shared.storage.clock import database_time
from shared.storage.models import Event, Job
from tests.conftest import OWNER_TOKEN
from tests.support.lists import read_call
from tests.support.processes import plain_settings
from tests.support.sessions import NO_ORGANIZATION, begin_session

Begin = Callable[[Session, Event], Sequence[Act]]


def add_people(installation: Installation, event_id: int, count: int, prefix: str = "v") -> None:
    """So many more on the list, each with a name."""
    rows = "\n".join(f"{prefix}{n}@example.org,Vera Number {n}" for n in range(count))
    pasted = read_call(f"email,name\n{rows}")
    add_list(installation.database, installation.seal, event_id, pasted)


def ask(
    installation: Installation,
    event_id: int,
    *acts: Act,
    needed: Permission = Permission.SEND,
    token: str = OWNER_TOKEN,
    begin: Begin = lambda *_: (),
) -> int:
    """The id of a job that the holder of this token asks for: these acts, or those that begin."""
    cookie = begin_session(installation.database, token)
    with installation.database.writing(by=AT_THE_MACHINE) as session:
        who = sessions.signed_in(session, NO_ORGANIZATION, cookie)
        event = event_for_change(session, event_id)
        access = who.to(event_id)
        session.info["actor"] = access.actor("192.0.2.7")
        acts = acts or tuple(begin(session, event))
        asked = asking.ask(session, event, acts, needed, who.row, "192.0.2.7")
        assert asked
        return asked.id


def after_a_turn(monkeypatch: pytest.MonkeyPatch, then: Callable[[], object]) -> None:
    """Whatever happens right after the first turn of whoever carries a job out here."""
    turn = carrying._Claimed._between_turns
    happened = []

    def look_up(claimed: carrying._Claimed, share: float) -> None:
        if not happened:
            happened.append(share)
            then()
        turn(claimed, share)

    monkeypatch.setattr(carrying._Claimed, "_between_turns", look_up)


def job(installation: Installation, job_id: int) -> Job:
    with installation.database.reading() as session:
        return session.scalars(select(Job).where(Job.id == job_id)).one()


def end_leases(installation: Installation) -> None:
    """As when the time of the leases of dead processes is over."""
    with installation.database.writing() as session:
        for one in session.scalars(select(Job)):
            one.lease_until = database_time(session) - timedelta(seconds=1)


def carry_out_here(database_url: str, data_dir: Path) -> None:
    """What a worker's thread does, in a process of its own."""
    carry_out_due(open_installation(plain_settings(database_url, data_dir)))
