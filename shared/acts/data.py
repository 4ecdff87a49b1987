"""Acts as data, so that one can wait as a row: the name of an act, and its wishes as JSON."""

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from shared.acts import Act
from shared.acts.add_list import AddList
from shared.acts.begin_for_real import EmptyMailbox, ForgetRehearsal
from shared.acts.catch_up import CatchUp
from shared.acts.decide import Decide
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
from shared.acts.issue_anew import IssueAnew
from shared.acts.mark_suppressed import MarkSuppressed
from shared.acts.pass_on import PassOn
from shared.acts.queue_kind import QueueKind
from shared.acts.remind import Remind
from shared.acts.remove import Remove
from shared.acts.rename import Rename
from shared.acts.retry import Retry
from shared.acts.undo_list import UndoList
from shared.acts.update_list import UpdateList
from shared.acts.withdraw import UndoWithdrawal, Withdraw

# By the names that rows keep: a class that is renamed needs its old name here, too.
_ACTS: dict[str, type[Act]] = {
    act.__name__: act
    for act in (
        *(AddList, UpdateList, UndoList, Remove, Rename, Forget, ForgetColumn, CatchUp),
        *(Invite, Remind, QueueKind, Retry, PassOn, MarkSuppressed, Decide),
        *(IssueFromList, IssueAnew, Withdraw, UndoWithdrawal),
        *(Release, TakeBack, TakeBackCertificates, HoldCertificates, GoOnSending),
        *(EmptyMailbox, ForgetRehearsal, TakeBackRehearsed, GoLive),
    )
}


def named(name: str) -> type[Act]:
    """Return the act that rows keep by this name. Raises KeyError if this version does not know
    it."""
    return _ACTS[name]


def to_data(act: Act) -> dict[str, Any]:
    """Return the act's name, and its wishes as JSON."""
    return {"act": type(act).__name__, "wishes": _adapter(type(act)).dump_python(act, mode="json")}


def from_data(data: dict[str, Any]) -> Act:
    """Return the act of this data. Raises KeyError for an act that this version does not know,
    pydantic's ValidationError for a wish that it does not know, and what the act raises."""
    return _adapter(named(data["act"])).validate_python(data["wishes"])


@cache
def _adapter(act: type[Act]) -> TypeAdapter[Act]:
    return TypeAdapter(act)
