"""Whatever organizers, people, servers and time do, in whatever order, every promise is kept."""

import os
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select
from sqlalchemy.orm import object_session

from shared.acts.catch_up import catch_up_all
from shared.acts.forget import forget
from shared.acts.go_live import go_live_in_turns
from shared.acts.invite import Invite
from shared.acts.remove import Remove, remove
from shared.acts.run import run
from shared.acts.send import send
from shared.errors import ProductError
from shared.events import event_for_change, groups
from shared.events.installation import Installation
from shared.events.settings import create_event
from shared.mail.accounts.sending_account import leave_account
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.kinds.erasure import ERASURE
from shared.mail.queue import hold, opt_outs, transitions
from shared.mail.queue.mailed_keys import key_of
from shared.privacy import erasure
from shared.privacy.deletion import remove_deleted
from shared.privacy.erasure import erase
from shared.storage import turns
from shared.storage.models import ColumnKind, Event, Mail, MailState, Problem, Volunteer, now
from shared.storage.models.volunteer import MAY_BE_NOTIFIED, MAY_GET_LINK
from shared.storage.traits import holds
from shared.volunteers.lists.list_columns import ColumnChange, change_column
from shared.volunteers.lists.qualifying import Condition, Operator, QualifyingRule
from shared.volunteers.people import grouping, roster
from shared.volunteers.people.qualification import set_rule
from tests.support import factories
from tests.support.acted_event import (
    ACTS,
    RUN,
    UNDRAWN,
    Acted,
    check_promises,
    grow_old,
    put_aside,
    say_names,
)
from tests.support.acting import held
from tests.support.sending_steps import (
    LOST,
    NOBODY,
    SENT,
    add_account,
    begin,
    claim,
    settle,
)

# In a longer search: how many machines are run.
MACHINES = int(os.environ.get("MACHINES", "6"))
# What is done to people in rules of their own.
APART = {"decide", "forget", "remove", "remove one with all"}
PEOPLE = ("ana", "bo", "cy", "di", "ed")
NAMED = ("fay", "gil")
everybody = st.sampled_from(PEOPLE + NAMED)
some_name = st.sampled_from(["Ana Silva", "Bo Ek", "张伟", UNDRAWN, "W" * 150])


class Interrupted(Exception):
    pass


def interrupt(share: float) -> None:
    raise Interrupted


