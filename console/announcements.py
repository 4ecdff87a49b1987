"""What was done, or why not, kept until its reader has been told.

Kept here and not in Streamlit's memory of a tab, which ends with the page and which a run can no
longer write to when its reader has opened another screen.
"""

import time
from dataclasses import dataclass
from threading import Lock

from console.streamlit_edge import gate
from console.streamlit_edge.gate import GatedTab

# Readers who leave within this many seconds may not have read it.
TO_READ = 2.0
# Readers who come back later than this many seconds find it in the log of who did what.
_KEPT = 3600.0


@dataclass(eq=False)
class Announcement:
    """A sentence for the reader of a tab (None: it is gone), the key of the button that it answers,
    and when it was shown there first and last."""

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
        """Whether it is for this tab: the one where it was made or, if that is gone, any. What was
        done stays until the next act or screen; a refusal is shown once, and once more there."""
        if self.tab is not tab:
            return self._is_left_unread()
        if self.read_from is None:
            return True
        may_be_unread = time.monotonic() < self.read_from + TO_READ
        return may_be_unread if is_another_screen else may_be_unread or not self.is_refusal

    def is_replaced_by(self, later: "Announcement") -> bool:
        """Whether it was read before the `later` act of its tab, or says the same."""
        was_read = self.read_from is not None
        return self.tab is later.tab and (was_read or self.sentence == later.sentence)

    def is_over(self) -> bool:
        """Whether its reader has gone and had read it, or it has waited for too long."""
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
    """Keep it for the `reader`, who is known by their sign-in, in place of what they have read.

    Nothing is kept for readers without one, since they cannot be told apart.
    """
    made = Announcement(sentence, is_refusal, button, gate.tab_of_run(), time.monotonic())
    with _lock:
        for who in list(_kept):
            _kept[who] = [announcement for announcement in _kept[who] if not announcement.is_over()]
            if not _kept[who]:
                del _kept[who]
        if reader:
            before = _kept.get(reader, ())
            stay = [
                announcement for announcement in before if not announcement.is_replaced_by(made)
            ]
            _kept[reader] = [*stay, made]
    return made


def turn_to(reader: str, *, is_another_screen: bool) -> None:
    """The whole screen is drawn: from now on this tab shows what is for it, and nothing else."""
    tab = gate.tab_of_run()
    with _lock:
        before = _kept.pop(reader, [])
        mine = [
            announcement
            for announcement in before
            if announcement.is_for(tab, is_another_screen=is_another_screen)
        ]
        others = [
            announcement
            for announcement in before
            if announcement.tab is not tab and announcement not in mine
        ]
        for announcement in mine:
            if is_another_screen or announcement.tab is not tab:
                announcement.tab, announcement.read_from = tab, None
        if mine or others:
            _kept[reader] = [*others, *mine]


def shown(reader: str) -> list[Announcement]:
    """What this tab shows: what was done, and what was refused if it was not shown yet."""
    tab = gate.tab_of_run()
    with _lock:
        mine = [announcement for announcement in _kept.get(reader, ()) if announcement.tab is tab]
    return [
        announcement
        for announcement in mine
        if not announcement.is_refusal or announcement.read_from is None
    ]
