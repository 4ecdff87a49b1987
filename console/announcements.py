"""What was done, or why not, kept until its reader has been told.

Kept here and not in Streamlit's memory of a tab, which ends with the page and which a run can no
longer write to when its reader has opened another screen.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock

from console.streamlit_edge import gate
from console.streamlit_edge.gate import Tab

# Readers who leave within this many seconds may not have read it.
TO_READ = 2.0
# Readers who come back later than this many seconds find it in the log of who did what.
_KEPT = 3600.0


@dataclass(eq=False)
class Announcement:
    """A sentence for the reader of a tab (None: it is gone), and when it was shown there."""

    sentence: str
    is_refusal: bool
    tab: Tab | None
    made_at: float
    shown_at: float | None = None

    def was_shown(self) -> None:
        self.shown_at = time.monotonic()

    def is_unread(self, tab: Tab | None, *, is_another_screen: bool) -> bool:
        """Whether to show it in this tab: the one where it was made or, if that is gone, any."""
        if self.tab is not tab:
            return self._is_left_unread()
        if self.shown_at is None:
            return is_another_screen or not self.is_refusal
        # What was done is shown above all screens, a refusal in its own.
        may_be_unread = time.monotonic() < self.shown_at + TO_READ
        return self.is_refusal and is_another_screen and may_be_unread

    def is_over(self) -> bool:
        """Whether it was read, or has waited for too long."""
        at = time.monotonic()
        was_read = self.shown_at is not None and self.shown_at + TO_READ < at
        return (was_read and not self._is_left_unread()) or self.made_at + _KEPT < at

    def _is_left_unread(self) -> bool:
        read_at = float("inf") if self.shown_at is None else self.shown_at + TO_READ
        if self.tab is None:
            return self.shown_at is None
        return self.tab.left_before(read_at)


_lock = Lock()
# By the sign-in of the reader.
_kept: dict[str, list[Announcement]] = {}


def announce(reader: str, sentence: str, *, is_refusal: bool = False) -> Announcement:
    """Keep it for the next screen of the `reader`, who is known by their sign-in.

    Nothing is kept for readers without one, since they cannot be told apart.
    """
    made = Announcement(sentence, is_refusal, gate.tab_of_run(), time.monotonic())
    with _lock:
        for who in list(_kept):
            _kept[who] = [one for one in _kept[who] if not one.is_over()]
            if not _kept[who]:
                del _kept[who]
        if reader:
            _kept.setdefault(reader, []).append(made)
    return made


def unread(reader: str, *, is_another_screen: bool) -> Iterator[Announcement]:
    """What to tell the `reader` now; the caller marks each as shown."""
    tab = gate.tab_of_run()
    for one in _of(reader):
        if one.is_unread(tab, is_another_screen=is_another_screen):
            one.tab = tab
            yield one


def untold(reader: str) -> Iterator[Announcement]:
    """What was refused in this tab, and is shown nowhere."""
    tab = gate.tab_of_run()
    return (one for one in _of(reader) if one.tab is tab and one.shown_at is None)


def _of(reader: str) -> list[Announcement]:
    with _lock:
        return list(_kept.get(reader, ()))
