"""Each act, once, on an event that holds a person of every state; and any two at once."""

import threading
from itertools import combinations_with_replacement

import pytest

from shared.acts.data import from_data, to_data
from shared.acts.run import run
from shared.acts.send import expect, send
from shared.certificates.designs.fit_sheet import look_through
from shared.errors import ProductError
from shared.events.installation import Installation
from shared.storage import turns
from shared.storage.models import Event
from tests.support.acted_event import (
    ACTS,
    RUN,
    Acted,
    Again,
    check_promises,
    make_way,
    say_names,
)
from tests.support.acting import held
from tests.support.thorough import one_in

# Every pair takes minutes: with all other tests runs a sample, in which each act meets others.
PAIRS = one_in(20, combinations_with_replacement(ACTS, 2))


@pytest.fixture(autouse=True)
def short_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few people take several turns, as many would."""
    monkeypatch.setattr(turns, "_FEWEST", 7)


@pytest.mark.timeout(600)
def test_after_each_act_everybody_has_what_was_promised(installation: Installation):
    everybody = Again(installation)
    for place, (name, act) in enumerate(ACTS.items()):
        acted = everybody.anew()
        say_names(acted, "ask" if place % 2 == installation.database.is_sqlite else "issue")
        check_promises(acted)
        make_way(acted, name)
        act(acted)
        check_promises(acted)
        # The same again, and then what servers say of all that leaves.
        act(acted)
        acted.deliver()
        check_promises(acted)


def test_each_act_counts_those_whom_it_is_done_to(installation: Installation):
    """What a button says, what its check says, and what is reported afterwards."""
    everybody = Again(installation)
    for name, make in RUN.items():
        acted = everybody.anew()
        say_names(acted, "issue")
        make_way(acted, name)
        # As it would be read from a row.
        act = from_data(to_data(make(acted)))
        with acted.database.reading() as session:
            announced = act.count(session, session.get_one(Event, acted.event_id))
        done = run(acted.database, act, acted.event_id, held(installation))
        assert announced == done.done + done.refused, name
        assert announced > 0, name


def test_a_sending_reaches_as_many_as_it_says(installation: Installation):
    everybody = Again(installation)
    for naming in ("ask", "issue"):
        acted = everybody.anew()
        say_names(acted, naming)
        look_through(acted.database, acted.event_id, 60)
        with acted.database.reading() as session:
            expected = expect(session, session.get_one(Event, acted.event_id))
        sent = send(installation, acted.event_id)
        assert (sent.issued, sent.invited) == (expected.to_issue, expected.to_invite), naming


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_two_acts_at_once_never_lock_up_and_keep_every_promise(installation: Installation):
    everybody = Again(installation)
    for one, other in PAIRS:
        acted = everybody.anew()
        say_names(acted, "issue")
        for name in {one, other}:
            make_way(acted, name)
        assert at_once(acted, one, other) == [], (one, other)
        check_promises(acted)


def at_once(acted: Acted, *names: str) -> list[Exception]:
    """Carry these acts out at the same moment; what went wrong but for what a person is told."""
    start, faults = threading.Barrier(len(names)), list[Exception]()

    def carry_out(name: str) -> None:
        start.wait(60)
        try:
            ACTS[name](acted)
        except ProductError:
            pass
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=carry_out, args=[name]) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
        assert not thread.is_alive()
    return faults
