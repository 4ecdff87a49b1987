"""Sentences about what was done, or why not, kept until their reader has seen them.

Streamlit's own state of a tab cannot keep them: it ends with the page, and a run can no longer
write to it once its reader has opened another screen.
"""

import time
from dataclasses import dataclass
from threading import Lock

from console.streamlit_edge import gate
from console.streamlit_edge.gate import GatedTab

# Readers who leave a screen within this many seconds may not have read what it said.
TO_READ = 2.0
# Seconds for which a sentence is kept; after that, its reader finds the act in the log.
_KEPT = 3600.0


@dataclass(eq=False)
class Announcement:
    """A sentence for the reader of `tab` (None: the tab is gone), and the key of the button that it
    answers. `read_from` and `shown_at` say when the tab showed it first and last, in
    `time.monotonic`."""

    sentence: str
    is_refusal: bool
    button: str
    tab: GatedTab | None
    made_at: float
    read_from: float | None = None
    shown_at: float = 0.0

    def was_shown(self) -> None:
        self.shown_at = time.monotonic()
        if self.read_from is None:
            self.read_from = self.shown_at

    def is_for(self, tab: GatedTab | None, *, is_another_screen: bool) -> bool:
        """Return whether `tab` shows it: the tab where it was made or, if that is gone, any other.

        It stays until the next act or screen. A refusal is shown once, and again on the next screen
        if its reader left before having read it.
        """
        if self.tab is not tab:
            return self._is_left_unread()
        if self.read_from is None:
            return True
        may_be_unread = time.monotonic() < self.read_from + TO_READ
        return may_be_unread if is_another_screen else may_be_unread or not self.is_refusal

    def is_replaced_by(self, later: "Announcement") -> bool:
        """Return whether it was read before the `later` one of its tab, or says the same."""
        was_read = self.read_from is not None
        return self.tab is later.tab and (was_read or self.sentence == later.sentence)

    def is_over(self) -> bool:
        """Return whether its reader has read it and gone, or it has waited for too long."""
        is_gone = self.tab is None or self.tab.left_at is not None
        was_read = self.read_from is not None and is_gone and not self._is_left_unread()
        return was_read or self.made_at + _KEPT < time.monotonic()

    def _is_left_unread(self) -> bool:
        read_at = float("inf") if self.read_from is None else self.read_from + TO_READ
        if self.tab is None:
            return self.read_from is None
        return self.tab.left_before(read_at)


_lock = Lock()
# By the sign-in of the reader.
_kept: dict[str, list[Announcement]] = {}


def announce(
    reader: str, sentence: str, *, is_refusal: bool = False, button: str = ""
) -> Announcement:
    """Keep a sentence for the `reader`, given by their sign-in, in place of those that they have
    read.

    Nothing is kept for readers without a sign-in, since they cannot be told apart.
    """
    made = Announcement(sentence, is_refusal, button, gate.tab_of_run(), time.monotonic())
    with _lock:
        for who in list(_kept):
            _kept[who] = [said for said in _kept[who] if not said.is_over()]
            if not _kept[who]:
                del _kept[who]
        if reader:
            before = _kept.get(reader, ())
            stay = [said for said in before if not said.is_replaced_by(made)]
            _kept[reader] = [*stay, made]
    return made


def turn_to(reader: str, *, is_another_screen: bool) -> None:
    """Let this tab, whose whole screen is drawn, show the reader's sentences that are for it, and
    no others."""
    tab = gate.tab_of_run()
    with _lock:
        before = _kept.pop(reader, [])
        mine = [said for said in before if said.is_for(tab, is_another_screen=is_another_screen)]
        others = [said for said in before if said.tab is not tab and said not in mine]
        for said in mine:
            if is_another_screen or said.tab is not tab:
                said.tab, said.read_from = tab, None
        if mine or others:
            _kept[reader] = [*others, *mine]


def shown(reader: str) -> list[Announcement]:
    """Return what this tab shows to the reader; refusals only if they were not shown yet."""
    tab = gate.tab_of_run()
    with _lock:
        mine = [said for said in _kept.get(reader, ()) if said.tab is tab]
    return [said for said in mine if not said.is_refusal or said.read_from is None]