class Machine(RuleBasedStateMachine):
    def __init__(self, installation: Installation) -> None:
        super().__init__()
        self.colours = iter(["white", "ivory", "snow", "azure", "linen", "beige"] * 20)
        with installation.database.writing() as session:
            event, _ = create_event(session, name="Harbour Run")
            event.ask_when_unsure = True
            event_id = event.id
        factories.design(installation.database, event_id)
        add_account(installation.database, event_id)
        self.acted = Acted(installation, event_id)
        self.acted.add(*PEOPLE)
        self.acted.add(*NAMED, listed="Na Med")
        self.acted.add("hal", listed=UNDRAWN)

    def teardown(self) -> None:
        put_aside(self.acted)
        with suppress(ProductError):
            self.acted.alter(lambda event: setattr(event, "deleted_at", now()))
        # And with all its people, mails and certificates it can be removed.
        with self.acted.database.writing() as session:
            for mail in session.scalars(select(Mail).where(Mail.state == MailState.SENDING)):
                mail.due_at = now() - timedelta(days=1)
        remove_deleted(self.acted.database)
        with self.acted.database.reading() as session:
            assert session.get(Event, self.acted.event_id) is None

    # What organizers do.

    @rule(name=st.sampled_from(sorted(ACTS.keys() - APART)))
    def act(self, name: str) -> None:
        with suppress(ProductError):
            ACTS[name](self.acted)

    @rule()
    def remove_all_who_have_nothing(self) -> None:
        run(self.acted.database, Remove(), self.acted.event_id)
        self.add_those_removed()

    @rule(name=everybody)
    def remove_with_all(self, name: str) -> None:
        with suppress(ProductError), self.acted.database.writing() as session:
            person = session.get_one(Volunteer, self.acted.ids[name])
            remove(session, person, with_all=True)
        self.add_those_removed()

    def add_those_removed(self) -> None:
        with self.acted.database.reading() as session:
            there = set(session.scalars(select(Volunteer.id)))
        gone = {name for name, id in self.acted.ids.items() if id not in there}
        for name in gone:
            del self.acted.ids[name]
        self.acted.add(*gone.intersection(PEOPLE))
        self.acted.add(*gone.intersection(NAMED), listed="Na Med")

    @rule()
    def send_and_be_interrupted(self) -> None:
        with suppress(ProductError, Interrupted):
            send(self.acted.installation, self.acted.event_id, progress=interrupt)

    @rule(name=st.sampled_from(sorted(RUN.keys() - APART)))
    def be_interrupted(self, name: str) -> None:
        acted = self.acted
        with suppress(ProductError, Interrupted):
            act, context = RUN[name](acted), held(acted.installation)
            run(acted.database, act, acted.event_id, context, progress=interrupt)

    @rule(naming=st.sampled_from(["ask", "issue", "check"]))
    def say_who_names(self, naming: str) -> None:
        say_names(self.acted, naming)

    @rule(kind=st.sampled_from(ColumnKind), ends=st.booleans())
    def say_what_a_column_holds(self, kind: ColumnKind, ends: bool) -> None:
        """And the worker has time for all who are listed, or not yet."""

        def say(event: Event) -> None:
            session = object_session(event)
            assert session is not None
            event.list_columns = [*dict.fromkeys([*event.list_columns, "hours"])]
            change_column(session, event, "hours", ColumnChange(kind=kind))

        with suppress(ProductError):
            self.acted.alter(say)
        if ends:
            catch_up_all(self.acted.database, self.acted.installation.seal)

    @rule(hours=st.sampled_from(["8", "9", None]), ends=st.booleans())
    def say_who_qualifies(self, hours: str | None, ends: bool) -> None:
        """By a column that whoever is not brought again has not; or everybody does."""
        asked = hours and QualifyingRule((Condition("hours", Operator.EQUALS, (hours,)),))
        with suppress(ProductError), self.acted.database.writing() as session:
            set_rule(session, event_for_change(session, self.acted.event_id), asked or None)
        if ends:
            grouping.go_through(self.acted.database, self.acted.event_id)

    @rule(name=everybody, is_qualified=st.booleans())
    def qualify_by_hand(self, name: str, is_qualified: bool) -> None:
        with self.acted.database.writing() as session:
            person = session.get(Volunteer, self.acted.ids[name])
            if person is not None and person.erased_at is None:
                roster.qualify_by_hand(session, person, is_qualified=is_qualified)

    @rule()
    def change_the_design(self) -> None:
        picture = factories.small_picture(next(self.colours))
        factories.design(self.acted.database, self.acted.event_id, picture)

    @rule(name=everybody)
    def reopen(self, name: str) -> None:
        with self.acted.database.writing() as session:
            roster.reopen(session, session.get_one(Volunteer, self.acted.ids[name]))

    @rule(name=everybody)
    def correct_the_address(self, name: str) -> None:
        seal = self.acted.installation.seal
        with suppress(ProductError), self.acted.database.writing() as session:
            person = session.get_one(Volunteer, self.acted.ids[name])
            roster.change_address(session, seal, person, f"{name}.{len(person.email)}@example.net")

    @rule()
    def leave_the_account_and_come_back(self) -> None:
        with self.acted.database.writing() as session:
            leave_account(session, session.get_one(Event, self.acted.event_id))
        self.acted.alter(lambda event: setattr(event, "live_at", None))
        add_account(self.acted.database, self.acted.event_id)

    @rule()
    def rehearse_and_go_live(self) -> None:
        self.acted.alter(lambda event: setattr(event, "live_at", None))
        run(self.acted.database, Invite(), self.acted.event_id, held(self.acted.installation))
        go_live_in_turns(self.acted.database, self.acted.event_id)

    @rule()
    def stop_and_go_on(self) -> None:
        self.acted.alter(hold.pause)
        self.acted.alter(hold.resume)

    # What people do.

    @rule(name=everybody, wanted=some_name, correct=st.booleans())
    def submit(self, name: str, wanted: str, correct: bool) -> None:
        if self.acted.person(name).token is not None:
            with suppress(ProductError):
                self.acted.submit(name, wanted, correct=correct)

    @rule(name=everybody)
    def want_no_reminders(self, name: str) -> None:
        person, seal = self.acted.person(name), self.acted.installation.seal
        if person.token is not None:
            key = opt_outs.opt_out_key(person.id, seal.open_token(person.token))
            with self.acted.database.writing() as session:
                opt_outs.end_reminders(session, seal, key)

    @rule(name=st.sampled_from(PEOPLE))
    def be_erased(self, name: str) -> None:
        seal = self.acted.installation.seal
        with self.acted.database.writing() as session:
            erase(session, seal, self.acted.event_id, self.acted.ids[name])

    @rule(name=st.sampled_from(PEOPLE))
    def ask_to_be_erased(self, name: str) -> None:
        with suppress(ProductError), self.acted.database.writing() as session:
            person = session.get_one(Volunteer, self.acted.ids[name], with_for_update=True)
            if person.token is not None:
                erasure.ask(session, person)

    @rule(name=st.sampled_from(PEOPLE))
    def erase_oneself(self, name: str) -> None:
        theirs = Mail.volunteer_id == self.acted.ids[name], Mail.kind == ERASURE.name
        with self.acted.database.reading() as session:
            mail = session.scalars(select(Mail).where(*theirs).order_by(Mail.id.desc())).first()
        if mail is not None and mail.sent_at is not None:
            seal = self.acted.installation.seal
            erasure.confirm(self.acted.database, seal, key_of(seal, mail))

    # What servers do, and time.

    @rule(said=st.sampled_from([SENT, SENT, NOBODY, LOST]), most=st.integers(1, 20))
    def hand_over(self, said, most: int) -> None:
        for claimed in claim(self.acted.database, most):
            # Who does not qualify, and has nothing, is asked for nothing.
            person = claimed.mail.volunteer
            if claimed.kind.may_opt_out and claimed.kind.is_asking and person:
                assert holds(MAY_GET_LINK, person) or not holds(MAY_BE_NOTIFIED, person)
            if begin(self.acted.database, claimed):
                settle(self.acted.database, claimed, said)

    @rule()
    def claim_and_leave(self) -> None:
        claim(self.acted.database, 2)

    @rule(name=everybody)
    def come_back(self, name: str) -> None:
        with self.acted.database.writing() as session:
            theirs = select(Mail).where(Mail.volunteer_id == self.acted.ids[name])
            sent = theirs.where(Mail.kind == CERTIFICATE.name, Mail.state == MailState.SENT)
            for mail in session.scalars(sent.order_by(Mail.id.desc()).limit(1)):
                transitions.came_back(mail, 550, "5.1.1 unknown", now(), Problem.CAME_BACK)

    @rule(name=everybody)
    def keep_the_address_no_longer(self, name: str) -> None:
        grow_old(self.acted, self.acted.ids[name])
        self.acted.alter(lambda event: setattr(event, "retention_days", 30))
        forget(self.acted.database, self.acted.installation.seal, self.acted.event_id)
        self.acted.alter(lambda event: setattr(event, "retention_days", None))

    @rule()
    def put_speakers_into_a_group(self) -> None:
        def add(event: Event) -> None:
            event.list_columns = ["role"]

        self.acted.alter(add)
        with suppress(ProductError), self.acted.database.writing() as session:
            event = session.get_one(Event, self.acted.event_id)
            groups.add_group(session, event, "role", f"speaker {event.groups_version}")

    @invariant()
    def every_promise_is_kept(self) -> None:
        check_promises(self.acted)


@pytest.mark.timeout(1200)
def test_every_promise_is_kept_in_whatever_order_things_happen(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(turns, "_FEWEST", 3)
    monkeypatch.setattr(turns, "_REST_SECONDS", 0)
    run_state_machine_as_test(
        lambda: Machine(installation),
        settings=settings(
            max_examples=MACHINES,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
