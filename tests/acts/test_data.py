"""Every act is data: it can wait as a row, and be carried out by another process."""

import inspect
import json
from collections.abc import Iterator
from dataclasses import FrozenInstanceError, fields
from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from shared.acts import Act
from shared.acts.add_list import AddList
from shared.acts.begin_for_real import EmptyMailbox, ForgetRehearsal
from shared.acts.catch_up import CatchUp
from shared.acts.data import from_data, to_data
from shared.acts.decide import Decide, MailsDecision
from shared.acts.forget import Forget
from shared.acts.forget_column import ForgetColumn
from shared.acts.go_live import GoLive, TakeBackRehearsed
from shared.acts.held_back import (
    GoOnSending,
    HoldCertificates,
    Release,
    TakeBack,
    TakeBackCertificates,
)
from shared.acts.invite import Invite
from shared.acts.issue import IssueFromList
from shared.acts.issue_anew import Due, IssueAnew
from shared.acts.mark_suppressed import MarkSuppressed
from shared.acts.pass_on import PassOn
from shared.acts.queue_kind import QueueKind
from shared.acts.remind import Remind, Rules
from shared.acts.remove import Remove
from shared.acts.rename import Rename
from shared.acts.retry import Retry
from shared.acts.undo_list import UndoList
from shared.acts.update_list import UpdateList
from shared.acts.withdraw import UndoWithdrawal, Withdraw
from shared.errors import SettingRefused
from shared.mail.kinds.reminder import REMINDER
from shared.volunteers.people.comparison import Said
from shared.volunteers.people.listing import ALL, NEEDS_YOU, Selection
from tests.support.acting import of

FILTERED = Selection("Bo Ek", NEEDS_YOU, group_id=3, highest=99)
# One of each, with every wish that it can have.
ACTS: list[Act] = [
    AddList(7),
    UpdateList(7, Said(True, ["Hours"]), keeps_corrected=True),
    UndoList(7),
    Remove(FILTERED, with_all=True),
    Rename("Ana", "Ana Silva", only=5),
    Forget(),
    ForgetColumn("Hours"),
    CatchUp(3),
    Invite(datetime(2026, 12, 24, 8, tzinfo=UTC), first_few=True),
    Remind(of(1, 2), Rules(at_most=2, days_apart=5)),
    QueueKind(REMINDER.name),
    Retry(of()),
    PassOn(FILTERED),
    MarkSuppressed(),
    Decide(MailsDecision.THEY_LEFT, frozenset({"12-0123456789abcdef"})),
    IssueFromList(only_asked=True, most=5, are_first=True),
    IssueAnew(FILTERED, True, Due.OUTDATED),
    Withdraw(ALL, "Was not there"),
    UndoWithdrawal(of(3)),
    Release(certificates=True),
    TakeBack(),
    TakeBackCertificates(),
    HoldCertificates(),
    GoOnSending(certificates=True, was_running=False),
    EmptyMailbox(),
    ForgetRehearsal(),
    TakeBackRehearsed(),
    GoLive(),
]


def kinds_of(act: type[Act]) -> Iterator[type[Act]]:
    if not inspect.isabstract(act):
        yield act
    for one in act.__subclasses__():
        yield from kinds_of(one)


def test_each_act_is_the_same_after_it_was_a_row():
    assert {type(act) for act in ACTS} == {
        one for one in kinds_of(Act) if one.__module__.startswith("shared.")
    }
    for act in ACTS:
        stored = json.dumps(to_data(act))
        again = from_data(json.loads(stored))
        assert (again, type(again)) == (act, type(act))
        assert json.dumps(to_data(again)) == stored


def test_nobody_changes_what_was_wished():
    for act in ACTS:
        assert vars(act).keys() == {one.name for one in fields(act)}, act  # type: ignore[arg-type]
        with pytest.raises(FrozenInstanceError):
            act.people = ALL  # type: ignore[attr-defined]


def test_acts_and_wishes_of_another_version_are_not_guessed():
    stored = to_data(Remove(FILTERED))
    with pytest.raises(KeyError):
        from_data({**stored, "act": "RemoveAll"})
    with pytest.raises(ValidationError, match="but_not"):
        from_data({**stored, "wishes": {**stored["wishes"], "but_not": [1]}})
    with pytest.raises(ValidationError, match="ids"):
        from_data({"act": "Remove", "wishes": {"people": {"ids": ["everybody"]}}})
    with pytest.raises(ValidationError, match="besides"):
        from_data({"act": "Remove", "wishes": {"people": {"besides": 1}}})


def test_what_an_act_refuses_it_refuses_as_data_too():
    with pytest.raises(SettingRefused, match="reason"):
        from_data({"act": "Withdraw", "wishes": {"people": {}, "reason": " "}})
