"""Undoing a list that was brought: asked once it is known for how many, and then done."""

from collections.abc import Callable, Sequence
from typing import Literal

from console import previews
from console.long_work import long_work
from console.session import actor, installation, say
from console.session_key import SessionKey
from console.text import sentences, t, tn
from console.widgets.confirming import is_confirmed
from shared.access.roles import Permission
from shared.acts.act import Tally
from shared.acts.run import run
from shared.acts.undo_list import UndoList, Undone


def ask_whether_undone(counted: SessionKey[Undone], kind: Literal["primary", "secondary"]) -> bool:
    """Whether it is to be undone for as many as were `counted`; either answer forgets them."""
    found = counted.get(Undone(0, 0, 0))
    number = found.removed + found.restored
    label = tn("Yes, undo it for {count} person", "Yes, undo it for {count} people", number)
    return is_confirmed(label, counted, type=kind, disabled=not number)


def undo(
    event_id: int, import_id: int, further: Callable[[Tally], Sequence[str]] = lambda _: ()
) -> None:
    """Undo that list, as long work, and tell the reader for how many, with `further` sentences."""
    with long_work(Permission.CHANGE_LIST, t("The list is being undone …")) as progress:
        served = installation()
        act = UndoList(served.seal, import_id)
        tally = run(served.database, act, event_id, by=actor(), progress=progress)
        # Previews shown here may contain what it said.
        previews.forget_all()
        done = tn("Undone for {count} person.", "Undone for {count} people.", tally.done)
        say(sentences(done, *further(tally)))
